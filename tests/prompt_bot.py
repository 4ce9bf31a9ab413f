"""A `qtbot` that goes on as soon as what it waits for is there."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEventLoop, Qt, QTimer
from pytestqt.exceptions import TimeoutError as TooLong
from pytestqt.qtbot import QtBot


class PromptBot(QtBot):
    """Looks every millisecond: pytest-qt's own looks every ten, and a window is waited for twenty thousand times."""

    def waitUntil(self, callback: Callable[[], bool | None], *, timeout: int = 5000) -> None:  # noqa: N802 - Qt's name
        if _is_so(callback):
            return
        loop, failed = QEventLoop(), list[BaseException]()

        def look() -> None:
            try:
                if _is_so(callback):
                    loop.exit(0)
            except BaseException as error:  # noqa: BLE001 # raised below: Qt would swallow it
                failed.append(error)
                loop.exit(0)

        often, end = QTimer(loop), QTimer(loop)
        often.setTimerType(Qt.TimerType.PreciseTimer)
        often.timeout.connect(look)
        end.setSingleShot(True)
        end.timeout.connect(lambda: loop.exit(1))
        often.start(1)
        end.start(timeout)
        is_too_long = bool(loop.exec()) and not _is_so(callback)
        often.stop()
        end.stop()
        if failed:
            raise failed[0]
        if is_too_long:
            raise TooLong(f"waitUntil timed out in {timeout} milliseconds")


def _is_so(callback: Callable[[], bool | None]) -> bool:
    """Whether it is true, or asserts nothing that is wrong. Anything else is no answer, as in pytest-qt."""
    try:
        answer = callback()
    except AssertionError:
        return False
    if answer not in (None, True, False):
        raise ValueError(f"waitUntil() callback must return None, True or False, returned {answer!r}")
    return answer is None or answer
