"""Rubbish is looked for on the main thread only."""

import gc
import threading
from collections.abc import Callable

from desktop.ui import garbage
from desktop.ui.garbage import GarbageSweep


class Ring:
    """Something that only the search for cycles removes."""

    def __init__(self, gone: list[str]) -> None:
        self.me = self
        self.gone = gone

    def __del__(self) -> None:
        self.gone.append(threading.current_thread().name)


def test_cycles_end_on_the_main_thread(app: object, wait_until: Callable[..., None]) -> None:
    gone: list[str] = []
    gc.enable()
    try:
        sweep = GarbageSweep()
        assert not gc.isenabled()
        sweep._timer.setInterval(1)

        def work() -> None:
            for _number in range(50):
                Ring(gone)
            keep = [[] for _number in range(garbage.YOUNG + 1_000)]  # what would have started a search right here
            assert len(keep) > garbage.YOUNG

        worker = threading.Thread(target=work, name="worker")
        worker.start()
        worker.join()
        assert gone == []
        rubbish = [[] for _number in range(garbage.YOUNG + 1_000)]
        wait_until(lambda: len(gone) == 50)
        assert set(gone) == {threading.main_thread().name}
        assert rubbish
        sweep._timer.stop()
    finally:
        gc.unfreeze()
        gc.disable()
