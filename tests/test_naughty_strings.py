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

from houqin.desk.demands.models import Demand
from houqin.kernel.people.actions import grant_role
from houqin.kernel.people.models import Role, User
from houqin.platform.files.models import Attachment
from houqin.platform.identity import second_step
from houqin.platform.identity.models import Account, Failure
from houqin.platform.sheets.models import ImportFile
from houqin.platform.sheets.sweeps import import_files
from tests.cast import NOW, as_user, cast, picture
from tests.effort import times
from tests.naughty import NAUGHTY, pieces, shows, some
from tests.naughty_forms import HOUSES
from tests.plain import no_numbers

__all__ = ["as_user", "cast", "no_numbers"]

pytestmark = pytest.mark.usefixtures("no_numbers")
NUL = "a\x00b"


@pytest.mark.engine
@pytest.mark.parametrize("cases", HOUSES, ids=[house.__name__ for house in HOUSES])
def test_what_is_typed_is_shown_as_it_was_typed(cases, cast, client):
    wrong = []
    for name, case in cases(cast).items():
        reader = Client()
        be(client, cast, case.who)
        be(reader, cast, case.reader or case.who)
        for typed in case.posts():
            with transaction.atomic():  # the next one finds everything as it was
                wrong += [f"{name}: {house}" for house in put_through(case, typed, client, reader)]
                transaction.set_rollback(True)
    assert not wrong, "\n".join(wrong[:20])


def be(client, cast, who):
    client.logout()
    if who:
        client.force_login(getattr(cast, who))


def put_through(case, typed, client, reader):
    cache.clear()  # nobody has to wait
    answer = client.post(case.url, case.rest | typed)
    if answer.status_code != case.answer:
        return [
            f"{answer.status_code} {typed!r} {answer.context and answer.context.get('form').errors}"
        ]
    page = reader.get(case.shown or answer["Location"]).content.decode()
    return [
        f"{name} does not show {text!r}" for name, text in typed.items() if not shows(page, text)
    ]


@pytest.mark.parametrize("cases", HOUSES, ids=[house.__name__ for house in HOUSES])
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


LISTS = ["/search/", "/demands/", "/orders/", "/orders/mine/", "/figures/", "/demands/new/"]


@pytest.mark.engine
def test_searching_for_it_finds_nothing_and_shows_what_was_searched_for(cast, as_user):
    cast.order()
    client = as_user(cast.lin)
    for nth, text in enumerate([*some(pieces(300), times(20)), *some(pieces(40), times(20))]):
        path = LISTS[nth % len(LISTS)]
        answer = client.get(path, {"q": text})
        assert answer.status_code == 200, (path, text)
        if path != "/orders/mine/":  # has no box to search in
            assert shows(answer.content.decode(), text), (path, text)


@pytest.mark.engine
def test_no_parameter_of_an_address_breaks_a_page(cast, as_user):
    cast.submit()
    client = as_user(cast.chen)
    names = [
        "view",
        "cursor",
        "grade",
        "line",
        "status",
        "place",
        "done",
        "team",
        "campus",
        "number",
        "next",
    ]
    paths = [*LISTS, "/review/", "/notices/", "/demands/new/pest/", "/signin/"]
    for nth, text in enumerate(some(pieces(2000), times(3))):
        path = paths[nth % len(paths)]
        several = dict.fromkeys([*names, "before", "after", "only"], text)
        for words in [several, *({name: text} for name in names)]:
            assert client.get(path, words).status_code in (200, 302, 404), (path, words)


@pytest.mark.engine
def test_no_address_breaks_the_house(cast, as_user):
    client = as_user(cast.chen)
    number = cast.submit().number
    for nth, text in enumerate(some(NAUGHTY, times(60))):
        quoted = quote(text, safe="")
        paths = (
            f"/{quoted}",
            f"/demands/{quoted}/",
            f"/orders/{quoted}/",
            f"/demands/{number}/{quoted}/",
        )
        answer = client.get(paths[nth % 4])
        assert answer.status_code in (200, 301, 302, 400, 404, 405), paths[nth % 4]


