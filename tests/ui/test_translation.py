"""The interface in two languages: nothing untranslated, nothing out of date, and the right forms of words."""

import ast
import re
import subprocess
import sys
import sysconfig
import time
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from desktop.core.notebook import Notebook
from desktop.core.paths import Places
from desktop.core.settings import Settings
from desktop.ui import actions, sentences, start
from desktop.ui.editor.word_count import Counts
from desktop.ui.main_window import MainWindow
from desktop.ui.sentences import in_users_language
from desktop.ui.status_bar import StatusBar
from desktop.ui.tasks import Tasks
from desktop.ui.workspace import Workspace

ROOT = Path(__file__).resolve().parents[2]
TEXTS = ROOT / "resources" / "i18n"
FORMS = {"ru": 3, "en": 2}
GAP = re.compile(r"\{\d\}|%n")
STALE = "The texts have changed: run “python3 dev.py texts” and translate what is new."

Message = tuple[str, str, bool]  # context, source, has plural forms


def tool(name: str) -> str:
    """Return the path of one of Qt's tools."""
    return str(Path(sysconfig.get_path("scripts")) / (name + (".exe" if sys.platform == "win32" else "")))


def messages(file: Path) -> dict[Message, ElementTree.Element]:
    """Return the translations of a file by message."""
    found = {}
    for context in ElementTree.parse(file).getroot().iter("context"):
        for message in context.iter("message"):
            key = (context.findtext("name", ""), message.findtext("source", ""), message.get("numerus") == "yes")
            translation = message.find("translation")
            assert translation is not None
            found[key] = translation
    return found


def sources(room: str) -> dict[Path, ast.Module]:
    """Return the code of a room, parsed."""
    return {file: ast.parse(file.read_text("utf-8")) for file in sorted((ROOT / "desktop" / room).rglob("*.py"))}


@pytest.fixture
def language(
    app: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> Iterator[str]:
    """Run a test in a language, with translations compiled from the sources as they are now."""
    name: str = request.param
    for code in FORMS:
        file = f"konspekt_{code}"
        command = [tool("pyside6-lrelease"), "-silent", str(TEXTS / f"{file}.ts"), "-qm", str(tmp_path / f"{file}.qm")]
        subprocess.run(command, check=True, timeout=60)
    monkeypatch.setattr(start, "resource", lambda _relative: tmp_path)
    before = QLocale()
    translators: list[QTranslator] = start.install_translators(app, Settings(language=name))
    yield name
    for translator in translators:
        app.removeTranslator(translator)
    QLocale.setDefault(before)


in_language = pytest.mark.parametrize("language", ["ru"], indirect=True)


# --- the files ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("code", FORMS)
def test_everything_is_translated(code: str) -> None:
    for (context, source, plural), translation in messages(TEXTS / f"konspekt_{code}.ts").items():
        place = f"{context}: {source}"
        assert translation.get("type") is None, f"unfinished: {place}"
        forms = [form.text or "" for form in translation.iter("numerusform")] if plural else [translation.text or ""]
        assert len(forms) == (FORMS[code] if plural else 1), place
        for form in forms:
            assert form.strip(), place
            assert sorted(GAP.findall(form)) == sorted(GAP.findall(source)), f"{place} -> {form}"
            assert source.count("\n") == form.count("\n"), place


def test_texts_are_up_to_date(tmp_path: Path) -> None:
    fresh = tmp_path / "fresh.ts"
    files = [str(file) for file in sources("")]
    options = ["-silent", "-locations", "none", "-source-language", "en", "-target-language", "ru"]
    subprocess.run([tool("pyside6-lupdate"), *files, *options, "-ts", str(fresh)], check=True, timeout=120)
    expected = set(messages(fresh))
    assert set(messages(TEXTS / "konspekt_ru.ts")) == expected, STALE
    assert set(messages(TEXTS / "konspekt_en.ts")) == {key for key in expected if key[2]}, STALE


def test_contexts_are_found_at_run_time() -> None:
    """`self.tr` looks under the name of the object's class, so the context must be one, or be given by name."""
    nodes = [node for code in sources("ui").values() for node in ast.walk(code)]
    classes = {node.name for node in nodes if isinstance(node, ast.ClassDef)}
    given = {
        call.args[0].value
        for call in nodes
        if isinstance(call, ast.Call) and len(call.args) > 1 and isinstance(call.args[0], ast.Constant)
    }
    contexts = {context for context, _source, _plural in messages(TEXTS / "konspekt_ru.ts")}
    assert contexts <= classes | given


def test_words_to_translate_are_written_out() -> None:
    """A word from a variable or an f-string reaches no translator, and `other.tr` gets another context."""
    for file, code in sources("ui").items():
        for call in ast.walk(code):
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr == "tr":
                place = f"{file.name}:{call.lineno}"
                assert isinstance(call.func.value, ast.Name), place
                assert call.func.value.id == "self", place
                assert isinstance(call.args[0], ast.Constant), place


# --- what the core says ------------------------------------------------------------------------------------


def template(node: ast.expr) -> str | None:
    """Return a string or an f-string with its gaps numbered."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if not isinstance(node, ast.JoinedStr):
        return None
    gaps = iter(range(10))
    return "".join(
        str(part.value) if isinstance(part, ast.Constant) else f"{{{next(gaps)}}}" for part in node.values
    )


def core_sentences() -> Iterator[tuple[str, str]]:
    """Yield the sentences of errors and reports that stand in the core's code, with their place."""
    errors = {
        node.name for node in ast.walk(sources("core")[ROOT / "desktop" / "core" / "errors.py"])
        if isinstance(node, ast.ClassDef)
    } - {"Cancelled"}  # fmt: skip
    positions = dict.fromkeys(errors, 0) | {"ReportLine": 2}
    for file, code in sources("core").items():
        for call in ast.walk(code):
            if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Name):
                continue
            position = positions.get(call.func.id)
            if position is not None and len(call.args) > position:
                sentence = template(call.args[position])
                if sentence is not None:
                    yield f"{file.name}:{call.lineno}", sentence


