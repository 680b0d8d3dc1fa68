"""Bytes to text: exact for UTF-8, said aloud for anything else, refused for what is no text."""

import pytest
from hypothesis import given, strategies as st

from desktop.core.errors import ImportRefused
from desktop.core.exchange.decoding import decode

RUSSIAN = "Лекция о том, как сохранить каждое слово: журнал, контрольные точки и проверка копий.\n" * 3


@given(st.text(st.characters(exclude_categories=("Cc", "Cs"))))
def test_utf8_comes_back_byte_for_byte(text: str) -> None:
    data = text.encode()
    if not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        decoded = decode(data)
        assert decoded.exact
        assert decoded.text.encode() == data


@pytest.mark.parametrize("data", [b"\xef\xbb\xbf# A\r\n\r\nb\rc\n", b"", b"\n\n# x", "é\u2028\x0c".encode()])
def test_marks_and_line_ends_stay(data: bytes) -> None:
    assert decode(data).text.encode() == data


@pytest.mark.parametrize(
    ("encoding", "name"), [("cp1251", "Windows-1251"), ("koi8_r", "KOI8-R"), ("utf_16", "UTF-16"), ("cp866", "CP866")]
)
def test_other_encodings_are_recognised_and_told(encoding: str, name: str) -> None:
    decoded = decode(RUSSIAN.encode(encoding))
    assert decoded.text == RUSSIAN
    assert not decoded.exact
    assert name in decoded.message


@pytest.mark.parametrize("data", [b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", bytes(range(256)) * 4, b"\x01\x02\x03" * 50])
def test_binary_is_refused_with_a_sentence(data: bytes) -> None:
    with pytest.raises(ImportRefused, match=r"^The file is not .*\.$"):
        decode(data)


def test_one_stray_zero_byte_is_enough_to_refuse() -> None:
    with pytest.raises(ImportRefused):
        decode(b"a" * 100_000 + b"\0")
