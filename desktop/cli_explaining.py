"""Why a note was found, on the command line."""

from typing import Any

from desktop.core.records import Explanation, MatchKind

_HOW = {
    MatchKind.EXACT: "as typed",
    MatchKind.FORM: "another form of it",
    MatchKind.PREFIX: "begins so or shares its root",
    MatchKind.LAYOUT: "the same keys in the other keyboard layout",
    MatchKind.TYPO: "one slip of the finger away",
    MatchKind.SOME: "not there; only other words of the query are",
}
_PARTS = {
    "exact": "in the typed form",
    "order": "words in the order of the query",
    "recency": "changed lately",
    "opened": "opened from results before",
}


def explanation_data(why: Explanation) -> dict[str, Any]:
    """Return an explanation as JSON values."""
    words = [
        {
            "word": reason.word, "match": reason.how, "found": list(reason.found),
            "title": round(reason.title, 4), "text": round(reason.body, 4),
        }
        for reason in why.reasons
    ]  # fmt: skip
    return {"score": round(why.score, 4), "words": words, "parts": {name: round(part, 4) for name, part in why.parts}}


def explanation_lines(why: Explanation | None) -> str:
    """Return an explanation as lines below a hit, "" where there is none."""
    if why is None:
        return ""
    lines = [f"score {why.score:.2f}"]
    for reason in why.reasons:
        found = f": {', '.join(reason.found)}" if reason.found else ""
        gained = [f"{name} {gain:.2f}" for name, gain in (("title", reason.title), ("text", reason.body)) if gain]
        lines.append(f"“{reason.word}” {_HOW[reason.how]}{found} ({', '.join(gained) or '0'})")
    lines += [f"{_PARTS[name]}: {part:.2f}" for name, part in why.parts]
    return "".join(f"          {line}\n" for line in lines)
