"""Every form with a text field, made ready to be filled in: a house for each state that its forms need."""

from django.urls import reverse

from houqin.desk.callbacks.actions import draw_call_back
from houqin.desk.catalogue.models import Entry
from houqin.desk.channels.actions import bring_paper, report_as_guest
from houqin.desk.demands import actions as desk
from houqin.desk.demands.approvals import DEMAND
from houqin.desk.demands.models import Demand
from houqin.kernel.clock.models import Standard
from houqin.kernel.people.actions import grant_role
from houqin.kernel.worktime.models import Schedule
from houqin.lines.front_desk.samples import lost_thing as sample_lost_thing
from houqin.lines.front_desk.samples import parcel as sample_parcel
from houqin.lines.rooms.actions import Agenda, book_meeting
from houqin.lines.rooms.samples import at as moment_at
from houqin.lines.rooms.samples import meeting as sample_meeting
from houqin.lines.rooms.samples import room as sample_room
from houqin.platform.files.actions import receive
from houqin.shared.approvals.actions import ask_approval
from houqin.work.orders import actions as work
from houqin.work.roster.models import Shift
from houqin.work.roster.swapping import ask_swap
from tests.cast import NOW, later, picture
from tests.naughty import Case


def on_submitted(cast):
    url = cast.submit().get_absolute_url()
    return {
        "comment": Case("wu", url + "comment/", {"text": 2000}, shown=url),
        "inner note": Case("chen", url + "comment/", {"text": 2000}, {"inner": "on"}, shown=url),
        "send back": Case("chen", url + "send_back/", {"reason": 500}, shown=url),
        "reject": Case("chen", url + "reject/", {"reason": 500}, shown=url),
        "grade": Case("chen", url + "grade/", {"note": 500}, {"grade": "routine"}, shown=url),
        "urge": Case("wu", url + "urge/", {"note": 200}, shown=url),
        "supervise": Case(
            "lin", url + "supervise/", {"ask": 500}, {"due_at": "2030-01-01T09:00"}, shown=url
        ),
        "withdraw": Case("wu", url + "withdraw/", {"reason": 300}, shown=url),
    }


def on_approval(cast):
    demand = cast.submit()
    first = ask_approval(cast.chen, DEMAND, demand)
    second = ask_approval(cast.chen, DEMAND, cast.submit())
    url, other = first.get_absolute_url(), second.get_absolute_url()
    chain = {"kind": "demand", "s0_who": "superior", "position": "1", "active": "on"}
    chains = "/approvals/chains/"
    return {
        "opinion": Case("lin", url + "comment/", {"comment": 500}, shown=url),
        "delegate": Case("lin", url + "delegate/", {"comment": 500}, {"to": "ma"}, shown=url),
        "approve": Case("lin", other + "approve/", {"comment": 500}, shown=other),
        "chain": Case("lin", chains + "new/", {"name": 40}, chain, shown=chains),
    }


def on_supervised(cast):
    demand = cast.submit()
    desk.supervise_demand(cast.lin, demand, ask="?", due_at=later(days=1))
    url = demand.get_absolute_url()
    return {"answer": Case("chen", url + "answer/", {"answer": 1000}, shown=url)}


def on_returned(cast):
    demand = cast.submit()
    desk.send_back_demand(cast.chen, demand, reason="?")
    url = demand.get_absolute_url()
    return {"resubmit": Case("wu", url + "resubmit/", {"title": 120, "body": 4000}, shown=url)}


def on_graded(cast):
    url = cast.graded().get_absolute_url()
    taker = {"to": f"member-{cast.team.crew.get(user=cast.wang).pk}"}
    return {
        "cancel": Case("chen", url + "cancel/", {"reason": 500}, shown=url),
        "regrade": Case("chen", url + "regrade/", {"reason": 500}, {"grade": "urgent"}, shown=url),
        "dispatch": Case(
            "chen", url + "dispatch/", {"title": 120, "reason": 300}, taker, shown=url
        ),
    }


def on_offered(cast):
    url = cast.order().get_absolute_url()
    to = {"to": f"member-{cast.team.crew.get(user=cast.zhao).pk}"}
    return {
        "hand back": Case("wang", url + "hand_back/", {"reason": 200}, shown=url, reader="chen"),
        "hand over": Case(
            "chen", "/handover/wang/", {"reason": 200}, {"orders": "zhao"}, shown=url
        ),
        "cancel order": Case("chen", url + "cancel/", {"reason": 200}, shown=url),
        "reassign": Case("chen", url + "reassign/", {"reason": 200}, to, shown=url),
        "pass on": Case(
            "wang", url + "hand_over/", {"reason": 200}, {"executor": cast.zhao.pk}, shown=url
        ),
    }


