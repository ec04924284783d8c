from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from houqin.desk.demands.forms import NewDemandForm
from houqin.desk.demands.models import WRITES_FOR_OTHERS
from houqin.ui.fields import PeopleField


class RaiseForm(NewDemandForm):
    """The form of the page, and for those who write things down for others whose demand it is: a program
    passes on what people have told another system."""

    caller = PeopleField(most=1, label=_("替谁登记"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.actor.role_codes() & WRITES_FOR_OTHERS:
            del self.fields["caller"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for caller in cleaned.pop("caller", ()):
            cleaned["requester"] = caller
            if cleaned.get("phone") == self.actor.phone:
                cleaned["phone"] = caller.phone
        return cleaned
