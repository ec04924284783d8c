"""Every string of the Big List of Naughty Strings through every text field: refused with a sentence or shown
again exactly as it was typed, and never an error of the program."""

import csv
from io import StringIO
from urllib.parse import quote

import pytest
from django.contrib.auth.hashers import make_password
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import reverse

from houqin.dispatch import actions as work
from houqin.dispatch.models import Shift
from houqin.dispatch.roster.swapping import ask_swap
from houqin.kernel.clock.models import Standard
from houqin.kernel.files.actions import receive
from houqin.kernel.files.models import Attachment
from houqin.kernel.identity import second_step
from houqin.kernel.identity.models import Account, Failure
from houqin.kernel.people.actions import grant_role
from houqin.kernel.people.models import Role, User
from houqin.kernel.worktime.models import Schedule
from houqin.servicedesk import actions as desk
from houqin.servicedesk.callbacks.actions import draw_call_back
from houqin.servicedesk.catalogue import Entry
from houqin.servicedesk.channels.actions import bring_paper, report_as_guest
from houqin.servicedesk.importing.models import ImportFile
from houqin.servicedesk.importing.sweeps import import_files
from houqin.servicedesk.models import Request
from tests.cast import NOW, as_user, cast, later, picture
from tests.naughty import NAUGHTY, Case, pieces, shows, some

__all__ = ["as_user", "cast"]

NUL = "a\x00b"


def on_submitted(cast):
    url = cast.submit().get_absolute_url()
    return {
        "comment": Case("wu", url + "comment/", {"text": 2000}, shown=url),
        "inner note": Case("chen", url + "comment/", {"text": 2000}, {"inner": "on"}, shown=url),
        "send back": Case("chen", url + "send_back/", {"reason": 500}, shown=url),
        "reject": Case("chen", url + "reject/", {"reason": 500}, shown=url),
        "grade": Case("chen", url + "grade/", {"note": 500}, {"grade": "routine"}, shown=url),
        "urge": Case("wu", url + "urge/", {"note": 200}, shown=url),
        "supervise": Case("lin", url + "supervise/", {"ask": 500}, {"due_at": "2030-01-01T09:00"}, shown=url),
        "withdraw": Case("wu", url + "withdraw/", {"reason": 300}, shown=url),
    }


def on_supervised(cast):
    request = cast.submit()
    desk.supervise_request(cast.lin, request, ask="?", due_at=later(days=1))
    url = request.get_absolute_url()
    return {"answer": Case("chen", url + "answer/", {"answer": 1000}, shown=url)}


def on_returned(cast):
    request = cast.submit()
    desk.send_back_request(cast.chen, request, reason="?")
    url = request.get_absolute_url()
    return {"resubmit": Case("wu", url + "resubmit/", {"title": 120, "body": 4000}, shown=url)}


def on_graded(cast):
    url = cast.graded().get_absolute_url()
    taker = {"to": f"member-{cast.team.crew.get(user=cast.wang).pk}"}
    return {
        "cancel": Case("chen", url + "cancel/", {"reason": 500}, shown=url),
        "regrade": Case("chen", url + "regrade/", {"reason": 500}, {"grade": "urgent"}, shown=url),
        "dispatch": Case("chen", url + "dispatch/", {"title": 120, "reason": 300}, taker, shown=url),
    }


def on_offered(cast):
    url = cast.order().get_absolute_url()
    to = {"to": f"member-{cast.team.crew.get(user=cast.zhao).pk}"}
    return {
        "hand back": Case("wang", url + "hand_back/", {"reason": 200}, shown=url, reader="chen"),
        "hand over": Case("chen", "/handover/wang/", {"reason": 200}, {"orders": "zhao"}, shown=url),
        "cancel order": Case("chen", url + "cancel/", {"reason": 200}, shown=url),
        "reassign": Case("chen", url + "reassign/", {"reason": 200}, to, shown=url),
        "pass on": Case("wang", url + "hand_over/", {"reason": 200}, {"executor": cast.zhao.pk}, shown=url),
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
        "sign": Case("wu", url + "sign/", {"signature_name": 40, "comment": 1000}, stars, shown=url),
    }


