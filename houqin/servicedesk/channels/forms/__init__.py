"""What is filled in at the ways in."""

from houqin.servicedesk.channels.forms.behalf import BehalfForm
from houqin.servicedesk.channels.forms.guest import GuestRequestForm
from houqin.servicedesk.channels.forms.keeping import FavouriteForm
from houqin.servicedesk.channels.forms.paper import PaperRequestForm, ScansForm

__all__ = ["BehalfForm", "FavouriteForm", "GuestRequestForm", "PaperRequestForm", "ScansForm"]
