"""The addresses of the images that a text shows from elsewhere, as the page knows them.

An address is known by what stands in the page's card: the same check as the page's (`sanitize.check_image`), the same
order as in the text, each once. Code, comments and formulas show no image.
"""

import html
import re
from bisect import bisect_right

from desktop.core.markup.sanitize import check_image
from desktop.core.records import LinkKind
from desktop.core.text.code_spans import code_spans
from desktop.core.text.inline import scan_inline
from desktop.core.text.masks import Masks, read_masks

_TAG = re.compile(r"<img\b([^<>]*+)>", re.IGNORECASE)
_SOURCE = re.compile(r"(?:^|\s)src\s*+=\s*+(?:\"([^\"]*+)\"|'([^']*+)'|([^\s\"'>]++))", re.IGNORECASE)
_REMOTE = ("http://", "https://")


def remote_images(text: str) -> tuple[str, ...]:
    """Return the addresses of a text's remote images in reading order, each once."""
    if "://" not in text:
        return ()
    masks = read_masks(text)
    found = [(link.start, link.target) for link in scan_inline(masks)[0] if link.kind is LinkKind.IMAGE]
    found += _tags(masks)
    addresses = (check_image(address) for _start, address in sorted(found))
    return tuple(dict.fromkeys(address for address in addresses if address.lower().startswith(_REMOTE)))


def _tags(masks: Masks) -> list[tuple[int, str]]:
    """Return (offset, address) of every `<img>` that stands neither in a mask nor in inline code."""
    text, found = masks.text, []
    mask_starts = [start for start, _end in masks.spans]
    html_starts = [start for start, _end in masks.html]
    code: dict[int, list[tuple[int, int]]] = {}  # by paragraph: its spans are read once
    for tag in _TAG.finditer(text, masks.start):
        place = tag.start()
        mask = bisect_right(mask_starts, place) - 1
        block = bisect_right(html_starts, place) - 1
        is_html = block >= 0 and place < masks.html[block][1]
        if mask >= 0 and place < masks.spans[mask][1] and not is_html:
            continue
        source = _SOURCE.search(tag[1])
        if source is None:
            continue
        paragraph = bisect_right(masks.breaks, place)
        if paragraph not in code:
            start = masks.breaks[paragraph - 1] if paragraph else masks.start
            end = masks.breaks[paragraph] if paragraph < len(masks.breaks) else len(text)
            code[paragraph] = code_spans(text, start, end)
        spans = code[paragraph]
        span = bisect_right(spans, (place, len(text))) - 1
        if span < 0 or place >= spans[span][1]:
            found.append((place, html.unescape(source[1] or source[2] or source[3] or "")))
    return found
