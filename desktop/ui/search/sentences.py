"""What the search says, in the user's language: core speaks English sentences with the user's words in them."""

import re

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

CONTEXT = "search"

_SENTENCES = (
    QT_TRANSLATE_NOOP("search", "Nothing was found for “{0}”; these are the results for “{1}”."),
    QT_TRANSLATE_NOOP("search", "No note holds all of these words; these hold some of them."),
    QT_TRANSLATE_NOOP("search", "The index is being built: the texts were looked through instead."),
    QT_TRANSLATE_NOOP("search", "The index is being built: the newest {0} notes were looked through so far."),
    QT_TRANSLATE_NOOP("search", "The query is too long: {0} characters are the most."),
    QT_TRANSLATE_NOOP("search", "The brackets of the query are nested too deeply: {0} levels are the most."),
    QT_TRANSLATE_NOOP("search", "Say what “{0}:” should be, for example {1}."),
    QT_TRANSLATE_NOOP("search", "A search cannot begin with “*”: give the first letters, for example систем*."),
    QT_TRANSLATE_NOOP("search", "Give at least two letters before “*”."),
    QT_TRANSLATE_NOOP("search", "The query has too many words: {0} are the most."),
    QT_TRANSLATE_NOOP("search", "“{0}” is not something a note can be: {1}: takes {2}."),
    QT_TRANSLATE_NOOP("search", "“{0}” ends before it begins."),
    QT_TRANSLATE_NOOP("search", "“{0}” is not a date: write 2023, 2023-10, 2023-10-30 or 2023..2024."),
    QT_TRANSLATE_NOOP("search", "“{0}” is not in the calendar."),
)


def in_users_language(sentence: str) -> str:
    """Return a sentence of the search translated; one that is not known here, as it is."""
    for template in map(str, _SENTENCES):
        pattern = re.sub(r"\\\{\d\\\}", "(.*)", re.escape(template))
        match = re.fullmatch(pattern, sentence, re.DOTALL)
        if match is not None:
            return QCoreApplication.translate(CONTEXT, template).format(*match.groups())
    return sentence
