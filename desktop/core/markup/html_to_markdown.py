"""HTML that was copied elsewhere, as Markdown.

Three steps. **Bare**: nh3 takes away everything but tags, and of their styles and classes leaves only words that mean
something (bold, hidden, a list item of Word). **Told**: what pages say by such words is said by tags (Google Docs' bold
spans, Word's list paragraphs, check boxes, formulas with their source), and what nobody sees goes. **Safe**: the one
sanitiser cleans the outcome, and `markdownify` writes it down. Nothing is ever fetched.
"""

import re
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit, urlunsplit

import nh3
from bs4 import BeautifulSoup
from bs4.element import NavigableString, PageElement, Tag
from markdownify import ATX, MarkdownConverter

from desktop.core.markup.sanitize import ATTRIBUTES, TAGS, Element, clean, to_string

MOST_CHARACTERS = 2_000_000  # of HTML; of more the plain words are pasted
_MOST_BARE = 400_000  # characters that are left of it without styles
_MOST_TAGS = 12_000  # opening and closing ones: Python reads some 5,000 of them in a second
_MOST_PREFIXES = 500_000  # each line may get one mark for each quote around it
_DEEPEST = 200  # tags in each other; what looks for its parents goes all of that way
# Tags that may stand in each other without end; others are closed by their like, or by the end of what is around.
_NESTING = re.compile(
    r"<(/?)(?!(?:p|li|td|th|tr|dd|dt|br|hr|img|col|meta|link|input|option|o:p|wbr|source|area|base)\b)[a-z]",
    re.IGNORECASE,
)
_KEPT_STYLES = {
    "display": ("none",),
    "visibility": ("hidden",),
    "font-weight": ("bold", "bolder", "600", "700", "800", "900", "normal", "400"),
    "font-style": ("italic",),
    "text-decoration": ("line-through",),
    "text-decoration-line": ("line-through",),
    "mso-hide": ("all",),
}
_NUMBERED = re.compile(r"\s*(?:\d{1,9}|[A-Za-zА-Яа-я]|[ivxlIVXL]{1,8})[.)]")
_LEVEL = re.compile(r"level(\d)")
_LANGUAGE = re.compile(r"(?:language|lang|highlight-source|brush:)[-\s]?([\w+#.-]{1,20})")
_TRACKING = re.compile(r"(?:utm_\w+|fbclid|gclid|yclid|ysclid|dclid|msclkid|mc_eid|mc_cid|igshid|_openstat)$", re.I)
_REDIRECTS = {"www.google.com/url": ("q", "url"), "google.com/url": ("q", "url"), "vk.com/away.php": ("to",)}
_RULES = {"left": ":---", "center": ":---:", "right": "---:"}
_MARK = "\ue000"  # opens the name of a language at the head of a code block, on its way through the sanitiser
_CODE = re.compile(f"{_MARK}([\\w+#.-]{{1,20}}){_MARK}")
_TICKS = re.compile("`+")
_LOOKS_LIKE_MARKUP = re.compile(r"(?:#{1,6}|[-+*>]|\d{1,9}[.)])(?=\s)")
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_BLOCKS = frozenset(
    "address article aside blockquote center dd details dl dt figure footer form h1 h2 h3 h4 h5 h6 header hr li main"
    " nav ol p pre section summary table ul".split()
)
_CODE_EDITOR = re.compile(r"font-family:[^>;]{0,200}monospace[^>]{0,200}white-space:\s*pre")
_TAG_LIKE = re.compile(r"<(?=[A-Za-z/!?])|`|(?<!\w)_(?=\S)|(?<=\S)_(?!\w)|\*(?=\S)|(?<=\S)\*")
_UNSEEN = frozenset(("nav", "button", "noscript", "input", "annotation", "math", "dialog", "menu"))


def to_markdown(html: str) -> str:
    """Return the Markdown that says what some HTML shows; "" where it is too long, or says nothing by its tags."""
    if len(html) > MOST_CHARACTERS or "qrichtext" in html[:400] or _CODE_EDITOR.search(html[:2_000]):
        return ""  # Qt's own HTML has tables for layout; a code editor's has nothing but colours
    depth = _depth(html)
    if depth > _DEEPEST or depth * html.count("\n") > _MOST_PREFIXES:
        return ""
    bare = _bare(html)
    if len(bare) > _MOST_BARE or bare.count("<") > _MOST_TAGS:
        return ""
    soup = BeautifulSoup(bare, "html.parser")
    _tell(soup)
    safe = clean(str(soup))
    if not _says_more(safe):
        return ""
    written = _Converter().convert_soup(_soup_of(safe))
    return _tidied(written)


