"""The catalogue asks for exactly what the template engine will look up, and says what is missing."""

from pathlib import Path

import pytest
from django.template import Context, Engine
from django.utils import translation
from django.utils.translation import override

from houqin.platform.translations import catalogue
from houqin.platform.translations.extraction import stray_chinese

ENGINE = Engine(builtins=["django.templatetags.i18n"])
TEMPLATES = [
    '{% translate "提交需求" %}',
    "{% trans '提交需求' as title %}{{ title }}",
    '{% translate "完成率 100%" %}',
    '{% translate "关" context "开关" %}',
    '{{ nothing|default:_("无") }}',
    '{% if _("有") == nothing %}{% endif %}',
    "{% blocktranslate %}还剩 {{ left }} 小时，占 50%{% endblocktranslate %}",
    "{% blocktranslate trimmed with left=hours %}\n  还剩\n  {{ left }} 小时\n{% endblocktranslate %}",
    "{% blocktranslate count n=hours %}{{ n }} 小时{% plural %}{{ n }} 个小时{% endblocktranslate %}",
    '{% blocktranslate context "派工" %}派给 {{ left }}{% endblocktranslate %}',
    '{% blocktranslate count n=hours context "工时" %}{{ n }} 时{% plural %}多时{% endblocktranslate %}',
    '{% comment %}{% translate "不译" %}{% endcomment %}{# {% translate "不译" %} #}',
]


def extracted(source, folder):
    template = folder / "page.html"
    template.write_text(source)
    return {(context, message) for message, context in catalogue.messages_of(template)}


@pytest.fixture
def asked(monkeypatch):
    """What the engine looks up, as (context, message) in the words of the extraction."""
    seen = set()
    real = vars(translation)["_trans"]

    class Listening:
        def __getattr__(self, name):
            return getattr(real, name)

        def gettext(self, message):
            seen.add((None, message))
            return real.gettext(message)

        def pgettext(self, context, message):
            seen.add((context, message))
            return real.pgettext(context, message)

        def ngettext(self, singular, many, number):
            seen.add((None, (singular, many)))
            return real.ngettext(singular, many, number)

        def npgettext(self, context, singular, many, number):
            seen.add((context, (singular, many)))
            return real.npgettext(context, singular, many, number)

    monkeypatch.setitem(vars(translation), "_trans", Listening())
    return seen


@pytest.mark.parametrize("source", TEMPLATES)
def test_the_catalogue_asks_for_what_the_engine_looks_up(source, asked, tmp_path):
    with override("en"):
        ENGINE.from_string(source).render(Context({"hours": 3, "left": 3}))
    assert extracted(source, tmp_path) == asked


def test_every_marking_function_of_python_is_read_under_any_name(tmp_path):
    source = tmp_path / "source.py"
    source.write_text(
        "from django.utils.translation import gettext_noop as _n, gettext as _now\n"
        '_("a"); gettext_lazy("b"); ngettext("c", "cc", n); pgettext("k", "d"); '
        'npgettext_lazy("k", "e", "ee", n); _n("f"); _now("g"); other("h"); _(row["i"])'
    )
    assert list(catalogue.messages_of(source)) == [
        ("a", None),
        ("b", None),
        (("c", "cc"), None),
        ("d", "k"),
        (("e", "ee"), "k"),
        ("f", None),
        ("g", None),
    ]


def test_chinese_outside_the_tags_is_found_with_its_line():
    source = '<p>\n标题</p>{# 说明 #}<!-- 说明 -->\n{% include "x.html" with title="名称" %}'
    source += '{% translate "好" %}{{ x|default:_("无") }}{{ x|default:"没有" }}'
    assert list(stray_chinese(source)) == [(2, "标题"), (3, '"名称"'), (3, '"没有"')]


@pytest.fixture
def house(tmp_path, settings):
    """A small project with a template, a module and an empty catalogue."""
    settings.BASE_DIR, settings.LOCALE_PATHS = tmp_path, [tmp_path / "locale"]
    page = tmp_path / "houqin" / "desk" / "templates" / "desk" / "page.html"
    page.parent.mkdir(parents=True)
    page.write_text(
        '{% translate "提交" %}{% blocktranslate %}还剩 {{ n }} 天{% endblocktranslate %}'
    )
    (tmp_path / "houqin" / "desk" / "models.py").write_text('_("标题")')
    return page


def fill(*pairs):
    path = catalogue.po_path()
    text = path.read_text()
    for chinese, english in pairs:
        text = text.replace(
            f'msgid "{chinese}"\nmsgstr ""', f'msgid "{chinese}"\nmsgstr "{english}"'
        )
    path.write_text(text)


def test_collecting_keeps_translations_and_drops_what_is_gone(house):
    assert catalogue.collect() == (3, 3, 0)
    fill(("提交", "Submit"), ("标题", "Title"), ("还剩 %(n)s 天", "%(n)s days left"))
    assert catalogue.problems() == []
    house.write_text('{% translate "提交" %}{% translate "新的" %}')
    assert catalogue.problems() == ["missing: 新的", "obsolete: 还剩 %(n)s 天"]
    assert catalogue.collect() == (3, 1, 1)
    assert 'msgid "提交"\nmsgstr "Submit"' in catalogue.po_path().read_text()
    before = catalogue.po_path().read_bytes()
    catalogue.collect()
    assert catalogue.po_path().read_bytes() == before


def test_a_bad_translation_is_named(house):
    catalogue.collect()
    fill(("提交", "提交 it"), ("标题", "Title"), ("还剩 %(n)s 天", "%(m)s days left"))
    assert catalogue.problems() == [
        "Chinese in the English: 提交",
        "placeholders differ: 还剩 %(n)s 天",
    ]
    path = catalogue.po_path()
    path.write_text(path.read_text().replace('msgid "标题"', '#, fuzzy\nmsgid "标题"'))
    assert "fuzzy: 标题" in catalogue.problems()


def test_what_has_to_be_typed_in_chinese_may_be_quoted(house):
    house.write_text('{% translate "类型写“放假”" %}')
    catalogue.collect()
    fill(("类型写“放假”", "Write “放假” as the type"), ("标题", "Title"))
    assert catalogue.problems() == []
    path = catalogue.po_path()
    path.write_text(path.read_text().replace("Write “放假”", "Write 放假"))
    assert catalogue.problems() == ["Chinese in the English: 类型写“放假”"]


def test_compiling_happens_only_when_something_changed(house):
    assert not catalogue.compile_stale()
    catalogue.collect()
    assert catalogue.compile_stale()
    assert not catalogue.compile_stale()
    assert [path.suffix for path in sorted(Path(catalogue.po_path().parent).iterdir())] == [
        ".mo",
        ".po",
    ]


def test_what_is_asked_for_with_and_without_a_number_is_named(house):
    house.write_text('{% translate "件" %}')
    counts = (
        '_("标题"), ngettext("件", "件", n), ngettext("标题", "标题", n), ngettext("天", "天", n)'
    )
    (house.parents[2] / "models.py").write_text(counts)
    named = [problem for problem in catalogue.problems() if "number" in problem]
    assert named == [
        "asked for with and without a number: 件",
        "asked for with and without a number: 标题",
    ]
