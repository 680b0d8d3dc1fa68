"""Images on a page: stored ones in their place, remote ones as a quiet card that names their host, formulas."""

import html
from urllib.parse import unquote

from desktop.core.text.line_breaks import breakable
from desktop.core.text.math import MathImage
from desktop.core.text.palette import Palette
from desktop.core.text.sanitize import Element, host_of


def only_images(node: Element) -> list[tuple[Element, str]]:
    """Return a paragraph's images with their links when it holds nothing else."""
    found: list[tuple[Element, str]] = []
    for child in node.children:
        if isinstance(child, str):
            if child.strip():
                return []
        elif child.tag == "img":
            found.append((child, ""))
        elif child.tag == "a":
            inner = only_images(child)
            if not inner:
                return []
            found.extend((image, child.attributes.get("href", "")) for image, _ in inner)
        elif child.tag != "br":
            return []
    return found


def is_remote(image: Element) -> bool:
    """Tell whether an image stands outside the library."""
    source = image.attributes.get("src", "")
    return bool(source) and not source.startswith("attachment:")


def image_paragraph(image: Element, href: str, below: int, palette: Palette) -> str:
    """Write a stored image, or the words for one that leads nowhere, as a paragraph of its own."""
    source = image.attributes.get("src", "")
    if source.startswith("attachment:"):
        shown = local_image(image)
        if href:
            shown = f'<a href="{html.escape(href)}">{shown}</a>'
        return f'<p style="margin:4px 0 {max(below, 4)}px 0;line-height:100%">{shown}</p>'
    words = html.escape(image.attributes.get("alt", ""))
    return f'<p style="margin:0 0 {below}px 0;color:{palette.faint}">{words}</p>' if words else ""


def image_card(image: Element, palette: Palette) -> str:
    """Write what a remote image's card says: its words, or its file's name, and its host."""
    source = image.attributes.get("src", "")
    alt = image.attributes.get("alt", "").strip()
    name = alt if alt and alt.lower() not in ("image", "img", "picture") else _file_name(source)
    shown = html.escape(breakable(_shortened(name, 60)))
    return (
        f'<p style="margin:0;line-height:100%"><img src="icon:image" width="18" height="18" '
        f'style="vertical-align:middle">&nbsp;&nbsp;'
        f'<a href="{html.escape(source)}" style="color:{palette.muted};text-decoration:none">'
        f'<span style="font-size:{palette.size - 2}px;color:{palette.muted}">{shown}</span>'
        f'</a>&nbsp; <span style="font-size:{palette.size - 3}px;color:{palette.faint}">'
        f"{html.escape(host_of(source))}</span></p>"
    )


def local_image(image: Element) -> str:
    """Write a stored image."""
    given = {key: image.attributes[key] for key in ("src", "alt", "title", "width") if image.attributes.get(key)}
    written = "".join(f' {key}="{html.escape(value)}"' for key, value in given.items())
    return f'<img{written} style="vertical-align:middle">'


def inline_image(node: Element, palette: Palette) -> str:
    """Write an image among words."""
    source = node.attributes.get("src", "")
    if source.startswith("attachment:"):
        return local_image(node)
    alt = node.attributes.get("alt", "").strip()
    if not source:
        return html.escape(alt)
    label = html.escape(_shortened(alt or _file_name(source), 40))
    return (
        f'<a href="{html.escape(source)}" style="text-decoration:none"><span style="color:{palette.faint}">'
        f"[{label} · {html.escape(host_of(source))}]</span></a>"
    )


def picture(image: MathImage) -> str:
    """Write a formula."""
    return (
        f'<img src="{image.name}" width="{image.width:.1f}" height="{image.height:.1f}" '
        f'alt="{html.escape(image.source)}" style="vertical-align:middle">'
    )


def _file_name(address: str) -> str:
    """Return the last part of an address."""
    name = unquote(address.split("?")[0].split("#")[0].rstrip("/").rpartition("/")[2])
    return name or host_of(address)


def _shortened(text: str, length: int) -> str:
    if len(text) <= length:
        return text
    half = length // 2 - 1
    return f"{text[:half].rstrip()}…{text[-half:].lstrip()}"
