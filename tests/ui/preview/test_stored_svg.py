"""Which stored drawings are drawn: none that names a file, none that repeats itself without end."""

from base64 import b64encode
from pathlib import Path
from time import process_time

import pytest
from PySide6.QtGui import QColor, QImage

from desktop.ui.preview.decoding import decode
from desktop.ui.preview.stored_svg import is_safe

SIZE = 20
HEAD = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
    f' width="{SIZE}" height="{SIZE}">'
)


def drawing(inside: str) -> str:
    return f'{HEAD}<rect width="{SIZE}" height="{SIZE}" fill="#fff"/>{inside}</svg>'


def picture(address: str) -> str:
    return drawing(f'<image xlink:href="{address}" width="{SIZE}" height="{SIZE}"/>')


def middle(data: bytes) -> str:
    """Return the colour in the middle; "" where nothing is drawn."""
    drawn = decode(data, 100, 0, 1.0)
    return "" if isinstance(drawn, str) else drawn[0].pixelColor(SIZE // 2, SIZE // 2).name()


@pytest.fixture
def secret(app: object, tmp_path: Path) -> Path:
    image = QImage(SIZE, SIZE, QImage.Format.Format_RGB32)
    image.fill(QColor("#ff0000"))
    image.save(str(tmp_path / "secret.png"))
    return tmp_path / "secret.png"


def test_a_file_is_never_drawn_however_it_is_named(secret: Path) -> None:
    plain = picture(str(secret))
    within = b64encode(plain.encode()).decode()
    for data in (
        plain.encode(),
        picture(secret.as_uri()).encode(),
        picture(f"data:image/png;base64,{within}").encode(),
        picture(f"data:image/png;base64,iVBORw0KGgo=base64,{within}").encode(),
        picture(f"&#x2f;{secret}").encode(),
        plain.encode("utf-16"),
        f'<?xml version="1.0"?><?xml-stylesheet type="text/css" href="{secret}"?>{drawing("")}'.encode(),
        f'<!DOCTYPE svg [<!ENTITY file "{secret}">]>{picture("&file;")}'.encode(),
    ):
        assert middle(data) == "", data


def test_a_picture_of_pixels_within_a_drawing_is_drawn(secret: Path) -> None:
    held = b64encode(secret.read_bytes()).decode()
    assert middle(picture(f"data:image/png;base64,\n{held[:40]}\n{held[40:]}").encode()) == "#ff0000"


def test_a_drawing_may_refer_to_its_own_parts(app: object) -> None:
    gradient = '<linearGradient id="a"><stop offset="0" stop-color="#0f0"/></linearGradient>'
    borrowed = '<linearGradient id="b" xlink:href="#a"/><style>.c{fill:url(#b)}</style>'
    mark = f'<path id="m" d="M0 0h{SIZE}v{SIZE}h-{SIZE}z" fill="url(#b)"/>'
    inside = f'<defs>{gradient}{borrowed}{mark}</defs><rect class="c"/>' + '<use xlink:href="#m"/>' * 500
    assert middle(drawing(inside).encode()) == "#00ff00"


@pytest.mark.parametrize("reference", ['<use xlink:href="#{0}"/>', '<rect fill="url(#{0})"/>'])
def test_parts_that_multiply_are_not_drawn(app: object, reference: str) -> None:
    parts = ['<g id="p0"><rect/></g>']
    parts += [f'<g id="p{n}">{reference.format(f"p{n - 1}") * 2}</g>' for n in range(1, 40)]
    started = process_time()
    assert not is_safe(drawing("".join(parts) + reference.format("p39")).encode())
    assert not is_safe(drawing('<g id="x"><use xlink:href="#x"/></g><use xlink:href="#x"/>').encode())
    assert not is_safe(drawing('<pattern id="p"/><style>rect{fill:url(#p)}</style>').encode())
    twice = "".join([*parts, '<g id="p20"/>'])  # whichever of the two Qt takes
    assert not is_safe(drawing(twice + reference.format("p39")).encode())
    assert process_time() - started < 2
