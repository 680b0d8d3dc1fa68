"""The order of words: streams of a segment, and sets of documents as numbers."""

from array import array
from pathlib import Path

from hypothesis import given, strategies as st

from desktop.core.search.bitmaps import bitmap_of, everything, flags_of, holds, numbers_of
from desktop.core.search.streams import Codes, Streams, StreamWriter, encode

SIZE = 1_000


@given(st.sets(st.integers(0, SIZE - 1)))
def test_a_bitmap_is_a_set(numbers: set[int]) -> None:
    bitmap = bitmap_of(numbers, SIZE)
    assert numbers_of(bitmap) == sorted(numbers)
    assert bitmap.bit_count() == len(numbers)
    assert [n for n, flag in enumerate(flags_of(bitmap)) if flag] == sorted(numbers)
    assert all(holds(bitmap, n) == (n in numbers) for n in range(0, SIZE, 37))


def test_everything() -> None:
    assert numbers_of(everything(5)) == [0, 1, 2, 3, 4]
    assert (everything(0), bitmap_of((), 0)) == (0, 0)


@given(st.lists(st.integers(0, 3_000), min_size=1, max_size=60), st.data())
def test_words_in_a_row_are_found_and_others_not(body: list[int], data: st.DataObject) -> None:
    codes = Codes()
    for number in range(3_001):  # codes of one, two and three bytes, and the surrogates jumped over
        codes[str(number * 20)]
    terms = [str(number * 20) for number in body]
    streams = Streams(encode([["title"]], terms, codes), array("Q", [len(encode([["title"]], terms, codes))]))
    start = data.draw(st.integers(0, len(terms) - 1))
    row = terms[start : start + data.draw(st.integers(1, 4))]
    assert streams.holding([0], "".join(codes[term] for term in row)) == [0]
    other = data.draw(st.lists(st.sampled_from(terms), min_size=1, max_size=4))
    stands = any(terms[i : i + len(other)] == other for i in range(len(terms)))
    assert bool(streams.holding([0], "".join(codes[term] for term in other))) is stands


def test_title_and_text_are_kept_apart(tmp_path: Path) -> None:
    writer = StreamWriter(tmp_path / "x.stream")
    writer.add([["цен", "ошибк"], ["им"]], ["текст", "цен"])
    writer.add([["проч"]], ["цен", "ошибк"])
    writer.close()
    streams = Streams.open(tmp_path / "x.stream", writer.ends)
    codes = writer.codes
    phrase = codes["цен"] + codes["ошибк"]
    assert streams.holding([0, 1], phrase) == [0, 1]
    assert streams.holding([0, 1], phrase, title_only=True) == [0]
    assert streams.holding([0, 1], codes["ошибк"] + codes["им"]) == []  # title and name are no sentence
    assert streams.holding([0, 1], codes["им"] + codes["текст"]) == []


def test_codes_never_meet_half_a_character() -> None:
    codes = Codes()
    given_out = [codes[str(number)] for number in range(60_000)]
    assert len(set(given_out)) == 60_000
    "".join(given_out).encode()  # a surrogate would raise
