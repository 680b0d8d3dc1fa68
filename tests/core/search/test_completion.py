"""What is offered while a query is typed, and that what is offered is understood and finds something."""

import time

import pytest

from desktop.core.notebook import Notebook
from desktop.core.records import Completion, NoteKind
from desktop.core.search.completion import DETAILS, KEPT_AT_LEAST, Completions
from desktop.core.search.query import Filter, Word, read_query
from desktop.core.store.query_values import QueryValues

from .conftest import Write


@pytest.fixture
def completer(notebook: Notebook, write: Write) -> Completions:
    """Return the completer of a library with tags, folders, dates and links."""
    uni = write("Учёба", "---\ndate: 2022-03-01\n---\n", kind=NoteKind.FOLDER)
    write("Старая учёба", "---\ndate: 2022-01-05\ntags: [ML, ml/rag]\n---\n[a](https://habr.com/1)", parent=uni)
    write("b", "---\ndate: 2023-10-30\ntags: [mlops, Ёлка]\n---\n<https://www.habr.com/x>", parent=uni)
    loud = write('Он сказал "да"', "---\ndate: 2023-11-02\n---\n[x](http://blog.example.org:80/?q=1)")
    write("c", "---\ndate: 2023-11-03\ntags: [два слова]\n---\n![p](https://img.example.org/p.png)", parent=loud)
    gone = write("gone", "---\ndate: 1999-01-01\ntags: [gone]\n---\n[g](https://gone.net/)")
    notebook.tree.trash_notes([gone])
    return Completions(notebook._database)


def texts(completer: Completions, query: str, cursor: int | None = None) -> list[str]:
    """Return the texts that are offered at the query's end, or at the cursor."""
    return [found.text for found in completer.complete(query, len(query) if cursor is None else cursor)]


def accepted(query: str, completion: Completion) -> str:
    """Return the query after a completion was taken."""
    return query[: completion.start] + completion.text + query[completion.end :]


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("t", ["tag:", "title:"]),
        ("TI", ["title:"]),
        ("те", ["тег:"]),
        ("слово з", ["заголовок:"]),
        ("-ta", ["tag:"]),
        ("a (li", ["link:"]),
        ("a o", ["OR"]),
        ("о и", ["ИЛИ"]),
        ("o", []),
        ("модель", []),
        ("http://x", []),
        ('"ta', []),
        ('"цена о', []),
        ("tag:ml", ["tag:ml/rag", "tag:mlops"]),
        ("tag:", ["tag:ML", "tag:ml/rag", "tag:mlops", 'tag:"два слова"', "tag:Ёлка"]),
        ("тег:елк", ["тег:Ёлка"]),
        ("tag:RAG", ["tag:ml/rag"]),
        ('tag:"два', ['tag:"два слова"']),
        ("tag:gone", []),
        ("in:", ["in:Учёба"]),
        ("в:уче", ["в:Учёба"]),
        ("kind:", ["kind:lecture", "kind:digest", "kind:note", "kind:folder"]),
        ("вид:Л", ["вид:лекция"]),
        ("kind:лек", ["kind:lecture"]),
        ("is:un", ["is:unlinked", "is:untagged"]),
        ("has:ta", ["has:task", "has:table"]),
        ("есть:к", ["есть:картинка", "есть:код"]),
        ("has:code", []),
        ("date:", ["date:2023", "date:2022"]),
        ("date:2023", ["date:2023-11", "date:2023-10"]),
        ("дата:2022..2023-1", ["дата:2022..2023-11", "дата:2022..2023-10"]),
        ("date:>=202", ["date:>=2023", "date:>=2022"]),
        ("link:", ["link:example.org", "link:habr.com", "link:blog.example.org", "link:img.example.org"]),
        ("link:www.ha", ["link:habr.com"]),
        ("sort:", ["sort:date", "sort:rank"]),
        ("title:мод", []),
        ("nothing:x", []),
    ],
)
def test_what_is_offered(completer: Completions, typed: str, offered: list[str]) -> None:
    assert texts(completer, typed) == offered