def test_nobody_signs_in_by_a_naughty_name_or_password(cast, client):
    for text in [*some(pieces(150), times(12)), NUL, "x" * 151]:
        Failure.objects.all().delete()
        answer = client.post("/signin/", {"username": text, "password": text, "next": text})
        assert answer.status_code == 422
        assert shows(answer.content.decode(), text) or text == NUL
        assert client.post("/signin/", {"username": "wu", "password": text}).status_code == 422


def test_nobody_passes_the_second_step_by_a_naughty_code_nor_breaks_the_page_that_helps(
    cast, client
):
    second_step.begin(cast.wu)
    User.objects.filter(pk=cast.wu.pk).update(password=make_password("a-long-enough-secret"))
    Account.objects.filter(user=cast.wu).update(second_step_at=NOW)
    client.post("/signin/", {"username": "wu", "password": "a-long-enough-secret"})
    keeper = Client()
    keeper.force_login(cast.person("sec", "安全员", cast.hq))
    grant_role(cast.sec, Role.SECURITY_ADMIN)
    for text in [*some(pieces(20), times(12)), NUL, "x" * 21]:
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
    for text in some(pieces(30), times(12)):
        answer = client.post("/me/phone/", {"phone": text})
        page = (
            answer.content.decode()
            if answer.status_code == 422
            else client.get("/me/").content.decode()
        )
        assert answer.status_code in (302, 422)
        assert shows(page, text), text


def test_photos_keep_harmless_names(cast, as_user, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    demand = cast.submit()
    client = as_user(cast.wu)
    names = [name for name in NAUGHTY if name.strip()]
    for nth in some(range(0, len(names), 6), times(3)):  # six at a time
        photos = [picture(name + ".jpg") for name in names[nth : nth + 6]]
        answers = {"text": "see", "photos": photos}
        assert client.post(demand.get_absolute_url() + "comment/", answers).status_code == 302
    assert client.get(demand.get_absolute_url()).status_code == 200
    for photo in Attachment.objects.of(demand):
        answer = client.get(photo.get_absolute_url())
        assert answer.status_code == 200, photo.name
        assert "\n" not in answer["Content-Disposition"]


@pytest.mark.engine
def test_a_table_of_them_is_imported_as_it_is(cast, as_user):
    out = StringIO()
    table = csv.writer(out)
    table.writerow(["内容", "提交时间"])
    cells = [text for text in NAUGHTY if text.strip() and len(text) <= 120]
    cells = list(some(cells, times(100)))
    table.writerows([text, "2026-11-20 09:00"] for text in cells)
    client = as_user(cast.chen)
    name = 'naughty"><script>alert(1)</script>\u202e.csv'
    upload = SimpleUploadedFile(name, out.getvalue().encode("utf-8-sig"), "text/csv")
    page = client.post("/demands/import/", {"upload": upload}, follow=True)
    assert page.status_code == 200
    file = ImportFile.objects.get()
    answers = {
        "column_title": "内容",
        "column_submitted_at": "提交时间",
        "place": cast.room.pk,
        "entry": "hvac",
    }
    answers |= {"timezone": "Asia/Shanghai", "dates": "ymd"}
    page = client.post(f"/demands/import/{file.pk}/columns/", answers, follow=True)
    assert page.status_code == 200, page.context["form"].errors
    assert page.redirect_chain
    client.post(f"/demands/import/{file.pk}/start/")
    while import_files(NOW):
        pass
    kept = dict(Demand.objects.values_list("imported_as__row", "title"))
    assert [kept[row] for row in sorted(kept)] == [printable(text) for text in cells]
    for demand in Demand.objects.order_by("pk")[::20]:
        assert shows(client.get(demand.get_absolute_url()).content.decode(), demand.title)


def printable(text):
    """What an import keeps of a title: one blank between words, none of the characters that control."""
    return " ".join(
        "".join(letter for letter in text if letter in "\n\t" or ord(letter) >= 32).split()
    )
