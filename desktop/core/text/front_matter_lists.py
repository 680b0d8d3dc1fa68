"""Adding values to lists of the front matter, such as aliases and tags; all else in it stays as it is written."""

import re
from collections.abc import Iterable, Mapping

from desktop.core.records import TextEdit
from desktop.core.text.folding import fold_name
from desktop.core.text.frontmatter import read_front_matter
from desktop.core.text.links import tags_of

_OPENING = re.compile(r"\ufeff?---[ \t]*+\r?\n")
_PLAIN = re.compile(r"[^\W_](?:[\w /.()+-]*[\w)+])?")  # needs no quotation marks anywhere in YAML
_NOT_PLAIN = re.compile(r"(?:true|false|yes|no|on|off|null|~|[\d._+-]+)\Z", re.IGNORECASE)
_ITEM = re.compile(r"([ \t]*)-(?:[ \t]|$)")
_SPELLINGS = {"aliases": ("aliases", "alias"), "tags": ("tags", "tag")}


def with_values(text: str, lists: Mapping[str, Iterable[str]]) -> str:
    """Return the text whose front matter names these values too, each under its key; one is made where there is none.

    A list that cannot be read, and so not be added to, stays as it is.
    """
    for key, values in lists.items():
        text = _with_list(text, key, list(values))
    return text


def _with_list(text: str, key: str, values: list[str]) -> str:
    front_matter = read_front_matter(text)
    spelling = next((name for name in _SPELLINGS.get(key, (key,)) if front_matter.values.get(name)), key)
    listed = _listed(spelling, front_matter.values.get(spelling, ()))
    known = {fold_name(value) for value in listed}
    new: dict[str, str] = {}
    for value in values:
        value = " ".join(value.split())
        if value and fold_name(value) not in known:
            new.setdefault(fold_name(value), value)
    if not new:
        return text
    added = list(new.values())
    if not front_matter.end:
        newline = "\r\n" if "\r\n" in text else "\n"
        mark = "\ufeff" if text.startswith("\ufeff") else ""
        lines = ["---", f"{key}:", *(f"  - {_quoted(value)}" for value in added), "---", ""]
        changed = mark + newline.join(lines) + (newline if text[len(mark) :].strip() else "") + text[len(mark) :]
    else:
        edit = _edit(text, front_matter.end, spelling, listed, added)
        changed = text[: edit.start] + edit.text + text[edit.end :]
    after = read_front_matter(changed)
    expected = known | new.keys()
    understood = {fold_name(value) for value in _listed(spelling, after.values.get(spelling, ()))} == expected
    others = {name: value for name, value in after.values.items() if name != spelling}
    same = others == {name: value for name, value in front_matter.values.items() if name != spelling}
    return changed if understood and same else text


def _listed(key: str, value: str | tuple[str, ...]) -> list[str]:
    if key in _SPELLINGS["tags"]:
        return tags_of(value)
    if isinstance(value, str):
        value = tuple(value.strip("[]").split(","))
    return [part for part in (" ".join(item.split()) for item in value) if part]


def _edit(text: str, end: int, key: str, old: list[str], new: list[str]) -> TextEdit:
    """Return the edit that adds values below a key, or the key with them at the block's end."""
    opening = _OPENING.match(text)
    begin = opening.end() if opening else 0
    newline = "\r\n" if "\r\n" in text[:end] else "\n"
    lines = text[begin:end].splitlines(keepends=True)
    places = [begin]
    for line in lines:
        places.append(places[-1] + len(line))
    last = max(index for index, line in enumerate(lines) if line.strip() in ("---", "..."))
    head = re.compile(rf"""["']?{re.escape(key)}["']?[ \t]*:(?=\s|$)""", re.IGNORECASE)
    for index, line in enumerate(lines[:last]):
        found = head.match(line)
        if found is None:
            continue
        until = index + 1
        while until < last and (not lines[until].strip() or lines[until][:1] in " \t-"):
            until += 1
        items = [number for number in range(index + 1, until) if _ITEM.match(lines[number])]
        if items and not line[found.end() :].strip():
            indent = _ITEM.match(lines[items[0]])
            while not lines[until - 1].strip():
                until -= 1
            written = "".join(f"{indent[1] if indent else '  '}- {_quoted(value)}{newline}" for value in new)
            return TextEdit(places[until], places[until], written)
        whole = ", ".join(_quoted(value) for value in (*old, *new))
        return TextEdit(places[index] + found.end(), places[until], f" [{whole}]{newline}")
    written = f"{key}:{newline}" + "".join(f"  - {_quoted(value)}{newline}" for value in new)
    return TextEdit(places[last], places[last], written)


def _quoted(value: str) -> str:
    """Return a value as YAML reads it back."""
    if _PLAIN.fullmatch(value) and not _NOT_PLAIN.match(value):
        return value
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
