"""Formulas: a whole sheet of them is drawn, on the line, from shapes alone, and nothing hostile gets through."""

import re
import subprocess
import sys
import time
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import mathra
import pytest
from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

from desktop.core.markup.formula_rules import is_formula
from desktop.core.page.markdown import render_blocks
from desktop.core.page.math import MathImage, draw

SHEET = Path(__file__).parents[2] / "reference" / "formulas.md"
SVG = "{http://www.w3.org/2000/svg}"
SHAPES = {"svg", "g", "path", "rect", "line", "ellipse"}
VALUE = re.compile(r"[MLCQZ\d\s.,()-]*|[a-z]+(\([\d\s.,-]+\))?( scale\([\d.]+\))?|#[0-9a-f]+")
ATTRIBUTES = set(
    "viewBox width height fill stroke transform d x y x1 y1 x2 y2 cx cy rx ry stroke-width stroke-linecap".split()
)


def drawn(source: str, block: bool = True) -> MathImage:
    """Return a formula's picture, which there must be."""
    image = draw(source, 20, "#102030", block)
    assert image is not None, source
    return image


def painted(image: MathImage) -> QImage:
    """Paint a formula as a page does, four pixels for one."""
    canvas = QImage(round(image.width * 4), round(image.height * 4), QImage.Format.Format_ARGB32_Premultiplied)
    canvas.fill(Qt.GlobalColor.transparent)
    painter = QPainter(canvas)
    renderer = QSvgRenderer(QByteArray(image.svg.encode()))
    assert renderer.isValid()
    renderer.render(painter, QRectF(canvas.rect()))
    painter.end()
    return canvas


def ink_rows(image: MathImage) -> tuple[float, float]:
    """Return the first and the last row with ink, in pixels of the picture."""
    alpha = painted(image).convertToFormat(QImage.Format.Format_Alpha8)
    lines = [bytes(alpha.constScanLine(y))[: alpha.width()] for y in range(alpha.height())]
    inked = [y for y, line in enumerate(lines) if max(line) > 60]
    return inked[0] / 4, (inked[-1] + 1) / 4


def rules(source: str) -> list[tuple[float, float, float, float]]:
    """Return the x, y, width and height of the rules in a drawing."""
    found = ElementTree.fromstring(drawn(source).svg).iter(f"{SVG}rect")
    return [tuple(float(rect.attrib[name]) for name in ("x", "y", "width", "height")) for rect in found]  # type: ignore[misc]


def test_every_formula_of_the_sheet_is_drawn(app: object) -> None:
    text = SHEET.read_text(encoding="utf-8")
    sources = re.findall(r"^\$\$(.*)\$\$$", text, re.MULTILINE)
    assert len(sources) == 42
    for source in sources:
        image = drawn(source)
        top, bottom = ink_rows(image)
        assert image.height < 9 * 20, source
        assert top > 0.2, source  # nothing is cut off
        assert bottom < image.height - 0.2, source
    pictures = [image for block in render_blocks(text).blocks for image in block.images]
    assert len(pictures) == 42 + 12
    assert len({image.name for image in pictures}) == len(pictures)


def test_a_formula_in_words_stands_on_their_line(app: object) -> None:
    for source, size in (("x", 20), ("x", 32)):
        image = draw(source, size, "#000000", False)
        assert image is not None
        _, bottom = ink_rows(image)
        # Qt puts the picture's middle a quarter of the x-height above the baseline, where x stands.
        assert bottom - image.height / 2 == pytest.approx(0.13 * size, abs=0.04 * size)
    low, high = drawn("y", False), drawn(r"\frac{a}{b}", False)
    assert ink_rows(low)[1] > low.height / 2 + 0.13 * 20
    assert high.height > low.height


def test_cyrillic_is_drawn_as_letters(app: object) -> None:
    words = ElementTree.fromstring(drawn(r"\text{если } x").svg)
    assert len(list(words.iter(f"{SVG}path"))) == 5
    assert not list(words.iter(f"{SVG}text"))


def test_rules_of_an_array_go_from_its_top_to_its_bottom() -> None:
    ((_, bottom, _, height),) = rules(r"\begin{array}{c|c} a & b \\ c & d \end{array}")
    assert (bottom, height) == (pytest.approx(-942), pytest.approx(2400))
    framed = rules(r"\begin{array}{|c|c|} \hline a & b \\ \hline c & d \\ \hline \end{array}")
    upright = [rule for rule in framed if rule[3] > rule[2]]
    level = [rule for rule in framed if rule[3] < rule[2]]
    assert len(upright) == 3
    assert len(level) == 3
    for x, y, width, height in level:
        assert x == upright[0][0]
        assert x + width == upright[-1][0] + upright[-1][2]
        assert upright[0][1] - height <= y <= upright[0][1] + upright[0][3]
    sides = [rule for rule in rules(r"\boxed{\begin{array}{c|c} a & b \end{array}}") if rule[3] > rule[2]]
    assert len({round(y + height / 2) for _, y, _, height in sides}) == 1  # the frame stays where it was
    assert draw(r"\begin{array}{c|c} a & b \\ \multicolumn{2}{c}{x} \\ c & d \end{array}", 20, "#000", True) is None


