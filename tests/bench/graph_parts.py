"""The graph: its layout, its frames, and how long it keeps the window waiting (see `run_part`)."""

import json
import shutil
import time
from pathlib import Path
from typing import Any

from tests.bench.figures import cpu_s, percentile, resident_mb

GRAPH_NODES, GRAPH_EDGES = 10_000, 44_000
LOCAL_NODES = 300
WATCH_S = 0.002  # how often the window's thread is asked for a sign of life
OPENED_S = 120.0


def links(nodes: int, edges: int) -> Any:
    """Return random pairs; few notes are linked to by many."""
    import numpy

    draw = numpy.random.default_rng(1)
    sources = draw.integers(0, nodes, edges)
    targets = (draw.random(edges) ** 3 * nodes).astype(int)
    return numpy.stack((sources, targets), axis=1)


def settle(_folder: Path) -> dict[str, float]:
    """Let a graph with hubs come to rest, then add a note with two links."""
    import numpy

    from desktop.core.graph.layout import Simulation

    pairs = links(GRAPH_NODES, GRAPH_EDGES)
    cpu = cpu_s()
    simulation = Simulation(GRAPH_NODES, pairs)
    steps = simulation.settle()
    cpu = cpu_s() - cpu
    before = simulation.positions
    more = numpy.vstack((pairs, ((GRAPH_NODES, 17), (GRAPH_NODES, 4_000))))
    grown = Simulation(GRAPH_NODES + 1, more, numpy.vstack((before, (numpy.nan, numpy.nan))))
    warm = grown.settle()
    moved = numpy.linalg.norm(grown.positions[:-1] - before, axis=1)
    radius = numpy.percentile(numpy.linalg.norm(before - before.mean(axis=0), axis=1), 99)
    return {"cpu": cpu, "steps": steps, "warm": warm, "moved": float(numpy.median(moved) / radius)}


def picture_of(nodes: int, edges: int) -> Any:
    """Return a picture of made-up notes."""
    from desktop.core.records import Graph, GraphNode, NoteKind
    from desktop.ui.graph.picture import Picture

    pairs = [(int(a) + 1, int(b) + 1) for a, b in links(nodes, edges)]
    degrees = dict.fromkeys(range(1, nodes + 1), 0)
    for end in (end for pair in pairs for end in pair):
        degrees[end] += 1
    kinds = (NoteKind.LECTURE, NoteKind.DIGEST, NoteKind.NOTE)
    notes = [
        GraphNode(number, f"Заметка {number}", kinds[number % 3], degree, group=number % 7)
        for number, degree in degrees.items()
    ]
    started = time.process_time()
    picture = Picture(Graph(tuple(notes), tuple(pairs), tuple("abcdefg"), nodes))
    return picture, (time.process_time() - started) * 1e3


def frames(_folder: Path) -> dict[str, Any]:
    """Pan and point at 10,000 notes at rest; let 300 and 250 notes move."""
    from PySide6.QtWidgets import QApplication

    from desktop.ui.graph.view import GraphView
    from tests.bench.probe import Paints, run_for

    QApplication(["graph"])
    view = GraphView()
    view.resize(1080, 780)
    view.show()
    picture, made = picture_of(GRAPH_NODES, GRAPH_EDGES)
    picture.simulation.settle(150)
    picture.simulation.cool()
    view.show_picture(picture)
    run_for(3.0)
    paints = Paints(view)
    figures: dict[str, Any] = {"picture": made, "pan": _pan(view, paints), "hover": _hover(view)}
    for nodes in (LOCAL_NODES, 250):
        local, _made = picture_of(nodes, 4 * nodes)
        view.show_picture(local)
        figures[f"local{nodes}"] = _moving(view, paints, local)
    view.close()
    return figures


