"""Notes as people write them come out as they are meant."""

from tests.markdown.snippets import read_snippets

ON_PURPOSE = {  # docs/markdown.md says why
    "comment that begins in a line and ends paragraphs later",
    "definition after a blank line",
    "footnote written where it is used",
    "abbreviation",
}


def test_real_notes_come_out_as_meant() -> None:
    snippets = list(read_snippets())
    assert len(snippets) >= 160
    assert len({snippet.title for snippet in snippets}) == len(snippets)
    differ = {snippet.title for snippet in snippets if not snippet.passes}
    assert differ == ON_PURPOSE
    assert len(differ) <= 0.05 * len(snippets)