def test_sentences_of_the_core_are_known() -> None:
    known = set(map(str, sentences.TEMPLATES))
    unknown = [f"{place}: {sentence}" for place, sentence in core_sentences() if sentence not in known]
    assert not unknown, "add them to desktop/ui/sentences.py: " + "; ".join(unknown)


@in_language
def test_core_speaks_the_users_language(language: str) -> None:
    said = "Stored as “a {0} %n”, because there is a “б” already."
    assert in_users_language(said) == "Сохранена как «a {0} %n», потому что «б» уже есть."
    assert in_users_language("/x/a b.konspekt cannot be read: Input/output error.") == (
        "Файл /x/a b.konspekt не читается: Input/output error."
    )
    assert in_users_language("“x” is not in the calendar.") == "Такой даты нет: «x»."
    assert in_users_language("Something else.") == "Something else."
    assert in_users_language("") == ""


def test_hostile_names_cost_little_time() -> None:
    name = "”; these are the results for “" * 20_000
    began = time.perf_counter()
    assert in_users_language(f"Nothing was found for “{name}") == f"Nothing was found for “{name}"
    assert time.perf_counter() - began < 1


# --- what is shown -----------------------------------------------------------------------------------------


def words_shown() -> list[str]:
    bar = StatusBar()
    shown = []
    for number in (1, 3, 5, 21, 111):
        bar.show_counts(Counts(number, number))
        shown.append(bar._words.text())
    bar.deleteLater()
    return shown


@in_language
def test_russian_words_have_three_forms(language: str) -> None:
    assert words_shown() == ["1 слово", "3 слова", "5 слов", "21 слово", "111 слов"]


@pytest.mark.parametrize("language", ["en", "de"], indirect=True)
def test_other_languages_get_english_forms(language: str) -> None:
    assert words_shown() == ["1 word", "3 words", "5 words", "21 words", "111 words"]


@in_language
def test_window_is_russian(language: str, tmp_path: Path) -> None:
    places = Places(tmp_path / "data", tmp_path / "cache", tmp_path / "config")
    notebook = Notebook.open(tmp_path / "library.konspekt", places=places)
    tasks = Tasks()
    window = MainWindow(Workspace(notebook, tasks, Settings(language=language)))
    try:
        titles = [action.text() for action in window.menuBar().actions()]
        assert titles == ["Файл", "Правка", "Текст", "Вид", "Переход", "Справка"]
        untranslated = [title for command in actions.COMMANDS if (title := actions.title_of(command)).isascii()]
        assert not untranslated
        assert window.editor.edit.accessibleName() == "Редактор"
        assert window.library.view.accessibleName() == "Библиотека"
    finally:
        window.close()
        window.deleteLater()
        tasks.close()
        notebook.close()


def test_plurals_stand_where_they_are_seen() -> None:
    """lupdate finds a plural in `tr` alone."""
    for file, module in sources("").items():
        for call in (node for node in ast.walk(module) if isinstance(node, ast.Call)):
            if isinstance(call.func, ast.Name | ast.Attribute) and ast.unparse(call.func).endswith("translate"):
                words = [word.value for word in call.args if isinstance(word, ast.Constant)]
                assert not any("%n" in str(word) or "%Ln" in str(word) for word in words), f"{file}: {words}"
