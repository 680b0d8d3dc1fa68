"""The title in a front matter exchanged for another, where it stands plain in one line; all else stays as it is."""

import re

from desktop.core.records import TextEdit
from desktop.core.text.frontmatter import read_front_matter

_TITLE = re.compile(r"^(?:title|\"title\"|'title')[ \t]*:[ \t]+(\S[^\r\n]*)", re.IGNORECASE | re.MULTILINE)
_COMMENT = re.compile(r"[ \t]+#")


def title_edit(text: str, old: str, new: str) -> TextEdit | None:
    """Return the edit that lets the front matter say `new` where it said `old`; None where it does not, or not plainly.

    The value keeps its quotation marks; it gets some where it needs them.
    """
    before = read_front_matter(text)
    if not before.end or before.values.get("title") != old:
        return None
    found = _TITLE.search(text, 0, before.end)
    if found is None:
        return None
    start, written = found.start(1), found[1].rstrip()
    mark = written[0] if written[0] in "\"'" else ""
    if mark:
        closing = written.find(mark, 1)
        written = written[: closing + 1] if closing > 0 else written
    else:
        comment = _COMMENT.search(written)
        written = written[: comment.start()] if comment else written
    plain = [new] if not mark else []
    for value in (*plain, f"'{new}'" if mark == "'" and "'" not in new else "", _quoted(new)):
        edit = TextEdit(start, start + len(written), value)
        after = read_front_matter(text[: edit.start] + value + text[edit.end :])
        if value and after.values == {**before.values, "title": new} and after.problem == before.problem and (
            mark or value != new or _is_plain(new)
        ):  # fmt: skip
            return edit
    return None


def _is_plain(value: str) -> bool:
    """Tell whether every reader of YAML takes a value for these words, without quotation marks."""
    return value[0].isalpha() and ": " not in value and " #" not in value and value[-1] != ":" and (
        value.lower() not in ("true", "false", "yes", "no", "on", "off", "null", "y", "n")
    )  # fmt: skip


def _quoted(value: str) -> str:
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
