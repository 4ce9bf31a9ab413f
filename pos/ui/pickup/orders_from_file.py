"""Customer orders from a file of a channel: chosen, read beside the work, and taken a few at a time."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog

from pos.application.pickup.import_orders import (
    KNOWN,
    REFUSED,
    TAKEN,
    OrderFile,
    OrdersImported,
    OrdersUnderWay,
    RowResult,
)
from pos.application.pickup.tables import imported
from pos.application.text.formatting import number_text
from pos.application.text.translator import Translator
from pos.application.text.typography import paragraph
from pos.ui.look.sounds import Sound
from pos.ui.page.save_table import TableSaver
from pos.ui.page.screen import Screen
from pos.ui.widgets.cards.notice_bar import Notice
from pos.ui.widgets.drawing.tone import Tone

_NAMED = 3
"""How many rows are named, those without their deposit before those that were refused; the saved list has all."""


class OrdersFromFile(QObject):
    """The step of a page that imports orders. `taken`: some were taken.

    `ask` asks for a file: by default a dialog of the system; tests may pass another function.
    """

    taken = Signal()

    def __init__(self, screen: Screen, saver: TableSaver) -> None:
        super().__init__(screen)
        self._screen, self._session, self._saver = screen, screen.session, saver
        self.is_busy = False
        """Whether a file is being read or its orders are being taken."""
        self.ask: Callable[[], Path | None] = self._asked

    def choose(self) -> None:
        """Ask for a file and take its orders."""
        if self.is_busy or self._session.person is None:
            self._session.sounds.play(Sound.NOTE)
            return
        path = self.ask()
        if path is not None:
            self.is_busy = True
            step, settings = self._session.shop.pickup.import_orders, self._session.settings
            self._session.read_file(lambda: step.read(path, settings), self._begin, self._failed)

    def _asked(self) -> Path | None:
        tr = self._session.translator
        kinds = f"{tr('Tables')} (*.csv *.tsv *.txt *.xlsx);;{tr('All files')} (*)"
        name, _kind = QFileDialog.getOpenFileName(
            self._screen, self._session.actions.text("import_pickups", tr), str(TableSaver.folder), kinds
        )
        return Path(name) if name else None

    def _begin(self, file: OrderFile) -> None:
        person = self._session.person
        if person is None:
            self.is_busy = False
            return
        self._go_on(OrdersUnderWay(self._session.shop.pickup.import_orders, file, person), is_left=True)

    def _go_on(self, under_way: OrdersUnderWay, is_left: bool) -> None:
        """The next orders; the store serves the till between them."""
        if not is_left:
            self._end(under_way.result())
            return
        total, done = len(under_way.file.orders), under_way.done
        self._session.notify("pickup.importing", lambda: self._progress(under_way.file.name, done, total))

        def broken(error: Exception) -> None:
            """What was taken stays; the same file takes the rest another time."""
            self._failed(error)
            if under_way.done:
                self.taken.emit()

        self._session.run(under_way.step, partial(self._go_on, under_way), broken)

    def _failed(self, error: Exception) -> None:
        self.is_busy = False
        self._session.withdraw("pickup.importing")
        self._session.sounds.play(Sound.REFUSE)
        self._session.report_foreseen(error)

    def _end(self, done: OrdersImported) -> None:
        self.is_busy = False
        self._session.withdraw("pickup.importing")
        wrong = [*done.without_deposit, *(row for row in done.rows if row.outcome == REFUSED)]  # money first
        self._session.sounds.play(Sound.NOTE if wrong else Sound.COMPLETE)
        save = partial(self._saver.save_list, imported(done, self._session.wording))
        self._session.notify("pickup.imported", lambda: self._result(done, wrong), save if wrong else None)
        if done.count(TAKEN):
            self.taken.emit()

    # ── words ────────────────────────────────────────────────────────────────────────────────────────────────

    def _progress(self, file: str, done: int, total: int) -> Notice:
        tr = self._session.translator
        n, of = number_text(done, tr.language), number_text(total, tr.language)
        said = tr("{file}: orders {n} of {total}", file=file, n=n, total=of)
        return Notice(Tone.NEUTRAL, said, "file-up", progress=done * 100 // max(total, 1))

    def _result(self, done: OrdersImported, wrong: list[RowResult]) -> Notice:
        tr = self._session.translator
        counts = {name: number_text(done.count(name), tr.language) for name in (TAKEN, KNOWN, REFUSED)}
        said = tr("{file}: rows taken {taken}, known before {known}, refused {refused}.", file=done.file, **counts)
        if done.without_deposit:
            unrecorded = number_text(len(done.without_deposit), tr.language)
            said = paragraph(tr, (said, tr("Deposits not recorded: {n}.", n=unrecorded)))
        if not wrong:
            return Notice(Tone.WITHIN, said, "file-up", seconds=20)
        named = [self._named(row, tr) for row in wrong[:_NAMED]]
        more = ["…"] if len(wrong) > _NAMED else []
        return Notice(Tone.NEARLY, "\n".join([said, *named, *more]), "file-up", tr("Save the list"))

    def _named(self, row: RowResult, tr: Translator) -> str:
        assert row.problem is not None, "only such rows are named"
        n, why = number_text(row.line, tr.language), self._session.wording(row.problem)
        if row.outcome == REFUSED:
            return tr("Row {n}: {why}", n=n, why=why)
        return tr("Row {n}, deposit not recorded: {why}", n=n, why=why)
