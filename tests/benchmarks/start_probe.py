"""One start of a window in a process of its own, as reported by JSON lines: `start_probe bare` or `start_probe FOLDER
…`.

Each line names a moment, the milliseconds since the process was started (T0 of the environment, a monotonic clock),
those of the processor, and the memory: resident, proportional, the process's own, in MB. From the first picture on it
names the longest gap of the event loop, too.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable
from typing import Any

_REST_MS = 6_000
_GIVE_UP_MS = 120_000


_longest_gap = [0.0]


def report(moment: str) -> None:
    """Say what was reached."""
    since = (time.monotonic() - float(os.environ["T0"])) * 1000
    figures = {"ms": since, "cpu": time.process_time() * 1000, "gap": _longest_gap[0], **_memory()}
    sys.stdout.write(json.dumps({"moment": moment, **figures}) + "\n")
    sys.stdout.flush()


def _memory() -> dict[str, float]:
    with open("/proc/self/smaps_rollup", encoding="ascii") as rollup:  # noqa: PTH123 # imports nothing
        figures = {line.split()[0]: int(line.split()[1]) / 1024 for line in rollup if line.rstrip().endswith("kB")}
    return {
        "rss": figures["Rss:"],
        "pss": figures["Pss:"],
        "own": figures["Private_Clean:"] + figures["Private_Dirty:"],
    }


def bare() -> None:
    """A window of PySide6 and nothing in it: what no one starts faster than."""
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication, QWidget

    class Window(QWidget):
        def paintEvent(self, _event: object) -> None:  # noqa: N802 # Qt's name
            QTimer.singleShot(0, _reported_and_ended)

    app = QApplication(sys.argv[:1])
    window = Window()
    window.resize(1366, 768)
    window.show()
    app.exec()


def _reported_and_ended() -> None:
    report("painted")
    os._exit(0)


def ours(folder: str, pin: str, code: str, *, goes_on: bool) -> None:
    """The program itself; at the painted sign-in the PIN is given, and at the checkout a code is scanned and paid."""
    import main
    from pos.ui.shell.main_window import MainWindow

    paint, is_painted = MainWindow.paintEvent, list[bool]()

    def painted(window: Any, event: Any) -> None:
        from PySide6.QtCore import QTimer

        paint(window, event)
        if window.page is not None and not is_painted:
            is_painted.append(True)
            QTimer.singleShot(0, lambda: _began(window, pin, code, goes_on=goes_on))

    MainWindow.paintEvent = painted  # type: ignore[method-assign,assignment]  # what is measured is not changed for it
    main.console(["--data", folder])


def _began(window: Any, pin: str, code: str, *, goes_on: bool) -> None:
    from PySide6.QtCore import QTimer

    report("painted")
    if not goes_on:
        os._exit(0)
    _watch(window)
    page = window.page
    for digit in pin:
        page.pin.field.push(digit)  # a person's fingers would take longer than the till
    page.pin.button.click()
    QTimer.singleShot(_GIVE_UP_MS, lambda: os._exit(3))
    _when(window, lambda: window.page.screen_id == "checkout", lambda: _scan(window, code))


def _watch(window: Any) -> None:
    """The gaps between two ticks of a timer of a millisecond."""
    from PySide6.QtCore import Qt, QTimer

    beat, last = QTimer(window), [time.monotonic()]
    beat.setTimerType(Qt.TimerType.PreciseTimer)

    def tick() -> None:
        now = time.monotonic()
        _longest_gap[0] = max(_longest_gap[0], (now - last[0]) * 1000)
        last[0] = now

    beat.timeout.connect(tick)
    beat.start(1)


def _scan(window: Any, code: str) -> None:
    report("signed in")
    window.scanned(code)
    session = window.page.session

    def is_there() -> bool:
        return session.sale is not None and bool(session.sale.lines)

    _when(window, is_there, lambda: _scanned(window))


def _scanned(window: Any) -> None:
    from PySide6.QtCore import QTimer

    window.repaint()
    report("scanned")
    QTimer.singleShot(_REST_MS, lambda: _rested(window))


def _rested(window: Any) -> None:
    report("at rest")
    os._exit(0)


def _when(window: Any, reached: Callable[[], bool], go: Callable[[], None]) -> None:
    from PySide6.QtCore import QTimer

    timer = QTimer(window)
    timer.setInterval(2)

    def look() -> None:
        if reached():
            timer.stop()
            go()

    timer.timeout.connect(look)
    timer.start()


if __name__ == "__main__":
    if sys.argv[1] == "bare":
        bare()
    else:
        ours(*sys.argv[2:5], goes_on=sys.argv[1] == "on")
