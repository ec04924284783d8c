import re
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.template import engines

from houqin.ui.templatetags import web

ROOT = Path(settings.BASE_DIR)
DRAWN = re.compile(r'''{% icon "([\w-]+)"|\bicon="([a-z0-9-]+)"|\bicon: str = "([a-z0-9-]+)"''')


@pytest.fixture
def manifest(settings, tmp_path):
    path = tmp_path / "manifest.json"
    path.write_text(
        '{"app.ts": {"file": "assets/app-1.js", "css": ["assets/app-2.css"]}, "icons.svg": {"file": "i.svg"}}'
    )
    settings.FRONTEND_MANIFEST = path


def drawn_by(text, **context):
    return engines["django"].from_string(text).render(context)


def test_an_entry_brings_its_styles_and_its_script(manifest):
    drawn = drawn_by('{% asset "app.ts" %}')
    assert drawn == (
        '<link rel="stylesheet" href="/static/assets/app-2.css">'
        '<script type="module" src="/static/assets/app-1.js"></script>'
    )


def test_a_missing_build_says_what_to_run(settings, tmp_path):
    settings.FRONTEND_MANIFEST = tmp_path / "none.json"
    with pytest.raises(ImproperlyConfigured, match="bin/frontend"):
        web.asset_url("app.ts")


def test_a_grade_is_a_word_and_a_shape(manifest):
    assert (
        drawn_by('{% grade "urgent" tag=True %}')
        == '<span class="grade grade--urgent grade--tag">紧急</span>'
    )
    assert drawn_by('{% grade "routine" %}') == '<span class="grade">常规</span>'
    assert drawn_by('{% grade "" %}') == ""


def test_a_state_wears_the_tone_of_its_model():
    thing = SimpleNamespace(
        status="held", TONES={"held": "hold"}, get_status_display=lambda: "挂起<b>"
    )
    assert (
        drawn_by("{% state thing %}", thing=thing)
        == '<span class="state state--hold">挂起&lt;b&gt;</span>'
    )


def test_a_name_from_outside_cannot_become_markup():
    assert "<b>" not in drawn_by("{% avatar name %}", name="<b>")


def test_a_way_back_takes_a_thing_a_route_or_an_address(manifest):
    thing = SimpleNamespace(get_absolute_url=lambda: "/x/7/")
    assert 'href="/x/7/" aria-label="返回"' in drawn_by("{% back_link thing %}", thing=thing)
    assert 'href="/x/?a=1&amp;b=2" data-back' in drawn_by(
        "{% back_link url keyed=True %}", url="/x/?a=1&b=2"
    )
    assert 'href="/me/" aria-label="返回我的"' in drawn_by('{% back_link "me" _("返回我的") %}')
    assert 'href=""' in drawn_by("{% back_link unknown %}")


def test_every_icon_that_is_drawn_is_in_the_sprite():
    known = set((ROOT / "frontend" / "icons.txt").read_text().split())
    files = [*ROOT.glob("houqin/**/templates/**/*.html"), *ROOT.glob("houqin/**/*.py")]
    missing = {
        f"{path.relative_to(ROOT)}: {name}"
        for path in files
        for names in DRAWN.findall(path.read_text())
        for name in names
        if name and name not in known
    }
    assert missing == set(), "add the name to frontend/icons.txt"
