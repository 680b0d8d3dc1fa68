"""Code with its colours, as HTML spans."""

import html
from functools import lru_cache
from typing import Any

from desktop.core.page.line_breaks import breakable_code
from desktop.core.page.palette import Palette

_NO_LANGUAGE = frozenset(("text", "txt", "plain", "plaintext", "none"))
MAX_CODE = 60_000  # characters; longer code stays plain


def highlight(code: str, language: str, palette: Palette, *, breaks: bool = False) -> str:
    """Return code as escaped HTML, coloured when the language is known; with `breaks` where a line is too long."""
    if breaks:
        code = breakable_code(code)
    lexer = _lexer(language) if language and len(code) <= MAX_CODE else None
    if lexer is None:
        return html.escape(code, quote=False)
    parts: list[str] = []
    pending, colour = "", ""
    for kind, value in lexer.get_tokens(code):
        wanted = _colour(str(kind).removeprefix("Token."), palette) if value.strip() else colour
        if wanted != colour and pending:
            parts.append(_span(pending, colour))
            pending = ""
        colour = wanted
        pending += value
    parts.append(_span(pending, colour))
    return "".join(parts).removesuffix("\n")


def language_name(language: str) -> str:
    """Return what a language is called; an unknown one as it is written, "" for plain text."""
    if not language or language in _NO_LANGUAGE:
        return ""
    lexer = _lexer(language)
    return language if lexer is None else str(lexer.name)


def _span(text: str, colour: str) -> str:
    escaped = html.escape(text, quote=False)
    return f'<span style="color:{colour}">{escaped}</span>' if colour else escaped


def _colour(kind: str, palette: Palette) -> str:
    for beginning, colour in palette.tokens.items():
        if kind.startswith(beginning):
            return colour
    return ""


@lru_cache(maxsize=64)
def _lexer(language: str) -> Any:
    from pygments.lexers import get_lexer_by_name
    from pygments.util import ClassNotFound

    try:
        return get_lexer_by_name(language, stripnl=False, ensurenl=False)
    except ClassNotFound:
        return None