# --- bare ----------------------------------------------------------------------------------------------------


def _bare(html: str) -> str:
    common = {"style", "class", "hidden", "aria-hidden", "role", "aria-checked"}
    return nh3.clean(
        html,
        tags=set(TAGS | _BLOCKS | {"input", "math", "semantics", "annotation", "nav", "button", "span", "mark"}),
        clean_content_tags={"style", "script", "title", "template", "iframe", "object", "svg", "textarea", "select"},
        attributes={
            **{tag: set(names) for tag, names in ATTRIBUTES.items()},
            "*": common,
            "input": {"type", "checked"},
            "annotation": {"encoding"},
            "img": {"src", "alt", "title", "width", "height"},
        },
        attribute_filter=_kept_attribute,
        url_schemes={"http", "https", "mailto"},
        link_rel=None,
    )


def _depth(html: str) -> int:
    """Return about how deep the tags are in each other, before anything reads them that minds."""
    depth = deepest = 0
    for tag in _NESTING.finditer(html):
        depth = max(0, depth - 1) if tag[1] else depth + 1
        deepest = max(deepest, depth)
    return deepest


def _kept_attribute(_tag: str, name: str, value: str) -> str | None:
    if name == "style":
        return _kept_style(value)
    if name == "class":
        language = _LANGUAGE.search(value[:400])
        hidden = "katex-html" in value or "MJX_Assistive" in value
        return f"language-{language[1]}" if language else "hidden" if hidden else None
    return value


def _kept_style(value: str) -> str | None:
    kept = []
    for declaration in value[:4_000].split(";"):
        name, _colon, word = declaration.partition(":")
        name, word = name.strip().lower(), word.strip().lower()
        if name == "mso-list":
            kept.append(f"mso-list:{word[:40]}")
        elif any(word.startswith(allowed) for allowed in _KEPT_STYLES.get(name, ())):
            kept.append(f"{name}:{word}")
    return ";".join(kept) or None


# --- told ----------------------------------------------------------------------------------------------------


def _tell(soup: BeautifulSoup) -> None:
    """Say by tags what is said by styles, and drop what nobody sees."""
    for tag in soup.find_all("annotation"):
        if tag.get("encoding") == "application/x-tex":
            _set_formula(tag)
    for tag in soup.find_all(True):
        if tag.decomposed or tag.parent is None:
            continue
        style = str(tag.get("style", ""))
        if _unseen(tag, style):
            _tell_box(tag) if tag.name == "input" else tag.decompose()
        elif tag.name == "a":
            _settle_address(tag)
        elif tag.name == "pre":
            _name_language(tag)
        elif style:
            _tell_style(soup, tag, style)
        if not tag.decomposed and tag.get("role") == "checkbox" and tag.name == "li":
            tag.insert(0, "[x] " if tag.get("aria-checked") == "true" else "[ ] ")
    for table in soup.find_all("table"):
        _take_layout(table)
    _list_word_paragraphs(soup)
    _settle_items(soup)


def _take_layout(table: Tag) -> None:
    """Take a table away, not what is in it, where it has one cell or stands around others."""
    if table.find("table") is None and len(table.find_all(("td", "th"), limit=2)) > 1:
        return
    for part in table.find_all(("thead", "tbody", "tfoot", "tr", "td", "th")):
        if part.find_parent("table") is table:
            part.name = "div"
    table.name = "div"


def _settle_items(soup: BeautifulSoup) -> None:
    """Put lists into the items that they belong to, and make items of one paragraph tight."""
    for inner in soup.find_all(("ul", "ol")):
        before = inner.find_previous_sibling()
        around = inner.parent.name if inner.parent is not None else ""
        if around in ("ul", "ol") and before is not None and before.name == "li":
            before.append(inner.extract())
    for item in soup.find_all("li"):
        paragraphs = item.find_all("p", recursive=False)
        if len(paragraphs) == 1:
            paragraphs[0].unwrap()
    for gap in soup.find_all("br"):
        if all(beside is None or (isinstance(beside, Tag) and _is_block(beside))
               for beside in (gap.previous_sibling, gap.next_sibling)):  # fmt: skip
            gap.decompose()


