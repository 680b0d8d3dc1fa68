"""A note's front matter as a small quiet block at the head of its page.

The labels are the keys that the user wrote, so nothing here needs a translation.
"""

import html
from urllib.parse import urlsplit

from desktop.core.records import FrontMatter
from desktop.core.text.line_breaks import breakable
from desktop.core.text.palette import Palette
from desktop.core.text.sanitize import check_link, host_of

SHOWN = ("date", "created", "updated", "author", "authors", "type", "kind", "tags", "aliases")
SOURCES = ("source", "url", "link", "source_link", "source_url", "src_link", "gold_link")
MAX_VALUES = 12
MAX_LENGTH = 64


def property_block(front_matter: FrontMatter, title: str, palette: Palette) -> str:
    """Return the block as HTML for QTextDocument; "" when there is nothing to show."""
    rows = []
    seen: set[str] = set()  # aliases and sources often say the same
    for key in (*SHOWN, *SOURCES):
        value = front_matter.values.get(key, "")
        values = [value] if isinstance(value, str) else list(value)
        shown = []
        for words, written in (_value(key, one, palette) for one in values[:MAX_VALUES] if one.strip()):
            if words not in seen:
                seen.add(words)
                shown.append(written)
        if shown:
            more = f" … +{len(values) - MAX_VALUES}" if len(values) > MAX_VALUES else ""
            rows.append((key, (" &nbsp;" if key == "tags" else "<br>").join(shown) + more))
    if front_matter.problem:
        rows.append(("!", html.escape(front_matter.problem)))
    small = palette.size - 3
    head = (
        f'<p style="margin:0 0 10px 0;line-height:112%"><span style="font-size:{round(palette.size * 1.72)}px;'
        f'font-weight:600;color:{palette.heading}">{html.escape(title)}</span></p>'
        if title
        else ""
    )
    if not rows:
        return head
    cells = "".join(
        f'<tr><td style="padding:1px 18px 1px 0"><span style="font-size:{small}px;color:{palette.faint}">'
        f'{html.escape(key).replace("_", "&nbsp;")}</span></td><td style="padding:1px 0 1px 0">'
        f'<span style="font-size:{small}px;color:{palette.muted}">{value}</span></td></tr>'
        for key, value in rows
    )
    return f'{head}<table border="0" cellspacing="0" cellpadding="0" style="margin:10px 0 22px 0">{cells}</table>'


def _value(key: str, value: str, palette: Palette) -> tuple[str, str]:
    """Return a value as words and as HTML."""
    value = value.strip()
    if key == "tags":
        tag = "#" + value.lstrip("#")
        return tag, f'<span style="color:{palette.tag}">{html.escape(tag)}</span>'
    address = check_link(value) if value.startswith(("http://", "https://")) else ""
    if not address:
        return value, html.escape(breakable(value if len(value) <= 200 else value[:199] + "…"))
    shown = host_of(address) + urlsplit(address).path.rstrip("/")
    if len(shown) > MAX_LENGTH:
        shown = shown[: MAX_LENGTH - 1] + "…"
    return shown, (
        f'<a href="{html.escape(address)}" style="text-decoration:none;color:{palette.muted}">'
        f'<span style="color:{palette.muted}">{html.escape(breakable(shown))}</span></a>'
    )
