"""What stands out while the rest steps back: a hovered node with its neighbours, a chain, or what a search found."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np

from desktop.ui.graph.picture import Indices, Picture

NAMED_FIRST: Final = 40


@dataclass(frozen=True, slots=True, eq=False)
class Emphasis:
    """Nodes and links that stand out."""

    nodes: Indices
    edges: Indices  # numbers of edges
    named: tuple[int, ...]  # whose names come first
    is_path: bool = False


class Emphases:
    """What may stand out, and what does: the hovered node goes before a chain, a chain before what was found."""

    def __init__(self) -> None:
        self.hovered: int | None = None
        self._path_ids: tuple[int, ...] = ()
        self._found_ids: frozenset[int] | None = None
        self._path: Emphasis | None = None
        self._found: Emphasis | None = None
        self._near: Emphasis | None = None

    @property
    def current(self) -> Emphasis | None:
        """What stands out now."""
        return self._near or self._path or self._found

    def hover(self, picture: Picture, node: int | None) -> None:
        """Take the node under the pointer."""
        self.hovered = node
        if node is None:
            self._near = None
            return
        near = picture.neighbours(node)
        near = near[near != node]
        self._near = Emphasis(np.append(near, node), picture.edges_at(node), (node, *_by_degree(picture, near)))

    def show_path(self, picture: Picture | None, ids: Sequence[int]) -> None:
        """Take a chain of nodes, by id; none of them: no chain."""
        self._path_ids = tuple(ids)
        self.follow(picture)

    def highlight(self, picture: Picture | None, ids: Iterable[int] | None) -> None:
        """Take what a search found, by id; None: nobody searches."""
        self._found_ids = None if ids is None else frozenset(ids)
        self.follow(picture)

    def follow(self, picture: Picture | None) -> None:
        """Look everything up again in another picture; nothing is hovered there yet."""
        self.hovered, self._near, self._path, self._found = None, None, None, None
        if picture is None:
            return
        chain = [picture.index[number] for number in self._path_ids if number in picture.index]
        if chain and len(chain) == len(self._path_ids):
            edges = [number for a, b in pairwise(chain) for number in _edges_between(picture, a, b)]
            self._path = Emphasis(np.array(chain), np.array(edges, dtype=np.intp), tuple(chain), True)
        if self._found_ids is not None:
            found = np.array(
                sorted(picture.index[number] for number in self._found_ids if number in picture.index), dtype=np.intp
            )
            none = np.zeros(0, dtype=np.intp)
            self._found = Emphasis(found, none, tuple(_by_degree(picture, found)))


def _edges_between(picture: Picture, a: int, b: int) -> list[int]:
    at_a, at_b = picture.edges_at(a), picture.edges_at(b)
    numbers: list[int] = np.intersect1d(at_a, at_b).tolist()
    return numbers


def _by_degree(picture: Picture, nodes: Indices) -> list[int]:
    order: list[int] = nodes[np.lexsort((nodes, -picture.degrees[nodes]))].tolist()
    return order[:NAMED_FIRST]
