from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from houqin.kernel.people.models import OF_PEOPLE, Department, User
from houqin.kernel.people.roles import role_choices
from houqin.kernel.places.models import Place
from houqin.shared.approvals.kinds import KINDS, PERSON, ROLE, SUPERIOR, WHO, Matter, StepRule
from houqin.shared.approvals.models import Chain
from houqin.ui.bulk import BulkForm
from houqin.ui.fields import (
    HouseForm,
    PeopleField,
    Signature,
    SignatureField,
    YuanField,
    redrawn,
)

STEPS: Final = 5
PARTS: Final = ("who", "person", "everyone", "from", "signs")
ALL = _("全部")
WIDE = (Place.Kind.CAMPUS, Place.Kind.BUILDING)


def _comment(label: Any, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=500, widget=forms.Textarea({"rows": 2}), **more)


class RemarkForm(HouseForm):
    """A verb that may be spoken without a word."""

    comment = _comment(_("意见"), required=False)


class OpinionForm(HouseForm):
    """A verb that needs a reason."""

    comment = _comment(_("意见"), error_messages={"required": _("请写明意见，对方会看到。")})


class ApproveTogetherForm(BulkForm):
    """One opinion for all; a step that asks for a signature is signed by itself."""

    comment = RemarkForm.base_fields["comment"]


class OpinionTogetherForm(BulkForm):
    comment = OpinionForm.base_fields["comment"]


