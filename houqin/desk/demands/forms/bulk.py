"""What is asked once when several demands are decided together."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from houqin.desk.demands.forms.review import GradeForm, ReasonForm
from houqin.desk.demands.reports import promises_in_words
from houqin.kernel.clock.models import Grade
from houqin.kernel.timekeeping import now
from houqin.ui.bulk import BulkForm
from houqin.ui.fields import RadioTiles
from houqin.work.teams.models import Team


class GradeTogetherForm(BulkForm):
    """One grade for all; each one's own due times are counted from its own submission."""

    grade = forms.ChoiceField(
        label=_("定为哪一级"),
        choices=Grade.choices,
        initial=Grade.ROUTINE,
        error_messages={"required": _("请选择分级。")},
        help_text=_("时限各从自己的提交时间起算"),
    )
    note = GradeForm.base_fields["note"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["grade"].widget = RadioTiles(
            look="list", grades=True, notes=promises_in_words(now())
        )
        self.fields["grade"].widget.choices = Grade.choices


class ReasonTogetherForm(BulkForm):
    reason = ReasonForm.base_fields["reason"]


class DispatchTogetherForm(BulkForm):
    """One team for all, which shares them out among itself."""

    team = forms.ModelChoiceField(
        label=_("派给哪个班组"),
        queryset=Team.objects.none(),
        empty_label=_("请选择"),
        error_messages={"required": _("请选择派给哪个班组。")},
    )
    reason = forms.CharField(label=_("为什么这样派"), required=False, max_length=300)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["team"].queryset = Team.objects.order_by("name")  # type: ignore[attr-defined]