def _unseen(tag: Tag, style: str) -> bool:
    if tag.name in _UNSEEN or tag.has_attr("hidden") or tag.get("class") == ["hidden"]:
        return True
    if "display:none" in style or "visibility:hidden" in style or "mso-hide" in style:
        return True
    if tag.name == "img":
        sizes = [str(tag.get(side, "")) for side in ("width", "height")]
        source = str(tag.get("src", ""))
        return not source.startswith(("http://", "https://")) or any(size in ("0", "1", "2") for size in sizes)
    return tag.get("aria-hidden") == "true" and tag.name in ("a", "span", "div", "p", "i")


def _tell_box(tag: Tag) -> None:
    if tag.get("type") == "checkbox" and tag.find_parent("li") is not None:
        tag.replace_with("[x] " if tag.has_attr("checked") else "[ ] ")
    else:
        tag.decompose()


def _set_formula(tag: Tag) -> None:
    """Put a formula's source where its drawing is."""
    source = " ".join(tag.get_text().split())
    around = tag.find_parent("math")
    place = around or tag
    if 0 < len(source) <= 2_000 and "$" not in source:
        if source.startswith(r"{\displaystyle"):
            source = source.removeprefix(r"{\displaystyle").removesuffix("}").strip()
        tag.clear()
        tag.name, tag.attrs = "span", {"class": "math"}
        tag.append(source)
        place.replace_with(tag.extract() if around else tag)


def _settle_address(tag: Tag) -> None:
    """Leave an address without what only follows the reader."""
    address = str(tag.get("href", ""))
    if not address.startswith(("http://", "https://", "mailto:")):
        tag.unwrap()
        return
    try:
        parts = urlsplit(address)
        query = parse_qsl(parts.query, keep_blank_values=True, max_num_fields=200)
    except ValueError:
        tag.unwrap()
        return
    for key in _REDIRECTS.get(parts.netloc.lower() + parts.path, ()):
        target = next((value for name, value in query if name == key and value.startswith(("http://", "https://"))), "")
        if target:
            tag["href"] = unquote(target) if "%3A" in target[:12] else target
            return
    kept = [(name, value) for name, value in query if not _TRACKING.match(name)]
    if len(kept) != len(query):
        tag["href"] = urlunsplit(parts._replace(query=urlencode(kept)))


def _name_language(tag: Tag) -> None:
    """Say a code block's language in its text, which the sanitiser lets through."""
    for place in (tag, tag.find("code"), tag.parent):
        words = place.get("class") if isinstance(place, Tag) else None
        if words:
            language = str(words[0]).removeprefix("language-")
            if language not in ("none", "text", "plaintext", "hidden"):
                tag.insert(0, f"{_MARK}{language}{_MARK}")
            return


def _tell_style(soup: BeautifulSoup, tag: Tag, style: str) -> None:
    if tag.name in ("b", "strong") and "font-weight:normal" in style:
        tag.unwrap()  # Google Docs wraps all of it in one
        return
    if tag.name not in ("span", "p", "div", "td", "li") or tag.find_parent(_HEADINGS) is not None:
        return
    weight = style.partition("font-weight:")[2].split(";")[0]
    marks = []
    if weight.startswith(("bold", "6", "7", "8", "9")):
        marks.append("strong")
    if "italic" in style:
        marks.append("em")
    if "line-through" in style:
        marks.append("del")
    if not marks or not tag.get_text(strip=True) or tag.find(_is_block):
        return
    for mark in marks:
        wrapper = soup.new_tag(mark)
        for child in list(tag.contents):
            wrapper.append(child.extract())
        tag.append(wrapper)


def _is_block(tag: Tag) -> bool:
    return tag.name in _BLOCKS or tag.name == "div"


def _list_word_paragraphs(soup: BeautifulSoup) -> None:
    """Make lists of the paragraphs that Word styles as items."""
    opened: list[tuple[int, Tag]] = []
    last: Tag | None = None
    for paragraph in soup.find_all("p", style=re.compile("mso-list:")):
        style = str(paragraph.get("style", ""))
        found = _LEVEL.search(style)
        level = int(found[1]) if found else 1
        sign = paragraph.find("span", style=re.compile("mso-list:ignore"))
        marker = sign.get_text() if isinstance(sign, Tag) else ""
        if isinstance(sign, Tag):
            sign.decompose()
        if last is None or not _follows(paragraph, last):
            opened = []
        while opened and opened[-1][0] > level:
            opened.pop()
        if not opened or opened[-1][0] < level:
            made = soup.new_tag("ol" if _NUMBERED.match(marker) else "ul")
            if opened:
                opened[-1][1].contents[-1].append(made)  # type: ignore[attr-defined]  # all of them are items
            else:
                paragraph.insert_before(made)
            opened.append((level, made))
        item = soup.new_tag("li")
        opened[-1][1].append(item)
        for child in list(paragraph.contents):
            item.append(child.extract())
        paragraph.decompose()
        last = opened[0][1]


