import pytest

from houqin.platform.paper.amounts import in_capitals


@pytest.mark.parametrize(
    ("fen", "words"),
    [
        (0, "零元整"),
        (5, "伍分"),
        (50, "伍角整"),
        (100, "壹元整"),
        (38600, "叁佰捌拾陆元整"),
        (140_950, "壹仟肆佰零玖元伍角整"),
        (600_714, "陆仟零柒元壹角肆分"),
        (168_032, "壹仟陆佰捌拾元叁角贰分"),
        (1_640_902, "壹万陆仟肆佰零玖元零贰分"),
        (32_504, "叁佰贰拾伍元零肆分"),
        (1_000_000, "壹万元整"),
        (100_000_100, "壹佰万零壹元整"),
        (10_000_500_000, "壹亿零伍仟元整"),
        (1_000_000_010_000, "壹佰亿零壹佰元整"),
        (101_000_000, "壹佰零壹万元整"),
        (1_230_045_600, "壹仟贰佰叁拾万零肆佰伍拾陆元整"),
    ],
)
def test_an_amount_is_written_as_the_banks_write_it(fen, words):
    assert in_capitals(fen) == words


@pytest.mark.parametrize("fen", [-1, 10**18])
def test_what_has_no_name_is_refused(fen):
    with pytest.raises(ValueError, match="capitals"):
        in_capitals(fen)
