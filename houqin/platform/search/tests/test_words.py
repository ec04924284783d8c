"""How text is cut into words, and a question read."""

import pytest

from houqin.platform.search.highlighting import excerpt, marked
from houqin.platform.search.tokenizer import SearchQuery, Term, number_words, phone_words, words_of


def test_chinese_is_cut_into_pairs_and_everything_else_into_words():
    assert words_of("漏水了") == "漏水 水了 了"
    assert words_of("502会议室 Toshiba空调") == "502 会议 议室 室 toshiba 空调 调"
    assert words_of("ＡＢＣ１２") == "abc12"  # wide letters and digits
    assert words_of("<b>'\"\\ 0042 🙂") == "b 0042 42"


def test_a_number_is_found_by_its_end_its_year_and_as_a_whole():
    words = set(number_words("XQ-2026-000123").split())
    assert {"xq", "2026", "000123", "123", "xq2026000123", "2026000123"} <= words


def test_a_telephone_is_found_with_and_without_what_stands_between_and_by_its_end():
    assert {"13800138000", "8000", "138"} <= set(phone_words("138-0013 8000", "").split())


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("漏", [Term(("漏",), True)]),
        ("空调漏 502", [Term(("空调", "调漏"), False), Term(("502",), True)]),
        ("000123", [Term(("123",), True)]),
        ("138 0013 8000", [Term(("13800138000",), True)]),
        ("2026-000123", [Term(("2026",), False), Term(("123",), False)]),
        ("!!! ()", []),
        ("", []),
    ],
)
def test_a_question_is_read_as_terms(text, terms):
    assert list(SearchQuery.read(text).terms) == terms


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("123", ("", "", 123)),
        ("xq-2026-123", ("XQ", "2026", 123)),
        ("XQ-2026-000123", ("XQ", "2026", 123)),
        ("2026-000123", ("", "2026", 123)),
        ("XQ2026000123", ("XQ", "2026", 123)),
        ("GD 7", ("GD", "", 7)),
        ("502 会议室", None),
        ("13800138000", None),
    ],
)
def test_a_question_is_read_as_a_number(text, number):
    assert SearchQuery.read(text).number == number


def test_what_is_marked_is_marked_inside_of_escaped_text():
    assert marked("<b>空调</b>", ["空调"]) == "&lt;b&gt;<mark>空调</mark>&lt;/b&gt;"
    assert marked("a&b", ["a&b"]) == "<mark>a&amp;b</mark>"
    assert marked("plain", []) == "plain"


def test_an_excerpt_is_the_line_around_what_is_not_shown_already():
    long = "前" * 60 + "漏水" + "后" * 60
    assert (
        excerpt(["无关", f"另一行\n{long}"], ["漏水"], "")
        == f"…{'前' * 36}<mark>漏水</mark>{'后' * 36}…"
    )
    assert (
        excerpt(["空调", "空调滤网"], ["空调", "滤网"], "空调不冷")
        == "<mark>空调</mark><mark>滤网</mark>"
    )
    assert excerpt([long], ["漏水"], "漏水") == ""
    assert excerpt(["无关"], ["漏水"], "") == ""
