"""Link definitions, `[label]: address "title"`: the lines that reference links get their addresses from."""

import re
from dataclasses import dataclass

_DEFINITION = re.compile(
    r"\[(?!\^)((?:[^\[\]\\]++|\\.){1,999}+)\]:[ \t]*+(?:\n[ \t]*+)?(?:<((?:[^<>\n\\]++|\\.)*+)>|([^\s<]\S*+))",
    re.DOTALL,
)
_DEFINITION_TITLE = re.compile(
    r"(?=[ \t\n])[ \t]*+(?:\n[ \t]*+)?"
    r'(?:"(?:[^"\\]++|\\.)*+"|\'(?:[^\'\\]++|\\.)*+\'|\((?:[^()\\]++|\\.)*+\))[ \t]*+(?=\n|$)',
    re.DOTALL,
)
_REST_OF_LINE = re.compile(r"[ \t]*+(?=\n|$)")
_MAX_LABEL = 999  # characters, as in CommonMark


@dataclass(frozen=True, slots=True)
class FoundDefinition:
    """A definition: the folded label, the span of the address, and where all of it ends."""

    label: str
    address: tuple[int, int]
    end: int


def fold_label(label: str) -> str:
    """Return the key by which a reference and its definition meet."""
    return " ".join(label.split()).casefold()


def read_definition(text: str, first: int, limit: int) -> FoundDefinition | None:
    """Read the definition that begins at an offset and ends before `limit`; None where there is none."""
    match = _DEFINITION.match(text, first, limit)
    if match is None or len(match[1]) > _MAX_LABEL or not match[1].strip():
        return None
    rest = _DEFINITION_TITLE.match(text, match.end(), limit) or _REST_OF_LINE.match(text, match.end(), limit)
    if rest is None:
        return None
    return FoundDefinition(fold_label(match[1]), match.span(3 if match[2] is None else 2), rest.end())
