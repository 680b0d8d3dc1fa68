"""Notes of one title in one picture: what tells them apart is their file name, or else the note they stand in."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from desktop.core.graph.nodes import chunks
from desktop.core.graph.source import GraphSource
from desktop.core.records import GraphNode, NoteHead
from desktop.core.text.folding import fold_name


def told_apart(source: GraphSource, nodes: Sequence[GraphNode]) -> list[GraphNode]:
    """Return the nodes, those whose title another note has too with an addition."""
    times = Counter(node.title for node in nodes if node.id > 0)
    ids = [node.id for node in nodes if node.id > 0 and times[node.title] > 1]
    if not ids:
        return list(nodes)
    heads = {int(head.id): head for part in chunks(ids) for head in source.heads(part)}
    additions = _additions(source, heads)
    return [replace(node, addition=additions[node.id]) if node.id in additions else node for node in nodes]


def _additions(source: GraphSource, heads: dict[int, NoteHead]) -> dict[int, str]:
    names = Counter((head.title, head.name) for head in heads.values())
    own = {
        number: head.name
        for number, head in heads.items()
        if names[head.title, head.name] == 1 and fold_name(head.name) != fold_name(head.title)
    }
    above = _titles(source, {int(head.parent_id) for head in heads.values() if head.parent_id is not None})
    places = {number: above.get(int(head.parent_id or 0), "") for number, head in heads.items()}
    return {number: own.get(number) or places[number] for number in heads}


def _titles(source: GraphSource, ids: Iterable[int]) -> dict[int, str]:
    return {number: title for part in chunks(ids) for number, title, _kind in source.titles(part)}
