"""The words that the command line understands."""

import argparse
from pathlib import Path

from desktop import __version__

EVERY_RESULT = 1_000_000


def make_parser() -> argparse.ArgumentParser:
    """Return the parser of `konspekt [--library FILE] [--json] COMMAND ...`."""
    shared = argparse.ArgumentParser(add_help=False)
    shared.add_argument("--library", metavar="FILE", default=argparse.SUPPRESS, help="the library file")
    shared.add_argument(
        "--json", action="store_true", default=argparse.SUPPRESS, help="print one JSON document on stdout"
    )
    parser = argparse.ArgumentParser(
        prog="konspekt", parents=[shared], description="Konspekt without its window.", allow_abbrev=False
    )
    parser.add_argument("--version", action="version", version=f"Konspekt {__version__}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    note = "an id, a uid, a path of names, a name, a title or an alias"

    def add(name: str, words: str) -> argparse.ArgumentParser:
        return commands.add_parser(name, parents=[shared], help=words, description=words, allow_abbrev=False)

    command = add("import", "bring in Markdown files and folders")
    command.add_argument("paths", nargs="+", type=Path, metavar="PATH")
    command.add_argument("--into", default="", metavar="TITLE", help="the note to put them under")
    command = add("list", "list all notes")
    command.add_argument("--tree", action="store_true", help="show what stands under what")
    command = add("show", "print a note, or one section of it")
    command.add_argument("note", metavar="NOTE[#SECTION]", help=note)
    command.add_argument("--html", action="store_true", help="print safe HTML")
    command = add("search", "find notes by words")
    command.add_argument("query", nargs="+", metavar="QUERY", help="in quotation marks where a word begins with -")
    command.add_argument("--limit", type=_count, default=50, metavar="N")
    command.add_argument("--in", dest="within", metavar="NOTE", help="only that note and what is below it")
    command.add_argument("--exact", action="store_true", help="no other layouts, typos or shared beginnings")
    command.add_argument("--explain", action="store_true", help="say why each note matched")
    command = add("links", "print a note's links, backlinks and mentions")
    command.add_argument("note", metavar="NOTE", help=note)
    command = add("graph", "print who links to whom")
    command.add_argument("note", nargs="?", metavar="NOTE", help=note)
    command.add_argument("--depth", type=_count, default=1, metavar="N", help="steps from NOTE (1)")
    command.add_argument("--query", default="", metavar="QUERY", help="only notes that fit, as in a search")
    command.add_argument("--unresolved", action="store_true", help="with notes that links name and nobody wrote yet")
    command.add_argument("--tags", action="store_true", help="with tags")
    command.add_argument("--attachments", action="store_true", help="with stored files")
    command = add("export", "write notes and sections as Markdown or HTML")
    command.add_argument("notes", nargs="+", metavar="NOTE[#SECTION]", help=note)
    place = "a folder, or one file ending in .md or .html"
    command.add_argument("--to", type=Path, required=True, metavar="PATH", help=place)
    command.add_argument("--subtree", action="store_true", help="with all notes below")
    command.add_argument("--format", choices=["md", "html", "pdf"], help="md, or what the file's name ends in")
    command.add_argument("--overwrite", action="store_true", help="replace files that are there already")
    command = add("check", "check the library file")
    command.add_argument("--repair", action="store_true", help="mend what can be mended")
    add("backup", "make a verified copy of the library")
    command = add("restore", "put a verified copy in the library's place")
    command.add_argument("file", type=Path, metavar="FILE")
    add("reindex", "build the search index anew")
    return parser


def _count(text: str) -> int:
    number = int(text)
    if not 0 < number <= EVERY_RESULT:
        raise ValueError(text)
    return number
