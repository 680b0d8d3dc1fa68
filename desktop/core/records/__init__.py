"""What leaves core: frozen values that any thread may hold.

Offsets count Python characters (code points) into the note's text; times are milliseconds since 1970 UTC. The notes'
own records are here at once; the others when somebody asks for them, because a frozen dataclass takes two milliseconds
to make on a slow machine and the first paint needs few of them.
"""

from importlib import import_module
from typing import TYPE_CHECKING

from desktop.core.records.notes import (
    Attachment as Attachment,
    Changes as Changes,
    CheckReport as CheckReport,
    Document as Document,
    FrontMatter as FrontMatter,
    Link as Link,
    LinkKind as LinkKind,
    Note as Note,
    NoteHead as NoteHead,
    NoteId as NoteId,
    NoteKind as NoteKind,
    Progress as Progress,
    Reheaded as Reheaded,
    ReportLine as ReportLine,
    SavedSearch as SavedSearch,
    Section as Section,
    TextEdit as TextEdit,
    TreeStep as TreeStep,
)

if TYPE_CHECKING:
    from desktop.core.records.exchanged import (
        ExportPlan as ExportPlan,
        ExportTarget as ExportTarget,
        ExportText as ExportText,
        ImportResult as ImportResult,
        PlannedFile as PlannedFile,
    )
    from desktop.core.records.found import (
        Completion as Completion,
        Explanation as Explanation,
        FacetCount as FacetCount,
        Hit as Hit,
        MatchKind as MatchKind,
        MatchReason as MatchReason,
        Passage as Passage,
        SearchResult as SearchResult,
        SoughtWord as SoughtWord,
        TitleMatch as TitleMatch,
    )
    from desktop.core.records.graph import (
        Graph as Graph,
        GraphFilter as GraphFilter,
        GraphNode as GraphNode,
        NodeKind as NodeKind,
    )
    from desktop.core.records.health import (
        AmbiguousLink as AmbiguousLink,
        BrokenLink as BrokenLink,
        DuplicateAddress as DuplicateAddress,
        Fault as Fault,
        HealthReport as HealthReport,
        Likeness as Likeness,
        OrphanFile as OrphanFile,
        Suggestion as Suggestion,
    )
    from desktop.core.records.links import (
        Backlink as Backlink,
        LinkChange as LinkChange,
        LinkedMentions as LinkedMentions,
        LinkingNote as LinkingNote,
        ResolvedBy as ResolvedBy,
        ResolvedLink as ResolvedLink,
        Snippet as Snippet,
    )
    from desktop.core.records.passages import Extraction as Extraction, MergePlan as MergePlan

_LATE = {
    "exchanged": ("ExportPlan", "ExportTarget", "ExportText", "ImportResult", "PlannedFile"),
    "found": (
        "Completion",
        "Explanation",
        "FacetCount",
        "Hit",
        "MatchKind",
        "MatchReason",
        "Passage",
        "SearchResult",
        "SoughtWord",
        "TitleMatch",
    ),
    "graph": ("Graph", "GraphFilter", "GraphNode", "NodeKind"),
    "health": (
        "AmbiguousLink",
        "BrokenLink",
        "DuplicateAddress",
        "Fault",
        "HealthReport",
        "Likeness",
        "OrphanFile",
        "Suggestion",
    ),
    "links": ("Backlink", "LinkChange", "LinkedMentions", "LinkingNote", "ResolvedBy", "ResolvedLink", "Snippet"),
    "passages": ("Extraction", "MergePlan"),
}


def __getattr__(name: str) -> type:
    """Import a record's module when the record is asked for first."""
    for module, names in _LATE.items():
        if name in names:
            record: type = getattr(import_module(f"{__name__}.{module}"), name)
            globals()[name] = record
            return record
    raise AttributeError(name)
