"""Rows made from links, and sentences cut to what a few lines can show."""

from hypothesis import given, strategies as st

from desktop.core.records import Backlink, Link, LinkKind, NoteHead, NoteId, NoteKind, ResolvedBy, ResolvedLink, Snippet
from desktop.ui.links.filtering import matcher
from desktop.ui.links.outgoing import ADDRESSES, FILES, Outgoing, outgoing_rows
from desktop.ui.links.rows import (
    LONGEST_SENTENCE,
    AddressRow,
    FileRow,
    GroupRow,
    LinkModel,
    MissingRow,
    MoreRow,
    NoteRow,
    PlaceRow,
    WordsRow,
    grouped,
    rows_of,
    shortened,
)
from desktop.ui.links.sentence import points_of, units_of

TITLES = {ADDRESSES: "Web addresses", FILES: "Files"}


def head(number: int, title: str) -> NoteHead:
    return NoteHead(NoteId(number), str(number), NoteKind.NOTE, title, title, None, 0, 1, 0, 0)


def link(target: str, start: int = 0, kind: LinkKind = LinkKind.WIKI, anchor: str = "") -> Link:
    return Link(kind, target, anchor, target, start, start + 5, start + 2, start + 3)


def places(*found: tuple[int, int]) -> list[Backlink]:
    return [Backlink(head(number, f"N{number}"), link("x", start), Snippet("s"), "") for number, start in found]


def test_notes_come_once_in_the_order_given() -> None:
    rows = list(rows_of(grouped(places((2, 1), (1, 5), (2, 9))), frozenset(), "{0} more"))
    assert [row.note_id for row in rows if isinstance(row, NoteRow)] == [2, 1]
    assert [row.count for row in rows if isinstance(row, NoteRow)] == [2, 1]
    assert len(rows) == 5


def test_a_note_with_more_places_says_so_and_a_folded_one_shows_none() -> None:
    groups = grouped(places((2, 1), (1, 5)), {NoteId(2): 40})
    rows = list(rows_of(groups, {NoteId(1)}, "{0} more"))
    assert [type(row) for row in rows] == [NoteRow, PlaceRow, MoreRow, NoteRow]
    assert rows[2] == MoreRow("39 more", NoteId(2))


def test_outgoing_links_are_counted_and_grouped() -> None:
    a = head(1, "A")
    links = [
        ResolvedLink(link("A"), a),
        ResolvedLink(link("A", 9), a, others=2),
        ResolvedLink(link("A", 20, anchor="Part"), a, ResolvedBy.ALIAS),
        ResolvedLink(link("https://www.example.org/x", 30, LinkKind.URL), None),
        ResolvedLink(link("https://www.example.org/x", 35, LinkKind.URL), None),
        ResolvedLink(link("Later", 40), None),
        ResolvedLink(link("files/paper.pdf", 70, LinkKind.EMBED), None),
        ResolvedLink(link("", 80, LinkKind.ANCHOR, "9"), None),
        ResolvedLink(link("", 90, LinkKind.ANCHOR, "1"), None),
    ]
    missing = [link("Later", 40), link("later", 50), link("x.png", 60, LinkKind.IMAGE)]
    rows = outgoing_rows(Outgoing(links, missing, frozenset({20, 80})), {ADDRESSES}, TITLES)
    assert [(row.title, row.count) for row in rows if isinstance(row, NoteRow | MissingRow)] == [
        ("A", 2),
        ("A › Part", 1),
        ("Later", 2),
    ]
    part = rows[1]
    assert isinstance(part, NoteRow)
    assert (part.lost, part.how) == (True, ResolvedBy.ALIAS)
    assert isinstance(rows[0], NoteRow)
    assert rows[0].others == 2
    assert [row for row in rows if isinstance(row, GroupRow)] == [
        GroupRow(FILES, "Files", 2, False),
        GroupRow(ADDRESSES, "Web addresses", 1, True),
    ]
    assert [(row.title, row.lost) for row in rows if isinstance(row, FileRow)] == [("paper.pdf", False), ("#9", True)]
    rows = outgoing_rows(Outgoing(links, missing), frozenset(), TITLES, matcher("EXAMPLE") or bool)
    assert rows[1:] == [AddressRow("example.org/x", "example.org", "https://www.example.org/x", 2)]


def test_a_model_keeps_the_rows_that_both_begin_with() -> None:
    model = LinkModel()
    model.set_rows([WordsRow("a"), MoreRow("2 more")])
    resets: list[object] = []
    model.modelReset.connect(lambda: resets.append(1))
    inserted: list[tuple[int, int]] = []
    model.rowsInserted.connect(lambda _parent, first, last: inserted.append((first, last)))
    assert model.set_rows([WordsRow("a"), WordsRow("b"), WordsRow("c")])
    assert (resets, inserted) == ([], [(1, 2)])
    assert not model.set_rows([WordsRow("a"), WordsRow("b"), WordsRow("c")])


def test_a_filter_looks_for_all_its_words_in_any_case() -> None:
    matches = matcher(" Ёлка  ЗЕЛ")
    assert matches is not None
    assert matches("зелёная елка")
    assert not matches("зелёная")
    assert matcher("  ") is None


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
    assert points_of(text, units_of(text, offset)) == offset