def on_signed(cast):
    url = on_done(cast)["sign"].shown
    desk.sign_request(cast.wu, Request.objects.last(), name="wu")
    stars = {"speed": "5", "attitude": "5", "solution": "5"}
    return {"rate": Case("wu", url + "rate/", {"comment": 1000}, stars, shown=url)}


def called_back(cast):
    request = cast.submit()
    draw_call_back(request, "sample", at=NOW)
    url = request.call_back.get_absolute_url()
    said = {"solved": "yes", "score": "5"}
    return {"call": Case("chen", url + "reach/", {"remark": 1000, "improvement": 1000}, said, shown=url)}


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
        "skill": Case("lin", "/teams/skills/", {"name": 40}, {"code": "glass"}, shown="/teams/skills/"),
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
    scopes = {"scopes": ["requests:read"], "days": "90"}
    account = {"username": "svc-x", "roles": ["coordinator"], "place": cast.near.pk}
    return {
        "token": Case("wu", "/me/tokens/", {"name": 60}, scopes, shown="/me/tokens/", answer=200),
        "service": Case("sys", "/service-accounts/new/", {"name": 40, "purpose": 200}, account),
    }


HOOK = {"kind": "wecom", "url": "https://example.org/in?key=1", "language": "en", "events": "request.*"}


def standard_form():
    """What publishes a version like the one in force."""
    said = {"effective_from": f"{later(days=1):%Y-%m-%dT%H:%M}"}
    for promise in Standard.objects.get().promises.all():
        said |= {f"{promise.grade}_{promise.kind}_amount": promise.amount}
        said |= {f"{promise.grade}_{promise.kind}_unit": promise.unit}
    return said


def new(cast):
    texts = {"title": 120, "body": 4000, "phone": 30, "ask_kind": 200}
    rest = {"place": cast.room.pk, "claimed": "routine"}
    return {"new request": Case("wu", "/requests/new/pest/", texts, rest)}


def scanned(cast):
    token = report_as_guest(cast.room, Entry.objects.get(code="pest"), caller="x", phone="12345", title="x")[
        1
    ]
    url = f"/follow/{token}/"
    rest = {"entry": "pest", "claimed": "routine", "phone": "12345"}
    return {
        "scan": Case("", f"/at/{cast.room.label}/", {"said": 1000, "caller": 40}, rest),
        "guest's word": Case("", url + "comment/", {"text": 2000}, shown=url),
        "guest withdraws": Case("", url + "withdraw/", {"reason": 300}, shown=url),
    }


def written_for_others(cast):
    rest = {"place": cast.room.pk, "entry": "pest", "claimed": "routine", "phone": "13900001111"}
    texts = {"who": 40, "title": 120, "body": 4000, "ask_kind": 200}
    done, back = on_done(cast)["refuse"].shown, on_returned(cast)["resubmit"].shown
    Request.objects.update(caller="x")
    made = done.replace("000001", "000003")  # the next number
    (sheet,) = bring_paper(cast.chen, scans=[receive(picture())])
    return {
        "paper": Case("chen", f"/paper/{sheet.pk}/", texts, rest | {"dated": "2026-11-20"}, shown=made),
        "favourite": Case("wu", done + "favourite/", {"name": 60}, shown="/requests/new/"),
        "hotline": Case("chen", "/hotline/", texts, rest, shown=made),
        "complete for": Case("chen", back + "resubmit_for/", {"title": 120, "body": 4000}, shown=back),
        "sign for": Case("chen", done + "sign_for/", {"reason": 200}, shown=done),
        "refuse for": Case("chen", done + "refuse_for/", {"reason": 500}, shown=done),
    }


