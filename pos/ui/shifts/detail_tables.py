"""The tables behind the sums of a shift or a day, two beside each other."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import tzinfo
from functools import partial

from PySide6.QtWidgets import QWidget

from pos.application.text.translator import Translator
from pos.domain.shifts.report_details import ShiftDetails
from pos.ui.look.theme import Space
from pos.ui.shifts import detail_words
from pos.ui.widgets.drawing.layouts import Stretched, vbox
from pos.ui.widgets.tables.figure_table import FigureCell, FigureTable
from pos.ui.widgets.tables.folding_tables import FoldingTables

_ROW = 32


class DetailTables(QWidget):
    """Discounts, voids, returns, approvals, drawer openings; an empty table says that there were none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.discounts, self.voids, self.returns, self.approvals, self.openings = (FigureTable(_ROW) for _ in range(5))
        lines = vbox(self.discounts, Stretched(self.voids), spacing=Space.M)
        others = vbox(self.returns, self.approvals, Stretched(self.openings), spacing=Space.M)
        self._beside = FoldingTables(
            Stretched(lines),
            Stretched(others),
            columns=((self.discounts, self.voids), (self.returns, self.approvals, self.openings)),
        )
        vbox(self._beside, margins=0, parent=self)

    def present(
        self, details: ShiftDetails, names: Mapping[str, str], zone: tzinfo, tr: Translator, *, blind: bool = False
    ) -> None:
        """Show these in a language; `names` are the display names of people. A `blind` report holds no returns."""
        for step in self.steps(details, names, zone, tr, blind=blind):
            step()

    def steps(
        self,
        details: ShiftDetails,
        names: Mapping[str, str],
        zone: tzinfo,
        tr: Translator,
        *,
        blind: bool = False,
        of_one: bool = False,
    ) -> list[Callable[[], None]]:
        """The steps that fill them, one table a step: in a busy month one is long enough for a turn of the event
        loop. `of_one`: they are what one person did; of the drawer others may have opened it says nothing.
        """
        tables: tuple[tuple[FigureTable, str, Callable[[], Sequence[Sequence[FigureCell]]], str], ...] = (
            (
                self.discounts,
                tr("Discounts"),
                lambda: detail_words.discount_rows(details, names, tr),
                tr("No discounts were given."),
            ),
            (
                self.returns,
                tr("Returns by reason"),
                lambda: detail_words.return_rows(details, tr),
                tr("Shown after the count.") if blind else tr("No returns."),
            ),
            (
                self.voids,
                tr("Removed lines"),
                lambda: detail_words.void_rows(details, names, zone, tr),
                tr("No removed lines."),
            ),
            (
                self.approvals,
                tr("Approvals"),
                lambda: detail_words.approval_rows(details, names, tr),
                tr("No approvals."),
            ),
            (
                self.openings,
                tr("Drawer opened without a sale"),
                lambda: detail_words.opening_rows(details, names, zone),
                tr("This person did not open the drawer without a sale.")
                if of_one
                else tr("The drawer was opened only for sales, deposits, refunds, and money put in or taken out."),
            ),
        )
        return [*(partial(_show, *one) for one in tables), self._beside.fit]


def _show(table: FigureTable, title: str, rows_of: Callable[[], Sequence[Sequence[FigureCell]]], nothing: str) -> None:
    rows = rows_of()
    table.present(title, (), rows, "" if rows else nothing)
