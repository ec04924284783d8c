"""Amounts as an office writes them on paper: 金额大写."""

DIGITS = "零壹贰叁肆伍陆柒捌玖"
STEPS = ("", "拾", "佰", "仟")
GROUPS = ("", "万", "亿", "万亿")
HIGHEST = 10**18  # fen: the groups above end here


def in_capitals(fen: int) -> str:
    """`fen` in the capital numerals of the 《支付结算办法》, annex one: 38,600 fen is 叁佰捌拾陆元整.

    Raises ValueError for what is negative or has no name any more.
    """
    if not 0 <= fen < HIGHEST:
        raise ValueError(f"{fen} fen cannot be written in capitals")
    yuan, jiao, cents = fen // 100, fen // 10 % 10, fen % 10
    words = f"{_whole(yuan)}元" if yuan else ""
    if not jiao and not cents:
        return f"{words or '零元'}整"
    tenth = f"{DIGITS[jiao]}角" if jiao else "零" if yuan else ""
    return f"{words}{tenth}{f'{DIGITS[cents]}分' if cents else '整'}"


def _whole(yuan: int) -> str:
    """Groups of four digits; a 零 wherever zeros lie between digits."""
    words, gap = "", False
    for group in reversed(range(len(GROUPS))):
        part = yuan // 10_000**group % 10_000
        if part:
            between = bool(words) and (gap or part < 1000)
            words += f"{'零' if between else ''}{_four(part)}{GROUPS[group]}"
        gap = bool(words) and part % 10 == 0
    return words


def _four(part: int) -> str:
    words, gap = "", False
    for step in reversed(range(len(STEPS))):
        digit = part // 10**step % 10
        if digit:
            words += f"{'零' if gap and words else ''}{DIGITS[digit]}{STEPS[step]}"
        gap = not digit
    return words
