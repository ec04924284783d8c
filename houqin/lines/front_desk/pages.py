"""The lists and cards of parcels and lost things, what is found and what is on today."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from houqin.kernel.people.models import User
from houqin.kernel.timekeeping import now
from houqin.lines.front_desk import actions
from houqin.lines.front_desk.access import RUNS_DESK
from houqin.lines.front_desk.forms import (
    ClaimForm,
    DeskReasonForm,
    HandOutForm,
    KeepForm,
    ReceiveForm,
    SignedForm,
)
from houqin.lines.front_desk.models import RECIPIENT, LostThing, Parcel, ParcelQuerySet
from houqin.ui.cards import Begin, Card, Verb
from houqin.ui.http import PageRequest
from houqin.ui.lists import PERSON, REMARK, TITLE, Blank, Column, Findable, Listing, View
from houqin.ui.routes import REQUESTER
from houqin.ui.shell.navigation import NavItem, register
from houqin.ui.today import TODAY, TodayPart, TodayRow

# Who sees the sample: wu, whom the parcel is for, and the desk.
SEES_PARCEL = RUNS_DESK | {REQUESTER}
PARCELS = Listing(
    key="parcels",
    model=Parcel,
    title=_("收发件"),
    columns=(
        Column("number"),
        Column("addressee", _("收件人"), TITLE, link=True),
        Column("carrier", phone=True, gives=2),
        Column("tracking_number", phone=True, gives=3),
        Column("place", filter=True, gives=4),
        Column("received_at", sort=True, filter=True, phone=True),
        Column("return_at", sort=True, shown=False),
        Column("status", filter=True),
        Column("signed_name", shown=False),
        Column("collector", _("代领人"), PERSON, shown=False),
        Column("closed_at", shown=False),
        Column("note", kind=REMARK, shown=False),
    ),
    views=(
        View("waiting", _("待领取"), lambda rows, user: rows.waiting(), "-received_at", hot=True),
        View("overdue", _("超期未领"), lambda rows, user: rows.overdue(now()), "return_at"),
        View("all", _("全部"), lambda rows, user: rows, "-received_at"),
    ),
    search=("number", "recipient__name", "outsider", "carrier", "tracking_number"),
    placeholder=_("搜编号、收件人、快递单号"),
    actions=lambda request: PARCEL.buttons(request),
    blank=Blank(_("没有快递"), _("前台代收的快递列在这里；到了您的，会有通知和取件码。")),
)


def _pick_up(request: PageRequest, parcel: Parcel) -> dict[str, Any]:
    """The code, for whoever the parcel is for and nobody else."""
    if parcel.status != Parcel.Status.WAITING or RECIPIENT not in parcel.roles_of(request.user):
        return {}
    words = _now("取件码 %(code)s：到%(place)s报给前台，或者签名领取。")
    words %= {"code": parcel.code, "place": parcel.place.full_name}
    return {"banners": [{"icon": "package", "words": words, "tone": "brand"}]}


def _same_shelf(user: User) -> dict[str, Any]:
    """Where the last one was put that this person sees."""
    last = Parcel.objects.visible_to(user).with_all().order_by("-pk").first()
    return {"place": last.place} if last else {}


PARCEL: Card = Card(
    model=Parcel,
    name="parcel",
    app="front_desk",
    listing=PARCELS,
    context=_pick_up,
    begin=Begin(
        _("登记快递"),
        actions.receive_parcel,
        ReceiveForm,
        RUNS_DESK,
        offer=_same_shelf,
        done=_("%(name)s 已登记。"),
    ),
    verbs={
        "send_back": Verb(
            _("退回寄件人"),
            actions.send_back_parcel,
            "arrow-back-up",
            DeskReasonForm,
            key="t",
            done=_("已退回。"),
        ),
        "hand_out": Verb(
            _("交给收件人"),
            actions.hand_out_parcel,
            "package",
            HandOutForm,
            tone="primary",
            key="a",
            done=_("已交出。"),
        ),
    },
)

LOST_THINGS = Listing(
    key="lost_things",
    model=LostThing,
    title=_("失物招领"),
    columns=(
        Column("number"),
        Column("title", kind=TITLE, link=True),
        Column("found_in", phone=True, gives=3),
        Column("place", filter=True, phone=True, gives=2),
        Column("found_at", sort=True, filter=True, phone=True),
        Column("dispose_at", sort=True, shown=False),
        Column("status", filter=True),
        Column("owner", shown=False),
        Column("closed_at", shown=False),
    ),
    views=(
        View("kept", _("在前台"), lambda rows, user: rows.kept(), "-found_at", hot=True),
        View(
            "mine", _("我认领的"), lambda rows, user: rows.filter(owner__in=user.faces), "-found_at"
        ),
        View("all", _("全部"), lambda rows, user: rows, "-found_at"),
    ),
    search=("number", "title", "found_in__full_name"),
    placeholder=_("搜编号、东西、拾到的地方"),
    actions=lambda request: LOST_THING.buttons(request),
    blank=Blank(_("没有失物"), _("拾到的东西交到前台，登记后列在这里；是您的，点开认领。")),
)


def _marks(request: PageRequest, thing: LostThing) -> dict[str, Any]:
    """What only the desk knows, and beside it what the claimer says, to compare."""
    if not thing.roles_of(request.user) & RUNS_DESK:
        return {}
    marks = _now("核对用的特征：%(marks)s") % {"marks": thing.marks or _now("没有写")}
    claim = _now("认领人说：%(note)s") % {"note": thing.claim_note}
    words = [marks, claim] if thing.claim_note else [marks]
    return {"banners": [{"icon": "eye", "words": mark} for mark in words]}


LOST_THING: Card = Card(
    model=LostThing,
    name="lost_thing",
    app="front_desk",
    listing=LOST_THINGS,
    context=_marks,
    begin=Begin(
        _("登记失物"), actions.keep_lost_thing, KeepForm, RUNS_DESK, done=_("%(name)s 已登记。")
    ),
    verbs={
        "dispose": Verb(
            _("处置"),
            actions.dispose_lost_thing,
            "trash",
            DeskReasonForm,
            tone="danger",
            done=_("已处置。"),
            blocked=lambda thing: actions.why_not_disposed(thing, now()),
        ),
        "keep_on": Verb(
            _("认领不成立"),
            actions.keep_on_lost_thing,
            "ban",
            DeskReasonForm,
            done=_("已告知认领人，继续招领。"),
        ),
        "claim": Verb(
            _("是我的"),
            actions.claim_lost_thing,
            "tag",
            ClaimForm,
            tone="primary",
            key="a",
            done=_("已告诉前台，请带上证件去领。"),
        ),
        "hand_over": Verb(
            _("交给失主"),
            actions.hand_over_lost_thing,
            "circle-check",
            SignedForm,
            tone="primary",
            key="j",
            done=_("已归还。"),
        ),
    },
)

Findable(
    listing=PARCELS,
    kind="parcel",
    icon="package",
    at="received_at",
    open_states={"waiting"},
    order=46,
    facts=("carrier", "tracking_number", "place"),
)
Findable(
    listing=LOST_THINGS,
    kind="lost_thing",
    icon="tag",
    at="found_at",
    open_states=LostThing.KEPT,
    order=47,
    facts=("found_in",),
)

MOST = 30  # rows of each part


def _waiting(user: User, roles: Set[str], at: datetime) -> list[TodayRow]:
    rows = Parcel.objects.visible_to(user).waiting().filter(user.reach(roles, place="place"))
    return [_parcel_row(parcel) for parcel in rows.with_all().order_by("return_at", "pk")[:MOST]]


def _parcel_row(parcel: Parcel) -> TodayRow:
    facts = [parcel.carrier, parcel.tracking_number, parcel.place.short_name]
    beside = " · ".join(filter(None, facts))
    return TodayRow(parcel.addressee, beside, parcel.get_absolute_url(), parcel)


def _kept(user: User, roles: Set[str], at: datetime) -> list[TodayRow]:
    rows = LostThing.objects.visible_to(user).kept().filter(user.reach(roles, place="place"))
    return [
        TodayRow(thing.title, thing.found_in.short_name, thing.get_absolute_url(), thing)
        for thing in rows.with_all().order_by("-found_at", "pk")[:MOST]
    ]


TODAY.register(
    TodayPart("parcels", _("待领的快递"), 20, _waiting, "front_desk:parcels", _("没有待领的快递。"))
)
TODAY.register(
    TodayPart("lost_things", _("失物"), 30, _kept, "front_desk:lost_things", _("没有失物。"))
)


@require_safe
def today(request: PageRequest) -> HttpResponse:
    """What the receptionist has before them: whatever any domain says is on today."""
    at = now()
    parts = [(part, part.rows(request.user, RUNS_DESK, at)) for part in TODAY]
    keep = [replace(button, primary=False) for button in LOST_THING.buttons(request)]
    context = {
        "columns": [parts[::2], parts[1::2]],
        "buttons": [*keep, *PARCEL.buttons(request)],
        "now": at,
    }
    return render(request, "front_desk/today.html", context)


def _waiting_parcels(user: User) -> ParcelQuerySet:
    return Parcel.objects.visible_to(user).waiting()


register(NavItem("lines", _("今天的前台"), "bell-ringing", "front_desk:today", RUNS_DESK, 35))
register(
    NavItem(
        "lines", _("收发件"), "package", "front_desk:parcels", order=36, waiting=_waiting_parcels
    )
)
register(NavItem("lines", _("失物招领"), "tag", "front_desk:lost_things", order=37))
