from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.utils.functional import lazy
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from houqin.desk.demands.actions import GradePreview, preview_grades, standard_for
from houqin.desk.demands.forms.dispatching import quick_takers
from houqin.desk.demands.reports import proposals_for
from houqin.kernel.clock.models import Grade
from houqin.kernel.timekeeping import now
from houqin.ui.fields import HouseForm, RadioTiles
from houqin.ui.formatting import moment
from houqin.work.orders.taker import TakerField


class ReasonForm(HouseForm):
    """A verb that nobody may speak without saying why."""

    reason = forms.CharField(
        label=_("原因"),
        max_length=500,
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": _("请写明原因，对方会看到。")},
    )


class GradeForm(HouseForm):
    """A grade, each with the due times that choosing it now would mean."""

    grade = forms.ChoiceField(
        label=_("定为哪一级"), choices=Grade.choices, error_messages={"required": _("请选择分级。")}
    )
    note = forms.CharField(
        label=_("说明"), required=False, max_length=500, widget=forms.Textarea({"rows": 2})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["grade"]
        field.widget = RadioTiles(look="list", grades=True, notes=self._due_times)
        field.widget.choices = Grade.choices
        field.help_text = lazy(self._standard, str)()
        self.initial.setdefault("grade", self.target.grade)

    def _due_times(self) -> dict[str, SafeString]:
        """What each grade would mean, for whoever chooses; nothing that a choice which is made needs."""
        at = now()
        return {
            preview.grade: _due_words(preview, at) for preview in preview_grades(self.target, at)
        }

    def _standard(self) -> str:
        standard = standard_for(self.target, now())
        return _now("时限自提交起算 · %(name)s %(regulation)s") % {
            "name": standard.name,
            "regulation": standard.regulation,
        }


class AcceptForm(GradeForm):
    """The grade, and at once who shall do it, where that is clear already."""

    taker = TakerField(label=_("同时派给"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.target.entry.needs_approval:
            del self.fields["taker"]
            return
        field: Any = self.fields["taker"]
        field.choices = lambda: quick_takers(proposals_for(self.target, now()))

    def clean(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        return cleaned | (cleaned.pop("taker", None) or {})


class RegradeForm(GradeForm):
    """Another grade than now, and why."""

    note = None  # type: ignore[assignment]
    reason = ReasonForm.base_fields["reason"]

    def clean_grade(self) -> str:
        chosen: str = self.cleaned_data["grade"]
        if chosen == self.target.grade:
            raise forms.ValidationError(_now("现在就是这一级，请选另一级。"))
        return chosen


def _due_words(preview: GradePreview, at: datetime) -> SafeString:
    """Both due times of a grade, in red where they are over already, and the promise behind them."""
    times = [
        (_now("响应"), preview.response_due, preview.response_over, preview.response_promise),
        (_now("办结"), preview.handling_due, preview.handling_over, preview.handling_promise),
    ]
    over = _now("已超")
    parts = (
        (
            format_html(
                '{} <b class="{}">{}{}</b> <span class="tiny">{}</span>',
                word,
                "bad" if late else "",
                moment(due, at),
                f" {over}" if late else "",
                promise,
            ),
        )
        for word, due, late, promise in times
    )
    return format_html_join(SafeString("<br>"), "{}", parts)