HOUSES = [
    of_programs, written_for_others, new, scanned, on_submitted, on_supervised, called_back, on_returned,
    on_graded, on_offered, on_started, on_done, on_signed, of_the_house, of_the_roster,
]  # fmt: skip


@pytest.mark.parametrize("cases", HOUSES, ids=[one.__name__ for one in HOUSES])
def test_what_is_typed_is_shown_as_it_was_typed(cases, cast, client):
    wrong = []
    for name, case in cases(cast).items():
        reader = Client()
        be(client, cast, case.who)
        be(reader, cast, case.reader or case.who)
        for said in case.posts():
            with transaction.atomic():  # the next one finds everything as it was
                wrong += [f"{name}: {one}" for one in put_through(case, said, client, reader)]
                transaction.set_rollback(True)
    assert not wrong, "\n".join(wrong[:20])


def be(client, cast, who):
    client.logout()
    if who:
        client.force_login(getattr(cast, who))


def put_through(case, said, client, reader):
    cache.clear()  # nobody has to wait
    answer = client.post(case.url, case.rest | said)
    if answer.status_code != case.answer:
        return [f"{answer.status_code} {said!r} {answer.context and answer.context.get('form').errors}"]
    page = reader.get(case.shown or answer["Location"]).content.decode()
    return [f"{name} does not show {text!r}" for name, text in said.items() if not shows(page, text)]


@pytest.mark.parametrize("cases", HOUSES, ids=[one.__name__ for one in HOUSES])
def test_a_nul_character_and_what_is_too_long_are_refused_with_a_sentence(cases, cast, client):
    for name, case in cases(cast).items():
        be(client, cast, case.who)
        for text in case.texts:
            filled = dict.fromkeys(case.texts, "x") | case.rest
            for bad in (NUL, "x" * (case.texts[text] + 1)):
                cache.clear()  # nobody has to wait
                answer = client.post(case.url, filled | {text: bad})
                assert answer.status_code == 422, (name, text, bad[:9])
                assert 'class="field__error"' in answer.content.decode(), (name, text, bad[:9])


LISTS = ["/search/", "/requests/", "/orders/", "/orders/mine/", "/figures/", "/requests/new/"]


def test_searching_for_it_finds_nothing_and_shows_what_was_searched_for(cast, as_user):
    cast.order()
    client = as_user(cast.lin)
    for nth, text in enumerate([*pieces(300), *some(pieces(40), 60)]):
        path = LISTS[nth % len(LISTS)]
        answer = client.get(path, {"q": text})
        assert answer.status_code == 200, (path, text)
        if path != "/orders/mine/":  # has no box to search in
            assert shows(answer.content.decode(), text), (path, text)


def test_no_parameter_of_an_address_breaks_a_page(cast, as_user):
    cast.submit()
    client = as_user(cast.chen)
    names = ["view", "cursor", "grade", "line", "status", "place", "done", "team", "campus", "number", "next"]
    paths = [*LISTS, "/review/", "/notices/", "/requests/new/pest/", "/signin/"]
    for nth, text in enumerate(pieces(2000)):
        path = paths[nth % len(paths)]
        several = dict.fromkeys([*names, "before", "after", "only"], text)
        for said in [several, *({name: text} for name in names)]:
            assert client.get(path, said).status_code in (200, 302, 404), (path, said)


def test_no_address_breaks_the_house(cast, as_user):
    client = as_user(cast.chen)
    number = cast.submit().number
    for nth, text in enumerate(NAUGHTY):
        said = quote(text, safe="")
        paths = (f"/{said}", f"/requests/{said}/", f"/orders/{said}/", f"/requests/{number}/{said}/")
        answer = client.get(paths[nth % 4])
        assert answer.status_code in (200, 301, 302, 400, 404, 405), paths[nth % 4]


def test_nobody_signs_in_by_a_naughty_name_or_password(cast, client):
    for text in [*some(pieces(150), 60), NUL, "x" * 151]:
        Failure.objects.all().delete()
        answer = client.post("/signin/", {"username": text, "password": text, "next": text})
        assert answer.status_code == 422
        assert shows(answer.content.decode(), text) or text == NUL
        assert client.post("/signin/", {"username": "wu", "password": text}).status_code == 422


