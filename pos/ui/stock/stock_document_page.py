"""Stock document of several products: move, adjust, write off, or take samples."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QStackedWidget, QWidget

from pos.application.stock.move_stock import StockDocumentDraft, StockDocumentLine
from pos.application.stock.read_stock import ProductStock
from pos.application.text.formatting import number_text, time_text
from pos.application.text.names import STOCK_WHYS, name_of
from pos.application.text.translator import Translator
from pos.domain.stock.stock import FLOOR, LOCATIONS, STORE_ROOM
from pos.domain.stock.stock_count import LONGEST_NOTE
from pos.domain.stock.stock_document import ADJUSTMENT, KINDS, REASONS_OF, SAMPLE, TRANSFER, WASTE
from pos.ui.look.sounds import Sound
from pos.ui.look.theme import Size, Space
from pos.ui.session.session import Session
from pos.ui.stock.bottom_bar import bottom_bar, lay_over_bar
from pos.ui.stock.last_scan import LastScanPanel, TotalFigure
from pos.ui.stock.stock_words import goods_icon, location_text, locations_text
from pos.ui.widgets.buttons.icon_button import ButtonKind, IconButton
from pos.ui.widgets.buttons.segmented import Segment, Segmented
from pos.ui.widgets.cards.empty_state import EmptyState
from pos.ui.widgets.drawing.cells import Cells
from pos.ui.widgets.drawing.layouts import Stretch, Stretched, vbox
from pos.ui.widgets.drawing.see_through import SeeThrough
from pos.ui.widgets.drawing.surface import Ground, Surface
from pos.ui.widgets.drawing.tone import Tone
from pos.ui.widgets.fields.combo_box import ComboBox
from pos.ui.widgets.fields.search_box import SearchBox
from pos.ui.widgets.tables.choices import offer
from pos.ui.widgets.tables.columns import RowColumn
from pos.ui.widgets.tables.line_table import Cell, LineHeader, LineModel, LineRow, LineTable

_COLUMNS = (RowColumn(share=1), RowColumn(96, right=True, drops=1), RowColumn(96, right=True), RowColumn(190))
_CHOICE = 200
"""The least width of a choice with others beside it."""
_FIGURES = frozenset("0123456789*+-")

_ASKS: Mapping[str, Callable[[Translator], str]] = {
    TRANSFER: lambda tr: tr("Choose both places, then scan the goods to move."),
    ADJUSTMENT: lambda tr: tr("Scan the product to adjust. Press F4 and type + or − and the quantity."),
    WASTE: lambda tr: tr("Choose a reason, then scan the goods to write off."),
    SAMPLE: lambda tr: tr("Choose a reason, then scan the samples."),
}


@dataclass(frozen=True, slots=True)
class Draft:
    """A line that is not recorded yet; `at` is when its goods were scanned last."""

    product_stock: ProductStock
    quantity: int
    at: datetime

    @property
    def key(self) -> tuple[int, str]:
        """The product, and the lot named by its label."""
        return self.product_stock.product.id, self.product_stock.lot

    def there(self, location: str) -> int:
        """Stock at a place (of its lot) that is not held for customers."""
        lot = self.product_stock.lot
        lying = [at for at in self.product_stock.locations if at.location == location]
        pieces = sum(at.on_hand for at in lying if not lot or (at.lot is not None and at.lot.code == lot))
        if location != FLOOR or not self.product_stock.held:
            return pieces
        return min(pieces, sum(at.on_hand for at in lying) - self.product_stock.held)


class StockDocumentPage(QWidget):
    """Holds the document until it is recorded. `typed` carries the entered text, `recorded` the draft."""

    typed = Signal(str)
    recorded = Signal(object)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        theme = session.theme
        self.kind, self.location, self.to = TRANSFER, STORE_ROOM, FLOOR
        self.lines: list[Draft] = []
        self._less: list[Draft] = []
        """Lines that take pieces away by a sign, while a kind that knows none is on show."""
        self._last: Draft | None = None
        self._added = 0
        self._is_presenting = False
        self._undo: list[list[Draft]] = []
        self._is_sent = False
        self.kinds = Segmented(theme, "")
        self.kinds.chosen.connect(self._choose_kind)
        self.locations, self.goals, self.reasons = ComboBox(), ComboBox(), ComboBox()
        self.note = QLineEdit()
        self.note.setMaxLength(LONGEST_NOTE)
        self.locations.activated.connect(lambda _at: self._take_location(self.locations.currentData()))
        self.goals.activated.connect(lambda _at: self._take_goal(self.goals.currentData()))
        self.reasons.activated.connect(lambda _at: self._forget_refusal())
        for choice in (self.locations, self.goals, self.reasons):
            choice.installEventFilter(self)
        self.box = SearchBox(theme, "", "")
        self.box.submitted.connect(self.typed)
        self.rows = LineModel(self)
        self.table = LineTable(theme, self.rows, _COLUMNS)
        self.table.selectionModel().currentChanged.connect(lambda *_: self._follow_choice())
        self._header = LineHeader(theme, self.table)
        self.nothing = EmptyState(theme)
        self.last = LastScanPanel(theme)
        self.last.changed.connect(self.change)
        self.total = TotalFigure(theme, large=True)
        self.button = IconButton(
            theme,
            icon="check",
            key=session.actions.key_text("stock_record"),
            kind=ButtonKind.PRIMARY,
            height=Size.PRIMARY,
        )
        self.button.clicked.connect(self.record)
        self._lay_out()

    # ── user actions ─────────────────────────────────────────────────────────────────────────────────────────

    @property
    def is_sent(self) -> bool:
        """Whether the document is being recorded: as it is on show, so nothing of it changes meanwhile."""
        return self._is_sent

    def send(self, *, sent: bool) -> None:
        """The document is being recorded, or that was answered."""
        self._is_sent = sent

    def _is_fixed(self) -> bool:
        if self._is_sent:
            self._session.sounds.play(Sound.NOTE)
            self._present()
        return self._is_sent

    @property
    def has_last(self) -> bool:
        """Whether there is a product that a figure would concern."""
        return self._last is not None

    def take(self, product_stock: ProductStock, pieces: int) -> bool:
        """Add pieces of a product; returns whether the place has enough."""
        self._remember()
        at = self._index_of((product_stock.product.id, product_stock.lot))
        before = self.lines[at].quantity if at >= 0 else 0
        line = Draft(product_stock, before + pieces, self._session.shop.now())
        self._put(at, line, pieces)
        return self._is_there(line)

    def change(self, by: int) -> None:
        """Add one to the last product, or take one off."""
        if self._last is not None:
            self.set_number(self._quantity() + by)

    def renew(self, stocks: Sequence[ProductStock]) -> None:
        """The goods on the document as they lie by now."""
        by_id = {one.product.id: one for one in stocks}

        def of_now(line: Draft) -> Draft:
            then = line.product_stock
            stock = by_id.get(then.product.id)
            if stock is None:
                return line
            return replace(line, product_stock=replace(stock, pieces=then.pieces, lot=then.lot))

        self.lines = [of_now(line) for line in self.lines]
        self._less = [of_now(line) for line in self._less]
        self._undo = [[of_now(line) for line in step] for step in self._undo]
        self._last = None if self._last is None else of_now(self._last)
        self._present()

    @property
    def products(self) -> Sequence[int]:
        """The goods on the document, and those of the last scan."""
        at_hand = [*self.lines, *self._less, *(() if self._last is None else (self._last,))]
        return list(dict.fromkeys(line.product_stock.product.id for line in at_hand))

    def set_number(self, number: int) -> None:
        """Set the quantity of the last product; 0 removes its line."""
        if self._last is None or (number < 0 and self.kind != ADJUSTMENT) or self._is_fixed():
            return
        self._remember()
        at = self._index_of(self._last.key)
        before = self.lines[at].quantity if at >= 0 else 0
        if number:
            self._put(at, replace(self._last, quantity=number), number - before)
        else:
            self._take_out(at)

    def remove(self) -> None:
        """Remove the selected line."""
        if 0 <= self.table.current_row < len(self.lines) and not self._is_fixed():
            self._remember()
            self._take_out(self.table.current_row)

    def undo(self) -> None:
        """Undo the last change of the document."""
        if self._undo and not self._is_fixed():
            self._forget_refusal()
            self.lines, self._less = self._undo.pop(), []
            self._sort_lines()
            self._last = self.lines[-1] if self.lines else None
            self._added = 0
            self._present()

    def next_kind(self) -> None:
        """Switch to the next kind of document."""
        self._choose_kind(KINDS[(KINDS.index(self.kind) + 1) % len(KINDS)])

    def next_location(self) -> None:
        """Switch to the next source place."""
        self._take_location(LOCATIONS[(LOCATIONS.index(self.location) + 1) % len(LOCATIONS)])

    def next_goal(self) -> None:
        """Switch to the next target place."""
        if self.kind == TRANSFER:
            others = [location for location in LOCATIONS if location != self.location]
            self._take_goal(others[(others.index(self.to) + 1) % len(others)])

    def record(self) -> None:
        """Emit the draft."""
        lines = [
            StockDocumentLine(line.quantity, product=line.product_stock.product.id, lot=line.product_stock.lot)
            for line in self.lines
        ]
        to = self.to if self.kind == TRANSFER else ""
        reason = self.reasons.currentData() or "" if REASONS_OF[self.kind] else ""
        self.recorded.emit(StockDocumentDraft(self.kind, lines, self.location, to, reason, self.note.text()))

    def empty(self, note: str | None = None) -> None:
        """Start a new document, once one with this `note` is recorded. Lines that this kind does not show are still to
        be recorded.
        """
        self.lines, self._last, self._undo = [], None, []
        if note is None or self.note.text() == note:
            self.note.clear()
        self._present()

    @property
    def is_begun(self) -> bool:
        """Whether goods are scanned that are not recorded yet."""
        return bool(self.lines or self._less)

    def discard(self) -> None:
        """Drop everything that is not recorded."""
        self._less = []
        self.box.clear()
        self.empty()

    # ── texts ────────────────────────────────────────────────────────────────────────────────────────────────

    def retranslate(self, tr: Translator) -> None:
        """Show all texts in another language; the document stays."""
        self.kinds.setAccessibleName(tr("Action"))
        self.locations.setAccessibleName(tr("From place"))
        self.goals.setAccessibleName(tr("To place"))
        self.reasons.setAccessibleName(tr("Reason"))
        self.note.setAccessibleName(tr("Note"))
        self.note.setPlaceholderText(tr("Note"))
        self.box.present(tr("Scan field"), tr("Scan a product or carton, or type 5 * and scan"))
        self._header.name(tr("Product"), tr("Free"), tr("Pieces"), tr("Result"))
        self.table.setAccessibleName(tr("This document"))
        self.last.name_buttons(tr("One piece less"), tr("One piece more"))
        self._present()

    def _present(self) -> None:
        tr, language = self._session.translator, self._session.language
        names = {
            TRANSFER: tr("Move"),
            ADJUSTMENT: tr("Adjust"),
            WASTE: tr("Write off"),
            SAMPLE: tr("Sample"),
        }
        self.kinds.present([Segment(kind, names[kind]) for kind in (TRANSFER, ADJUSTMENT, WASTE, SAMPLE)], self.kind)
        offer(self.locations, [(location, location_text(location, tr)) for location in LOCATIONS], self.location)
        goals = [
            (location, tr("to: {place}", place=location_text(location, tr)))
            for location in LOCATIONS
            if location != self.location
        ]
        offer(self.goals, goals, self.to)
        self.goals.setVisible(self.kind == TRANSFER)
        reasons = REASONS_OF[self.kind]
        chosen = self.reasons.currentData()
        choices = [("", tr("choose a reason")), *((why, name_of(STOCK_WHYS, why, tr)) for why in reasons)]
        offer(self.reasons, choices, chosen if chosen in reasons else "")
        self.reasons.setVisible(bool(reasons))
        self._is_presenting = True
        self.rows.exchange([self._row(line) for line in self.lines])
        self.nothing.present("scan-barcode", tr("No goods on this document yet"), _ASKS[self.kind](tr))
        self._rows.setCurrentIndex(0 if self.lines else 1)
        if self._last is not None:
            self.table.choose(self._index_of(self._last.key))
        self._is_presenting = False
        self.total.present(
            tr("Pieces on this document"), number_text(sum(abs(one.quantity) for one in self.lines), language)
        )
        self.button.present(tr("Record document"))
        self.button.setEnabled(bool(self.lines))
        self._present_last(tr)

    def _present_last(self, tr: Translator) -> None:
        last, language = self._last, tr.language
        if last is None:
            self.last.present(
                tr("Last scan"),
                "scan-barcode",
                tr("Scan the first product"),
                tr("All goods are recorded as one document."),
                "",
            )
            self.last.show_text("")
            return
        product = last.product_stock.product
        self.last.present(
            tr("Last scan · {time}", time=time_text(last.at.astimezone(self._session.settings.zone))),
            goods_icon(last.product_stock),
            product.name_in(language),
            product.code,
            number_text(self._quantity(), language, plus=self.kind == ADJUSTMENT),
            tr("of {n}", n=number_text(last.there(self.location), language)),
            number_text(self._added, language, plus=True) if self._added else "",
        )
        self.last.show_text(locations_text(last.product_stock, tr), Tone.NEUTRAL)

    def _follow_choice(self) -> None:
        """A row is chosen: the figures and keys beside the rows concern its goods."""
        index = self.table.current_row
        if self._is_presenting or not 0 <= index < len(self.lines):
            return
        self._last, self._added = self.lines[index], 0
        self._present_last(self._session.translator)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A figure typed after a list was chosen is for the next scan: the list would search it among its names."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.text() in _FIGURES:
            self.keyPressEvent(event)
            return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys pressed outside the fields are typed into the scan field."""
        text = event.text()
        if text and text.isprintable() and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.box.setFocus(Qt.FocusReason.OtherFocusReason)
            self.box.field.insert(text)
            return
        super().keyPressEvent(event)

    def _row(self, line: Draft) -> LineRow:
        tr, language = self._session.translator, self._session.language
        there = line.there(self.location)
        enough = self._is_there(line)
        state = (
            Cell(tr("ready"), token="within", bold=True, icon="circle-check")
            if enough
            else Cell(
                tr("only {n} in stock", n=number_text(max(there, 0), language)),
                token="over",
                bold=True,
                icon="circle-x",
            )
        )
        product = line.product_stock.product
        lot = f" · {line.product_stock.lot}" if line.product_stock.lot else ""
        return LineRow(
            line.key,
            goods_icon(line.product_stock),
            (
                Cell(product.name_in(language), f"{product.code}{lot}", bold=True),
                Cell(number_text(there, language), token="muted", large=True),
                Cell(number_text(line.quantity, language, plus=self.kind == ADJUSTMENT), bold=True, large=True),
                state,
            ),
            warns=not enough,
        )

    # ── the document ─────────────────────────────────────────────────────────────────────────────────────────

    def _is_there(self, line: Draft) -> bool:
        out = -line.quantity if self.kind == ADJUSTMENT else line.quantity
        return out <= max(line.there(self.location), 0)

    def _quantity(self) -> int:
        at = -1 if self._last is None else self._index_of(self._last.key)
        return self.lines[at].quantity if at >= 0 else 0

    def _index_of(self, key: tuple[int, str]) -> int:
        return next((at for at, line in enumerate(self.lines) if line.key == key), -1)

    def _put(self, at: int, line: Draft, added: int) -> None:
        if not line.quantity:
            self._take_out(at)
            return
        if at < 0:
            self.lines.append(line)
        else:
            self.lines[at] = line
        self._last, self._added = line, added
        self._present()

    def _take_out(self, at: int) -> None:
        if 0 <= at < len(self.lines):
            del self.lines[at]
        self._last, self._added = None, 0
        self._present()

    def _remember(self) -> None:
        self._undo.append([*self.lines, *self._less])
        self._forget_refusal()

    def _forget_refusal(self) -> None:
        """Another document than the one that was refused is on show."""
        self._session.withdraw("refused", "stock.refused")

    def _choose_kind(self, kind: str) -> None:
        if self._is_fixed():
            return
        self._forget_refusal()
        self.kind = kind
        if kind != TRANSFER and self.location == STORE_ROOM and not self.lines:
            self.location = FLOOR
        self._sort_lines()
        self._present()

    def _sort_lines(self) -> None:
        """Show the lines that are possible in this kind of document."""
        if self.kind == ADJUSTMENT:
            known = {line.key for line in self.lines}
            self.lines += [line for line in self._less if line.key not in known]
            self._less = []
        else:
            self._less += [line for line in self.lines if line.quantity <= 0]
            self.lines = [line for line in self.lines if line.quantity > 0]

    def _take_location(self, location: str) -> None:
        if self._is_fixed():
            return
        self._forget_refusal()
        before, self.location = self.location, location
        if self.to == location:  # the way is turned round
            self.to = before
        self._present()

    def _take_goal(self, location: str) -> None:
        if self._is_fixed():
            return
        self._forget_refusal()
        self.to = location
        self._present()

    def _lay_out(self) -> None:
        boxes = (self.locations, self.goals, self.reasons)
        for box in boxes:
            box.setFixedHeight(Size.SMALL_BUTTON)
        choice = Cells(*boxes, self.note, least=_CHOICE, gap=Space.XS)
        left = vbox(self.kinds, choice, self.box, spacing=Space.S, margins=(Space.L, Space.S, Space.L, 0))
        filled = QWidget()
        vbox(self._header, Stretched(self.table), spacing=Space.S, margins=0, parent=filled)
        self._rows = QStackedWidget()
        self._rows.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)  # the fields come before it
        self._rows.setMinimumHeight(Size.ROW)
        self._rows.addWidget(filled)
        self._rows.addWidget(SeeThrough(self.nothing))
        left.addWidget(self._rows, 1)
        panel = Surface(Ground.PANEL)
        vbox(self.last, Stretch(), margins=0, parent=panel)
        lay_over_bar(self, left, panel, bottom_bar(self.total, [], self.button))
