"""What leaves core: frozen values that any thread may hold.

Offsets count Python characters (code points) into the note's text; times are milliseconds since 1970 UTC. The notes'
own records are here at once; the others when somebody asks for them, because a frozen dataclass takes two milliseconds
to make on a slow machine and the first paint needs few of them.
"""

from importlib import import_module
from typing import TYPE_CHECKING

from desktop.core.records.notes import (
    Attachment,
    Changes,
    CheckReport,
    Document,
    FrontMatter,
    Link,
    LinkKind,
    Note,
    NoteHead,
    NoteId,
    NoteKind,
    Progress,
    ReportLine,
    SavedSearch,
    Section,
    TreeStep,
)

if TYPE_CHECKING:
    from desktop.core.records.exchanged import ExportPlan, ExportTarget, ImportResult, PlannedFile
    from desktop.core.records.found import (
        Completion,
        Explanation,
        FacetCount,
        Hit,
        MatchKind,
        MatchReason,
        Passage,
        SearchResult,
        SoughtWord,
        TitleMatch,
    )
    from desktop.core.records.graph import Graph, GraphNode
    from desktop.core.records.links import Backlink, ResolvedLink, Snippet

__all__ = [
    "Attachment",
    "Backlink",
    "Changes",
    "CheckReport",
    "Completion",
    "Document",
    "Explanation",
    "ExportPlan",
    "ExportTarget",
    "FacetCount",
    "FrontMatter",
    "Graph",
    "GraphNode",
    "Hit",
    "ImportResult",
    "Link",
    "LinkKind",
    "MatchKind",
    "MatchReason",
    "Note",
    "NoteHead",
    "NoteId",
    "NoteKind",
    "Passage",
    "PlannedFile",
    "Progress",
    "ReportLine",
    "ResolvedLink",
    "SavedSearch",
    "SearchResult",
    "Section",
    "Snippet",
    "SoughtWord",
    "TitleMatch",
    "TreeStep",
]

_LATE = {
    "Backlink": "links",
    "Completion": "found",
    "Explanation": "found",
    "ExportPlan": "exchanged",
    "ExportTarget": "exchanged",
    "FacetCount": "found",
    "Graph": "graph",
    "GraphNode": "graph",
    "Hit": "found",
    "ImportResult": "exchanged",
    "MatchKind": "found",
    "MatchReason": "found",
    "Passage": "found",
    "PlannedFile": "exchanged",
    "ResolvedLink": "links",
    "SearchResult": "found",
    "Snippet": "links",
    "SoughtWord": "found",
    "TitleMatch": "found",
}


def __getattr__(name: str) -> type:
    """Import a record's module when the record is asked for first."""
    module = _LATE.get(name)
    if module is None:
        raise AttributeError(name)
    record: type = getattr(import_module(f"desktop.core.records.{module}"), name)
    globals()[name] = record
    return record