def test_words_of_an_operator_keep_their_space() -> None:
    assert drawn(r"\operatorname*{arg\,min}_x").width > drawn(r"\operatorname*{argmin}_x").width + 2
    assert drawn(r"\operatorname{arg\,min}").width > drawn(r"\operatorname{argmin}").width + 2
    assert drawn(r"a \implies b").width == drawn(r"a \;\Longrightarrow\; b").width


def test_what_cannot_be_read_stays_source() -> None:
    unread = (r"\frac{a}", r"\foo", "a }", "x^2^3", r"\begin{cases} a", r"\left( x", "漢", "😀", "\ud800", "\x00", " ")
    for source in unread:
        assert draw(source, 20, "#000000", True) is None, source


def test_what_is_too_high_stays_source() -> None:
    assert draw(r"\begin{matrix}" + r"a\\" * 200 + r"\end{matrix}", 16, "#000000", True) is not None
    assert draw(r"\rule{1em}{13em}", 16, "#000000", True) is None
    assert draw("x" * 900, 16, "#000000", True) is None
    assert draw("x" + "_" * 5_000, 16, "#000000", True) is None


def test_macros_end_with_their_formula() -> None:
    assert draw(r"\newcommand{\konspekt}{x} \konspekt", 20, "#000000", True) is not None
    assert draw(r"\konspekt", 20, "#000000", True) is None
    drawn(r"\def\sin{x} \sin")
    assert len(list(ElementTree.fromstring(drawn(r"\sin").svg).iter(f"{SVG}path"))) == 3


def doublings(letters: str) -> str:
    """Return macros each of which calls the next one twice."""
    calls = "".join(rf"\def\m{one}{{\m{two}\m{two}}}" for one, two in pairwise(letters))
    return rf"{calls}\def\m{letters[-1]}{{xxxx}}\m{letters[0]}"


HOSTILE = {
    "a macro that calls itself": r"\def\a{\a\a}\a",
    "macros that double": doublings("abcdefghijklmnopqrstuvwxyz"),
    "braces": "{" * 1_900 + "}" * 1_900,
    "roots": r"\sqrt{" * 600,
    "subscripts": "x_{" * 900,
    "matrices": r"\begin{pmatrix}" * 200,
    "columns": r"\begin{array}{*{999}{*{999}{c}}}x\end{array}",
    "cells": r"\begin{matrix}" + "&" * 1_800 + r"\\" * 900 + r"\end{matrix}",
    "distances": r"\hspace{99999999em}x\raisebox{1e30em}{x}",
    "a broken ring": r"\chemfig{*6(-*6(-" * 40 + r"\SI{",
    "rows of dots": r"\hdotsfor{999999999}",
    "an exponent": r"\SI{1e99999999}{\metre}",
    "long": "x+" * 60_000,
}


def test_hostile_formulas_are_quick_and_small() -> None:
    for name, source in HOSTILE.items():
        begin = time.process_time()
        image = draw(source, 20, "#000000", True)
        assert time.process_time() - begin < 0.5, name
        assert image is None or len(image.svg) < 2_000_000, name


def test_an_svg_holds_shapes_numbers_and_colours_only() -> None:
    sources = [
        r"\href{http://example.org}{x} + 1",
        r"\includegraphics{/etc/passwd}",
        r"\text{<script>alert(1)</script>} \text{http://example.org}",
        r"\color{url(http://example.org)} x",
        r"\color{red\"onload=\"x} x",
        r"\class{a}{x} \cssId{b}{y} \style{background:url(x)}{z}",
        r"\require{html} x",
        r"\boxed{x} \cancel{y} \colorbox{yellow}{z} \begin{array}{|c|} \hline a \\ \hline \end{array}",
        r"\xymatrix{A \ar[r]^f & B} \circledast",
    ]
    for source in sources:
        image = draw(source, 20, '"><script>', True)
        if image is None:
            continue
        assert "currentColor" not in image.svg
        for element in ElementTree.fromstring(image.svg).iter():
            assert element.tag.removeprefix(SVG) in SHAPES
            assert set(element.attrib) <= ATTRIBUTES
            assert not (element.text or "").strip()
            for name, value in element.attrib.items():
                assert VALUE.fullmatch(value), name


def test_a_panic_in_the_typesetter_stays_there() -> None:
    with pytest.raises(BaseException, match="never popped") as panic:  # else the guard may go
        mathra.render(r"\chemfig{{)}")
    assert not isinstance(panic.value, Exception)
    assert draw(r"\chemfig{{)}", 20, "#000000", True) is None


def test_money_and_words_are_no_formulas() -> None:
    for source in ("x + y", r"\text{если } x", "S_{треуг}", r"\frac{масса}{объём}", "v_{ср}^2 = 5", r"\alpha", "a"):
        assert is_formula(source), source
    for source in ("4 млрд до 5", "100 and then some more", "5 рублей, C:\\dir", "", " ", "HOME и "):
        assert not is_formula(source), source


def test_telling_a_formula_takes_linear_time() -> None:
    for source in ("a" * 200_000, "ab " * 60_000, "\\a" * 90_000, "_{" * 90_000, "abc" + " " * 200_000 + "1"):
        begin = time.process_time()
        is_formula(source)
        assert time.process_time() - begin < 1, source[:10]


def test_a_note_without_formulas_does_not_pay_for_them() -> None:
    asked = "from desktop.core.page.markdown import render_blocks; import sys; render_blocks('# a\\n\\nb $5 and $6');"
    answer = "print('mathra' in sys.modules); render_blocks('$x$'); print('mathra' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", asked + answer], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "True"]
