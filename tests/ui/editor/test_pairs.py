"""Pairs that close themselves, and the signs that a typesetter would set."""

import pytest

from desktop.core.settings import Settings
from tests.ui.editor.typist import editor, shown, text_of, type_text

pytestmark = pytest.mark.usefixtures("app")


@pytest.mark.parametrize(
    ("before", "typed", "after"),
    [
        ("|", "(", "(|)"),
        ("f|", "(x)", "f(x)|"),
        ("|", "f(g(x))", "f(g(x))|"),
        ("|word", "(", "(|word"),
        ("wo|rd", "[", "wo[|rd"),
        ("|", "[[", "[[|]]"),
        ("- |", "[ ] done", "- [ ] done|"),
        ("Он сказал |", "«да»", "Он сказал «да»|"),
        ("say |", '"yes"', 'say "yes"|'),
        ("5|", '"', '5"|'),
        ("don|", "'t", "don't|"),
        ("(a|)", ")", "(a)|"),
        ("((a|)", ")", "((a)|)"),
        ("a |", "*b*", "a *b*|"),
        ("a |", "**b** c", "a **b** c|"),
        ("a |", "***b***", "a ***b***|"),
        ("a |", "* b", "a * b|"),
        ("|", "* b", "* b|"),
        ("> |", "* b", "> * b|"),
        ("|", "**b**", "**b**|"),
        ("- |", "**b**", "- **b**|"),
        ("* x |", "*b*", "* x *b*|"),
        ("2|", "*3", "2*3|"),
        ("|", "snake_case", "snake_case|"),
        ("|", "__init__", "__init__|"),
        ("a |", "_", "a _|_"),
        ("a |", "== b", "a == b|"),
        ("a |", "==b==", "a ==b==|"),
        ("Title\n|", "===", "Title\n===|"),
        ("a |", "~~b~~", "a ~~b~~|"),
        ("a |", "~5", "a ~5|"),
        ("a |", "$x$", "a $x$|"),
        ("a |", "$5", "a $5|"),
        ("a |", "$$x$$", "a $$x$$|"),
        ("a |", "`b`", "a `b`|"),
        ("a |", "``b``", "a ``b``|"),
        ("a `b|` c", "(*", "a `b(*|` c"),
        ("|", "```", "```|"),
        ("|", "~~~", "~~~|"),
        ("|", "---", "---|"),
        ("a |", "***\n", "a ***\n|"),
        ("a \\|", "(", "a \\(|"),
        ("```\n|\n```", "([*", "```\n([*|\n```"),
        ("---\nx: |\n---\n", '"', '---\nx: "|\n---\n'),
        ("(|)", "\b", "|"),
        ("a **|** b", "\b", "a *|* b"),
        ("a **b*|*", "\b", "a **b|*"),
        ("«|»", "\b", "|"),
        ("a \\(|)", "\b", "a \\|)"),
        ("a ‹word› b", "(", "a (‹word›) b"),
        ("a ‹слово 😀› b", "**", "a **‹слово 😀›** b"),
        ("a ‹слово› b", "«", "a «‹слово›» b"),
        ("‹one\ntwo›", "[", "[‹one\ntwo›]"),
        ("a ‹word› b", "==", "a ==‹word›== b"),
        ("a ‹word› b", "`", "a `‹word›` b"),
        ("a ‹word› b", "x", "a x| b"),
        ("|", "```py\nx\n", "```py\nx\n|\n```"),
        ("|\n```js\nx\n```", "```py\n", "```py\n|\n```\n```js\nx\n```"),
        ("```py|\nx\n```", "\n", "```py\n|\nx\n```"),
        ("> |", "```\n", "> ```\n> |\n> ```"),
        ("|", "$$\n", "$$\n|\n$$"),
    ],
)
def test_pairs(before: str, typed: str, after: str) -> None:
    edit = editor(before)
    type_text(edit, typed)
    assert shown(edit) == after


@pytest.mark.parametrize(
    ("before", "typed"), [("a |", "("), ("a **|** b", "\b"), ("a ‹b› c", "*"), ("a *|* b", "*"), ("a *|*", " ")]
)
def test_a_key_is_one_step_of_undo(before: str, typed: str) -> None:
    edit = editor(before)
    text = text_of(edit)
    type_text(edit, typed)
    assert text_of(edit) != text
    edit.undo()
    assert text_of(edit) == text


def test_pairs_can_be_turned_off() -> None:
    edit = editor("a |")
    edit.aid.settings = Settings(close_pairs=False)
    type_text(edit, '(*"«`$$\n```\n')
    assert shown(edit) == 'a (*"«`$$\n```\n|'


@pytest.mark.parametrize(
    ("before", "typed", "after"),
    [
        ("раз|", " -- два", "раз – два|"),
        ("раз|", " --- два", "раз — два|"),
        ("1|", "--2", "1–2|"),
        ("|", "---", "---|"),
        ("- |", "--", "- --|"),
        ("| a |\n||", "--", "| a |\n|--|"),
        ("|", "<!-- x", "<!-- x|"),
        ("да|", "...", "да…|"),
        ("да....|", ".", "да.....|"),
        ("Он сказал |", '"да" и', "Он сказал «да» и|"),
        ("He said |", '"yes" and', "He said “yes” and|"),
        ("Слово\n|", '"', "Слово\n«|»"),
        ("`code |`", '"--', '`code "--|`'),
        ("```\n|\n```", '"...', '```\n"...|\n```'),
    ],
)
def test_typography(before: str, typed: str, after: str) -> None:
    at = "^" if before.count("|") > 1 else "|"
    before, after = (text[::-1].replace("|", at, 1)[::-1] if at == "^" else text for text in (before, after))
    edit = editor(before, at)
    edit.aid.settings = Settings(smart_typography=True)
    type_text(edit, typed)
    assert shown(edit, at) == after


def test_a_set_sign_can_be_undone_to_what_was_typed() -> None:
    edit = editor("a |")
    edit.aid.settings = Settings(smart_typography=True)
    type_text(edit, "b--")
    assert text_of(edit) == "a b–"
    edit.undo()
    assert text_of(edit) == "a b--"


def test_signs_stay_as_typed_unless_asked_for() -> None:
    edit = editor("a |")
    type_text(edit, 'b -- c... "d')
    assert shown(edit) == 'a b -- c... "d|"'
