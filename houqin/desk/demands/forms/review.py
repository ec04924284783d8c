from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from houqin.desk.demands.actions import GradePreview, preview_grades, standard_for
from houqin.desk.demands.forms.dispatching import quick_takers, taker_of
from houqin.desk.demands.reports import proposals_for
from houqin.kernel.clock.models import Grade
from houqin.kernel.timekeeping import now
from houqin.ui.fields import HouseForm, RadioTiles
from houqin.ui.formatting import moment


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

    approved = forms.CharField(
        label=_("审批情况"),
        max_length=200,
        error_messages={"required": _("请写明谁在何时同意。")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        at = now()
        self._ask_for_approval()
        self.previews = preview_grades(self.target, at)
        notes = {one.grade: _due_words(one, at) for one in self.previews}
        field = self.fields["grade"]
        field.widget = RadioTiles(look="list", grades=True, notes=notes)
        field.widget.choices = Grade.choices
        standard = standard_for(self.target, at)
        field.help_text = _("时限自提交起算 · %(name)s %(regulation)s") % {
            "name": standard.name,
            "regulation": standard.regulation,
        }
        self.initial.setdefault("grade", self.target.grade)

    def _ask_for_approval(self) -> None:
        """Only where the catalogue does."""
        needed = self.target.entry.approval
        if not needed or self.target.graded_at:
            del self.fields["approved"]
        else:
            self.fields["approved"].help_text = _("须经%(who)s审批：谁、何时同意") % {"who": needed}


class AcceptForm(GradeForm):
    """The grade, and at once who shall do it, where that is clear already."""

    taker = forms.ChoiceField(label=_("同时派给"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["taker"]
        field.choices = quick_takers(proposals_for(self.target, now()))

    def clean(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        chosen = cleaned.pop("taker", "")
        return cleaned | (taker_of(chosen) if chosen else {})


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
