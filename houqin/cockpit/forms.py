from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from houqin.kernel.places.models import Place
from houqin.ui.fields import HouseForm


class WallLinkForm(HouseForm):
    """A new screen, for everything that its maker runs or for one campus."""

    name = forms.CharField(
        label=_("大屏的名称"), help_text=_("挂在哪里，例如：值班室东墙。"), max_length=40
    )
    place = forms.ModelChoiceField(
        label=_("显示哪里"), queryset=Place.objects.none(), required=False, empty_label=_("全部")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].queryset = Place.objects.filter(depth=1)  # type: ignore[attr-defined]
