"""A count sheet: the scan field, the rows, the last scan in large figures."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QWidget

from pos.application.stock.count_stock import CountSheet, OnSheet
from pos.application.text.formatting import number_text, time_text
from pos.application.text.translator import Translator
from pos.ui.look.icons import category_icon
from pos.ui.look.theme import Size, Space
from pos.ui.session.session import Session
from pos.ui.stock.bottom_bar import bottom_bar, head_of, lay_over_bar
from pos.ui.stock.counting.count_words import sheet_row, title_of
from pos.ui.stock.last_scan import LastScanPanel, TotalFigure
from pos.ui.widgets.buttons.icon_button import ButtonKind, IconButton
from pos.ui.widgets.buttons.key_hint import KeyHint
from pos.ui.widgets.drawing.layouts import Stretch, Stretched, vbox
from pos.ui.widgets.drawing.surface import Ground, Surface
from pos.ui.widgets.drawing.text_label import Role, TextLabel
from pos.ui.widgets.drawing.tone import Tone
from pos.ui.widgets.fields.search_box import SearchBox
from pos.ui.widgets.tables.columns import RowColumn
from pos.ui.widgets.tables.line_table import LineHeader, LineModel, LineTable

_LOT = 1
"""The column of the lots."""
_COLUMNS = (RowColumn(share=1), RowColumn(120, drops=1), RowColumn(96, right=True), RowColumn(200))
_KEYS = ("count_number", "recount_product", "undo")


@dataclass(frozen=True, slots=True)
class ShownSheet:
    """A sheet with the result of the last entry."""

    sheet: CountSheet
    last: OnSheet | None = None


class SheetPage(QWidget):
    """`typed` carries the entered text, `changed` a correction of the last product, `done` finishes the sheet."""

    typed = Signal(str)
    changed = Signal(int)
    done = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        theme = session.theme
        self.shown: ShownSheet | None = None
        self._title = TextLabel(role=Role.LABEL, wrap=True)
        self.drop = KeyHint(theme, session.actions.key_text("count_drop"), "")
        self.drop.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.box = SearchBox(theme, "", "")
        self.box.submitted.connect(self.typed)
        self.rows = LineModel(self)
        self.table = LineTable(theme, self.rows, _COLUMNS)
        self.table.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.table.pressed.connect(lambda _row: self._choose_last())  # the row that the keys concern
        self.table.clicked.connect(lambda _row: self._choose_last())
        self._header = LineHeader(theme, self.table)
        self.last = LastScanPanel(theme)
        self.last.changed.connect(self.changed)
        self._hints = {key: KeyHint(theme, session.actions.key_text(key), "") for key in _KEYS}
        for hint in self._hints.values():
            hint.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._hints["undo"].gives_way = True  # the step before is the next to be undone
        self.total = TotalFigure(theme, large=True)
        self.products = TotalFigure(theme, "boxes", "accent")
        self.button = IconButton(
            theme,
            icon="check",
            key=session.actions.key_text("count_next"),
            kind=ButtonKind.PRIMARY,
            height=Size.PRIMARY,
        )
        self.button.clicked.connect(self.done)
        self._lay_out()

    def know(self, handlers: Mapping[str, Callable[[], None]]) -> None:
        """Connect the key hints to the key handlers."""
        for key, hint in self._hints.items():
            hint.clicked.connect(handlers[key])
        self.drop.clicked.connect(handlers["count_drop"])

    def retranslate(self, tr: Translator) -> None:
        """Show all texts in another language."""
        self.box.present(tr("Scan field"), tr("Scan a product or carton, or type 5 * and scan"))
        self._header.name(tr("Product"), tr("Lot"), tr("Found"), tr("Result"))
        self.table.setAccessibleName(tr("Sheet contents"))
        self.last.name_buttons(tr("One piece less"), tr("One piece more"))
        for key, hint in self._hints.items():
            hint.present(self._session.actions.key_text(key), self._session.actions.text(key, tr))
        self.drop.present(self._session.actions.key_text("count_drop"), self._session.actions.text("count_drop", tr))
        self.button.present(tr("Finish sheet"))
        self._present()

    def present(self, shown: ShownSheet) -> None:
        """Show a sheet; the last scan stays until there is a newer one."""
        if shown.last is None and self.shown is not None and self.shown.sheet.sheet == shown.sheet.sheet:
            shown = ShownSheet(shown.sheet, self.shown.last)
        self.shown = shown
        self._present()

    def forget(self) -> None:
        """Clear the page: another sheet will be shown."""
        self.shown = None

    def _present(self) -> None:
        tr, session = self._session.translator, self._session
        if self.shown is None:
            return
        sheet, last, language = self.shown.sheet, self.shown.last, tr.language
        number = number_text(sheet.sheet.number, language)
        again = tr("recounting") if sheet.sheet.round == 2 else ""
        parts = [
            title_of(sheet.count, tr),
            tr("Sheet {n}", n=number),
            session.names.get(sheet.sheet.person, sheet.sheet.person),
            again,
        ]
        self._title.setText(" · ".join(part for part in parts if part))
        self.rows.exchange([sheet_row(row, tr) for row in sheet.rows])
        self.table.show_column(_LOT, shown=any(row.lot for row in sheet.rows))
        pieces, products = number_text(sheet.pieces, language), number_text(sheet.products, language)
        self.total.present(tr("Pieces on this sheet"), pieces)
        self.products.present(tr("Products"), products)
        if last is None:
            hint = tr("Each scan counts immediately. Other people can count on their own sheets.")
            self.last.present(tr("Last scan"), "scan-barcode", tr("Scan the first product"), hint, "")
            self.last.show_text("")
            return
        when = time_text(last.at.astimezone(session.settings.zone), seconds=True)
        lot = "" if last.lot is None else f" · {last.lot.code}"
        beside = "" if last.expected is None else tr("of {n}", n=number_text(last.expected, language))
        self.last.present(
            tr("Last scan · {time}", time=when),
            category_icon(last.product.category or ""),
            last.product.name_in(language),
            f"{last.product.code}{lot}",
            number_text(last.counted, language),
            beside,
            number_text(last.added, language, plus=True) if last.added else "",
        )
        self.last.show_text(*_entry_text(last, tr))
        self._choose_last()

    def _choose_last(self) -> None:
        """Mark the row of the last entry: figures and keys concern it, whichever row is tapped."""
        if self.shown is None or self.shown.last is None:
            self.table.setCurrentIndex(QModelIndex())
            return
        product, lot = self.shown.last.product.id, self.shown.last.lot
        code = "" if lot is None else lot.code
        rows = [(at, row) for at, row in enumerate(self.shown.sheet.rows) if row.product == product]
        own = [at for at, row in rows if row.lot == code]
        self.table.choose(next(iter(own or [at for at, _row in rows]), 0))

    def _lay_out(self) -> None:
        left = vbox(
            head_of(self._title, self.drop),
            self.box,
            self._header,
            Stretched(self.table),
            spacing=Space.S,
            margins=(Space.L, Space.M, Space.L, 0),
        )
        hints = vbox(*self._hints.values(), spacing=Space.XS, margins=(Space.M, 0, Space.M, Space.M))
        panel = Surface(Ground.PANEL)
        vbox(self.last, Stretch(), hints, margins=0, parent=panel)
        lay_over_bar(self, left, panel, bottom_bar(self.total, [self.products], self.button))


def _entry_text(last: OnSheet, tr: Translator) -> tuple[str, Tone]:
    if last.outside:
        return tr("It is not in this stock-take. It is noted but not posted."), Tone.OVER
    if last.moved:
        return tr("It was sold or moved during the count. Count it again."), Tone.NEARLY
    if last.unknown_lot:
        return tr("Lot {lot} is not on file. Counted for the product.", lot=last.unknown_lot), Tone.NEARLY
    return "", Tone.NEUTRAL
