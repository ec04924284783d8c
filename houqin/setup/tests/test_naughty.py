"""What is typed on the pages of the administration, from the Big List of Naughty Strings."""

from io import BytesIO

import openpyxl
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from houqin.desk.catalogue.models import Entry
from houqin.kernel.people.actions import grant_role
from houqin.kernel.people.models import Role, User
from houqin.platform.sheets.template import template_book
from houqin.setup.workbook.pages import HOUSE_IN
from tests.effort import times
from tests.naughty import NAUGHTY, Case, pieces, shows, some


def of_the_setup(cast):
    """What the administrators type. Codes and numbers take no naughty string; their fields are not here."""
    for username, role in (("sys", Role.SYSTEM_ADMIN), ("aud", Role.AUDITOR)):
        grant_role(cast.person(username, username, cast.hq), role)
    room = {"code": "N-1", "kind": "room", "parent": cast.building.pk}
    person, entry = (
        {"username": "1024", "department": "", "phone": "", "email": ""},
        Entry.objects.get(code="pest"),
    )
    answers = {f"q{nth}_kind": "choice" for nth in range(8)} | {"q0_choices": "a、b"}
    asked = {"default_grade": "routine", "skill_code": "", "active": "on"} | answers
    week = {"timezone": "Asia/Shanghai", "base": "", "day_0": "08:00-12:00"}
    texts = {"name": 60, "hint": 200, "q0_label": 60}
    return {
        "person": Case("sys", "/people/new/", {"name": 40}, person),
        "place": Case("sys", "/places/new/", {"name": 60}, room),
        "department": Case("sys", "/departments/new/", {"name": 60}, {"code": "N", "parent": ""}),
        "schedule": Case("sys", "/calendar/new/", {"name": 60}, week),
        "entry": Case(
            "lin", f"/services/{entry.code}/", texts, asked, shown=f"/services/{entry.code}/"
        ),
    }


def test_a_nul_character_and_what_is_too_long_are_refused_with_a_sentence(cast, as_user):
    for name, case in of_the_setup(cast).items():
        client = as_user(getattr(cast, case.who))
        for text, most in case.texts.items():
            filled = dict.fromkeys(case.texts, "x") | case.rest
            for bad in ("a\x00b", "x" * (most + 1)):
                answer = client.post(case.url, filled | {text: bad})
                assert answer.status_code == 422, (name, text, bad[:9])
                assert "field__error" in answer.content.decode(), (name, text, bad[:9])


def test_the_catalogue_takes_them_in_every_field(cast, as_user):
    """Dealt among the fields of one form, which are all of one kind: 200 posts would show no more."""
    client, case = as_user(cast.lin), of_the_setup(cast)["entry"]
    fields = ["name", *(f"q{nth}_label" for nth in range(8))]
    texts = pieces(60)
    for start in some(range(0, len(texts), len(fields)), times(4)):
        typed = dict(zip(fields, texts[start:] + texts, strict=False))
        choices = {f"q{nth}_choices": "a、b" for nth in range(8)}
        assert client.post(case.url, case.rest | choices | {"hint": ""} | typed).status_code == 302
        page = client.get(case.url).content.decode()
        assert [text for text in typed.values() if not shows(page, text)] == []


def test_a_workbook_of_them_is_taken_in_as_it_is(cast, as_user):
    of_the_setup(cast)
    fits = [text for text in NAUGHTY if text.strip() and len(text) <= 40]
    names = [
        text for text in fits if not ILLEGAL_CHARACTERS_RE.search(text)
    ]  # no workbook holds these
    workbook = openpyxl.load_workbook(BytesIO(template_book(HOUSE_IN, filled=False)))
    for nth, text in enumerate(names):
        for sheet, rest in zip(workbook.worksheets, (["房间", "BJ-2"], ["hq"], []), strict=False):
            for column, cell in enumerate([f"n{nth}", text, *rest], 1):
                sheet.cell(nth + 2, column, cell).data_type = "s"
    out = BytesIO()
    workbook.save(out)
    client = as_user(cast.sys)
    page = client.post(
        "/setup/import/", {"upload": SimpleUploadedFile("n.xlsx", out.getvalue())}, follow=True
    )
    client.post(page.request["PATH_INFO"].replace("preview", "start"), {"leave_out": "1"})
    places = client.get(reverse("setup:place", args=[cast.building.pk])).content.decode()
    below = client.get(reverse("setup:department", args=[cast.hq.pk])).content.decode()
    kept = dict(User.objects.values_list("username", "name"))
    for nth, text in enumerate(names):
        if cleaned := " ".join(
            "".join(char for char in text if char in "\n\t" or ord(char) >= 32).split()
        ):
            assert kept[f"n{nth}"] == cleaned
            assert shows(places, cleaned)
            assert shows(below, cleaned)


def test_the_auditor_and_the_administrators_may_look_for_it_as_well(cast, as_user):
    of_the_setup(cast)
    for nth, text in enumerate(some(pieces(60), times(12))):
        who, path, name = (
            ("aud", "/trail/", "who"),
            ("aud", "/trail/", "what"),
            ("sys", "/people/", "q"),
        )[nth % 3]
        answer = as_user(getattr(cast, who)).get(path, {name: text})
        assert answer.status_code == 200, (path, text)
        assert shows(answer.content.decode(), text), (path, text)
