"""Tinted areas, bars and hairlines for QTextDocument, which knows no boxes: tables with one or two cells.

What lists and tasks begin with stands here too.
"""

import html
import re
from math import ceil
from typing import NamedTuple

from desktop.core.page.palette import Palette
from desktop.core.page.qt_words import BOLD, INDENT, Place

BULLETS = ("disc", "circle", "square")
MAX_TABLES = 3  # in each other, those of quotes and code among them
PARAGRAPH_LINE, HEADING_LINE, CODE_LINE = 128, 112, 120  # per cent of the font's own line, 1.21 em in Inter
INTER_ASCENT, INTER_DESCENT = 0.969, 0.241  # em
HIGHEST_IN_LINE = 1.9  # em: a formula that is higher makes its line higher
LIST_IN_LIST = 40 - INDENT  # pixels that QTextDocument moves a table too far to the right for each list around it

_FORMULA = re.compile(r'<img src="math:[^"]*" width="[0-9.]+" height="([0-9.]+)"')


class Lines(NamedTuple):
    """How high the lines of a paragraph are."""

    css: str
    drop: int = 0  # pixels that the words stand lower in them than usual


def lines_of(words: str, size: int) -> Lines:
    """Return the height of lines: a share of the font's own, as high as a picture is, or fixed.

    Fixed where formulas stand among the words that are hardly higher than a line: each would push the next line down.
    """
    if 'src="attachment:' in words or 'src="stored:' in words:
        return Lines("100%")
    formulas = [float(height) for height in _FORMULA.findall(words)]
    if formulas and max(formulas) <= HIGHEST_IN_LINE * size:
        ascent, descent = ceil(INTER_ASCENT * size), ceil(INTER_DESCENT * size)
        line = (ascent + descent) * PARAGRAPH_LINE / 100
        # QTextDocument puts the words of a fixed line at four fifths of it.
        return Lines(f"{line:.1f}px;-qt-line-height-type:fixed", round(0.8 * line) - ascent)
    return Lines(f"{PARAGRAPH_LINE}%")


def margins(place: Place) -> str:
    """Return the margins of a table."""
    left = place.left - LIST_IN_LIST * place.lists
    return f"margin:{place.above}px 0 {12 if place.below else 2}px {left}px"


def frame(cells: str, place: Place, tint: str = "") -> str:
    """Return a table as wide as its place, of one row or more."""
    background = f' bgcolor="{tint}"' if tint else ""
    return (
        f'<table width="100%"{background} border="0" cellspacing="0" cellpadding="0" '
        f'style="{margins(place)}"><tr>{cells}</tr></table>'
    )


def barred(colour: str, tint: str, padding: str, body: str, place: Place, bar: int = 4) -> str:
    """Return an area with a bar at its left; the body alone where tables are too deep in each other."""
    if place.tables >= MAX_TABLES:
        return body
    background = f' bgcolor="{tint}"' if tint else ""
    cells = f'<td width="{bar}" bgcolor="{colour}" style="padding:0"></td><td{background} style="padding:{padding}">'
    return frame(f"{cells}{body}</td>", place)


def rule(palette: Palette) -> str:
    """Return a hairline."""
    return (
        '<table width="100%" border="0" cellspacing="0" cellpadding="0" style="margin:14px 0 14px 0"><tr>'
        f'<td bgcolor="{palette.border}" style="padding:0"><p style="margin:0;font-size:1px;line-height:1px">'
        '<span style="font-size:1px"> </span></p></td></tr></table>'
    )


def title_line(title: str, colour: str, mark: str, arrow: str, fold: str, below: int) -> str:
    """Return a box's title behind its mark; a link that turns the box where there is a fold."""
    words = f'<span style="color:{colour};font-weight:{BOLD}">{title}</span>'
    mark = f"{mark}&nbsp;&nbsp;" if mark else ""
    if fold:
        link = f'<a href="do:fold/{fold}" style="text-decoration:none;color:{colour}">'
        before, inside = (mark + words, "") if "<a " in title else ("", mark + words)  # a link in a link is none
        words = f"{before}{link}{inside}&nbsp;{arrow}</a>"
    else:
        words = mark + words
    return f'<p style="margin:0 0 {below}px 0;line-height:{PARAGRAPH_LINE}%">{words}</p>'


def code_lines(body: str, palette: Palette) -> str:
    """Return the lines of code, whose words are HTML already."""
    return (
        f"<pre style=\"margin:0;white-space:pre-wrap;line-height:{CODE_LINE}%;font-family:'{palette.mono}';"
        f'font-size:{palette.code_size}px;color:{palette.code_text}">{body}</pre>'
    )


def code_frame(pre: str, language: str, copy: str, number: int, palette: Palette, place: Place) -> str:
    """Return code in its area, under a quiet row with its language and the link that copies it."""
    line = f'<p style="margin:0;line-height:100%;font-size:{palette.size - 4}px'
    named = html.escape(language, quote=False)
    cells = (
        f'<td style="padding:8px 14px 0 14px">{line};color:{palette.muted}">{named}</p></td>'
        f'<td align="right" style="padding:8px 14px 0 14px">{line}" align="right"><a href="do:copy/{number}" '
        f'style="text-decoration:none;color:{palette.muted}">{html.escape(copy, quote=False)}</a></p></td></tr>'
        f'<tr><td colspan="2" style="padding:5px 14px 10px 14px">{pre}</td>'
    )
    return frame(cells, place, palette.code_background)


def list_head(tag: str, number: int, boxes: bool, place: Place) -> str:
    """Return a list's beginning; `boxes` where tasks have theirs in the place of bullets."""
    left = f"margin:0 0 0 {place.left}px{place.font}" if place.left else f"margin:0{place.font}"
    if tag == "ol":
        start = f' start="{number}"' if number != 1 else ""
        return f'<ol style="{left}"{start}>'
    style = "none" if boxes else BULLETS[min(place.lists, len(BULLETS) - 1)]
    return f'<ul style="{left};list-style-type:{style}">'


def boxed(words: str, box: str, done: bool, line: str, palette: Palette) -> str:
    """Return a task's words behind its box; those of one that is done step back."""
    if line.isdigit():
        box = f'<a href="do:task/{line}" style="text-decoration:none">{box}</a>'
    return f'{box}<span style="color:{palette.muted}">{words}</span>' if done else box + words
