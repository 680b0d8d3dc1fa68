"""Rows made from links, and sentences cut to what a few lines can show."""

from hypothesis import given, strategies as st

from desktop.core.records import Backlink, Link, LinkKind, NoteHead, NoteId, NoteKind, ResolvedLink, Snippet
from desktop.ui.links.delegate import _points, _units
from desktop.ui.links.rows import LONGEST_SENTENCE, MissingRow, NoteRow, grouped, outgoing_rows, shortened


def head(number: int, title: str) -> NoteHead:
    return NoteHead(NoteId(number), str(number), NoteKind.NOTE, title, title, None, 0, 1, 0, 0)


def link(target: str, start: int = 0, kind: LinkKind = LinkKind.WIKI, anchor: str = "") -> Link:
    return Link(kind, target, anchor, target, start, start + 5, start + 2, start + 3)


def test_notes_come_once_in_the_order_given() -> None:
    found = ((2, 1), (1, 5), (2, 9))
    places = [Backlink(head(number, "N"), link("x", start), Snippet("s"), "") for number, start in found]
    rows = grouped(places)
    assert [row.note_id for row in rows if isinstance(row, NoteRow)] == [2, 1]
    assert [row.count for row in rows if isinstance(row, NoteRow)] == [2, 1]
    assert len(rows) == 5


def test_outgoing_links_are_counted_and_addresses_left_out() -> None:
    a = head(1, "A")
    links = [
        ResolvedLink(link("A"), a),
        ResolvedLink(link("A", 9), a),
        ResolvedLink(link("A", 20, anchor="Part"), a),
        ResolvedLink(link("https://example.org", 30, LinkKind.URL), None),
        ResolvedLink(link("Later", 40), None),
    ]
    rows = outgoing_rows(links, [link("Later", 40), link("later", 50), link("x.png", 60, LinkKind.IMAGE)])
    assert [(row.title, row.count) for row in rows if isinstance(row, NoteRow | MissingRow)] == [
        ("A", 2),
        ("A › Part", 1),
        ("Later", 2),
    ]


@given(st.text(max_size=700), st.integers(0, 700), st.integers(0, 40))
def test_a_shortened_sentence_keeps_its_mark(text: str, start: int, length: int) -> None:
    start = min(start, len(text))
    end = min(len(text), start + length)
    snippet = Snippet(text, ((start, end),) if end > start else ())
    short = shortened(snippet)
    assert len(short.text) <= LONGEST_SENTENCE + 2
    for (old_start, old_end), (new_start, new_end) in zip(snippet.marks, short.marks, strict=True):
        wanted = text[old_start:old_end].replace("\n", " ").replace("\t", " ")
        assert short.text[new_start:new_end] == wanted


@given(st.text(max_size=60), st.integers(0, 60))
def test_offsets_go_to_utf16_and_back(text: str, offset: int) -> None:
    offset = min(offset, len(text))
    assert _points(text, _units(text, offset)) == offset
