"""Does the tasks of a shop at its real window and counts: `python -m tools.tasks [keys|finger] [TASK…]`.

Each task is done by keys and scanner alone and by finger and scanner alone, in a window of 1366 × 768 over a demo shop
with four weeks of trade. The table that comes out stands in docs/tasks.md. Exit code 1 if a task cannot be done.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from tools.counter_tasks import COUNTER_TASKS
from tools.office_tasks import OFFICE_TASKS
from tools.order_tasks import ORDER_TASKS
from tools.shift_tasks import SHIFT_TASKS
from tools.stock_tasks import STOCK_TASKS
from tools.task_hand import FingerHand, KeysHand, TaskHand
from tools.task_table import WAYS, Result, Task, table

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

TASKS = (*COUNTER_TASKS, *SHIFT_TASKS, *OFFICE_TASKS, *STOCK_TASKS, *ORDER_TASKS)
HANDS: dict[str, type[TaskHand]] = {"keys": KeysHand, "finger": FingerHand}
_AT = datetime(2026, 11, 24, 7, 42, tzinfo=UTC)
_PAST = 28
_SCREEN = {"name": "till", "x": 0, "y": 0, "width": 1370, "height": 772, "logicalDpi": 96, "dpr": 1}


def main(arguments: list[str]) -> int:
    """Do the tasks named, or all; the table goes to standard output, what could not be done after it."""
    ways = [one for one in arguments if one in WAYS] or list(WAYS)
    wanted = [one for one in arguments if one not in WAYS]
    unknown = set(wanted) - {task.id for task in TASKS}
    if unknown:
        sys.stderr.write(f"no such task: {', '.join(sorted(unknown))}; there are {', '.join(t.id for t in TASKS)}\n")
        return 2
    tasks = [task for task in TASKS if not wanted or task.id in wanted]
    with tempfile.TemporaryDirectory() as temporary:
        screen = Path(temporary) / "screen.json"
        screen.write_text(json.dumps({"screens": [_SCREEN]}), encoding="utf-8")
        os.environ["QT_QPA_PLATFORM"] = f"offscreen:configfile={screen}"
        os.environ["QT_LOGGING_RULES"] = "qt.qpa.*=false"
        results = _done(Path(temporary), tasks, ways)
    sys.stdout.write("\n".join(table(tasks, results)) + "\n")
    failed = [(*key, result.trouble) for key, result in results.items() if result.trouble]
    for task_id, way, trouble in failed:
        sys.stdout.write(f"\n{task_id} by {way}: {trouble}\n")
    return 1 if failed else 0


def _done(base: Path, tasks: list[Task], ways: list[str]) -> dict[tuple[str, str], Result]:
    from PySide6.QtWidgets import QApplication

    import main as program
    from pos.application.settings.options import Options

    app = QApplication(["border-pos"])
    program.build(Options(data=base / "demo", demo=True, at=_AT), quick_pins=True, demo_past=_PAST).close()
    results = {}
    for task in tasks:
        for way in ways:
            if task.only in ("", way):
                results[task.id, way] = _result(app, base, task, way)
                sys.stderr.write(f"{task.id} by {way}: {results[task.id, way].count}\n")
    return results


def _result(app: QApplication, base: Path, task: Task, way: str) -> Result:
    """A task in a shop and a window of its own."""
    import main as program
    from pos.application.settings.options import Options

    folder = base / f"{task.id}-{way}"
    shutil.copytree(base / "demo", folder)
    shop = program.build(Options(data=folder, demo=True, at=_AT), quick_pins=True)
    hand = HANDS[way](app, shop, program.RESOURCES, base / f"{task.id}-{way}.json", "en", "light")
    try:
        return do(task, hand)
    finally:
        hand.close()
        shutil.rmtree(folder, ignore_errors=True)  # a receipt may still be drawn


def do(task: Task, hand: TaskHand) -> Result:
    """One task by one hand; if anything goes wrong, it has not been done."""
    trouble = ""
    try:
        task.do(hand)
    except Exception as error:  # noqa: BLE001 # a task that breaks the program is reported, too
        trouble = f"{type(error).__name__}: {error}"
    return Result(hand.tally, trouble)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