def test_nothing_typed_offers_every_operator_once(completer: Completions) -> None:
    offered = texts(completer, "")
    assert offered[:3] == ["tag:", "kind:", "in:"]
    assert {'"', "-"} <= set(offered)
    assert "OR" not in offered
    assert "OR" in texts(completer, "a ")
    assert texts(completer, "слово ")[:2] == ["тег:", "вид:"]


def test_a_completion_takes_the_place_of_its_piece(completer: Completions) -> None:
    def taken(query: str, cursor: int) -> str:
        return accepted(query, completer.complete(query, cursor)[0])

    assert taken("a -ta b", 5) == "a -tag: b"
    assert taken("a tag:x b", 6) == "a tag:ML b"
    assert taken('a tag:"два" b', 9) == 'a tag:"два слова" b'
    assert taken("(kind:lec)", 9) == "(kind:lecture)"
    assert taken("(kind:lec) x", 8) == "(kind:lecture) x"
    assert texts(completer, "ta b", 1) == []  # a word that goes on behind the cursor is no operator
    assert texts(completer, 'tag:"два слова"') == []


def test_counts_tell_how_many_notes(completer: Completions) -> None:
    details = {found.text: found.detail for found in completer.complete("tag:", 4)}
    assert (details["tag:ML"], details["tag:mlops"]) == ("1", "1")
    hosts = {found.text: found.detail for found in completer.complete("link:", 5)}
    assert hosts == {
        "link:example.org": "2", "link:habr.com": "2", "link:blog.example.org": "1", "link:img.example.org": "1",
    }  # fmt: skip


def test_every_operator_and_value_is_understood(completer: Completions) -> None:
    operators = [text for letters in "tkidhlsтвздэсеп" for text in texts(completer, letters) if text.endswith(":")]
    assert len(operators) == 18
    for operator in operators:
        for completion in completer.complete(operator, len(operator)):
            parsed = read_query(completion.text)
            assert not parsed.problem, completion.text
            assert isinstance(parsed.node, Filter) or operator in ("sort:", "порядок:"), completion.text
        assert not isinstance(read_query(f"{operator}2023").node, Word) or operator in ("title:", "заголовок:")


def test_what_is_offered_finds_notes(completer: Completions, notebook: Notebook) -> None:
    notebook.search.index_now()
    for operator in ("tag:", "in:", "date:", "link:"):
        for completion in completer.complete(operator, len(operator)):
            expected = None if operator == "in:" else int(completion.detail)  # below it may be more
            assert notebook.search.query(completion.text).total == (expected or 2), completion.text


def test_every_detail_is_a_number_or_listed(completer: Completions) -> None:
    for query in ("", "a ", "tag:", "in:", "kind:", "is:", "has:", "date:", "link:", "sort:", "вид:"):
        for completion in completer.complete(query, len(query)):
            assert completion.detail.isdigit() or completion.detail in DETAILS


def test_new_tags_are_offered_soon(completer: Completions, write: Write) -> None:
    texts(completer, "tag:")
    took = completer._kept["tag"].until - time.monotonic()
    assert took < 1
    write("new", "---\ntags: [brand]\n---\n")
    time.sleep(max(0, took) + 0.01)
    assert texts(completer, "tag:br") == ["tag:brand"]
    assert KEPT_AT_LEAST > 1


@pytest.mark.parametrize(
    "query",
    ["tag:" + "x" * 100_000, "-" * 10_000, '"' * 9_999, "(" * 5_000 + "t", ":" * 99, "\ud800t", "date:" + ".." * 5_000],
)
def test_hostile_queries_take_no_time(completer: Completions, query: str) -> None:
    started = time.process_time()
    for cursor in (-5, 0, len(query) // 2, len(query), len(query) + 7):
        completer.complete(query, cursor)
    assert time.process_time() - started < 0.5


def test_completing_is_quick_among_many_values(notebook: Notebook) -> None:
    class Many(QueryValues):
        def tags(self) -> list:  # type: ignore[type-arg]
            return [(f"tag{number % 5_000}/x", number) for number in range(20_000)]

    completer = Completions(notebook._database)
    completer._values = Many(notebook._database)
    completer.complete("tag:", 4)
    started = time.process_time()
    for _ in range(20):
        completer.complete("tag:zz", 6)
    assert (time.process_time() - started) / 20 < 0.005
