"""A second reader of Markdown folders, written from the rules alone: it shares no line with the program.

It is slow and plain on purpose. `read_folder` blanks out what holds no links (front matter, code, formulas, comments,
HTML blocks), finds links with a handful of expressions, and looks their targets up in lists of paths as Obsidian
does. What the program adds of its own (titles, aliases, folders that are notes, ё = е) is found by `beyond_obsidian`.
"""

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from posixpath import dirname, join, normpath
from urllib.parse import unquote

PAGES = (".md", ".markdown", ".mdx", ".txt")
SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:|//")
WIKI = re.compile(r"(!?)\[\[([^\[\]\n]+)\]\]")
INNER = r"(?:[^\[\]\\]|\\.|\[[^\[\]]*\])*"
DESTINATION = r"[ \t]*(<[^<>\n]*>|(?:[^\s()]|\([^\s()]*\))*)(?:\s+(?:\"[^\"]*\"|'[^']*'|\([^()]*\)))?\s*\)"
IMAGE = re.compile(rf"!\[({INNER})\]\({DESTINATION}", re.DOTALL)
LINK = re.compile(rf"\[({INNER})\]\({DESTINATION}", re.DOTALL)
DEFINITION = re.compile(r"^ {0,3}\[([^\[\]^][^\[\]]*)\]:[ \t]*(<[^<>\n]*>|\S+)[^\n]*$", re.MULTILINE)
REFERENCE = re.compile(r"(!?)\[([^\[\]]+)\](?:\[([^\[\]]*)\])?")
AUTOLINK = re.compile(r"<([A-Za-z][A-Za-z0-9+.-]+:[^\s<>]*)>")
BARE = re.compile(r"https?://[^\s<>\"`{}|\\^\[\]«»“”„…]+")
COLLECTION = re.compile(r"(?:Page|Страница)[ \t]*[•·][^\n\[]*\[([^\[\]]+)\]\(#\)", re.IGNORECASE)


def same(name: str) -> str:
    """Return a name without what links do not tell apart: case, normal form, no-break spaces."""
    return " ".join(unicodedata.normalize("NFC", name).replace("\u00a0", " ").replace("\u202f", " ").lower().split())


@dataclass(frozen=True)
class Written:
    """A link as it stands in a text."""

    kind: str
    target: str
    anchor: str


@dataclass
class Page:
    """A file of the folder; a folder without a page of its name is one without links."""

    path: str  # in the folder, without the suffix, NFC
    title: str = ""
    aliases: tuple[str, ...] = ()
    links: list[Written] = field(default_factory=list)
    is_folder: bool = False

    @property
    def folder(self) -> str:
        """Return the path of the folder that it lies in."""
        return dirname(self.path)


@dataclass
class Folder:
    """All pages of a folder, and the names of the other files."""

    pages: dict[str, Page]
    files: set[str]

    @cached_property
    def by_path(self) -> dict[str, Page]:
        """Return the real pages by their paths."""
        return {same(page.path): page for page in self.pages.values() if not page.is_folder}

    @cached_property
    def by_name(self) -> dict[str, list[str]]:
        """Return the paths of real pages by the last name in them."""
        found: dict[str, list[str]] = {}
        for path in self.by_path:
            found.setdefault(path.rpartition("/")[2], []).append(path)
        return found

    def obsidian(self, link: Written, source: Page) -> Page | None:
        """Return the page that Obsidian opens."""
        target = same(without_suffix(link.target.replace("\\", "/")))
        own = same(source.folder)
        if re.match(r"\.\.?/", target):
            return self.by_path.get(normpath(join(own, target)))
        if link.kind == "markdown" and not target.startswith("/"):
            page = self.by_path.get(normpath(join(own, target)))
            if page is not None:
                return page
        if target.startswith("/"):
            return self.by_path.get(target.strip("/"))
        target = normpath(target)
        if target in self.by_path:
            return self.by_path[target]
        named = self.by_name.get(target.rpartition("/")[2], ())
        fitting = [path for path in named if f"/{path}".endswith(f"/{target}")]
        in_own = [path for path in fitting if dirname(path) == own]
        best = min(in_own or fitting, key=lambda path: (len(path), path), default=None)
        return None if best is None else self.by_path[best]

    @cached_property
    def further_names(self) -> list[dict[str, list[Page]]]:
        """Return what the program tries after names of pages: names of folders, titles, aliases; then with ё = е."""
        tables: list[dict[str, list[Page]]] = [{}, {}, {}]
        for page in self.pages.values():
            tables[0].setdefault(same(page.path.rpartition("/")[2]), []).append(page)
            if page.title:
                tables[1].setdefault(same(page.title), []).append(page)
            for alias in page.aliases:
                tables[2].setdefault(same(alias), []).append(page)
        loose: list[dict[str, list[Page]]] = []
        for table in tables:
            loose.append({})
            for name, pages in table.items():
                loose[-1].setdefault(name.replace("ё", "е"), []).extend(pages)
        return [*tables, *loose]

    def beyond_obsidian(self, link: Written, source: Page) -> tuple[str, list[Page]]:
        """Return by which of the program's own rules a link is found, and the pages that rule allows."""
        target = same(without_suffix(link.target.replace("\\", "/")))
        ways = ("folder", "title", "alias", "ё in a name", "ё in a title", "ё in an alias")
        if re.match(r"\.\.?(/|$)", target) or (link.kind == "markdown" and "/" in target):
            path = normpath(join(same(source.folder), target)) if not target.startswith("/") else target.strip("/")
            return "folder", [page for page in self.pages.values() if same(page.path) == path]
        last = target.rpartition("/")[2]
        for way, table in zip(ways, self.further_names, strict=True):
            name = last.replace("ё", "е") if way.startswith("ё") else last
            if last and (found := [page for page in table.get(name, []) if _below(page, target)]):
                return way, found
        return "", []

    def is_file(self, link: Written) -> bool:
        """Tell whether a link names a file that is no page."""
        return same(link.target).rpartition("/")[2] in self.files


