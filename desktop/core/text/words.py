"""Words: how a text falls into them, what two forms of one word have in common, how to find them again.

A *token* is a run of letters and digits (`_` separates), in NFC, lower case, with ё written as е and with soft
hyphens and stress marks taken out. A few signs belong to a token, for without them it is another word: C++, C#, .NET,
A/B, 99.999, 1.21.3. A *stem* is what Snowball leaves of a token, by script: Russian for Cyrillic,
English for ASCII, the token itself otherwise. A *mark pattern* is a regular expression that finds the forms of a
stem in a text as it was written; it has no nested quantifier, so it takes linear time on any text.
"""

import re
import threading
import unicodedata
from functools import lru_cache

import Stemmer

TOKEN = re.compile(
    r"[^\W_]+"
    r"(?:\+\+(?<![^\W_]{2}\+\+)|#(?<![^\W_]{2}#)(?![\w#])"  # C++ and C#, but not notepad++ and page#
    r"|/(?<![^\W_]{2}/)[^\W\d_](?![^\W_]|[/+#])"  # A/B, but not C/C++
    r"|\.(?<=\d\.)\d+(?:\.\d+){0,2}(?![^\W_]))?"  # 99.999 and 1.21.3
    r"|\.(?<![\w.]\.)[^\W\d_][^\W_]*"  # .NET, but not the end of habr.com
)
CJK = re.compile("[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff]+")
MAX_TOKEN = 64  # characters; the rest of a longer one (base64, hashes) is not looked at

_CYRILLIC = re.compile("[а-яё]")
_MARKS_AFTER_LETTER = "\u0301\u00ad"  # the stress in моде́ль and soft hyphens: they may stand inside a word
_local = threading.local()  # a Stemmer must not be shared between threads


def compose(text: str) -> str:
    """Return `text` in NFC without soft hyphens and stress marks, in its own case."""
    if text.isascii():
        return text
    if not unicodedata.is_normalized("NFC", text):
        text = unicodedata.normalize("NFC", text)
    for mark in _MARKS_AFTER_LETTER:
        if mark in text:
            text = text.replace(mark, "")
    return text


def fold_word(word: str) -> str:
    """Return a composed word in the form in which words are compared."""
    return word.lower().replace("ё", "е")


def tokens(text: str) -> list[str]:
    """Return the words of `text` in reading order, folded."""
    return TOKEN.findall(fold_word(compose(text)))


@lru_cache(maxsize=50_000)
def stem(token: str) -> str:
    """Return what the forms of a folded token have in common."""
    token = token[:MAX_TOKEN]
    if not token.isalnum():  # c++, .net, 99.999
        return token
    if token.isascii():
        return token if token.isdigit() else str(_stemmer("english").stemWord(token))
    if _CYRILLIC.search(token):
        return str(_stemmer("russian").stemWord(token))
    return token


def _stemmer(language: str) -> Stemmer.Stemmer:
    stemmer = getattr(_local, language, None)
    if stemmer is None:
        stemmer = Stemmer.Stemmer(language)
        setattr(_local, language, stemmer)
    return stemmer


def mark_pattern(stem_: str) -> str:
    """Return a regular expression for the words that begin like `stem_`; use it with IGNORECASE.

    It may find a little more than the word's forms: ask `stem` where that matters.
    """
    if CJK.match(stem_):
        return re.escape(stem_)
    head, tail = stem_, ""
    if stem_.isascii() and len(stem_) > 3:  # Porter writes library as librari and hoping as hope
        if stem_.endswith("i"):
            head, tail = stem_[:-1], "[iy]"
        elif stem_.endswith("e"):
            head, tail = stem_[:-1], "e?"
    return rf"(?<![^\W_]){_letters(head)}{tail}[^\W_]*"


def exact_pattern(word: str) -> str:
    """Return a regular expression for exactly this word, ё and е alike; use it with IGNORECASE."""
    if CJK.match(word):
        return re.escape(word)
    return rf"(?<![^\W_]){_letters(word)}(?![^\W_])"


def _letters(word: str) -> str:
    return re.escape(word).replace("ё", "е").replace("е", "[её]")
