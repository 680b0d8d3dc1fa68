"""The command line: thin words over the notebook, for scripts and for libraries without a window.

Results go to stdout, as one JSON document with `--json`; everything else goes to stderr. The exit code is 0, 1 with a
sentence for what the user can mend, 2 for wrong usage. Commands that only read open the library for reading, so they
work while a window has it open. Nothing here knows Qt.
"""

import argparse
import json
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop.cli_arguments import EVERY_RESULT, make_parser
from desktop.cli_explaining import explanation_data, explanation_lines
from desktop.cli_health import check_links
from desktop.cli_links import links_of
from desktop.cli_recovery import set_aside_if_damaged
from desktop.cli_references import Paths, place
from desktop.core.errors import ExportRefused, ImportRefused, KonspektError, LibraryError, QueryError
from desktop.core.paths import user_places
from desktop.core.records import (
    ExportTarget,
    Graph,
    GraphFilter,
    NoteHead,
    NoteId,
    Progress,
    ReportLine,
    Section,
)

if TYPE_CHECKING:
    from desktop.core.notebook import Notebook

WRITING = frozenset({"import", "backup", "restore", "reindex"})
Answer = tuple[Any, str]  # what --json prints, and what is printed without it


def run(arguments: list[str]) -> int:
    """Run one command and return the exit code."""
    try:
        options = make_parser().parse_args(arguments)
    except SystemExit as leaving:  # argparse has said what is wrong, or printed its help
        return leaving.code if isinstance(leaving.code, int) else 2
    try:
        return _run(options)
    except KonspektError as error:
        print(f"konspekt: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("konspekt: stopped; nothing was changed.", file=sys.stderr)
        return 1
    except BrokenPipeError:
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115 -- or the interpreter's last flush complains
        return 1  # whoever read our output has seen enough
    except OSError as error:
        print(f"konspekt: {error}.", file=sys.stderr)
        return 1


def _run(options: argparse.Namespace) -> int:
    from desktop.core.notebook import Notebook  # late: --help needs no library

    path = _library(options)
    writes = options.command in WRITING or (options.command == "check" and options.repair)
    if not path.exists() and options.command not in ("import", "restore"):
        raise LibraryError(f"There is no library at {path}.")
    if options.command == "import" and not any(source.exists() for source in options.paths):
        raise ImportRefused(f"There is no file or folder {options.paths[0]}.")  # and no library is made for nothing
    if options.command == "restore" and path.exists():
        set_aside_if_damaged(path, options.file)
    # No defaults of the parser: the options may stand before or after the command, and a default would win.
    options.json = getattr(options, "json", False)
    notebook = Notebook.open(path, read_only=not writes)
    try:
        data, text = COMMANDS[options.command](notebook, options)
        if options.json:
            text = _as_json(data)
        _print(text)
        return _exit_code(options, data)
    finally:
        notebook.close()


def _as_json(data: Any) -> str:
    try:
        return json.dumps(data, ensure_ascii=False, indent=2) + "\n"
    except RecursionError as error:
        raise KonspektError("The tree is too deep to be nested in JSON; leave out --tree.") from error


def _library(options: argparse.Namespace) -> Path:
    named = getattr(options, "library", None) or os.environ.get("KONSPEKT_LIBRARY")
    return Path(named).expanduser() if named else user_places().default_library


def _exit_code(options: argparse.Namespace, data: Any) -> int:
    """Return 1 where an import brought nothing but refusals, or a check left something wrong."""
    if options.command == "import":
        errors = [line for line in data["report"] if line["level"] == "error"]
        if errors and not data["imported"] + data["updated"] + data["skipped"]:
            print(f"konspekt: nothing was imported: {errors[0]['message']}", file=sys.stderr)
            return 1
    if options.command == "check" and len(data["problems"]) > data["repaired"]:
        print(f"konspekt: problems were found: {len(data['problems'])}.", file=sys.stderr)
        return 1
    return 0


# --- commands --------------------------------------------------------------------------------------------


def _import(notebook: "Notebook", options: argparse.Namespace) -> Answer:
    result = notebook.exchange.import_paths(options.paths, options.into, _progress())
    if result.changes:
        notebook.search.index_now(_progress())
    paths = Paths(notebook)
    notes = [
        {"id": head.id, "title": head.title, "kind": head.kind, "path": paths.of(head)} for head in result.notes
    ]
    data = {
        "imported": result.imported,
        "updated": result.updated,
        "skipped": result.skipped,
        "notes": notes,
        "report": _report(result.report),
    }
    counts = f"imported {result.imported}, updated {result.updated}, skipped {result.skipped}\n"
    return data, _report_text(result.report) + counts


def _list(notebook: "Notebook", options: argparse.Namespace) -> Answer:
    heads = notebook.tree.living()
    tags = notebook.tree.tags_of([head.id for head in heads])
    entries = [_entry(head, tags.get(head.id, [])) for head in heads]
    depths: dict[NoteId | None, int] = {None: -1}
    lines = []
    for head in heads:
        depths[head.id] = depths.get(head.parent_id, -1) + 1
        indent = "  " * depths[head.id] if options.tree else ""
        lines.append(f"{head.id:>6}  {head.kind:<7}  {indent}{head.title}\n")
    return (_nested(entries) if options.tree else entries), "".join(lines)


def _entry(head: NoteHead, tags: Sequence[str]) -> dict[str, Any]:
    return {
        "id": head.id,
        "uid": head.uid,
        "name": head.name,
        "title": head.title,
        "kind": head.kind,
        "parent_id": head.parent_id,
        "position": head.position,
        "tags": list(tags),
        "updated": head.updated,
    }


def _nested(entries: list[dict[str, Any]]) -> list[dict[str, Any]]:
    by_id = {entry["id"]: {**entry, "children": []} for entry in entries}
    roots: list[dict[str, Any]] = []
    for entry in by_id.values():
        parent = by_id.get(entry["parent_id"])
        (roots if parent is None else parent["children"]).append(entry)
    return roots


def _show(notebook: "Notebook", options: argparse.Namespace) -> Answer:
    note_id, section = place(notebook, options.note)
    note = notebook.notes.read(note_id)
    start, end = (section.start, section.end) if section else (0, len(note.text))
    text = note.text[start:end]
    if options.html:
        from desktop.core.page.markdown import to_html  # late: Python-Markdown and its extensions

        html = to_html(text)
        return {"id": note_id, "title": note.head.title, "html": html}, html
    if not options.json:
        return None, text
    from desktop.core.text.frontmatter import read_front_matter

    data = {
        **_entry(note.head, notebook.tree.tags_of([note_id]).get(note_id, [])),
        "path": Paths(notebook).of(note.head),
        "version": note.head.version,
        "text": text,
        "sections": [_section(s) for s in notebook.notes.sections(note_id) if start <= s.start and s.end <= end],
        "front_matter": dict(read_front_matter(note.text).values),
        "links": [
            {
                "kind": link.link.kind,
                "target": link.link.target,
                "anchor": link.link.anchor,
                "label": link.link.label,
                "id": link.target.id if link.target else None,
            }
            for link in notebook.links.outgoing(note_id)
            if start <= link.link.start < end
        ],
    }
    return data, text


def _section(section: Section) -> dict[str, Any]:
    return {
        "ordinal": section.ordinal,
        "level": section.level,
        "title": section.title,
        "slug": section.slug,
        "start": section.start,
        "end": section.end,
    }


def _search(notebook: "Notebook", options: argparse.Namespace) -> Answer:
    search, text = notebook.search, " ".join(options.query)
    within = None if options.within is None else place(notebook, options.within)[0]
    result = search.query(text, options.limit, within=within, forgiving=not options.exact)
    for sentence in (result.problem, result.notice):
        if sentence:
            print(sentence, file=sys.stderr)
    filled = search.passages(result, [hit.id for hit in result.hits])
    hits = [filled.get(hit.id, hit) for hit in result.hits]
    whys = [search.explain(text, hit.id, within=within) if options.explain else None for hit in hits]
    data = []
    for hit, why in zip(hits, whys, strict=True):
        data.append({
            "id": hit.id, "title": hit.title, "kind": hit.kind, "score": round(hit.score, 4),
            "snippet": hit.snippet.text, "section": hit.section.title if hit.section else None,
        })  # fmt: skip
        if why is not None:
            data[-1]["explanation"] = {"match": hit.match, **explanation_data(why)}
    lines = [
        f"{hit.id:>6}  {hit.title}\n        {' '.join(hit.snippet.text.split())}\n" + explanation_lines(why)
        for hit, why in zip(hits, whys, strict=True)
    ]
    return data, "".join(lines) or "nothing found\n"


def _links(notebook: "Notebook", options: argparse.Namespace) -> Answer:
    note_id, _anchor = place(notebook, options.note)
    return links_of(notebook, note_id, EVERY_RESULT)


def _graph(notebook: "Notebook", options: argparse.Namespace) -> Answer:
    wanted = GraphFilter(
        query=options.query,
        unresolved=options.unresolved or options.note is not None,
        tags=options.tags,
        attachments=options.attachments,
    )
    graph: Graph
    if options.note is None:
        graph = notebook.graph.whole(wanted)
    else:
        graph = notebook.graph.neighbourhood(place(notebook, options.note)[0], options.depth, wanted)
    if graph.left_out and not graph.nodes:  # the query could not be understood
        raise QueryError(graph.left_out)
    if graph.left_out:
        print(f"konspekt: {graph.left_out}", file=sys.stderr)
    data = {
        "nodes": [
            {"id": node.id, "title": node.title, "kind": node.kind or node.node_kind.value} for node in graph.nodes
        ],
        "edges": [list(edge) for edge in graph.edges],
    }
    titles = {node.id: node.title for node in graph.nodes}
    lines = [f"{titles[source]} → {titles[target]}\n" for source, target in graph.edges]
    return data, "".join(lines) + f"notes {len(graph.nodes)}, links {len(graph.edges)}\n"


def _export(notebook: "Notebook", options: argparse.Namespace) -> Answer:
    targets = []
    for reference in options.notes:
        note_id, section = place(notebook, reference)
        if section is not None and not isinstance(section, Section):
            raise ExportRefused(f"“{reference}” is a paragraph; export its note, or the section that holds it.")
        below = options.subtree and section is None
        targets.append(ExportTarget(note_id, section.ordinal if section else None, below))
    folder, single = options.to, ""
    wanted = options.format or {".html": "html", ".pdf": "pdf"}.get(folder.suffix.lower(), "md")
    if wanted == "pdf":
        raise ExportRefused("A PDF is made in the window, by “Export as PDF…”; here there are Markdown and HTML.")
    if folder.suffix.lower() == f".{wanted}" and not folder.is_dir():
        folder, single = folder.parent, folder.name
    if wanted == "html":
        plan = notebook.exchange.plan_html(targets, folder, name=single)
    else:
        plan = notebook.exchange.plan_export(targets, folder, single_file=single or None)
    files = list(notebook.exchange.write_export(plan, options.overwrite))
    return {"files": files, "report": _report(plan.report)}, _report_text(plan.report) + "".join(
        f"{file}\n" for file in files
    )


def _check(notebook: "Notebook", options: argparse.Namespace) -> Answer:
    report = notebook.safety.check(options.repair)
    data = {
        "notes": report.notes,
        "revisions": report.revisions,
        "attachments": report.attachments,
        "problems": _report(report.problems),
        "repaired": report.repaired,
    }
    counts = f"checked: notes {report.notes}, revisions {report.revisions}, attachments {report.attachments}; "
    found = f"problems {len(report.problems)}, repaired {report.repaired}\n"
    data["links"], links = check_links(notebook, _progress(), damaged=bool(report.problems))
    return data, _report_text(report.problems) + counts + found + links


def _backup(notebook: "Notebook", _options: argparse.Namespace) -> Answer:
    file = str(notebook.safety.backup())
    return {"backup": file}, f"{file}\n"


def _restore(notebook: "Notebook", options: argparse.Namespace) -> Answer:
    notebook.safety.restore(options.file)
    notebook.search.rebuild()
    notebook.search.index_now(_progress())
    notes = notebook.tree.total()
    return {"restored": str(options.file), "notes": notes}, f"restored {options.file}: notes {notes}\n"


def _reindex(notebook: "Notebook", _options: argparse.Namespace) -> Answer:
    notebook.search.rebuild()
    notebook.search.index_now(_progress())
    notes = notebook.tree.total()
    return {"indexed": notes}, f"indexed {notes}\n"


COMMANDS: dict[str, Callable[["Notebook", argparse.Namespace], Answer]] = {
    "import": _import,
    "list": _list,
    "show": _show,
    "search": _search,
    "links": _links,
    "graph": _graph,
    "export": _export,
    "check": _check,
    "backup": _backup,
    "restore": _restore,
    "reindex": _reindex,
}


# --- words ------------------------------------------------------------------------------------


def _report(lines: Sequence[ReportLine]) -> list[dict[str, str]]:
    return [{"path": line.path, "level": line.level, "message": line.message} for line in lines]


def _report_text(lines: Sequence[ReportLine]) -> str:
    return "".join(f"{line.level}: {line.path}: {line.message}\n" for line in lines)


def _progress() -> Callable[[Progress], None] | None:
    """Return something that shows progress on one line, where a person is looking."""
    if not sys.stderr.isatty():
        return None

    def show(progress: Progress) -> None:
        count = f" {progress.done} / {progress.total}" if progress.total else ""
        end = "\n" if progress.total and progress.done >= progress.total else ""
        print(f"\r\x1b[K{progress.label}{count}", end=end, file=sys.stderr, flush=True)

    return show


def _print(text: str) -> None:
    """Write to stdout in UTF-8 with every line end as it stands."""
    sys.stdout.flush()
    sys.stdout.buffer.write(text.encode("utf-8", "replace"))
    sys.stdout.buffer.flush()
