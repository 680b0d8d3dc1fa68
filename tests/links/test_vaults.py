"""`konspekt import` of real and generated folders, link by link against a reader that knows only the rules.

Both find the same links, and both lead to the same pages. The program's own additions to Obsidian's rules are the only
differences, and DIFFERENCES names each of them with how often it comes.
"""

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from desktop.core.notebook import Notebook
from tests.links.comparing import Comparison, compare, stored_links
from tests.links.oracle import count_kinds, same

MAKER = Path(__file__).resolve().parents[3] / "shared" / "bin" / "make_library.py"
NOTES = 300

# folder -> rule of the program's own -> links that only it resolves. In Obsidian each of them is unresolved.
DIFFERENCES = {
    "vault-garden": {
        "folder": 1,  # [[⏣ Templates]]: a folder is a note here
        "alias": 2,  # [[systems]], [[connections]]: aliases resolve here, last of all
    },
    "vault-foam": {
        "folder": 1,  # [[publishing]]: as above
    },
    "generated": {},  # but for [uni](#), the collection that lectures name: an import makes that note
}
COUNTS = {
    "vault-garden": {"wiki": 225, "embed": 5, "image": 1, "url": 36},
    "vault-foam": {"wiki": 192, "markdown": 21, "anchor": 53, "image": 17, "url": 251},
}
UNRESOLVED = {"vault-garden": 122, "vault-foam": 20}


@pytest.fixture
def notebook(tmp_path: Path) -> Notebook:
    return Notebook.open(tmp_path / "library.konspekt")


def check(found: Comparison) -> None:
    """Hold both sides against each other."""
    assert found.only_oracle == [], "links that the program does not see"
    assert found.only_program == [], "links that the program invents"
    assert [difference for difference in found.differences if not difference.by] == []
    assert found.stored.unresolved == found.unresolved
    assert found.stored.backlinks == found.backlinks
    assert found.stored.linking == found.linking


@pytest.mark.parametrize("name", ["vault-garden", "vault-foam"])
def test_a_vault_of_others_is_linked_as_its_writers_meant_it(corpus: Path, notebook: Notebook, name: str) -> None:
    found = compare(notebook, corpus / name)
    check(found)
    assert dict(found.explained) == DIFFERENCES[name]
    assert dict(count_kinds(found.folder)) == COUNTS[name]
    assert sum(found.unresolved.values()) == UNRESOLVED[name]


def test_the_command_line_imports_the_same_links(corpus: Path, tmp_path: Path) -> None:
    library, folder = tmp_path / "library.konspekt", corpus / "vault-garden"
    command = [sys.executable, "-m", "desktop", "--library", str(library), "--json"]
    done = subprocess.run([*command, "import", str(folder)], capture_output=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr.decode()
    assert json.loads(done.stdout)["imported"] == 47
    notebook = Notebook.open(library, read_only=True)
    stored = stored_links(notebook, folder)
    notebook.close()
    assert sum(stored.unresolved.values()) == UNRESOLVED["vault-garden"]
    done = subprocess.run([*command, "check"], capture_output=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr.decode()
    broken = [link for link in json.loads(done.stdout)["links"]["broken"] if link["fault"] in ("note", "file")]
    assert len(broken) == UNRESOLVED["vault-garden"]


def generate(folder: Path, notes: int, seed: int) -> dict[str, object]:
    """Make a library and return the manifest that states what is in it."""
    if not MAKER.is_file():
        pytest.skip("the generator of libraries is not on this machine")
    command = [sys.executable, str(MAKER), str(folder), "--notes", str(notes), "--seed", str(seed)]
    subprocess.run(command, check=True, capture_output=True, timeout=600)
    return json.loads(folder.with_name(f"{folder.name}.manifest.json").read_text("utf-8"))


def check_generated(notebook: Notebook, folder: Path, notes: int, seed: int) -> None:
    """Import a generated library, and compare it with the oracle and with its manifest."""
    manifest = generate(folder, notes, seed)
    found = compare(notebook, folder)
    check(found)
    kinds = count_kinds(found.folder)
    assert dict(found.explained) == {**DIFFERENCES["generated"], "collection": kinds["collection"]}
    embedded_images = sum(
        link.kind == "embed" and link.target.startswith("рис-")
        for page in found.folder.pages.values() for link in page.links
    )  # fmt: skip
    assert kinds["wiki"] == manifest["wikilinks"]
    assert kinds["embed"] - embedded_images == manifest["embeds"]
    assert kinds["markdown"] == manifest["md_links_internal"]
    assert kinds["image"] + embedded_images == manifest["images"]
    assert sum(found.stored.unresolved.values()) == manifest["unresolved"]
    assert len([page for page in found.stored.linking if page not in collections(found)]) == manifest["linked_notes"]
    for path, count in manifest["top_backlinks"]:  # type: ignore[attr-defined]
        assert found.stored.linking[same(path.removesuffix(".md"))] == count, path


def collections(found: Comparison) -> Counter[str]:
    """Count the collections that lectures name; the manifest knows nothing of them."""
    pages = found.folder.pages.values()
    return Counter(same(link.target) for page in pages for link in page.links if link.kind == "collection")


def test_a_generated_library_has_the_links_that_its_manifest_states(tmp_path: Path, notebook: Notebook) -> None:
    check_generated(notebook, tmp_path / "generated", NOTES, 7)


if __name__ == "__main__":  # the long form: python -m tests.links.test_vaults FOLDER NOTES SEED
    place = Path(sys.argv[1])
    library = Notebook.open(place.with_suffix(".konspekt"))
    check_generated(library, place, int(sys.argv[2]), int(sys.argv[3]))
    library.close()
    print("equal")
