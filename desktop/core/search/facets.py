"""How many of all the notes that match a query have which kind, top folder, tag and year."""

from collections import Counter

from desktop.core.records import FacetCount
from desktop.core.search.bitmaps import numbers_of
from desktop.core.search.query import Node, written
from desktop.core.search.ranking import Matcher
from desktop.core.search.schema import FOLDER, KIND, TAG
from desktop.core.search.view import View
from desktop.core.store.tree import Tree

MOST_VALUES = 30  # of one facet
MOST_FOLDERS = 300  # at the top of the tree that are asked for


def count_facets(node: Node, matcher: Matcher, view: View, tree: Tree) -> tuple[FacetCount, ...]:
    """Return the counts in the order kind, folder, tag, year, in each the most frequent first, years newest first."""
    kinds: Counter[str] = Counter()
    folders: Counter[str] = Counter()
    tags: Counter[str] = Counter()
    years: Counter[int] = Counter()
    tops = {str(head.id): head.title for head in tree.children(None, 0, MOST_FOLDERS) if head.children}
    for layer in view.layers:
        documents = matcher.matches(node, layer)
        if not documents:
            continue
        segment = layer.segment
        days = segment.facts.days
        years.update(days[number] // 10_000 for number in numbers_of(documents))
        for kind in ("lecture", "digest", "note", "folder"):
            kinds[kind] += (documents & segment.documents(KIND, kind)).bit_count()
        for note_id in tops:
            folders[note_id] += (documents & segment.documents(FOLDER, note_id)).bit_count()
        lexicon = segment.lexicon(TAG)
        for count, tag in lexicon.frequent("", 4 * MOST_VALUES):
            tags[tag] += (documents & segment.documents(TAG, tag)).bit_count() if count else 0
    some_tags = [(tag, count) for tag, count in tags.most_common(MOST_VALUES) if count and written(tag)]
    return (
        *(FacetCount("kind", kind, count, f"kind:{kind}") for kind, count in kinds.most_common() if count),
        *(
            FacetCount("folder", tops[note_id], count, f"in:{written(tops[note_id])}")
            for note_id, count in folders.most_common(MOST_VALUES)
            if count and written(tops[note_id])
        ),
        *(FacetCount("tag", tag, count, f"tag:{written(tag)}") for tag, count in some_tags),
        *(FacetCount("year", str(year), years[year], f"date:{year}") for year in sorted(years, reverse=True) if year),
    )  # fmt: skip
