"""A small folder in two languages in which every rule of finding a note decides something.

Each row says what a link means in Obsidian and what it means here, both written down by hand; where they differ, the
row says why. The oracle must say the first, the program the second.
"""

import unicodedata
from dataclasses import dataclass
from pathlib import Path

import pytest

from desktop.core.notebook import Notebook
from tests.links.comparing import Stored, compare, stored_links
from tests.links.oracle import read_folder, same

PAGES = {
    "Модель": "---\naliases: [Модели машин, ML model]\n---\n# Модель\n\n## Обучение модели\n\nИтог. ^итог\n",
    "index": "---\ntitle: Всё сразу\n---\n",
    "Курс/План": "# План курса\n",
    "Курс/Введение": "# Введение\n",
    "Курс/index": "# Оглавление курса\n",
    "Практика/План": "# План практики\n",
    "Практика/Введение": "# Введение в практику\n",
    "Практика/Ёлка": "# Ёлка\n",
    "Архив/Старое/Курс/Тема": "# Тема\n",
    unicodedata.normalize("NFD", "Notes/Café й"): "# Café\n",
    "Notes/Два\u00a0слова": "# Два слова\n",
    "Notes/C++ (draft)": "# C++\n",
    "Notes/100% sure": "# Sure\n",
    "Notes/v1.2": "# Version\n",
    "a/bb/Same": "",
    "ccc/Same": "",
    "aaa/Same": "",
    "Recipes/Recipes": "# All recipes\n",
    "Empty/Deep/Leaf": "# Leaf\n",
}


@dataclass(frozen=True)
class Row:
    """A link, what it leads to, and why that is another note here than in Obsidian."""

    source: str
    written: str
    obsidian: str | None
    why: str = ""
    here: str | None = None

    @property
    def expected(self) -> str | None:
        """Return what the program should find."""
        return self.here if self.why else self.obsidian


