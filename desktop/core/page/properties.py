"""A note's front matter as a small quiet block at the head of its page.

The labels are the keys that the user wrote, so nothing here needs a translation.
"""

import html
import re
from urllib.parse import quote, urlsplit

from desktop.core.markup.sanitize import check_link, host_of
from desktop.core.page.line_breaks import breakable
from desktop.core.page.palette import Palette
from desktop.core.records import FrontMatter

SHOWN = ("date", "created", "updated", "author", "authors", "type", "kind", "tags", "aliases")
SOURCES = ("source", "url", "link", "source_link", "source_url", "src_link", "gold_link")
MAX_VALUES = 12
MAX_LENGTH = 64
MAX_OTHERS = 8  # properties that the program knows nothing of
MOST_WORDS = 200  # characters of one value
# What is written for a program, not for a reader.
_NOTE = re.compile(r"\[\[([^\[\]\n]{1,200})\]\]")
_FOR_PROGRAMS = re.compile(r"(?:.*[_-])?(?:hash|uuid|uid|id|cssclass(?:es)?|publish|permalink|layout|slug)|src_.*")


def property_block(front_matter: FrontMatter, title: str, palette: Palette, written_title: str = "") -> str:
    """Return the block as HTML for QTextDocument; "" when there is nothing to show.

    `title` is shown as the page's heading; `written_title` in a row, where the page has a heading that says another.
    """
    rows = []
    seen: set[str] = {title}  # aliases and sources often say the same
    for key in _keys(front_matter, written_title):
        value = front_matter.values.get(key, "")
        values = [value] if isinstance(value, str) else list(value)
        shown = []
        for words, written in (_value(key, one, palette) for one in values[:MAX_VALUES] if one.strip()):
            if words not in seen:
                seen.add(words)
                shown.append(written)
        if shown:
            more = f" … +{len(values) - MAX_VALUES}" if len(values) > MAX_VALUES else ""
            rows.append((key, _joined(key, shown) + more))
    if front_matter.problem:
        rows.append(("!", html.escape(front_matter.problem)))
    head = (
        f'<p style="margin:0 0 10px 0;line-height:112%"><span style="font-size:{round(palette.size * 1.72)}px;'
        f'font-weight:600;color:{palette.heading}">{html.escape(title)}</span></p>'
        if title
        else ""
    )
    if not rows:
        return head
    small = f"font-size:{palette.size - 3}px"
    cells = "".join(
        f'<tr><td style="padding:2px 18px 2px 0;{small};color:{palette.muted}">'
        f'{html.escape(key).replace("_", "&nbsp;")}</td><td style="padding:2px 0 2px 0;{small}">{value}</td></tr>'
        for key, value in rows
    )
    return f'{head}<table border="0" cellspacing="0" cellpadding="0" style="margin:10px 0 22px 0">{cells}</table>'


def _keys(front_matter: FrontMatter, title: str) -> list[str]:
    """Return the properties that are shown: the known ones first, then what else is short."""
    known = [*(("title",) if title else ()), *SHOWN, *SOURCES]
    others = [
        key
        for key, value in front_matter.values.items()
        if key not in known
        and key not in ("title", "alias", "tag")
        and not _FOR_PROGRAMS.fullmatch(key)
        and sum(map(len, value)) <= MAX_LENGTH * 2
    ]
    return [*known, *others[:MAX_OTHERS]]


def _joined(key: str, shown: list[str]) -> str:
    if key == "tags":
        return " &nbsp;".join(shown)
    return ("<br>" if any("<a " in written or len(written) > MAX_LENGTH for written in shown) else ", ").join(shown)


def _value(key: str, value: str, palette: Palette) -> tuple[str, str]:
    """Return a value as words and as HTML."""
    value = value.strip()
    if key == "tags":
        tag = "#" + value.lstrip("#")
        chip = f"background-color:{palette.code_background};color:{palette.tag}"
        return tag, f'<span style="{chip}">&nbsp;{html.escape(tag)}&nbsp;</span>'
    if (note := _NOTE.fullmatch(value)) and key not in ("aliases", "cssclasses"):
        target, _, label = note[1].partition("|")
        where = check_link(f"note:{quote(target.strip(), safe='/#')}")
        words = label.strip() or target.strip().removeprefix("#").replace("#", " › ")
        if where and words:
            return words, (
                f'<a href="{html.escape(where)}" style="text-decoration:none;color:{palette.link}">'
                f"{html.escape(breakable(words))}</a>"
            )
    address = check_link(value) if value.startswith(("http://", "https://")) else ""
    if not address:
        return value, html.escape(breakable(value if len(value) <= MOST_WORDS else value[: MOST_WORDS - 1] + "…"))
    shown = host_of(address) + urlsplit(address).path.rstrip("/")
    if len(shown) > MAX_LENGTH:
        shown = shown[: MAX_LENGTH - 1] + "…"
    return shown, (
        f'<a href="{html.escape(address)}" style="text-decoration:none;color:{palette.link}">'
        f"{html.escape(breakable(shown))}</a>"
    )
