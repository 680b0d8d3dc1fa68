"""What a reader sees of a piece of Markdown: the words without the markup.

For titles, labels and snippets: one line, no attempt at Markdown's finer rules, in linear time.
"""

import html
import re

_MAX_CHARACTERS = 2_000  # a title or label that is longer is cut

_LINK = re.compile(r"!?\[((?:[^\[\]\\]++|\\.)*+)\](?:\((?:[^()\n]++|\([^()\n]*+\))*+\)|\[[^\[\]\n]*+\])")
_WIKI = re.compile(r"!?\[\[([^\[\]|\n]*+)(?:\|([^\[\]\n]*+))?\]\]")
_MARKUP = re.compile(
    r"\\([!-/:-@\[-`{-~])"  # an escaped character
    r"|<!--[^>]*+-->|%%[^%]*+%%|</?[a-zA-Z][^<>]*+>"  # comments and tags
    r"|(`+)(?!`)([^`]++)\2(?!`)"  # code
    r"|(\*+|_+|~~|==)"  # emphasis
)
_HINTS = ("*", "`", "_", "<", "\\", "%", "~", "=")


def plain_text(markup: str) -> str:
    """Return the visible words of a line of Markdown, blanks evened out."""
    if len(markup) > _MAX_CHARACTERS:
        markup = markup[:_MAX_CHARACTERS]
    if "[" in markup:
        if "[[" in markup:
            markup = _WIKI.sub(_wiki_label, markup)
        if "](" in markup or "][" in markup:
            markup = _LINK.sub(r"\1", markup)
            if "](" in markup:  # an image inside a link
                markup = _LINK.sub(r"\1", markup)
    for hint in _HINTS:  # one by one: a set would look at each character
        if hint in markup:
            markup = _MARKUP.sub(_visible, markup)
            break
    if "&" in markup:
        markup = html.unescape(markup)
    return " ".join(markup.split())


def _wiki_label(match: re.Match[str]) -> str:
    return match[2] or match[1].rstrip("\\").strip("#")


def _visible(match: re.Match[str]) -> str:
    if match[4] is None:
        return match[1] or match[3] or ""
    text, (start, end) = match.string, match.span()
    before, after = text[start - 1 : start] if start else "", text[end : end + 1]
    opens, closes = bool(after.strip()), bool(before.strip())
    if match[4][0] == "_":  # snake_case is no emphasis
        opens, closes = opens and not before.isalnum(), closes and not after.isalnum()
    return "" if opens or closes else match[4]