def on_started(cast):
    Entry.objects.filter(code="hvac").update(met_signs=True)
    order = cast.order()
    work.accept_order(cast.wang, order)
    work.start_order(cast.wang, order)
    url = order.get_absolute_url()
    lines = {f"materials-{row}-quantity": "1" for row in range(5)}
    texts = {"result": 2000, "met_name": 40}
    for row in range(5):
        texts |= {f"materials-{row}-name": 80, f"materials-{row}-unit": 10}
    return {
        "ask help": Case("wang", url + "ask_help/", {"need": 200}, shown=url),
        "hold": Case("wang", url + "hold/", {"note": 200}, {"reason": "parts"}, shown=url),
        "finish": Case("wang", url + "finish/", texts, lines, shown=url),
    }


def on_done(cast):
    order = cast.order()
    work.accept_order(cast.wang, order)
    work.start_order(cast.wang, order)
    work.finish_order(cast.wang, order, result="ok")
    url = order.subject.get_absolute_url()
    stars = {"speed": "5", "attitude": "5", "solution": "5"}
    return {
        "refuse": Case("wu", url + "refuse/", {"reason": 500}, shown=url),
        "sign": Case(
            "wu", url + "sign/", {"signature_name": 40, "comment": 1000}, stars, shown=url
        ),
    }


def on_signed(cast):
    url = on_done(cast)["sign"].shown
    desk.sign_demand(cast.wu, Demand.objects.last(), name="wu")
    stars = {"speed": "5", "attitude": "5", "solution": "5"}
    return {"rate": Case("wu", url + "rate/", {"comment": 1000}, stars, shown=url)}


def called_back(cast):
    demand = cast.submit()
    draw_call_back(demand, "sample", at=NOW)
    url = demand.call_back.get_absolute_url()
    answers = {"solved": "yes", "score": "5"}
    return {
        "call": Case(
            "chen", url + "reach/", {"remark": 1000, "improvement": 1000}, answers, shown=url
        )
    }


def of_the_roster(cast):
    shift = Shift.objects.create(
        user=cast.wang, place=cast.near, starts_at=later(days=1), ends_at=later(days=2)
    )
    url = ask_swap(cast.wang, shift, colleague=cast.zhao).get_absolute_url()
    hours = {"starts": "10:00", "ends": "19:00", "active": "on"}
    team = {"kind": "internal", "place": cast.building.pk}
    best, kinds = {"gives": "best", "position": 1}, "/roster/patterns/"
    return {
        "team": Case("li", "/teams/new/", {"name": 40}, team, shown="/teams/"),
        "skill": Case("lin", "/teams/skills/new/", {"name": 40}, {"code": "glass"}, shown="/teams/skills/"),
        "rule": Case("lin", "/dispatch/rules/new/", {"name": 40}, best, shown="/dispatch/rules/"),
        "decline": Case("zhao", url + "decline/", {"reason": 200}, shown=url),
        "pattern": Case("lin", kinds + "new/", {"letter": 2, "name": 20}, hours, shown=kinds),
    }  # fmt: skip


def of_the_house(cast):
    day = reverse("setup:day", args=[Schedule.objects.get().pk, 2026, 12, 1])
    form = standard_form()
    return {
        "day": Case("lin", day, {"name": 40}, {"working": "no"}, shown=day),
        "standard": Case(
            "lin", "/standards/new/", {"name": 60, "regulation": 120, "reason_5_label": 40}, form,
            shown="/standards/",
        ),
        "fault code": Case(
            "li", "/orders/codes/new/", {"name": 60}, {"kind": "symptom", "code": "own-x"},
            shown="/orders/codes/",
        ),
        "hook": Case("lin", "/hooks/new/", {"name": 60}, HOOK, shown="/hooks/"),
        "wall": Case("lin", "/wall/links/", {"name": 40}, {"place": ""}, shown="/wall/links/"),
    }  # fmt: skip


def of_programs(cast):
    """Tokens and service accounts; who makes a token is answered with it at once."""
    grant_role(cast.person("sys", "系统", cast.hq), "system_admin")
    scopes = {"scopes": ["demands:read"], "days": "90"}
    account = {"username": "svc-x", "roles": ["coordinator"], "place": cast.near.pk}
    return {
        "token": Case("wu", "/me/tokens/", {"name": 60}, scopes, shown="/me/tokens/", answer=200),
        "service": Case("sys", "/service-accounts/new/", {"name": 40, "purpose": 200}, account),
    }


HOOK = {
    "kind": "wecom",
    "url": "https://example.org/in?key=1",
    "language": "en",
    "events": "demand.*",
}


def standard_form():
    """What publishes a version like the one in force."""
    answers = {"effective_from": f"{later(days=1):%Y-%m-%dT%H:%M}"}
    for promise in Standard.objects.get().promises.all():
        answers |= {f"{promise.grade}_{promise.kind}_amount": promise.amount}
        answers |= {f"{promise.grade}_{promise.kind}_unit": promise.unit}
    return answers