def _below(page: Page, target: str) -> bool:
    """Tell whether a page stands in the folder that a target names, if it names one."""
    folder = dirname(target).strip("/")
    return not folder or f"/{same(page.folder)}".endswith(f"/{folder}")


def without_suffix(path: str) -> str:
    """Return a path without `.md`."""
    return re.sub(r"(?<=[^/])\.(md|markdown|txt)$", "", path.strip(), flags=re.IGNORECASE)


def read_folder(folder: Path) -> Folder:
    """Read all pages below a folder; hidden ones are none."""
    pages: dict[str, Page] = {}
    files: set[str] = set()
    for file in sorted(folder.rglob("*")):
        inside = file.relative_to(folder)
        if not file.is_file() or any(part.startswith(".") for part in inside.parts):
            continue
        if file.suffix.lower() not in PAGES:
            files.add(same(file.name))
            continue
        path = unicodedata.normalize("NFC", inside.with_suffix("").as_posix())
        pages[path] = read_page(path, file.read_bytes().decode("utf-8-sig", "replace").replace("\r\n", "\n"))
    for page in list(pages.values()):
        above = page.folder
        while above and above not in pages:
            pages[above] = Page(above, is_folder=True)
            above = dirname(above)
    return Folder(pages, files)


def read_page(path: str, text: str) -> Page:
    """Read one page."""
    head, body = split_front_matter(text)
    plain = blank_inline(blank_blocks(body))
    links = [Written("wiki", name, anchor) for name, anchor in properties_of(head)] + find_links(plain)
    lines = [line for line in body.split("\n") if line.strip()][:2]
    for number, link in enumerate(links):
        if link == Written("anchor", "", "") and (row := next(filter(None, map(COLLECTION.match, lines)), None)):
            links[number] = Written("collection", row[1], "")
            break
    return Page(path, title_of(head, body), aliases_of(head), links)


def split_front_matter(text: str) -> tuple[str, str]:
    """Return the YAML block at the head, without its fences, and what follows."""
    match = re.match(r"---[ \t]*\n(.*?\n)??(?:---|\.\.\.)[ \t]*(?:\n|$)", text, re.DOTALL)
    return (match[1] or "", text[match.end() :]) if match else ("", text)


def title_of(head: str, body: str) -> str:
    """Return the title: of the front matter, else the first heading."""
    if (match := re.search(r"^title:[ \t]*(.+)$", head, re.MULTILINE | re.IGNORECASE)) and match[1].strip():
        return match[1].strip().strip("\"'")
    match = re.search(r"^ {0,3}#{1,6}[ \t]+(.+?)[ \t#]*$", blank_blocks(body), re.MULTILINE)
    return match[1].strip() if match else ""


def aliases_of(head: str) -> tuple[str, ...]:
    """Return the aliases of the front matter, as a list in brackets or on lines."""
    match = re.search(r"^alias(?:es)?:[ \t]*(.*)\n((?:[ \t]*- .*\n?)*)", head, re.MULTILINE | re.IGNORECASE)
    if match is None:
        return ()
    written = match[1].strip().strip("[]").split(",") + re.findall(r"- (.*)", match[2])
    return tuple(name for name in (entry.strip().strip("\"'") for entry in written) if name)


def properties_of(head: str) -> list[tuple[str, str]]:
    """Return target and anchor of the properties that are a link and nothing else, in quotes as YAML asks for."""
    values = re.findall(r"^[^#\n]*?(?::|-)[ \t]+([\"'])\[\[([^\[\]\n]+)\]\]\1[ \t]*$", head, re.MULTILINE)
    parts = [written.partition("|")[0].partition("#") for _quote, written in values]
    return [(name.strip(), anchor.strip()) for name, _mark, anchor in parts]


def blank(text: str) -> str:
    """Return as many blanks with the line ends where they were."""
    return re.sub(r"[^\n]", " ", text)