def _mouse(view: Any, kind: Any, x: float, y: float, held: bool) -> None:
    from PySide6.QtCore import QPointF, Qt
    from PySide6.QtGui import QMouseEvent
    from PySide6.QtWidgets import QApplication

    left, none = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
    button = left if kind != QMouseEvent.Type.MouseMove else none
    event = QMouseEvent(
        kind, QPointF(x, y), view.mapToGlobal(QPointF(x, y)), button, left if held else none,
        Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip
    QApplication.sendEvent(view, event)


def _pan(view: Any, paints: Any) -> dict[str, float]:
    """Drag the ground about; return the window thread's CPU for each frame in ms."""
    from PySide6.QtCore import QEvent

    from tests.bench.probe import process_events, run_for

    _mouse(view, QEvent.Type.MouseButtonPress, 4, 4, True)
    taken = []
    for number in range(120):
        seen, cpu, end = paints.count, time.thread_time(), time.monotonic() + 1
        _mouse(view, QEvent.Type.MouseMove, 4 + 3 * number % 400, 4 + 2 * number % 300, True)
        while paints.count == seen and time.monotonic() < end:
            process_events()
        taken.append((time.thread_time() - cpu) * 1e3)
    _mouse(view, QEvent.Type.MouseButtonRelease, 4, 4, False)
    run_for(1.0)
    return {"p50": percentile(taken, 0.5), "p99": percentile(taken, 0.99)}


def _hover(view: Any) -> dict[str, float]:
    """Point here and there; return the CPU of finding out what is there and of starting to show it, in ms."""
    from PySide6.QtCore import QEvent

    from tests.bench.probe import process_events

    taken = []
    for number in range(150):
        cpu = time.thread_time()
        _mouse(view, QEvent.Type.MouseMove, 200 + number * 37 % 700, 150 + number * 53 % 500, False)
        taken.append((time.thread_time() - cpu) * 1e3)
        process_events()
    return {"p50": percentile(taken, 0.5), "p99": percentile(taken, 0.99)}


def _moving(view: Any, paints: Any, picture: Any) -> dict[str, float]:
    """Let a picture settle; return the CPU of a frame in ms, step and painting, and the frames in a second."""
    from tests.bench.probe import process_events

    taken, started = [], time.monotonic()
    while picture.simulation.moving and time.monotonic() - started < 20:
        seen, cpu, end = paints.count, time.thread_time(), time.monotonic() + 1
        while paints.count == seen and time.monotonic() < end:
            process_events()
            time.sleep(0.0005)
        taken.append((time.thread_time() - cpu) * 1e3)
    seconds = time.monotonic() - started
    return {"p50": percentile(taken, 0.5), "p99": percentile(taken, 0.99), "fps": len(taken) / seconds}


def prepare(folder: Path, nodes: str, edges: str) -> dict[str, str]:
    """Write a library of linked notes without texts straight into the file."""
    from desktop.core.notebook import Notebook
    from tests.bench.parts import fill_heads

    library = folder / "graph.konspekt"
    notebook = Notebook.open(library)
    fill_heads(library, int(nodes))
    pairs = [(int(a) + 1, int(b) + 1) for a, b in links(int(nodes), int(edges))]
    with notebook._database.write() as transaction:
        transaction.sql.executemany(
            "INSERT INTO link (source_id, target_id, kind, target, anchor, label, start, \"end\", target_start,"
            " target_end, target_key) VALUES (?, ?, 'wiki', 'x', '', '', 0, 1, 0, 1, 'x')",
            pairs,
        )
    notebook.close()
    return {}


def open_library(folder: Path, given: str = "") -> None:
    """Open the graph of a whole library in the program's window; watch how long the window is deaf meanwhile."""
    import desktop.core.notebook  # noqa: F401 -- before Qt, as the program does it
    from tests.bench.probe import run_for, start_program, wait_for_first_paint

    library = folder / "graph.konspekt"
    if given:
        shutil.copyfile(given, library)

    def measure() -> None:
        from PySide6.QtCore import QTimer

        window: Any = wait_for_first_paint()
        run_for(4.0)
        print(json.dumps(_watch(window, QTimer())))

    start_program(library, measure)


def _watch(window: Any, timer: Any) -> dict[str, float]:
    """Open the graph, wait until its picture is painted and has moved for two seconds; return stalls in ms."""
    from PySide6.QtWidgets import QApplication

    from desktop.ui.graph.library_graph import LibraryGraph
    from tests.bench.probe import process_events, run_for

    stalls, last = [0.0], time.perf_counter()

    def beat() -> None:
        nonlocal last
        now = time.perf_counter()
        stalls.append((now - last) * 1e3)
        last = now

    timer.timeout.connect(beat)
    timer.start(int(WATCH_S * 1e3))
    memory, started = resident_mb(), time.perf_counter()
    window.actions_by_name["library_graph"].trigger()
    graph, end = None, time.monotonic() + OPENED_S
    while time.monotonic() < end:
        process_events()
        graph = next((w for w in QApplication.topLevelWidgets() if isinstance(w, LibraryGraph)), None)
        if graph is not None and graph.view.picture is not None:
            break
        time.sleep(0.0005)
    assert graph is not None, "no window came"
    assert graph.view.picture is not None, "no picture came"
    first = time.perf_counter() - started
    reading = max(stalls)
    stalls.clear()
    run_for(4.0)
    return {
        "first": first,
        "stall": reading,
        "moving": max(stalls),
        "nodes": len(graph.view.picture),
        "edges": len(graph.view.picture.edges),
        "mb": resident_mb() - memory,
    }
