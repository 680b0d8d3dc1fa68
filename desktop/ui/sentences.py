"""What the core says, in the user's language.

The core speaks English sentences with the user's names and words in them. Each is listed here once as a template with
numbered gaps; a sentence is recognised by the words between its gaps, and what stood in the gaps goes unchanged into
the translation. A sentence that no template fits is shown as it came.
"""

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

CONTEXT = "core"

TEMPLATES = (
    # opening, reading and writing the library
    QT_TRANSLATE_NOOP("core", "The disk is full: nothing was written; free some space and try again."),
    QT_TRANSLATE_NOOP("core", "There is no library at {0}."),
    QT_TRANSLATE_NOOP("core", "There is no file {0}."),
    QT_TRANSLATE_NOOP("core", "The library was opened for reading only; close the other Konspekt and try again."),
    QT_TRANSLATE_NOOP(
        "core", "The library was opened for reading only, so its index cannot be brought up to date."
    ),
    QT_TRANSLATE_NOOP("core", "{0} is open in another Konspekt; close it there first."),
    QT_TRANSLATE_NOOP("core", "{0} is busy in another program; try again in a moment."),
    QT_TRANSLATE_NOOP("core", "{0} is damaged; restore a backup with “konspekt restore FILE”."),
    QT_TRANSLATE_NOOP("core", "{0} is damaged: {1} texts differ from their checksums ({2})."),
    QT_TRANSLATE_NOOP("core", "{0} is damaged: {1}."),
    QT_TRANSLATE_NOOP("core", "{0} cannot be opened for writing; check the folder's permissions."),
    QT_TRANSLATE_NOOP("core", "{0} cannot be opened for writing: {1}."),
    QT_TRANSLATE_NOOP("core", "{0} cannot be read: {1}."),
    QT_TRANSLATE_NOOP("core", "{0} could not be read or written: {1}."),
    QT_TRANSLATE_NOOP("core", "{0} is not a Konspekt library; choose another file."),
    QT_TRANSLATE_NOOP("core", "{0} is not a Konspekt library."),
    QT_TRANSLATE_NOOP("core", "{0} is an empty file, not a library."),
    QT_TRANSLATE_NOOP("core", "{0} was written by a newer Konspekt; update this one to open it."),
    QT_TRANSLATE_NOOP("core", "{0} was written by a newer Konspekt."),
    QT_TRANSLATE_NOOP("core", "There is no room for a backup in {0}; free {1} MB."),
    QT_TRANSLATE_NOOP("core", "The backup could not be written: {0}."),
    QT_TRANSLATE_NOOP("core", "{0} is damaged, so no backup was made; run “konspekt check --repair” first."),
    QT_TRANSLATE_NOOP("core", "The copy could not be put in place, the library is as it was: {0}."),
    QT_TRANSLATE_NOOP("core", "The library could not be read: {0}; try “konspekt check”."),
    QT_TRANSLATE_NOOP("core", "The library was closed; open it again."),
    QT_TRANSLATE_NOOP("core", "A reader cannot write."),
    QT_TRANSLATE_NOOP(
        "core", "{0} holds instructions that no Konspekt writes into a library; it was not opened."
    ),
    QT_TRANSLATE_NOOP("core", "The search index cannot be written: {0}."),
    QT_TRANSLATE_NOOP("core", "“{0}” lies too deep for a folder on a disk; export it by itself."),
    QT_TRANSLATE_NOOP("core", "“{0}” is in the trash; put it back to export it."),
    QT_TRANSLATE_NOOP("core", "“{0}” takes too long to convert and stays as it is written."),
    QT_TRANSLATE_NOOP("core", "The process that converts notes did not start; nothing was written."),
    # notes and the tree
    QT_TRANSLATE_NOOP("core", "That note is not in the library any more."),
    QT_TRANSLATE_NOOP("core", "That note was deleted for good; copy your text into a new note."),
    QT_TRANSLATE_NOOP("core", "That earlier text is not kept any more."),
    QT_TRANSLATE_NOOP("core", "There is no note “{0}”; “konspekt list” shows what there is."),
    QT_TRANSLATE_NOOP("core", "“{0}” names several notes, give a path or an id: {1}."),
    QT_TRANSLATE_NOOP("core", "This note was changed elsewhere meanwhile; your text was not stored over it."),
    QT_TRANSLATE_NOOP("core", "The note above is in the trash; restore it first."),
    QT_TRANSLATE_NOOP("core", "A note cannot stand under itself."),
    QT_TRANSLATE_NOOP("core", "“{0}” was changed there since; nothing was taken back."),
    QT_TRANSLATE_NOOP("core", "These words cannot be a heading there; write the heading in the text."),
    QT_TRANSLATE_NOOP("core", "No note can have the name that this link says; write another name into it."),
    QT_TRANSLATE_NOOP("core", "These words would take a link out of the note; write the heading in the text."),
    QT_TRANSLATE_NOOP("core", "Links that could not be written anew and lead nowhere now: {0}."),
    QT_TRANSLATE_NOOP("core", "That heading is not in the note any more."),
    QT_TRANSLATE_NOOP(
        "core", "The front matter cannot be read there, so the old name was not kept as an alias."
    ),
    QT_TRANSLATE_NOOP("core", "Only notes in the trash can be deleted for good."),
    QT_TRANSLATE_NOOP("core", "This note was changed elsewhere meanwhile; nothing was taken out."),
    QT_TRANSLATE_NOOP("core", "There is nothing to take out: select some words first."),
    QT_TRANSLATE_NOOP("core", "A note cannot be merged into itself."),
    QT_TRANSLATE_NOOP("core", "A note in the trash cannot be merged; put it back first."),
    QT_TRANSLATE_NOOP("core", "No note is called “{0}”."),
    QT_TRANSLATE_NOOP("core", "“{0}” has no section “{1}”."),
    QT_TRANSLATE_NOOP("core", "“{0}” has no block “{1}”."),
    QT_TRANSLATE_NOOP("core", "A note cannot show itself."),
    QT_TRANSLATE_NOOP("core", "Only the beginning is shown here."),
    QT_TRANSLATE_NOOP("core", "The text was changed meanwhile; look again and choose anew."),
    # searching
    QT_TRANSLATE_NOOP("core", "Nothing was found for “{0}”; these are the results for “{1}”."),
    QT_TRANSLATE_NOOP("core", "Few notes hold “{0}”; below them are the results for “{1}”."),
    QT_TRANSLATE_NOOP("core", "No note holds all of these words; these hold some of them."),
    QT_TRANSLATE_NOOP("core", "Write a query first; then it can be saved."),
    QT_TRANSLATE_NOOP("core", "The disk has no room for the search index; free some, then it goes on."),
    QT_TRANSLATE_NOOP(
        "core", "The search index was written but could not be read back; the disk may be failing."
    ),
    QT_TRANSLATE_NOOP(
        "core", "The search index process ended by itself again and again; search reads the texts instead."
    ),
    QT_TRANSLATE_NOOP("core", "The index is being built: the texts were looked through instead."),
    QT_TRANSLATE_NOOP("core", "The index is being built: the newest {0} notes were looked through so far."),
    QT_TRANSLATE_NOOP("core", "The search index is being written by another Konspekt."),
    QT_TRANSLATE_NOOP("core", "The query is too long: {0} characters are the most."),
    QT_TRANSLATE_NOOP("core", "The query has too many words: {0} are the most."),
    QT_TRANSLATE_NOOP("core", "The brackets of the query are nested too deeply: {0} levels are the most."),
    QT_TRANSLATE_NOOP("core", "Say what “{0}:” should be, for example {1}."),
    QT_TRANSLATE_NOOP("core", "A search cannot begin with “*”: give the first letters, for example систем*."),
    QT_TRANSLATE_NOOP("core", "Give at least two letters before “*”."),
    QT_TRANSLATE_NOOP("core", "“{0}” is nothing that {1}: knows; it takes {2}."),
    QT_TRANSLATE_NOOP("core", "“{0}” ends before it begins."),
    QT_TRANSLATE_NOOP("core", "“{0}” is not a date: write 2023, 2023-10, 2023-10-30 or 2023..2024."),
    QT_TRANSLATE_NOOP("core", "“{0}” is not in the calendar."),
    # the graph
    QT_TRANSLATE_NOOP("core", "Of {0} notes the biggest connected part is shown: {1}."),
    QT_TRANSLATE_NOOP("core", "Of {0} notes the {1} best linked are shown; a filter shows the others."),
    # importing
    QT_TRANSLATE_NOOP("core", "There is no file or folder {0}."),
    QT_TRANSLATE_NOOP("core", "There is nothing to import in this folder."),
    QT_TRANSLATE_NOOP("core", "This is neither a file nor a folder."),
    QT_TRANSLATE_NOOP("core", "Only Markdown and plain text files can become notes."),
    QT_TRANSLATE_NOOP("core", "Too deep: what lies in here was not imported."),
    QT_TRANSLATE_NOOP("core", "A link to another place is not followed."),
    QT_TRANSLATE_NOOP("core", "The folder cannot be read: {0}."),
    QT_TRANSLATE_NOOP("core", "The file cannot be read: {0}."),
    QT_TRANSLATE_NOOP("core", "The file is larger than {0} MB."),
    QT_TRANSLATE_NOOP("core", "The file is not text: it holds bytes that no note can have."),
    QT_TRANSLATE_NOOP("core", "The file is not text: it is full of control characters."),
    QT_TRANSLATE_NOOP("core", "The file is not UTF-8, and its encoding could not be recognised."),
    QT_TRANSLATE_NOOP(
        "core", "Read as {0}, which was recognised, not declared; Konspekt keeps and exports it as UTF-8."
    ),
    QT_TRANSLATE_NOOP("core", "Read as {0}, but some characters may differ from the file; please compare."),
    QT_TRANSLATE_NOOP(
        "core", "The file and its note were both changed; the file's version was put beside the note."
    ),
    QT_TRANSLATE_NOOP("core", "The note says the same already; skipped."),
    QT_TRANSLATE_NOOP("core", "Stored as “{0}”, because there is a “{1}” already."),
    QT_TRANSLATE_NOOP("core", "{0} more files are unchanged."),
    # exporting
    QT_TRANSLATE_NOOP("core", "Nothing was chosen to export."),
    QT_TRANSLATE_NOOP("core", "There is nothing to export."),
    QT_TRANSLATE_NOOP("core", "There is nothing to export: the folder holds no text."),
    QT_TRANSLATE_NOOP("core", "A note that was to be exported is not in the library any more."),
    QT_TRANSLATE_NOOP("core", "“{0}” has no such section any more; nothing was written."),
    QT_TRANSLATE_NOOP("core", "The export could not be written: {0}."),
    QT_TRANSLATE_NOOP("core", "“{0}” would lie outside the chosen folder."),
    QT_TRANSLATE_NOOP("core", "“{0}” in the chosen folder leads to another place; nothing was written."),
    QT_TRANSLATE_NOOP("core", "“{0}” is a folder there already; choose another folder."),
    QT_TRANSLATE_NOOP("core", "“{0}” is there already; choose another folder or allow overwriting."),
    QT_TRANSLATE_NOOP("core", "“{0}” is a file, not a folder."),
    QT_TRANSLATE_NOOP(
        "core", "Links that became plain text, because what they lead to is not exported: {0}."
    ),
    QT_TRANSLATE_NOOP("core", "The image “{0}” is not in the library."),
    # checking
    QT_TRANSLATE_NOOP("core", "The text differs from its checksum."),
    QT_TRANSLATE_NOOP("core", "Its sections or links do not follow from its text."),
    QT_TRANSLATE_NOOP("core", "Row {0} refers to a row that is gone."),
    QT_TRANSLATE_NOOP("core", "SQLite says: {0}"),
)


def in_users_language(sentence: str) -> str:
    """Return a sentence of the core translated; one that is not known here, as it is."""
    for template in map(str, TEMPLATES):
        gaps = _gaps(template, sentence)
        if gaps is not None:
            return QCoreApplication.translate(CONTEXT, template).format(*gaps)
    return sentence


def _gaps(template: str, sentence: str) -> list[str] | None:
    """Return what stands in a template's gaps, None where the sentence is another; linear, whatever the names hold."""
    pieces = [template]
    while (gap := f"{{{len(pieces) - 1}}}") in pieces[-1]:
        pieces[-1:] = pieces[-1].split(gap, 1)
    first, last = pieces[0], pieces[-1]
    if len(pieces) == 1:
        return [] if sentence == template else None
    if len(sentence) < len(first) + len(last) or not (sentence.startswith(first) and sentence.endswith(last)):
        return None
    rest = sentence[len(first) : len(sentence) - len(last)]
    gaps = []
    for piece in pieces[1:-1]:
        gap, found, rest = rest.partition(piece)
        if not found:
            return None
        gaps.append(gap)
    return [*gaps, rest]
