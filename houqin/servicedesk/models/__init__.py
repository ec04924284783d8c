"""The tables of the service desk, one file per thing that a person would ask for by name."""

from houqin.servicedesk.callbacks.models import CallBack
from houqin.servicedesk.catalogue import (  # the catalogue's tables are part of this app
    Category,
    Entry,
    sync_catalogue,
)
from houqin.servicedesk.channels.models import Draft, Favourite, GuestLink, PaperForm
from houqin.servicedesk.importing.models import ImportedRow, ImportFile  # and so are those of the import
from houqin.servicedesk.models.acceptance import Acceptance, Rating
from houqin.servicedesk.models.request import (
    RUNS_REQUESTS,
    SEES_REQUESTS,
    STAFF,
    WRITES_FOR_OTHERS,
    Request,
    RequestQuerySet,
    Watcher,
)
from houqin.servicedesk.models.supervision import Supervision
from houqin.servicedesk.rules.models import DispatchRule

__all__ = [
    "RUNS_REQUESTS",
    "SEES_REQUESTS",
    "STAFF",
    "WRITES_FOR_OTHERS",
    "Acceptance",
    "CallBack",
    "Category",
    "DispatchRule",
    "Draft",
    "Entry",
    "Favourite",
    "GuestLink",
    "ImportFile",
    "ImportedRow",
    "PaperForm",
    "Rating",
    "Request",
    "RequestQuerySet",
    "Supervision",
    "Watcher",
    "sync_catalogue",
]
