"""The HTML file that holds all it shows: read back with a parser, as a browser would."""

import base64
import re
from collections.abc import Sequence
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import pytest

from desktop.core.errors import Cancelled, ExportRefused
from desktop.core.exchange.html_conversion import Conversion
from desktop.core.notebook import Notebook
from desktop.core.records import ExportTarget, NoteId, NoteKind
from desktop.core.store.links.embeds import MOST_EMBEDS

DOT = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
VOID = frozenset("meta br hr img col".split())
RICH = """---
title: Rich
tags: [ml, pages]
source: https://example.org/page
---

# Rich *note*

Words with `code`, ==mark==, a [link](https://example.org/a?b=1&c=2), [[Other]], [[Other#Second part|its part]],
[[Nowhere]], [below](#the-end) and a mark[^1] and again[^1]. `[^2]`

> [!warning] Mind *this*
> It **bites**.

- [ ] open
- [x] done

| a | b |
|:--|--:|
| 1 | 2 |

```python
def f(x):  # <script>
    return "</style>"
```

The mass $E = mc^2$ and

$$\\sum_{i=1}^{n} x_i$$

![a dot](dot.png) ![far](https://images.example/far.png) ![lost](lost.png)

<details><summary>More</summary>Hidden words.</details>

## The end

Bye.

[^1]: The **foot**.
[^2]: Named in code only.
"""
OTHER = "# Other\n\nFirst.\n\n## Second part\n\nBack to [[Rich]]. A foot[^1].\n\n[^1]: Another.\n"
HOSTILE = """# <img src=x onerror=alert(1)> "><script>alert(1)</script>

<script>alert(1)</script><style>*{background:url(//evil.example)}</style>
<img src="javascript:alert(1)"><img src="//evil.example/x.png"><img src="http://evil.example/x.png" srcset="x">
[a](javascript:alert(1)) [b](data:text/html;base64,xx) [c](//evil.example) <a href="vbscript:x" onclick="y">d</a>
<iframe src="https://evil.example"></iframe><base href="https://evil.example"><link rel=stylesheet href=//evil.example>
<form action="https://evil.example"><input></form><svg onload=alert(1)><use href="https://evil.example#x"/></svg>
![](data:image/svg+xml;base64,xx) ![](file:///etc/passwd) <meta http-equiv=refresh content="0;url=//evil.example">
<div style="background:url(https://evil.example)" id="fn:1" class="formula">x</div>

$\\href{javascript:alert(1)}{x}$ $\\unicode{x3c}$ ```<b>``` [[<img src=x>|"><svg onload=1>]] [^1]

```"><script>
</code></pre><script>alert(1)</script>
```

[^1]: <a id="x" name="y">z</a>
"""