class ApproveForm(RemarkForm):
    """One's opinion, and a signature where the step asks for one."""

    signature = SignatureField(
        label=_("签名"), error_messages={"required": _("请手写签名，或键入您的姓名。")}
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rules = self.target.rules
        if self.target.step < len(rules) and rules[self.target.step].signs:
            self.initial.setdefault("signature", Signature(self.actor.name, b""))
        else:
            del self.fields["signature"]

    def clean_signature(self) -> Signature:
        signature: Signature = self.cleaned_data["signature"]
        self.drawn = redrawn(signature.drawing)
        return signature

    def clean(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        if signature := cleaned.get("signature"):
            return cleaned | {"name": signature.name, "signature": self.drawn}
        return cleaned


class ToPersonForm(HouseForm):
    """Who is to decide, and what they should know."""

    to = PeopleField(label=_("请谁审批"), most=1)
    comment = _comment(_("说明"), required=False)

    def clean_to(self) -> User:
        person: User = self.cleaned_data["to"][0]
        return person


class StepBackForm(OpinionForm):
    """Which of the former steps decides once more."""

    to = forms.TypedChoiceField(label=_("退回哪一步"), coerce=int)
    field_order = ("to", "comment")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["to"]
        field.choices = [
            (step, _now("第 %(step)s 步") % {"step": step + 1}) for step in range(self.target.step)
        ]


class MatterForm(HouseForm):
    """What a chain is chosen by: asked by the simulation; a chain asks it as its conditions."""

    kind = forms.ChoiceField(label=_("审批什么"), choices=KINDS.choices)
    category = forms.ChoiceField(label=_("类别"), required=False)
    place = forms.ModelChoiceField(
        Place.objects.filter(kind__in=WIDE), label=_("地点"), required=False, empty_label=ALL
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["category"]
        field.choices = [
            ("", ALL),
            *((kind.label, list(kind.categories())) for kind in KINDS if kind.categories()),
        ]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        kind, category = cleaned.get("kind"), cleaned.get("category")
        if kind and category and category not in dict(KINDS[kind].categories()):
            self.add_error("category", _now("这一类不属于所选的审批。"))
        return cleaned


class SimulationForm(MatterForm):
    """A case that might come; cleans `matter` to it."""

    owner = PeopleField(label=_("申请人"), most=1)
    amount = YuanField(label=_("金额（元）"), required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self.errors:
            return cleaned
        (owner,) = cleaned["owner"]
        matter = Matter(
            cleaned["kind"],
            owner,
            cleaned["place"],
            cleaned["amount"],
            cleaned["category"],
            frozenset({owner.pk}),
        )
        return {"matter": matter}


class ChainForm(MatterForm):
    """When a chain holds, and its steps. Cleans to the arguments of `save_chain`."""

    name = forms.CharField(label=_("名称"), max_length=40)
    department = forms.ModelChoiceField(
        Department.objects.all(), label=_("申请人的部门"), required=False, empty_label=ALL
    )
    min_fen = YuanField(label=_("金额满（元）"), required=False)
    below_fen = YuanField(label=_("金额不到（元）"), required=False, help_text=_("不限就留空。"))
    position = forms.IntegerField(
        label=_("先后"),
        min_value=1,
        max_value=999,
        initial=10,
        help_text=_("数字小的先看；第一条符合的算数"),
    )
    active = forms.BooleanField(label=_("启用"), required=False, initial=True)
    field_order = ("name", "kind", "category", "place", "department", "min_fen", "below_fen")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for nth in range(STEPS):
            self._add_step(nth)
        if self.target:
            self.initial = {**initial_of(self.target), **self.initial}

    def _add_step(self, nth: int) -> None:
        words = {"number": nth + 1}
        label = _now("第 %(number)d 步由谁审批") % words
        named, amount = _now("第 %(number)d 步的人") % words, _now("第 %(number)d 步的起审金额")
        roles = [(f"{ROLE}:{code}", role) for code, role in role_choices()]
        choices = [("", "—"), *((key, WHO[key]) for key in (SUPERIOR, PERSON)), (WHO[ROLE], roles)]
        self.fields[f"s{nth}_who"] = forms.ChoiceField(
            label=label,
            choices=choices,
            required=False,
            widget=forms.Select({"aria-label": label}),
        )
        self.fields[f"s{nth}_person"] = PeopleField(
            label=named, most=1, required=False, widget=forms.TextInput({"aria-label": named})
        )
        self.fields[f"s{nth}_everyone"] = forms.BooleanField(label=_("都要同意"), required=False)
        self.fields[f"s{nth}_from"] = YuanField(
            label=amount % words,
            required=False,
            widget=forms.NumberInput({"aria-label": amount % words}),
        )
        self.fields[f"s{nth}_signs"] = forms.BooleanField(label=_("手写签名"), required=False)

    def plain(self) -> list[BoundField]:
        return [field for field in self if field.name.split("_")[0] not in _prefixes()]

    def step_rows(self) -> Iterator[dict[str, BoundField]]:
        for nth in range(STEPS):
            yield {part: self[f"s{nth}_{part}"] for part in PARTS}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        others = Chain.objects.exclude(pk=self.target.pk if self.target else 0)
        if others.filter(name=cleaned.get("name")).exists():
            self.add_error("name", _now("已有审批链叫这个名字。"))
        below = cleaned.get("below_fen") or None
        if below is not None and below <= cleaned.get("min_fen", 0):
            self.add_error("below_fen", _now("要大于“金额满”。"))
        steps = list(self._steps(cleaned))
        if not steps and not self.errors:
            self.add_error("s0_who", _now("请至少写一步。"))
        plain = {
            key: value for key, value in cleaned.items() if key.split("_")[0] not in _prefixes()
        }
        return plain | {"below_fen": below, "steps": steps}

    def _steps(self, cleaned: dict[str, Any]) -> Iterator[StepRule]:
        for nth in range(STEPS):
            who, _colon, role = cleaned.get(f"s{nth}_who", "").partition(":")
            people = cleaned.get(f"s{nth}_person") or []
            if who == PERSON and not people and not self.errors.get(f"s{nth}_person"):
                self.add_error(f"s{nth}_person", _now("请写是谁。"))
            if who:
                yield StepRule(
                    who,
                    role,
                    people[0].pk if who == PERSON and people else 0,
                    cleaned.get(f"s{nth}_everyone", False),
                    cleaned.get(f"s{nth}_from", 0),
                    cleaned.get(f"s{nth}_signs", False),
                )


def _prefixes() -> set[str]:
    return {f"s{nth}" for nth in range(STEPS)}


def initial_of(chain: Chain) -> dict[str, Any]:
    """The form filled in as `chain` stands."""
    plain = ("name", "kind", "category", "place", "department", "position", "active")
    initial: dict[str, Any] = {field: getattr(chain, field) for field in plain}
    initial |= {"min_fen": _yuan(chain.min_fen), "below_fen": _yuan(chain.below_fen)}
    people = User.objects.filter(OF_PEOPLE, pk__in=[rule.person for rule in chain.rules])
    accounts = dict(people.values_list("pk", "username"))
    for nth, rule in enumerate(chain.rules[:STEPS]):
        initial |= _initial_step(f"s{nth}", rule, accounts.get(rule.person, ""))
    return initial


def _initial_step(prefix: str, rule: Any, account: str) -> dict[str, Any]:
    return {
        f"{prefix}_who": f"{ROLE}:{rule.role}" if rule.who == ROLE else rule.who,
        f"{prefix}_person": account,
        f"{prefix}_everyone": rule.everyone,
        f"{prefix}_from": _yuan(rule.from_fen),
        f"{prefix}_signs": rule.signs,
    }


def _yuan(fen: int | None) -> float | None:
    return fen / 100 if fen else None
