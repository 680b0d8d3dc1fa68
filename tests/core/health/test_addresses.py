"""Spellings of one address meet, other pages stay apart."""

import time

import pytest
from hypothesis import given, strategies as st

from desktop.core.health.addresses import canonical

ONE = "https://habr.com/ru/articles/1/"


@pytest.mark.parametrize(
    "spelling",
    [
        "http://habr.com/ru/articles/1",
        "https://www.habr.com/ru/articles/1/",
        "https://HABR.com:443/ru/articles/1/#comments",
        "https://habr.com./ru/articles/1/?utm_source=telegram&utm_medium=social",
        "https://habr.com/ru/articles/1/?fbclid=x&gclid=y&yclid=z&ref=rss&ysclid=q",
        "https://user@habr.com/ru/%61rticles/1/index.html",
        "https://habr.com/ru/articles/1/?&amp;utm_campaign=a",
    ],
)
def test_spellings_of_one_address_meet(spelling: str) -> None:
    assert canonical(spelling) == canonical(ONE) != ""


def test_the_query_that_names_the_page_stays_in_any_order() -> None:
    assert canonical("https://a.org/p?b=2&a=1&utm_id=9") == canonical("http://a.org/p?a=1&b=2")
    assert canonical("https://a.org/p?a=%d1%8f") == canonical("https://a.org/p?a=%D1%8F") == canonical("https://a.org/p?a=я")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://a.org/A", "https://a.org/a"),
        ("https://a.org/watch?v=1", "https://a.org/watch?v=2"),
        ("https://a.org/x", "https://b.org/x"),
        ("https://a.org:8080/x", "https://a.org/x"),
        ("https://a.org/a%2Fb", "https://a.org/a/b"),
        ("https://a.org/#!/one", "https://a.org/#!/two"),
        ("https://a.org/x?referrer_id=1&reference=2", "https://a.org/x"),
    ],
)
def test_other_pages_stay_apart(one: str, other: str) -> None:
    assert canonical(one) != canonical(other)


@pytest.mark.parametrize("address", ["mailto:a@b.org", "", "ftp://a.org", "https://", "note.md", "//a.org/x"])
def test_what_is_no_page_has_no_spelling(address: str) -> None:
    assert canonical(address) == ""


@given(st.text(max_size=80))
def test_any_text_is_taken_and_its_spelling_is_stable(text: str) -> None:
    address = canonical(f"https://a.org/{text}")
    assert canonical(f"https://{address}") == address


def test_a_long_query_costs_no_more_than_its_length() -> None:
    began = time.perf_counter()
    for text in ("&" * 1_000_000, "a=1&" * 300_000, "%41" * 400_000, "#" * 1_000_000):
        canonical(f"https://a.org/?{text}")
    assert time.perf_counter() - began < 1
