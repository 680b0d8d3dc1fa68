"""Which notes a filter lets into a picture."""

from collections.abc import Callable, Collection, Sequence
from typing import Final

import numpy as np

from desktop.core.graph.source import GraphSource
from desktop.core.graph.tree import Flags, Tree
from desktop.core.records import GraphFilter, NoteId

# From a query in the search syntax to the notes that fit it, None where it asks for nothing; and what is wrong with it.
Ask = Callable[[str], tuple[Collection[NoteId] | None, str]]
EVERYTHING: Final = GraphFilter()


def nothing_asked(_query: str) -> tuple[None, str]:
    """Answer where there is no search: every note fits."""
    return None, ""


def select(
    source: GraphSource, ask: Ask, wanted: GraphFilter, tree: Tree, among: Sequence[int] | None = None
) -> tuple[Flags, str]:
    """Return which notes of the tree fit, of `among` where given, and what could not be understood."""
    fits = np.ones(len(tree), dtype=np.bool_) if among is None else flags_of(tree, among)
    problem = ""
    if wanted.query.strip():
        found, problem = ask(wanted.query)
        if problem:
            return np.zeros(len(tree), dtype=np.bool_), problem
        if found is not None:
            fits &= flags_of(tree, found)
    if wanted.folder is not None:
        fits &= tree.below(wanted.folder)
    if wanted.tag.strip("# /"):
        fits &= flags_of(tree, source.tagged(wanted.tag))
    if wanted.kinds or wanted.since or wanted.until:
        fits &= flags_of(tree, source.matching(wanted.kinds, wanted.since, wanted.until, among))
    return fits, problem


def flags_of(tree: Tree, ids: Collection[int]) -> Flags:
    """Return which notes of the tree are among these."""
    return tree.flags(np.fromiter(ids, dtype=np.int64, count=len(ids)))
