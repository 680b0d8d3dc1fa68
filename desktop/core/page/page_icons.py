"""The few signs on a page: boxes of tasks, marks of callouts, arrows of folds. Drawn here, as formulas are: as SVG.

Every sign is made of strokes on a field of 24 by 24.
"""

from functools import lru_cache

from desktop.core.page.math import MathImage
from desktop.core.page.palette import Palette

STROKES = {
    "info": "M12 3a9 9 0 1 0 0 18a9 9 0 1 0 0-18M12 11v5.5M12 7.4v.2",
    "tip": "M9 17.5c0-2.2-3-3.4-3-7.5a6 6 0 0 1 12 0c0 4.1-3 5.3-3 7.5zM9.5 21h5",
    "check": "M12 3a9 9 0 1 0 0 18a9 9 0 1 0 0-18M8 12.4l2.8 2.8L16 9.6",
    "warning": "M12 3.5L2.5 20h19zM12 10v4.5M12 17.3v.2",
    "danger": "M8 3h8l5 5v8l-5 5H8l-5-5V8zM9 9l6 6M15 9l-6 6",
    "question": "M12 3a9 9 0 1 0 0 18a9 9 0 1 0 0-18M9.5 9.7a2.6 2.6 0 1 1 3.6 2.4c-.8.4-1.1.9-1.1 1.9M12 16.9v.2",
    "list": "M9 6h12M9 12h12M9 18h12M4 6h.3M4 12h.3M4 18h.3",
    "quote": "M10 7H5v6h5zM10 13c0 3-1.5 4.5-4 5M19 7h-5v6h5zM19 13c0 3-1.5 4.5-4 5",
    "open": "M6 9l6 6l6-6",
    "closed": "M9 6l6 6l-6 6",
    "note": "M6 3h9l4 4v14H6zM14.5 3.5V8H19M9 12.5h7M9 16.5h7",
}
ICON_OF = {
    "tip": "tip", "hint": "tip", "success": "check", "check": "check", "done": "check", "todo": "check",
    "warning": "warning", "caution": "warning", "attention": "warning", "important": "warning",
    "danger": "danger", "error": "danger", "failure": "danger", "fail": "danger", "missing": "danger", "bug": "danger",
    "question": "question", "help": "question", "faq": "question",
    "quote": "quote", "cite": "quote", "example": "list", "abstract": "list", "summary": "list", "tldr": "list",
}  # fmt: skip
BOX = 15  # pixels in text of 16
BOX_ROOM = 22  # with what is left between it and the words


@lru_cache(maxsize=256)
def sign(name: str, colour: str, size: int) -> MathImage:
    """Return a sign as an image."""
    body = (
        f'<path d="{STROKES[name]}" fill="none" stroke="{colour}" stroke-width="2" stroke-linecap="round" '
        'stroke-linejoin="round"/>'
    )
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24">{body}</svg>'
    return MathImage(f"math:sign-{name}-{colour[1:]}-{size}", svg, size, size, "")


@lru_cache(maxsize=32)
def task_box(done: bool, palette_name: str, size: int, line: str, fill: str, tick: str) -> MathImage:
    """Return a task's box, with the room between it and the words."""
    edge = size * BOX / 16
    room = size * BOX_ROOM / 16
    if done:
        body = (
            f'<rect x="1" y="1" width="28" height="28" rx="7" fill="{fill}"/>'
            f'<path d="M8.5 15.5l4.6 4.6L22 10.5" fill="none" stroke="{tick}" stroke-width="3" '
            'stroke-linecap="round" stroke-linejoin="round"/>'
        )
    else:
        body = f'<rect x="2" y="2" width="26" height="26" rx="6" fill="none" stroke="{line}" stroke-width="2.2"/>'
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {30 * room / edge:.2f} 30">{body}</svg>'
    name = f"math:box-{'done' if done else 'open'}-{palette_name}-{size}"
    return MathImage(name, svg, room, edge, "☑" if done else "☐")


def box_of(done: bool, palette: Palette) -> MathImage:
    """Return a task's box in the page's colours."""
    return task_box(done, palette.name, palette.size, palette.faint, palette.quiet_box, palette.page)
