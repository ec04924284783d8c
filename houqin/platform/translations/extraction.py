"""Finds the translatable text of templates and of Python, the way it will be looked up.

`extract_django` and `extract_python` are extraction methods for Babel. Django's own makemessages needs the
gettext binaries, which a bare machine lacks; Babel's reader of Python takes the key in `_(row["label"])` for
a text.
"""

import ast
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import IO, Any

from django.template.base import Lexer, Token, TokenType
from django.utils.translation import trim_whitespace

# Ideographs, and the full-width punctuation that comes with them.
CHINESE = re.compile(r"[\u3000-\u303f\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff00-\uffef]")
QUOTED = re.compile(r"""("[^"]*"|'[^']*')""")
MARKED = re.compile(r"""_\(\s*("[^"]*"|'[^']*')\s*\)""")
LITERAL_FIRST = re.compile(r"""^("[^"]*"|'[^']*')""")
HTML_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
TRANSLATE = {"trans", "translate"}
BLOCKS = {"blocktrans", "blocktranslate"}

Found = tuple[int, str, Any, list[str]]


@dataclass
class Block:
    """One `blocktranslate` from its opening tag to its end."""

    opening: Token
    singular: list[Token] = field(default_factory=list)
    plural: list[Token] = field(default_factory=list)


def extract_django(
    fileobj: IO[bytes],
    keywords: Mapping[str, Any],
    comment_tags: Collection[str],
    options: Mapping[str, Any],
) -> Iterator[Found]:
    """Yield what Babel asks of an extraction method: (line, function name, messages, comments)."""
    for piece in pieces(fileobj.read().decode()):
        if isinstance(piece, Block):
            yield _said_by_block(piece)
            yield from _marked(piece.opening)
        elif piece.token_type is not TokenType.TEXT:
            yield from _said_by_translate(piece)
            yield from _marked(piece)


def extract_python(
    fileobj: IO[bytes],
    keywords: Mapping[str, Any],
    comment_tags: Collection[str],
    options: Mapping[str, Any],
) -> Iterator[Found]:
    """Yield what Babel asks of an extraction method; an argument that is no literal counts as None."""
    nodes = ast.walk(ast.parse(fileobj.read()))
    for call in (node for node in nodes if isinstance(node, ast.Call)):
        name: str = getattr(call.func, "id", "") or getattr(call.func, "attr", "")
        texts = tuple(map(_literal, call.args))
        if name in keywords and texts and texts[0] is not None:
            yield call.lineno, name, texts if len(texts) > 1 else texts[0], []


def _literal(node: ast.expr) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def stray_chinese(source: str) -> Iterator[tuple[int, str]]:
    """Yield (line, text) for Chinese that no translation reaches: readers of English would see it."""
    for piece in pieces(source):
        token = piece.opening if isinstance(piece, Block) else piece
        for text in _unreached(token):
            if CHINESE.search(text):
                yield _line(token, text), text.strip()


def pieces(source: str) -> Iterator[Token | Block]:
    """The template as a row of tokens, each `blocktranslate` folded into one piece, comments left out."""
    rest = iter(Lexer(source).tokenize())
    for token in rest:
        if _tag(token) == "comment":
            _until(rest, "endcomment")
        elif _tag(token) in BLOCKS:
            yield _fold(token, rest)
        elif token.token_type is not TokenType.COMMENT:
            yield token


def _tag(token: Token) -> str:
    if token.token_type is not TokenType.BLOCK:
        return ""
    return token.contents.split(maxsplit=1)[0] if token.contents else ""


def _until(rest: Iterator[Token], *ends: str) -> list[Token]:
    passed = []
    for token in rest:
        if _tag(token) in ends:
            break
        passed.append(token)
    return passed


def _fold(opening: Token, rest: Iterator[Token]) -> Block:
    inside = _until(rest, "endblocktrans", "endblocktranslate")
    block = Block(opening)
    target = block.singular
    for token in inside:
        if _tag(token) == "plural":
            target = block.plural
        else:
            target.append(token)
    return block


def _said_by_translate(token: Token) -> Iterator[Found]:
    if _tag(token) not in TRANSLATE:
        return
    bits = token.split_contents()
    literal = LITERAL_FIRST.match(bits[1]) if len(bits) > 1 else None
    if literal is None:
        return  # a variable: whoever fills it has marked it
    message = _doubled(literal[1])
    context = _context(bits)
    if context:
        yield token.lineno or 0, "pgettext", (context, message), []
    else:
        yield token.lineno or 0, "gettext", message, []


def _said_by_block(block: Block) -> Found:
    bits = block.opening.split_contents()
    messages = [
        _block_text(tokens, trimmed="trimmed" in bits)
        for tokens in (block.singular, block.plural)
        if tokens
    ]
    context = _context(bits)
    function = ("np" if context else "n") if block.plural else ("p" if context else "")
    arguments = (context, *messages) if context else tuple(messages)
    return block.opening.lineno or 0, f"{function}gettext", arguments, []


def _block_text(tokens: list[Token], *, trimmed: bool) -> str:
    parts = []
    for token in tokens:
        if token.token_type is TokenType.TEXT:
            parts.append(token.contents.replace("%", "%%"))
        elif token.token_type is TokenType.VAR:
            parts.append(f"%({token.contents})s")
    text = "".join(parts)
    return trim_whitespace(text) if trimmed else text


def _context(bits: list[str]) -> str:
    if "context" in bits[:-1]:
        literal = bits[bits.index("context") + 1]
        return literal[1:-1] if LITERAL_FIRST.match(literal) else ""
    return ""


def _marked(token: Token) -> Iterator[Found]:
    for match in MARKED.finditer(token.contents):
        yield token.lineno or 0, "gettext", _doubled(match[1]), []


def _doubled(literal: str) -> str:
    # The engine doubles percent signs before it asks the catalogue.
    return literal[1:-1].replace("%", "%%")


def _unreached(token: Token) -> list[str]:
    if token.token_type is TokenType.TEXT:
        return [
            match[0] for match in re.finditer(r"[^<>\n]+", HTML_COMMENT.sub("", token.contents))
        ]
    contents = MARKED.sub("", token.contents)
    if _tag(token) in TRANSLATE:
        contents = QUOTED.sub("", contents, count=1)
    contents = re.sub(r"""context\s+("[^"]*"|'[^']*')""", "", contents)
    return QUOTED.findall(contents)


def _line(token: Token, text: str) -> int:
    above = token.contents.split(text, 1)[0] if token.token_type is TokenType.TEXT else ""
    return (token.lineno or 0) + above.count("\n")
