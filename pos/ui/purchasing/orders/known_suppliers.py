"""The suppliers of the shop, with an editor for name and contact."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from pos.application.text.translator import Translator
from pos.domain.errors import InfrastructureError, MovedMeanwhile, RuleBroken
from pos.domain.purchasing.supplier import Supplier
from pos.ui.look.sounds import Sound
from pos.ui.purchasing.orders.supplier_panel import SupplierPanel
from pos.ui.session.session import Session
from pos.ui.widgets.cards.notice_bar import Notice
from pos.ui.widgets.drawing.tone import Tone
from pos.ui.widgets.tables.columns import RowColumn
from pos.ui.widgets.tables.line_table import Cell, LineHeader, LineModel, LineRow, LineTable

_COLUMNS = (RowColumn(share=1), RowColumn(share=1))


@dataclass(frozen=True, slots=True)
class Renamed:
    """A supplier before and after the change."""

    before: Supplier
    after: Supplier


class KnownSuppliers(QObject):
    """The list with its panel. `renamed` carries Renamed, `left` moves the focus back to the list."""

    renamed = Signal(object)
    moved = Signal()
    """Another person has changed the supplier in the meantime."""

    def __init__(self, session: Session, page: QWidget) -> None:
        super().__init__(page)
        self._session = session
        self._is_saving = False
        self.all: Sequence[Supplier] = ()
        self.rows = LineModel(self)
        self.table = LineTable(session.theme, self.rows, _COLUMNS)
        self.header = LineHeader(session.theme, self.table)
        self.panel = SupplierPanel(session.theme, session.actions.key_text("make_order"))
        self.table.selectionModel().currentChanged.connect(lambda *_: self._show())
        self.table.opened.connect(self.panel.begin)
        self.panel.saved.connect(self.save)
        self.panel.left.connect(self.leave)

    def retranslate(self, tr: Translator) -> None:
        """Show all texts in another language."""
        self.table.setAccessibleName(tr("Suppliers"))
        self.header.name(tr("Supplier"), tr("Contact"))
        self.panel.retranslate(tr)
        self._show()

    def present(self, suppliers: Sequence[Supplier]) -> None:
        """Show these suppliers; the selection stays."""
        self.all = suppliers
        rows = [
            LineRow(one.id, "store", (Cell(one.name, bold=True), Cell(one.contact, token="muted"))) for one in suppliers
        ]
        self.table.renew(lambda: self.rows.exchange(rows), self.rows.key)
        self._show()

    def save(self) -> None:
        """Save the typed name and contact."""
        supplier, person, steps = self._chosen(), self._session.person, self._session.shop.deliveries.suppliers
        if supplier is None or person is None or self._is_saving:
            return
        name, contact = self.panel.name.text(), self.panel.contact.text()
        self._is_saving = True
        self.panel.clear_errors()
        self._session.run(
            lambda: Renamed(supplier, steps.rename(supplier.id, name, person, contact, supplier)),
            self._saved,
            partial(self._not_saved, supplier),
        )

    def leave(self) -> None:
        """Return to the list; unsaved changes are discarded."""
        self.panel.undo()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _chosen(self) -> Supplier | None:
        index = self.table.current_row
        return self.all[index] if 0 <= index < len(self.all) else None

    def _show(self) -> None:
        self.panel.present(self._chosen(), self._session.translator)

    def _saved(self, done: Renamed) -> None:
        self._is_saving = False
        session = self._session
        session.sounds.play(Sound.NOTE)
        session.notify(
            "supplier.saved",
            lambda: Notice(Tone.WITHIN, session.translator("{supplier} saved.", supplier=done.after.name), seconds=8),
        )
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        self.renamed.emit(done)

    def _not_saved(self, supplier: Supplier, error: Exception) -> None:
        self._is_saving = False
        self._session.sounds.play(Sound.REFUSE)
        if isinstance(error, MovedMeanwhile):
            self.moved.emit()
        chosen = self._chosen()
        is_here = chosen is not None and chosen.id == supplier.id  # else another one is on show by now
        is_shown = is_here and self.panel.complain(error, lambda: self._session.wording(error))
        if not is_shown and isinstance(error, RuleBroken | InfrastructureError):
            self._session.report(error)