def _follows(paragraph: Tag, made: Tag) -> bool:
    """Say whether nothing but blanks stands between a list and a paragraph."""
    before: PageElement | None = paragraph.previous_sibling
    while isinstance(before, NavigableString) and not before.strip():
        before = before.previous_sibling
    return before is made


# --- safe ----------------------------------------------------------------------------------------------------


def _says_more(element: Element) -> bool:
    """Say whether some tag says more than where lines end."""
    plain = element.tag in ("", "p", "div", "span", "br", "small", "center") and "class" not in element.attributes
    return not plain or any(_says_more(child) for child in element.children if isinstance(child, Element))


def _soup_of(safe: Element) -> BeautifulSoup:
    return BeautifulSoup(to_string(safe), "html.parser")


class _Converter(MarkdownConverter):
    """markdownify, with the marks that Konspekt reads."""

    def __init__(self) -> None:
        super().__init__(
            heading_style=ATX, bullets="-", strong_em_symbol="*", autolinks=True, escape_misc=False,
            sub_symbol="~", sup_symbol="^", table_infer_header=True, newline_style="backslash",
        )  # fmt: skip

    def convert_pre(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """Write a fence that is longer than any run of backticks in it."""
        code = el.get_text()
        named = _CODE.match(code)
        code = _CODE.sub("", code).strip("\n")
        if not code.strip():
            return ""
        fence = "`" * max(3, 1 + max((len(run) for run in _TICKS.findall(code)), default=0))
        return f"\n\n{fence}{named[1] if named else ''}\n{code}\n{fence}\n\n"

    def convert_mark(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """Write marked words."""
        return f"=={text.strip()}==" if text.strip() and "pre" not in parent_tags else text

    def convert_p(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """Keep words that look like markup from being it."""
        bare = text.lstrip()
        if _LOOKS_LIKE_MARKUP.match(bare) and not re.match(r"[-*+] \[[ x]\]", bare):
            at = re.search(r"[.)#>*+-]", bare)
            text = bare[: at.start()] + "\\" + bare[at.start() :] if at else text
        written: str = super().convert_p(el, text, parent_tags)  # type: ignore[misc]
        return written

    def convert_td(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """Write a cell; a pipe in it is not the next one."""
        written: str = super().convert_td(el, _in_cell(text), parent_tags)  # type: ignore[misc]
        return written

    def convert_th(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """Write a cell of the header."""
        written: str = super().convert_th(el, _in_cell(text), parent_tags)  # type: ignore[misc]
        return written

    def convert_table(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """Write a table, its columns aligned as they were."""
        written: str = super().convert_table(el, text, parent_tags)  # type: ignore[misc]
        lines = written.strip("\n").split("\n")
        if len(lines) > 1 and not lines[1].strip("|- "):
            first = el.find("tr")
            cells = first.find_all(("th", "td")) if isinstance(first, Tag) else []
            rules = [_RULES.get(str(cell.get("align", "")), "---") for cell in cells]
            if len(rules) == lines[1].count("---"):
                lines[1] = f"| {' | '.join(rules)} |"
        return "\n\n" + "\n".join(lines) + "\n\n"

    def convert_span(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """Write a formula as its source; other spans are nothing."""
        return f"${el.get_text()}$" if el.get("class") == ["math"] else text

    def escape(self, text: str, parent_tags: set[str]) -> str:
        """Keep signs from being markup, where they would be it."""
        return _TAG_LIKE.sub(lambda sign: "\\" + sign.group(), text)

    def convert_a(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """Write a link that leads out; a page's own anchors lead nowhere here."""
        if not str(el.get("href", "")).startswith(("http://", "https://", "mailto:")) or not text.strip():
            return text
        written: str = super().convert_a(el, " ".join(text.split("\n")), parent_tags)  # type: ignore[misc]
        return written


def _in_cell(text: str) -> str:
    return re.sub(r"(?<!\\)\|", r"\\|", re.sub(r"\s*\n\s*", " ", text.strip()))


def _tidied(text: str) -> str:
    text = text.replace("\u00a0", " ").replace(_MARK, "")
    lines = [line.rstrip() for line in text.split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n")