def new(cast):
    texts = {"title": 120, "body": 4000, "phone": 30, "ask_kind": 200}
    rest = {"place": cast.room.pk, "claimed": "routine"}
    return {"new request": Case("wu", "/demands/new/pest/", texts, rest)}


def scanned(cast):
    token = report_as_guest(
        cast.room, Entry.objects.get(code="pest"), caller="x", phone="12345", title="x"
    )[1]
    url = f"/follow/{token}/"
    rest = {"entry": "pest", "claimed": "routine", "phone": "12345"}
    return {
        "scan": Case("", f"/at/{cast.room.label}/", {"report": 1000, "caller": 40}, rest),
        "guest's word": Case("", url + "comment/", {"text": 2000}, shown=url),
        "guest withdraws": Case("", url + "withdraw/", {"reason": 300}, shown=url),
    }


def written_for_others(cast):
    rest = {"place": cast.room.pk, "entry": "pest", "claimed": "routine", "phone": "13900001111"}
    texts = {"who": 40, "title": 120, "body": 4000, "ask_kind": 200}
    done, back = on_done(cast)["refuse"].shown, on_returned(cast)["resubmit"].shown
    Demand.objects.update(caller="x")
    created = done.replace("000001", "000003")  # the next number
    (sheet,) = bring_paper(cast.chen, scans=[receive(picture())])
    return {
        "paper": Case(
            "chen", f"/paper/{sheet.pk}/", texts, rest | {"dated": "2026-11-20"}, shown=created
        ),
        "favourite": Case("wu", done + "favourite/", {"name": 60}, shown="/demands/new/"),
        "hotline": Case("chen", "/hotline/", texts, rest, shown=created),
        "complete for": Case(
            "chen", back + "resubmit_for/", {"title": 120, "body": 4000}, shown=back
        ),
        "sign for": Case("chen", done + "sign_for/", {"reason": 200}, shown=done),
        "refuse for": Case("chen", done + "refuse_for/", {"reason": 500}, shown=done),
    }


def on_meetings(cast):
    where = sample_room(cast)
    meeting = sample_meeting(cast)
    url, day = meeting.get_absolute_url(), {"day": "2026-11-25", "starts": "14:00", "ends": "15:00"}
    texts = {"subject": 80, "note": 1000}
    asked = Agenda("?")
    boardroom = sample_room(cast, "董事会议室", needs_approval=True)
    waiting = book_meeting(
        cast.wu, boardroom, asked, starts_at=moment_at(16), ends_at=moment_at(17)
    ).get_absolute_url()
    return {
        "book a room": Case("wu", "/rooms/new/", texts, day | {"room": where.code, "people": 4}),
        "change a meeting": Case("wu", url + "change/", texts, {"people": 4}, shown=url),
        "cancel a meeting": Case("wu", url + "cancel/", {"reason": 200}, shown=url),
        "decline a meeting": Case("chen", waiting + "decline/", {"reason": 200}, shown=waiting),
        "close a room": Case(
            "lin", "/rooms/closures/new/", {"reason": 60},
            {"room": where.pk, "starts_at": "2026-11-26T09:00", "ends_at": "2026-11-26T10:00"},
            shown="/rooms/closures/",
        ),
        "enter a room": Case(
            "lin", "/rooms/register/new/", {"name": 40},
            {"code": "X-1", "place": cast.room.pk, "capacity": 4, "opens": "08:00", "closes": "20:00"},
            shown="/rooms/register/",
        ),
    }  # fmt: skip


def on_front_desk(cast):
    parcel, thing = (
        sample_parcel(cast).get_absolute_url(),
        sample_lost_thing(cast).get_absolute_url(),
    )
    at = {"place": cast.building.pk}
    return {
        "receive a parcel": Case(
            "chen", "/front-desk/parcels/new/", {"outsider": 40, "carrier": 40}, at,
            shown="/front-desk/parcels/",
        ),
        "send a parcel back": Case("chen", parcel + "send_back/", {"reason": 200}, shown=parcel),
        "keep a lost thing": Case(
            "chen", "/front-desk/lost/new/", {"title": 60}, at | {"found_in": cast.room.pk},
            shown="/front-desk/lost/",
        ),
        "claim a lost thing": Case("wu", thing + "claim/", {"note": 200}, shown=thing, reader="chen"),
    }  # fmt: skip


HOUSES = [
    of_programs, written_for_others, new, scanned, on_submitted, on_approval, on_supervised, called_back,
    on_returned, on_graded, on_offered, on_started, on_done, on_signed, of_the_house, of_the_roster,
    on_meetings, on_front_desk,
]  # fmt: skip