ALIAS = "aliases resolve here, last of all"
TITLE = "titles resolve here, after names"
YO = "ё counts as е here, after everything"
FOLDER = "a folder is a note here, where no page goes by the name"
ROWS = (
    Row("From", "[[Модель]]", "Модель"),
    Row("From", "[[модель|слова]]", "Модель"),
    Row("From", "[[Модель.md]]", "Модель"),
    Row("From", "[[Модель#Обучение модели]]", "Модель"),
    Row("From", "![[Модель#^итог]]", "Модель"),
    Row("From", "[[  Модель  ]]", "Модель"),
    Row("From", "[[План]]", "Курс/План"),  # the shortest path of both
    Row("Курс/Введение", "[[План]]", "Курс/План"),
    Row("Практика/Введение", "[[План]]", "Практика/План"),  # the own folder first
    Row("Практика/Введение", "[[Курс/План]]", "Курс/План"),
    Row("From", "[[Курс/Тема]]", "Архив/Старое/Курс/Тема"),  # also where it stands deeper
    Row("From", "[[Старое/Тема]]", None),
    Row("Курс/План", "[[index]]", "index"),  # the path from the root before the own folder
    Row("Курс/План", "[i](index.md)", "Курс/index"),  # as on GitHub: the own folder first
    Row("Курс/План", "[i](../index.md)", "index"),
    Row("Курс/План", "[i](/index.md)", "index"),
    Row("Курс/План", "[[../Практика/План]]", "Практика/План"),
    Row("Курс/План", "[[./Введение]]", "Курс/Введение"),
    Row("Курс/План", "[[./Тема]]", None),  # from the source only
    Row("Курс/План", "[[../../../Модель]]", None),
    Row("From", "[e](Практика/%D0%81%D0%BB%D0%BA%D0%B0.md)", "Практика/Ёлка"),
    Row("From", "[e](<Практика/Ёлка.md> \"title\")", "Практика/Ёлка"),
    Row("From", "[e][yo]", "Практика/Ёлка"),
    Row("From", "[c](Notes/C++%20%28draft%29.md#c)", "Notes/C++ (draft)"),
    Row("From", "[p](Notes/100%25%20sure.md)", "Notes/100% sure"),
    Row("From", "[[100% sure]]", "Notes/100% sure"),
    Row("From", "[[v1.2]]", "Notes/v1.2"),
    Row("From", "[[Café й]]", "Notes/Café й"),
    Row("From", unicodedata.normalize("NFD", "[[Café й#Café]]"), "Notes/Café й"),
    Row("From", "[[Два слова]]", "Notes/Два слова"),
    Row("From", "[[Два\u00a0слова#Два]]", "Notes/Два слова"),
    Row("From", "[[Same]]", "aaa/Same"),  # the shortest path string; of two as long the alphabet
    Row("a/bb/Same", "[[ccc/Same]]", "ccc/Same"),
    Row("a/bb/Same", "[[bb/Same]]", "a/bb/Same"),
    Row("From", "[[Recipes]]", "Recipes/Recipes"),  # not the folder
    Row("From", "[[Empty]]", None, FOLDER, "Empty"),
    Row("From", "[[Всё сразу]]", None, TITLE, "index"),
    Row("From", "[[ml MODEL]]", None, ALIAS, "Модель"),
    Row("From", "[[Модели машин]]", None, ALIAS, "Модель"),
    Row("From", "[[елка]]", None, YO, "Практика/Ёлка"),
    Row("From", "[[Нет такой]]", None),
    Row("From", "[n](no/such.md)", None),
)
NO_LINKS = """
`[[Модель]]` and ``[[`Модель`]]`` and $[[Модель]]$ and %%[[Модель]]%% and <!-- [[Модель]] --> and \\[[Модель]]

```
[[Модель]]
```

~~~md
[a](Модель.md)
~~~

    [[Модель]]

$$
[[Модель]]
$$

%%
[[Модель]]
%%

<!--
[[Модель]]
-->

<pre>
[[Модель]]
</pre>

[^1]: [[]] [ [Модель]]
"""
PROPERTIES = """---
up: "[[Модель]]"
see:
  - '[[Курс/План|the plan]]'
  - "[[Нет]]"
words: "after [[Модель]]"
bare: [[Модель]]
# "[[Модель]]"
---
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    texts = dict(PAGES)
    for row in ROWS:
        texts[row.source] = texts.get(row.source, "") + f"\n- {row.written}\n"
    texts["From"] += "\n[yo]: Практика/Ёлка.md\n"
    texts["No links"] = NO_LINKS
    texts["Properties"] = PROPERTIES
    root = tmp_path / "vault"
    for path, text in texts.items():
        file = root / f"{path}.md"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return root


@pytest.fixture
def stored(tmp_path: Path, folder: Path) -> Stored:
    notebook = Notebook.open(tmp_path / "library.konspekt")
    notebook.exchange.import_paths([folder])
    stored = stored_links(notebook, folder)
    notebook.close()
    return stored


def rows_of(source: str) -> list[Row]:
    return [row for row in ROWS if row.source == source]


@pytest.mark.parametrize("source", sorted({row.source for row in ROWS}))
def test_each_link_means_what_its_row_says(folder: Path, stored: Stored, source: str) -> None:
    vault = read_folder(folder)
    page = vault.pages[source]
    rows = rows_of(source)
    assert len(page.links) == len(stored.links[same(source)]) == len(rows)
    for row, link, (_link, ours) in zip(rows, page.links, stored.links[same(source)], strict=True):
        theirs = vault.obsidian(link, page)
        assert (theirs and same(theirs.path)) == (row.obsidian and same(row.obsidian)), f"the oracle: {row.written}"
        assert ours == (row.expected and same(row.expected)), f"the program: {row.written}"


def test_code_formulas_and_comments_hold_no_links(folder: Path, stored: Stored) -> None:
    assert read_folder(folder).pages["No links"].links == []
    assert stored.links[same("No links")] == []


def test_a_property_that_is_a_link_counts(folder: Path, stored: Stored) -> None:
    page = read_folder(folder).pages["Properties"]
    assert [(link.target, link.anchor) for link in page.links] == [("Модель", ""), ("Курс/План", ""), ("Нет", "")]
    assert [(link.target, target) for link, target in stored.links[same("Properties")]] == [
        ("Модель", same("Модель")), ("Курс/План", same("Курс/План")), ("Нет", None),
    ]  # fmt: skip


def test_the_whole_folder_agrees_with_the_oracle(tmp_path: Path, folder: Path) -> None:
    notebook = Notebook.open(tmp_path / "library.konspekt")
    found = compare(notebook, folder)
    notebook.close()
    assert found.only_oracle == found.only_program == []
    assert found.explained == {"alias": 2, "title": 1, "folder": 1, "ё in a name": 1}
    assert found.stored.backlinks == found.backlinks
