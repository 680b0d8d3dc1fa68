"""Images on a page: stored ones in their place, remote ones as a quiet card that names their host, formulas."""

import html
import re
from dataclasses import replace
from urllib.parse import quote, unquote

from desktop.core.markup.sanitize import MAX_PIXELS, Element, host_of
from desktop.core.page.line_breaks import breakable
from desktop.core.page.math import MathImage
from desktop.core.page.page_context import Asker
from desktop.core.page.palette import Palette

COLUMN = 740  # pixels: no image is wider
_SIZE = re.compile(r"\| ?(\d{1,4})(?:x(\d{1,4}))?\Z")
_ONLY_SIZE = re.compile(r"(\d{2,3})(?:x(\d{1,4}))?")  # `![300](x.png)`
_SAYS_NOTHING = frozenset(("", "image", "img", "picture", "alt text", "изображение", "картинка"))


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


def settled(image: Element, asker: Asker) -> Element:
    """Return an image with the size that its words end with, `![words|300x200]`, and the stored copy's address."""
    attributes = dict(image.attributes)
    words = attributes.get("alt", "").rstrip()
    size = _SIZE.search(words) or _ONLY_SIZE.fullmatch(words)
    if size is not None:
        attributes["alt"] = words[: size.start()].rstrip()
        attributes["width"] = size[1]
        if size[2]:
            attributes["height"] = size[2]
    source = attributes.get("src", "")
    if source.startswith(("http:", "https:")) and asker.is_stored(source):
        attributes["src"] = "stored:" + quote(source, safe="")
    return Element("img", attributes)


def is_remote(image: Element) -> bool:
    """Tell whether an image stands outside the library."""
    return image.attributes.get("src", "").startswith(("http:", "https:"))


def is_local(image: Element) -> bool:
    """Tell whether an image is one of the library's files."""
    return image.attributes.get("src", "").startswith(("attachment:", "stored:"))


def image_paragraph(image: Element, href: str, below: int, palette: Palette, room: int) -> str:
    """Write a stored image with its caption, or the words for one that leads nowhere, as a paragraph of its own."""
    if is_local(image):
        shown = local_image(image, room)
        if href:
            shown = f'<a href="{html.escape(href)}">{shown}</a>'
        caption = html.escape(image.attributes.get("title", "").strip(), quote=False)
        under = 6 if caption else max(below, 6)
        written = f'<p align="center" style="margin:6px 0 {under}px 0;line-height:100%">{shown}</p>'
        if caption:
            written += (
                f'<p align="center" style="margin:0 0 {max(below, 6)}px 0;line-height:120%">'
                f'<span style="font-size:{palette.small}px;color:{palette.muted}">{caption}</span></p>'
            )
        return written
    words = html.escape(image.attributes.get("alt", ""))
    return f'<p style="margin:0 0 {below}px 0;color:{palette.muted}">{words}</p>' if words else ""


def image_card(image: Element, href: str, palette: Palette) -> str:
    """Write what a remote image's card says: its words, or its file's name, and its host."""
    source = image.attributes.get("src", "")
    alt = image.attributes.get("alt", "").strip()
    name = alt if alt.lower() not in _SAYS_NOTHING else _file_name(source)
    shown = html.escape(breakable(_shortened(name, 60)), quote=False)
    colours = f"text-decoration:none;color:{palette.code_text}"
    return (
        f'<p style="margin:0;line-height:100%;font-size:{palette.small}px"><img src="icon:image" width="18" '
        f'height="18" style="vertical-align:middle">&nbsp;&nbsp;<a href="{fetch(source)}" style="{colours}">{shown}'
        f'</a>&nbsp;&nbsp; <a href="{html.escape(href or source)}" style="text-decoration:none;color:{palette.muted}">'
        f"{html.escape(host_of(source))}</a></p>"
    )


def fetch(address: str) -> str:
    """Return the link that fetches a remote image into the library."""
    return "do:fetch/" + quote(address, safe="")


def local_image(image: Element, room: int = COLUMN) -> str:
    """Write a stored image, no wider than its place."""
    given = {key: image.attributes[key] for key in ("src", "alt", "title") if image.attributes.get(key)}
    width, height = (int(image.attributes.get(key) or 0) for key in ("width", "height"))
    if width > room:
        height = height * room // width
        width = room
    if width or height:
        sizes = {"width": min(width, MAX_PIXELS), "height": min(height, MAX_PIXELS)}
        given.update({key: str(value) for key, value in sizes.items() if value})
    written = "".join(f' {key}="{html.escape(value)}"' for key, value in given.items())
    most = f";max-width:{room}px" if room < COLUMN else ""
    return f'<img{written} style="vertical-align:middle{most}">'


def inline_image(image: Element, palette: Palette, room: int, longest: int = 0) -> str:
    """Write an image among words; a remote one shortly where words are broken above `longest` letters."""
    if is_local(image):
        return local_image(image, room)
    source = image.attributes.get("src", "")
    alt = image.attributes.get("alt", "").strip()
    if not source:
        return html.escape(alt)
    label = _shortened(alt if alt.lower() not in _SAYS_NOTHING else _file_name(source), 40)
    label = breakable(label, longest) if longest else f"{label} · {host_of(source)}"
    shown = html.escape(label, quote=False)
    return f'<a href="{fetch(source)}" style="text-decoration:none;color:{palette.muted}">[{shown}]</a>'


def picture(image: MathImage) -> str:
    """Write a formula or a sign."""
    return (
        f'<img src="{image.name}" width="{image.width:.1f}" height="{image.height:.1f}" '
        f'alt="{html.escape(image.source)}" style="vertical-align:middle">'
    )


def fitted(image: MathImage, room: int) -> MathImage:
    """Return a formula no wider than its place."""
    if image.width <= room:
        return image
    height = image.height * room / image.width
    return replace(image, name=f"{image.name}-{room}", width=float(room), height=height)


def _file_name(address: str) -> str:
    """Return the last part of an address."""
    name = unquote(address.split("?")[0].split("#")[0].rstrip("/").rpartition("/")[2])
    return name or host_of(address)


def _shortened(text: str, length: int) -> str:
    if len(text) <= length:
        return text
    half = length // 2 - 1
    return f"{text[:half].rstrip()}…{text[-half:].lstrip()}"
