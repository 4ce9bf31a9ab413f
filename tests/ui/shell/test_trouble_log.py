"""The log of the window: what is wrong with the program, and of which version; not what Qt says of screen readers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QLoggingCategory, qCWarning, qWarning

from pos.ui.shell.services.trouble_log import TroubleLog

NOON = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)


@pytest.fixture
def log(tmp_path: Path) -> Iterator[TroubleLog]:
    log = TroubleLog(tmp_path / "border-pos.log", lambda: NOON, lambda: "1.2.3")
    log.watch()
    yield log
    log.unwatch()


def test_a_line_says_when_and_in_which_version(log: TroubleLog) -> None:
    qWarning("A layout has no room")
    assert log.path.read_text("utf-8") == "2026-11-24T04:00:00Z 1.2.3 Qt warning: A layout has no room\n"


def test_what_qt_says_of_a_screen_reader_that_asks_for_what_is_gone_does_not_fill_the_log(log: TroubleLog) -> None:
    """A reader asks behind the window: hundreds of lines in a quarter of an hour, and the log is rotated at 1 MB."""
    category = QLoggingCategory("qt.accessibility.atspi")  # type: ignore[arg-type] # the stubs want bytes, Qt a text
    qCWarning(category, "Could not find accessible on path")  # type: ignore[arg-type]
    assert not log.path.exists()