def blank_blocks(body: str) -> str:
    """Blank out code blocks, formulas, comments and HTML that take whole lines."""
    body = re.sub(r"<!--.*?-->", lambda found: blank(found[0]), body, flags=re.DOTALL) if "`" not in body else body
    kept: list[str] = []
    closing: re.Pattern[str] | None = None
    in_list, before_blank = False, True
    for line in body.split("\n"):
        bare = re.sub(r"^(?: {0,3}> ?)+", "", line)
        if closing is not None:
            if closing.search(bare):
                closing = None
            kept.append("")
            continue
        fence = re.match(r"[ \t]*(?:[-*+] +|\d+[.)] +)?(`{3,}(?=[^`]*$)|~{3,})", bare)
        if fence:
            closing = re.compile(rf"^[ \t]*{fence[1][0]}{{{len(fence[1])},}}[ \t]*$")
        elif re.match(r" {0,3}\$\$[^$]*$", bare):
            closing = re.compile(r"\$\$")
        elif re.match(r" {0,3}%%[^%]*$", bare):
            closing = re.compile(r"%%")
        elif re.match(r" {0,3}<!--", bare):
            closing = None if "-->" in bare else re.compile(r"-->")
        elif raw := re.match(r" {0,3}<(pre|script|style|textarea)\b", bare, re.IGNORECASE):
            closing = None if f"</{raw[1]}" in bare.lower() else re.compile(rf"</{raw[1]}", re.IGNORECASE)
        elif not (re.match(r"(?: {4}|\t)\S", bare) and before_blank and not in_list):
            kept.append(line)
            in_list = bool(re.match(r" {0,3}(?:[-*+]|\d+[.)])[ \t]", bare)) or (in_list and bare[:1] in (" ", "\t", ""))
            before_blank = not bare.strip()
            continue
        kept.append("")
    return "\n".join(kept)


def blank_inline(text: str) -> str:
    """Blank out code, formulas, comments and tags of HTML within lines, paragraph by paragraph."""
    code = r"(?<![`\\])(`+)(?!`).+?(?<!`)\1(?!`)"
    formula = r"\$\$.+?\$\$|(?<![\w\\$])\$(?![\s$])(?:[^$\\]|\\.)*?(?<!\s)\$(?!\d)"
    comment = r"%%[^\n]*?%%|<!--.*?-->"
    escaped = r"\\[\[\]`$!<(]"
    pieces = re.compile(rf"{code}|{formula}|{comment}|{escaped}", re.DOTALL)
    paragraphs = re.split(r"(\n[ \t>]*\n)", text)
    return "".join(pieces.sub(lambda found: blank(found[0]), paragraph) for paragraph in paragraphs)


def find_links(text: str) -> list[Written]:
    """Return the links of a text from which nothing else must be left out, in the order in which they begin."""
    found: list[tuple[int, Written]] = []
    definitions: dict[str, str] = {}

    def define(match: re.Match[str]) -> str:
        definitions.setdefault(same(match[1]), match[2].strip("<>"))
        return blank(match[0])

    def wiki(match: re.Match[str]) -> str:
        written = match[2].partition("|")[0].rstrip("\\")
        name, mark, anchor = written.partition("#")
        if mark and not anchor.strip():
            name, anchor = written, ""
        if not match[2].strip():
            return match[0]
        found.append((match.start(), Written("embed" if match[1] else "wiki", name.strip(), anchor.strip())))
        return blank(match[0])

    def inline(match: re.Match[str], kind: str = "") -> str:
        found.append((match.start(), destination(match[2].strip("<>"), kind)))
        return blank(match[0])

    def reference(match: re.Match[str]) -> str:
        address = definitions.get(same(match[3] or match[2]))
        if address is None:
            return match[0]
        found.append((match.start(), destination(address, "image" if match[1] else "")))
        return blank(match[0])

    def address(match: re.Match[str]) -> str:
        written = match[0].strip("<>") if match[0].startswith("<") else without_punctuation(match[0])
        found.append((match.start(), Written("url", written, "")))
        return blank(match[0])

    text = DEFINITION.sub(define, text)
    text = IMAGE.sub(lambda match: inline(match, "image"), text)
    text = WIKI.sub(wiki, text)
    text = LINK.sub(inline, text)
    text = REFERENCE.sub(reference, text) if definitions else text
    text = AUTOLINK.sub(address, text)
    text = re.sub(r"</?[A-Za-z][^<>]*>", lambda match: blank(match[0]), text)
    BARE.sub(address, text)
    return [link for _place, link in sorted(found, key=lambda pair: pair[0])]


def destination(written: str, kind: str = "") -> Written:
    """Return what a Markdown destination means."""
    if SCHEME.match(written):
        return Written(kind or "url", written, "")
    path, _, anchor = written.partition("#")
    usual = "markdown" if path or "#" not in written else "anchor"
    return Written(kind or usual, unquote(path), unquote(anchor))


def without_punctuation(address: str) -> str:
    """Return a bare address without what belongs to the sentence; a bracket stays that was opened in the address."""
    while address[-1:] in tuple(".,;:!?'*_~") or (address.endswith(")") and address.count(")") > address.count("(")):
        address = address[:-1]
    return address


def count_kinds(folder: Folder) -> Counter[str]:
    """Count the links of a folder by kind."""
    return Counter(link.kind for page in folder.pages.values() for link in page.links)
