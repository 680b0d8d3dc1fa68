"""What every test shares: Qt without a screen, Qt's warnings as failures, the real corpus where it is there."""

import gc
import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

# The same examples in every run: a run that fails can be repeated, and no run fails by bad luck.
settings.register_profile("steady", derandomize=True, deadline=None)
settings.load_profile("steady")

CORPUS = Path(__file__).resolve().parents[2] / "shared" / "corpus"


@pytest.fixture(scope="session")
def corpus() -> Path:
    """Return the folder of real lectures and digests, which only some machines have."""
    if not CORPUS.is_dir():
        pytest.skip("the corpus of real texts is not on this machine")
    return CORPUS


@pytest.fixture(scope="session", autouse=True)
def home_of_nobody(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep the places of the user who runs the tests out of them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KONSPEKT_HOME", str(tmp_path_factory.mktemp("home")))
        yield


@pytest.fixture(scope="session")
def qt_messages() -> list[str]:
    """Collect what Qt warns about."""
    return []


@pytest.fixture(scope="session")
def app(qt_messages: list[str]) -> object:
    """Start the one QApplication that all widget tests share."""
    from PySide6.QtCore import QtMsgType, qInstallMessageHandler
    from PySide6.QtWidgets import QApplication

    def remember(kind: QtMsgType, _context: object, message: str) -> None:
        if kind in (QtMsgType.QtWarningMsg, QtMsgType.QtCriticalMsg) and "propagateSizeHints" not in message:
            qt_messages.append(message)

    qInstallMessageHandler(remember)
    application = QApplication.instance() or QApplication(["konspekt"])
    application.setApplicationName("Konspekt")
    gc.disable()  # as in the program: a Qt object in a cycle must not be found by a worker's thread
    return application


@pytest.fixture(autouse=True)
def no_qt_warnings(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail a widget test during which Qt warned."""
    if "app" not in request.fixturenames:
        yield
        return
    messages: list[str] = request.getfixturevalue("qt_messages")
    messages.clear()
    yield
    gc.collect(1)
    assert not messages, "Qt warned: " + "; ".join(messages)


@pytest.fixture
def wait_until(app: object) -> Callable[..., None]:
    """Return a function that runs Qt's events until a predicate holds."""
    from PySide6.QtCore import QCoreApplication, QEventLoop

    def wait(predicate: Callable[[], bool], timeout_s: float = 20.0) -> None:
        end = time.monotonic() + timeout_s
        while not predicate():
            assert time.monotonic() < end, "waited in vain"
            QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
            time.sleep(0.002)

    return wait