class Seen(HTMLParser):
    """What a page asks for, and whether its tags are balanced."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str, str]] = []  # tag, name, value
        self.words: list[str] = []
        self._open: list[str] = []
        self.feed(text)
        self.close()
        assert not self._open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(tag, name, value or "") for name, value in attrs]
        if tag not in VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    def values(self, name: str, tag: str = "") -> list[str]:
        return [value for of, key, value in self.attributes if key == name and tag in ("", of)]


def exported(notebook: Notebook, folder: Path, *targets: ExportTarget) -> str:
    (file,) = notebook.exchange.plan_html(targets, folder).files
    return file.data.decode("utf-8")


def check(page: str) -> Seen:
    """Hold a page to all that is promised of every page."""
    seen = Seen(page)
    assert not {"script", "iframe", "link", "base", "form", "input", "object", "embed", "use"} & set(seen.tags)
    assert not [name for _, name, _ in seen.attributes if name.startswith("on") or name in ("style", "srcset")]
    assert all(source.startswith("data:image/") for source in seen.values("src"))
    for link in seen.values("href"):
        assert link.startswith(("https://", "http://", "mailto:", "#")), link
    assert "evil" not in "".join(seen.values("src"))
    style = page[page.index("<style>") + 7 : page.index("</style>")]
    assert "url(" not in style
    assert "@import" not in style
    ids = seen.values("id")
    assert len(ids) == len(set(ids))
    assert {unquote(link[1:]) for link in seen.values("href") if link[0] == "#"} <= set(ids)
    policy = next(v for v in seen.values("content", "meta") if "default-src" in v)
    assert policy.startswith("default-src 'none'; img-src data:; style-src 'sha256-")
    assert "unsafe" not in policy
    return seen


@pytest.fixture
def library(notebook: Notebook) -> tuple[Notebook, dict[str, NoteId]]:
    """Return a library with two notes that name each other, a hostile one below, and one in the trash."""
    notebook.attachments.add("dot.png", DOT)
    rich = notebook.tree.create("Rich", text=RICH).created[0]
    other = notebook.tree.create("Other", text=OTHER, parent_id=rich).created[0]
    hostile = notebook.tree.create("Hostile", text=HOSTILE, parent_id=other).created[0]
    gone = notebook.tree.create("Gone", text="# Gone\n").created[0]
    notebook.tree.trash_notes([gone])
    return notebook, {"Rich": rich, "Other": other, "Hostile": hostile, "Gone": gone}


def test_a_note_is_whole(library: tuple[Notebook, dict[str, NoteId]], tmp_path: Path) -> None:
    notebook, ids = library
    plan = notebook.exchange.plan_html([ExportTarget(ids["Rich"])], tmp_path)
    assert [file.path for file in plan.files] == ["Rich.html"]
    page = plan.files[0].data.decode("utf-8")
    seen = check(page)
    assert '<html lang="en">' in page
    assert "<title>Rich</title>" in page
    assert seen.tags.count("h1") == 1
    assert seen.values("src", "img") == ["data:image/png;base64," + base64.b64encode(DOT).decode()]
    assert "https://images.example/far.png" in seen.values("href")  # a link, not a request
    assert seen.tags.count("svg") == 2
    assert "currentColor" in page
    assert '<div class="callout callout-warning"><p class="callout-title">Mind <em>this</em></p>' in page
    assert '<li class="task">☐ open</li>' in page
    assert '<li class="task">☑ done</li>' in page
    assert re.search(r'<span class="t\d+">def', page)
    assert "#fn:1" in seen.values("href")
    assert seen.values("href").count("#fnref:1") == 1
    assert {"details", "summary", "table", "mark", "main"} <= set(seen.tags)
    assert "nav" not in seen.tags
    assert "Other" in "".join(seen.words)
    assert "#the-end" in seen.values("href")
    messages = [line.message for line in plan.report]
    assert messages == [
        "Links that became plain text, because what they lead to is not exported: 3.",
        "The image “lost.png” is not in the library.",
    ]
    assert notebook.exchange.write_export(plan) == (str(tmp_path / "Rich.html"),)
    assert (tmp_path / "Rich.html").read_bytes() == plan.files[0].data
    with pytest.raises(ExportRefused, match="is there already"):
        notebook.exchange.write_export(plan)


def test_a_subtree_is_one_page_with_contents(library: tuple[Notebook, dict[str, NoteId]], tmp_path: Path) -> None:
    notebook, ids = library
    page = exported(notebook, tmp_path, ExportTarget(ids["Rich"], subtree=True))
    seen = check(page)
    assert seen.tags.count("article") == 3
    assert (
        '<nav><ul><li><a href="#n1">Rich</a><ul><li><a href="#n2">Other</a><ul><li><a href="#n3">Hostile</a>' in page
    )
    assert '<a href="#n2">Other</a>, <a href="#n2-second-part">its part</a>' in page
    assert 'Back to <a href="#n1">Rich</a>' in page
    assert {"#n1-fn%3A1", "#n1-fn:1"} & set(seen.values("href"))
    assert "n2-fn:1" in seen.values("id")


def test_a_section_brings_its_footnotes(library: tuple[Notebook, dict[str, NoteId]], tmp_path: Path) -> None:
    notebook, ids = library
    page = exported(notebook, tmp_path, ExportTarget(ids["Other"], section=1))
    seen = check(page)
    assert "First." not in page
    assert "<title>Second part</title>" in page
    assert "fn:1" in seen.values("id")
    both = check(exported(notebook, tmp_path, ExportTarget(ids["Other"], section=1), ExportTarget(ids["Rich"])))
    assert both.tags.count("article") == 2


def test_a_hostile_note_is_harmless(library: tuple[Notebook, dict[str, NoteId]], tmp_path: Path) -> None:
    notebook, ids = library
    seen = check(exported(notebook, tmp_path, ExportTarget(ids["Hostile"])))
    assert not seen.values("src")


def test_folds_and_embedded_notes(library: tuple[Notebook, dict[str, NoteId]], tmp_path: Path) -> None:
    notebook, _ids = library
    folds = "> [!tip]- Shut\n> inside\n\n> [!tip]+ Open\n> inside\n\n"
    text = folds + "![[Other#Second part]]\n\n![[N]]\n\nA foot[^1].\n\n[^1]: x\n"
    note = notebook.tree.create("N", text=text).created[0]
    page = exported(notebook, tmp_path, ExportTarget(note))
    check(page)
    assert '<details class="callout callout-tip"><summary>Shut</summary>' in page
    assert '<details class="callout callout-tip" open="">' in page
    assert '<p class="embed-title">Other › Second part</p>' in page
    assert '<h2 id="e1-second-part">' in page
    assert page.count('class="embed"') == 2  # itself once, and no deeper


def test_a_note_shows_no_more_notes_than_can_be_read(
    library: tuple[Notebook, dict[str, NoteId]], tmp_path: Path
) -> None:
    notebook, _ids = library
    note = notebook.tree.create("N", text="![[Other#Second part]]\n\n" * (MOST_EMBEDS + 5)).created[0]
    page = exported(notebook, tmp_path, ExportTarget(note))
    assert page.count('class="embed"') == MOST_EMBEDS
    assert page.count("<p>Other#Second part</p>") == 5


def test_a_stored_copy_of_a_remote_picture_is_shown(notebook: Notebook, tmp_path: Path) -> None:
    address = "https://images.example/far.png"
    note = notebook.tree.create("N", text=f"![far]({address}) ![fake](https://images.example/page.png)\n").created[0]
    notebook.attachments.keep_copy(address, "far.png", "image/png", DOT)
    notebook.attachments.keep_copy("https://images.example/page.png", "page.png", "image/png", b"<html>")
    seen = check(exported(notebook, tmp_path, ExportTarget(note)))
    assert len(seen.values("src")) == 1
    assert seen.values("href") == ["https://images.example/page.png"]  # what is no picture stays a link


def test_what_cannot_be_exported_is_said(library: tuple[Notebook, dict[str, NoteId]], tmp_path: Path) -> None:
    notebook, ids = library
    with pytest.raises(ExportRefused, match="“Gone” is in the trash"):
        notebook.exchange.plan_html([ExportTarget(ids["Gone"])], tmp_path)
    with pytest.raises(Cancelled):
        notebook.exchange.plan_html([ExportTarget(ids["Rich"])], tmp_path, cancelled=lambda: True)
    folder = notebook.tree.create("Empty", kind=NoteKind.FOLDER).created[0]
    with pytest.raises(ExportRefused, match="holds no text"):
        notebook.exchange.plan_html([ExportTarget(folder)], tmp_path)


def test_a_text_that_takes_too_long_stays_as_it_is_written() -> None:
    with Conversion(deadline_s=-60.0) as conversion:
        assert conversion.trees("слово *курсивом* " * 30_000) is None
    with Conversion() as conversion:
        trees = conversion.trees("# Б\n\nслова\n")
        assert trees is not None
        assert [tree.text().strip() for tree in trees] == ["Б", "слова"]


def test_the_seeds(notebook: Notebook, tmp_path: Path, corpus: Path) -> None:
    names: Sequence[str] = ("digest", "lecture")
    notes = [
        notebook.tree.create(name, text=(corpus / "seeds" / f"{name}.md").read_text("utf-8")).created[0]
        for name in names
    ]
    page = exported(notebook, tmp_path, *[ExportTarget(note) for note in notes])
    assert '<html lang="ru">' in page
    check(page)
