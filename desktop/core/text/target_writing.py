"""How the target of a link is written anew in the style of its writer.

A target's **parts** are the names between its slashes. Parts that still name the same keep their spelling, byte for
byte: their case, their percent-encoding, their normal form. What is new is encoded as the target was.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote, unquote

from desktop.core.records import LinkKind
from desktop.core.text.folding import file_suffix, fold_name

PERCENT_KINDS = (LinkKind.MARKDOWN, LinkKind.ANCHOR, LinkKind.IMAGE)
_MEANINGFUL = re.compile(r"[\x00-\x20%()<>#?\[\]\\\"`|*^{}\x7f\u2028\u2029\ud800-\udfff]")  # in a Markdown destination
_NOT_IN_WIKI = re.compile(r"[\[\]|#^\x00-\x1f]")
_ENCODED_LETTER = re.compile(r"%[89A-Fa-f][0-9A-Fa-f]")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_ENTITY = re.compile(r"&(?=#?\w{1,40};)")  # is read as one character in a Markdown destination
_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]+:")


def decode(written: str, kind: LinkKind) -> str:
    """Return what a written target or anchor says."""
    if kind not in PERCENT_KINDS:
        return written
    written = _ESCAPED.sub(r"\1", written)
    try:
        return unquote(written, errors="strict") if "%" in written else written
    except UnicodeDecodeError:
        return written


def encode(said: str, kind: LinkKind, like: str = "", pointed: bool = False) -> str | None:
    """Return how a target or anchor is written, encoded as `like` is; None where it cannot be written so."""
    if kind not in PERCENT_KINDS:
        return None if _NOT_IN_WIKI.search(said) or said != said.strip() else said
    if pointed and " " in like:
        encoded = "".join(f"%{ord(c):02X}" if c in "<>%#\\\n\r" else c for c in said)
    elif _ENCODED_LETTER.search(like):
        encoded = quote(said, safe="-._~!$&'*+,;=@")
    else:
        encoded = _MEANINGFUL.sub(_percent, said)
        encoded = encoded.replace("%28", "(").replace("%29", ")") if _is_balanced(said) else encoded
    return _ENTITY.sub("%26", encoded)


def encode_anchor(said: str, kind: LinkKind, like: str = "") -> str | None:
    """Return how an anchor is written, a chain `H1#H2` name by name, encoded as `like` is; None where it cannot be."""
    if said.startswith("^"):
        return said
    names = [encode(name, kind, like) for name in said.split("#")]
    return None if None in names else "#".join(name for name in names if name is not None)


def _percent(match: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in match[0].encode("utf-8", "replace"))


def _is_balanced(text: str) -> bool:
    depth = 0
    for character in text:
        depth += {"(": 1, ")": -1}.get(character, 0)
        if depth < 0:
            return False
    return depth == 0


def like_cased(written: str, old: str, new: str) -> str:
    """Return `new` with the small or great letters, and in the normal form, in which `written` says `old`."""
    plain = unicodedata.normalize("NFC", written)
    if plain != written and unicodedata.normalize("NFD", plain) == written:
        new = unicodedata.normalize("NFD", new)
    old = unicodedata.normalize("NFC", old)
    if plain == old or not new:
        return new
    if plain == old[:1].lower() + old[1:]:  # within a sentence
        return new[:1].lower() + new[1:]
    if plain == old.lower():
        return new.lower()
    return new.upper() if plain == old.upper() else new


@dataclass(frozen=True, slots=True)
class WrittenTarget:
    """A target as it stands in a text."""

    kind: LinkKind
    written: str
    pointed: bool = False  # between < and >
    quoted: str = ""  # the quotation mark around it in a front matter

    @property
    def parts(self) -> list[str]:
        """Return the parts as they are written; the last one with its file suffix."""
        slashes = self.written if self.kind is LinkKind.MARKDOWN else self.written.replace("\\", "/")
        return slashes.split("/")

    @property
    def suffix(self) -> str:
        """Return the file suffix as it is written, or ""."""
        return file_suffix(self.parts[-1])

    @property
    def names(self) -> list[str]:
        """Return what the parts say, the last one without its file suffix."""
        return [decode(self.unquoted(part), self.kind).strip() for part in self._without_suffix()]

    def unquoted(self, written: str) -> str:
        """Return what stands between the quotation marks of a front matter, where one of them within is two."""
        return written.replace("''", "'") if self.quoted == "'" else written

    def write(self, names: Sequence[str], suffix: str, old_last: str = "") -> str | None:
        """Return how a path is written in this style, or None; `old_last` is what its last name was before."""
        mine, said = self._without_suffix(), self.names
        written: list[str] = []
        for back in range(1, len(names) + 1):  # aligned at the end: that is where the name stands
            name = names[-back]
            known = said[-back] if back <= len(said) else ""
            if name in ("", ".", ".."):
                written.append(name)
                continue
            if known and fold_name(known) == fold_name(name) and (back > 1 or known != old_last):
                written.append(mine[-back])
                continue
            if back == 1 and old_last and known and fold_name(known) == fold_name(old_last):
                name = like_cased(known, old_last, name)
            part = encode(name, self.kind, self.written, self.pointed)
            if part is None or (self.quoted == '"' and ('"' in part or "\\" in part)):
                return None
            part = part.replace("'", "''") if self.quoted == "'" else part
            written.append(part)
        whole = "/".join(reversed(written)) + suffix
        if self.kind is LinkKind.MARKDOWN and _SCHEME.match(whole):
            whole = whole.replace(":", "%3A")
        return whole

    def _without_suffix(self) -> list[str]:
        suffix, parts = self.suffix, self.parts
        if suffix:
            parts[-1] = parts[-1][: -len(suffix)]
        return parts
