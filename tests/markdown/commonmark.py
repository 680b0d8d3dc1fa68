"""The examples of the CommonMark specification, each with what we make of it."""

import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from desktop.core.page.markdown import to_html
from tests.markdown.comparing import made_safe, same_form

SAME = "same"
SAFE = {  # what differs only because no HTML leaves us that is not safe
    "address": "made safe: an address inside the library is written note:",
    "picture": "made safe: a picture is an attachment, or a link to where it is",
    "html": "made safe: raw HTML keeps allowed tags and attributes only",
}
DIFFERS = "differs"


@dataclass(frozen=True, slots=True)
class Example:
    """One example of the specification."""

    number: int
    section: str
    source: str
    expected: str
    ours: str
    outcome: str  # SAME, one of SAFE's keys, DIFFERS

    @property
    def passes(self) -> bool:
        """Tell whether it says what the specification says, as far as that is safe."""
        return self.outcome != DIFFERS


def read_examples(corpus: Path) -> list[Example]:
    """Convert every example of the corpus."""
    found = json.loads((corpus / "markdown" / "commonmark-0.31.2.json").read_text("utf-8"))
    return [_judge(entry["number"], entry["section"], entry["markdown"], entry["html"]) for entry in found]


def _judge(number: int, section: str, source: str, expected: str) -> Example:
    ours = to_html(source)
    form = same_form(ours)
    if form == same_form(expected):
        outcome = SAME
    elif form == same_form(made_safe(expected)):
        outcome = "picture" if "<img" in expected else "html" if _has_raw_html(section, source) else "address"
    else:
        outcome = DIFFERS
    return Example(number, section, source, expected, ours, outcome)


def _has_raw_html(section: str, source: str) -> bool:
    return "html" in section.lower() or ("<" in source and "](" not in source)


def sections(examples: list[Example]) -> dict[str, tuple[int, int]]:
    """Return the sections with the number of examples that pass, and of all."""
    totals = Counter(example.section for example in examples)
    passed = Counter(example.section for example in examples if example.passes)
    return {section: (passed[section], total) for section, total in totals.items()}
