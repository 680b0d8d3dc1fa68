"""Where sheets are cut."""

from itertools import pairwise

from hypothesis import given, settings, strategies as st

from desktop.ui.printing.cutting import Head, Span, cut

LINES = [Span(20.0 * n, 20.0 * n + 16) for n in range(20)]


def test_a_line_is_never_cut() -> None:
    sheets = cut(396, 100, LINES)
    assert sheets[0] == (Span(0, 96),)
    assert sheets[1] == (Span(100, 196),)
    assert sheets[-1][-1].bottom == 396


def test_a_heading_goes_with_its_text_and_soft_spans_give_way() -> None:
    heading = Span(80, 116)  # with the line below it
    assert cut(396, 100, [*LINES, heading])[0] == (Span(0, 76),)
    assert cut(396, 100, LINES, [Span(40, 136)])[0] == (Span(0, 96),)  # else the sheet would be half empty
    assert cut(396, 100, LINES, [Span(80, 136)])[0] == (Span(0, 76),)


def test_what_is_higher_than_a_sheet_is_cut_through() -> None:
    assert cut(250, 100, [Span(0, 250)]) == [(Span(0, 100),), (Span(100, 200),), (Span(200, 250),)]
    assert cut(0, 100, []) == []


def test_a_table_begins_every_sheet_with_its_head() -> None:
    head = Head(Span(0, 16), 396)
    sheets = cut(396, 100, LINES, heads=[head])
    assert all(strips[0] == head.row for strips in sheets[1:])
    assert all(sum(strip.bottom - strip.top for strip in strips) <= 100 for strips in sheets)
    assert len(cut(396, 100, LINES, heads=[Head(Span(0, 40), 396)])[1]) == 1  # too high to be repeated


@settings(deadline=None, max_examples=100)
@given(
    st.lists(st.tuples(st.floats(0, 3_000), st.floats(1, 400)), max_size=60),
    st.lists(st.tuples(st.floats(0, 3_000), st.floats(1, 400)), max_size=30),
)
def test_nothing_is_lost_and_no_sheet_is_too_high(
    firm: list[tuple[float, float]], soft: list[tuple[float, float]]
) -> None:
    spans = [Span(top, top + height) for top, height in firm]
    end = max((span.bottom for span in spans), default=0)
    sheets = cut(end, 300, spans, [Span(top, top + height) for top, height in soft])
    strips = [strip for sheet in sheets for strip in sheet]
    for strip, following in pairwise(strips):
        assert strip.bottom <= following.top + 0.1
        left_out = Span(strip.bottom + 0.1, following.top - 0.1)
        assert left_out.bottom <= left_out.top or not any(
            span.top < left_out.bottom and span.bottom > left_out.top for span in spans
        )
    assert all(strip.bottom - strip.top <= 300.1 for strip in strips)
    assert (strips[-1].bottom if strips else 0) >= end - 0.1