def test_nobody_passes_the_second_step_by_a_naughty_code_nor_breaks_the_page_that_helps(cast, client):
    second_step.begin(cast.wu)
    User.objects.filter(pk=cast.wu.pk).update(password=make_password("a-long-enough-secret"))
    Account.objects.filter(user=cast.wu).update(second_step_at=NOW)
    client.post("/signin/", {"username": "wu", "password": "a-long-enough-secret"})
    keeper = Client()
    keeper.force_login(cast.person("sec", "安全员", cast.hq))
    grant_role(cast.sec, Role.SECURITY_ADMIN)
    for text in [*some(pieces(20), 60), NUL, "x" * 21]:
        Failure.objects.all().delete()
        answer = client.post("/signin/code/", {"code": text})
        assert answer.status_code == 422
        assert shows(answer.content.decode(), text) or text == NUL
        if text != NUL:
            page = keeper.get("/signins/", {"q": text})
            assert page.status_code == 200
            assert shows(page.content.decode(), text.strip())


def test_what_is_no_phone_is_refused_and_shown_again(cast, as_user):
    client = as_user(cast.wu)
    for text in some(pieces(30), 60):
        answer = client.post("/me/phone/", {"phone": text})
        page = answer.content.decode() if answer.status_code == 422 else client.get("/me/").content.decode()
        assert answer.status_code in (302, 422)
        assert shows(page, text), text


def test_photos_keep_harmless_names(cast, as_user, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    request = cast.submit()
    client = as_user(cast.wu)
    names = [name for name in NAUGHTY if name.strip()]
    for nth in range(0, len(names), 36):  # six at a time, every sixth of them
        photos = [picture(name + ".jpg") for name in names[nth : nth + 6]]
        said = {"text": "see", "photos": photos}
        assert client.post(request.get_absolute_url() + "comment/", said).status_code == 302
    assert client.get(request.get_absolute_url()).status_code == 200
    for photo in Attachment.objects.of(request):
        answer = client.get(photo.get_absolute_url())
        assert answer.status_code == 200, photo.name
        assert "\n" not in answer["Content-Disposition"]


def test_a_table_of_them_is_imported_as_it_is(cast, as_user):
    out = StringIO()
    table = csv.writer(out)
    table.writerow(["内容", "提交时间"])
    cells = [text for text in NAUGHTY if text.strip() and len(text) <= 120]
    table.writerows([text, "2026-11-20 09:00"] for text in cells)
    client = as_user(cast.chen)
    name = 'naughty"><script>alert(1)</script>\u202e.csv'
    upload = SimpleUploadedFile(name, out.getvalue().encode("utf-8-sig"), "text/csv")
    page = client.post("/requests/import/", {"upload": upload}, follow=True)
    assert page.status_code == 200
    file = ImportFile.objects.get()
    said = {"column_title": "内容", "column_submitted_at": "提交时间", "place": cast.room.pk, "entry": "hvac"}
    said |= {"timezone": "Asia/Shanghai", "dates": "ymd"}
    page = client.post(f"/requests/import/{file.pk}/columns/", said, follow=True)
    assert page.status_code == 200, page.context["form"].errors
    assert page.redirect_chain
    client.post(f"/requests/import/{file.pk}/start/")
    while import_files(NOW):
        pass
    kept = dict(Request.objects.values_list("imported_as__row", "title"))
    assert [kept[row] for row in sorted(kept)] == [printable(text) for text in cells]
    for request in Request.objects.order_by("pk")[::20]:
        assert shows(client.get(request.get_absolute_url()).content.decode(), request.title)


def printable(text):
    """What an import keeps of a title: one blank between words, none of the characters that control."""
    return " ".join("".join(letter for letter in text if letter in "\n\t" or ord(letter) >= 32).split())
