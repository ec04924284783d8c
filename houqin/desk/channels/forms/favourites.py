from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from houqin.desk.channels.models import Favourite
from houqin.desk.demands.models import STAFF
from houqin.ui.fields import HouseForm


class FavouriteForm(HouseForm):
    """A name for the demand `target`, to ask for it again."""

    name = forms.CharField(
        label=_("叫什么"),
        max_length=60,
        help_text=_("自己认得出就行，例如“周会茶水”。"),
        error_messages={"required": _("请起个名称。")},
    )
    shared = forms.BooleanField(label=_("给所有人用"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("name", self.target.title[:60])
        if not self.actor.role_codes() & STAFF:
            del self.fields["shared"]

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        if Favourite.objects.visible_to(self.actor).filter(owner=self.actor, name=name).exists():
            raise forms.ValidationError(
                _now("您已有叫“%(name)s”的常用需求，请换个名称。") % {"name": name}
            )
        return name
