from __future__ import annotations

from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.text import Truncator
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from houqin.desk.catalogue.lines import LINES
from houqin.desk.catalogue.models import Entry
from houqin.kernel.clock.models import Grade
from houqin.ui.fields import HouseForm, PhotoField, RadioTiles

TITLE = 60  # characters of what a guest says that make the title
URGENCY = {"urgent": _("有危险"), "important": _("影响工作"), "routine": _("可以等")}
REACHABLE = RegexValidator(r"(\d\D*){5}", _("请填打得通的电话，师傅找不到时会打给您。"))


class GuestDemandForm(HouseForm):
    """What somebody without an account reports at the place whose code they scanned. Cleans to the arguments
    of `report_as_guest`, but for the place."""

    entry = forms.ModelChoiceField(
        label=_("哪一类？"),
        queryset=Entry.objects.none(),
        to_field_name="code",
        empty_label=None,
        error_messages={"required": _("请选一类；拿不准就选“其他维修”。")},
    )
    report = forms.CharField(
        label=_("怎么了？"),
        max_length=1000,
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": _("请用一句话说明哪里不好。")},
    )
    photos = PhotoField(label=_("照片，最多 6 张"), required=False)
    claimed = forms.ChoiceField(
        label=_("有多急？"),
        choices=Grade.choices,
        widget=RadioTiles(look="fill", grades=True, notes=URGENCY),
        initial=Grade.ROUTINE,
    )
    caller = forms.CharField(
        label=_("怎么称呼您"),
        max_length=40,
        widget=forms.TextInput({"autocomplete": "name"}),
        error_messages={"required": _("请留下称呼，例如“沈工”。")},
    )
    phone = forms.CharField(
        label=_("手机"),
        max_length=30,
        validators=[REACHABLE],
        help_text=_("只用来联系这件事"),
        widget=forms.TextInput({"type": "tel", "autocomplete": "tel"}),
        error_messages={"required": REACHABLE.message},
    )
    # A trap for programs that fill in everything; nobody sees it.
    website = forms.CharField(
        label=_("网址（请留空）"),
        max_length=200,
        required=False,
        widget=forms.TextInput({"tabindex": "-1", "autocomplete": "off", "data-no-draft": True}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["entry"]
        open_lines = [line.code for line in LINES.values() if line.guests]
        field.queryset = Entry.objects.filter(active=True, category__line_code__in=open_lines)
        offered = list(field.queryset)
        field.widget = RadioTiles(look="grid", icons={entry.code: entry.icon for entry in offered})
        field.widget.choices = [(entry.code, str(entry)) for entry in offered]

    def clean(self) -> dict[str, Any]:
        cleaned = dict(self.cleaned_data)
        if cleaned.pop("website", ""):
            raise forms.ValidationError(_now("没有收下：网址一格要留空，请清空后再提交。"))
        words = cleaned.pop("report", "")
        cleaned["title"] = Truncator(" ".join(words.split())).chars(TITLE)
        cleaned["body"] = words if cleaned["title"] != words else ""
        return cleaned
