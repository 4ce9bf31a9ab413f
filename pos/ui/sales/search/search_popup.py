"""The search results below the field: arrows choose, Enter adds."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHBoxLayout, QListView, QVBoxLayout, QWidget

from pos.application.catalogue.find_product import FoundProduct
from pos.application.text.translator import Translator
from pos.domain.pricing.promotion import Offers
from pos.ui.look.sounds import Sound
from pos.ui.look.theme import Size, Space
from pos.ui.page.thumbnails import Thumbnails
from pos.ui.sales.search.found_row import FoundModel, found_painter
from pos.ui.session.session import Session
from pos.ui.widgets.buttons.key_cap import KeyCap
from pos.ui.widgets.drawing.surface import Ground, Line, Surface
from pos.ui.widgets.drawing.text_label import Role, TextLabel
from pos.ui.widgets.spoken.announcements import announce, with_pauses

_CODE_MS, _WORD_MS = 25, 8
"""Milliseconds to wait for further keys. Digits may be the first ones of a scanner, which mostly pauses for less
between two keys; letters are mostly typed by a person, who sees results in the next frames.
"""
_SCAN_MS = 400
"""Milliseconds without a search for a text that looks like the beginning of a scan; mostly the scan ends earlier."""
_FIGURES = re.compile(r"[\d.,\s]*\d[\d.,\s]*")
SHOWN = 7
_PAGE = 60
_FOOT = 36


class SearchPopup(Surface):
    """Searches the catalogue while the user types, and offers the results.

    An answer to an older text is dropped. `chosen` carries the product's id; `nothing` means that the confirmed text
    matches no product.

    Figures are a part of many codes, and may be an amount that was meant for a payment: Enter takes goods for them
    where the figures are their code, and else only those that were chosen in the list.

    Prices are those by the promotions of `offers`; by those of now where it has none.
    """

    chosen = Signal(int)
    nothing = Signal(str)

    def __init__(
        self, session: Session, parent: QWidget | None = None, *, offers: Callable[[], Offers | None] = lambda: None
    ) -> None:
        super().__init__(Ground.CARD, parent)
        self._session, self._offers = session, offers
        self._asked = ""
        self._answered = ""
        self._confirmed = self._stepped = False
        self._products: Sequence[FoundProduct] = ()
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setTimerType(Qt.TimerType.PreciseTimer)
        self._wait.timeout.connect(self._ask)
        session.scan_coming.connect(self.hold)
        self._rows = FoundModel(self)
        self._list = QListView()
        self._list.setModel(self._rows)
        self._pictures = Thumbnails(session, self)
        self._pictures.came.connect(self._list.viewport().update)
        self._list.setItemDelegate(found_painter(session.theme, self._list, self._rows, self._pictures))
        self._list.setFrameShape(QFrame.Shape.NoFrame)
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self._list.setUniformItemSizes(True)
        self._list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self._list.clicked.connect(self._take)
        self._more = TextLabel(role=Role.LABEL)
        self._adds = TextLabel(role=Role.LABEL)
        foot = QHBoxLayout()
        foot.addWidget(self._more, 1)
        self._how = [*(KeyCap(session.theme, key) for key in ("↑", "↓", "Enter")), self._adds]
        for part in self._how:
            foot.addWidget(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        self._line = Line()
        column.addWidget(self._list, 1)
        column.addWidget(self._line)
        column.addLayout(foot)
        column.addSpacing(Space.S)
        foot.setContentsMargins(Space.M, Space.S, Space.M, 0)
        foot.setSpacing(Space.XS)
        self.hide()

    @property
    def rows(self) -> FoundModel:
        """The results."""
        return self._rows

    @property
    def answered(self) -> str:
        """The text of the results shown."""
        return self._answered

    @property
    def foot(self) -> str:
        """What stands below the results."""
        return self._more.text()

    def is_stepped(self, text: str) -> bool:
        """Whether an arrow has chosen a row of what was found for this text."""
        return self._stepped and text.strip() == self._answered and not self.isHidden()

    def type(self, text: str) -> None:
        """The text changed: search soon."""
        self._confirmed = self._stepped = False
        self._asked = text.strip()
        if not self._asked:
            self.close_down()
            return
        if not self._products and self._asked != self._answered:
            self._more.setText("…")  # that nothing was found was said of another text
        self._wait.start(_CODE_MS if self._asked.isdigit() else _WORD_MS)

    def hold(self) -> None:
        """The last text seems to be the beginning of a scan: do not search until it is over."""
        if self._asked and self._asked != self._answered:
            self._wait.start(_SCAN_MS)

    def confirm(self, text: str) -> None:
        """Enter: add the chosen row; for a text not searched yet add the only product, or offer the results."""
        query = text.strip()
        index = self._list.currentIndex()
        if query == self._answered and not self.isHidden():
            if index.isValid():
                self._take(index)
                return
            if self._products:
                self._ask_to_choose()
                return
        self._asked = query
        self._confirmed = True
        self._wait.stop()
        self._ask()

    def step(self, rows: int) -> bool:
        """Choose the row `step` rows below (above); False if the popup is not open."""
        count = self._rows.rowCount()
        if self.isHidden() or not count:
            return False
        self._stepped = True
        index = self._list.currentIndex().row() + rows
        self._list.setCurrentIndex(self._rows.index(min(max(index, 0), count - 1), 0))
        self._announce()
        return True

    def close_down(self) -> None:
        """Close the popup and drop the search."""
        self._wait.stop()
        self._asked = self._answered = ""
        self._confirmed = self._stepped = False
        self._pictures.renew()
        self.hide()

    def retranslate(self, tr: Translator) -> None:
        """Show everything in another language."""
        self._adds.setText(tr("adds it"))
        self._list.setAccessibleName(tr("Products found"))
        if not self.isHidden():
            row = self._list.currentIndex().row()
            self._present(self._products)
            self._choose(row if row >= 0 else None)

    def _ask(self) -> None:
        text = self._asked
        if not text:
            return
        find, offers = self._session.shop.find, self._offers()
        self._session.run(
            lambda: find(text, _PAGE + 1, offers=offers),
            lambda products: self._answer(text, products),
            lambda error: self._failed(text, error),
        )

    def _answer(self, text: str, products: Sequence[FoundProduct]) -> None:
        if text != self._asked or self._wait.isActive():
            return
        self._answered = text
        self._stepped = False
        confirmed, self._confirmed = self._confirmed, False
        meant = _meant(text, products)
        if confirmed and len(products) == 1 and meant == 0:
            self.chosen.emit(products[0].product.id)
            return
        if confirmed and not products:
            self.hide()
            self.nothing.emit(text)
            return
        self._present(products)
        self._choose(meant)
        self._announce(self._more.text())
        if confirmed and meant is None:
            self._ask_to_choose()

    def _failed(self, text: str, error: Exception) -> None:
        if text == self._asked and not self._wait.isActive():
            self._confirmed = False
            if text != self._answered:  # goods of before do not stay under another text
                self._answered = ""
                self.hide()
        self._session.report_foreseen(error)

    def _present(self, products: Sequence[FoundProduct]) -> None:
        tr = self._session.translator
        self._products = products
        self._rows.offer(products[:_PAGE], tr)
        self._pictures.want(one.product.id for one in products[:SHOWN])
        more = len(products) - SHOWN
        if not products:
            self._more.setText(tr("Nothing found. Try part of the name or code."))
        elif len(products) > _PAGE:
            self._more.setText(tr("More than {n} found. Refine the search.", n=_PAGE))
        elif more > 0:
            self._more.setText(tr.plural("{n} more below", "{n} more below", more))
        else:
            self._more.setText(tr.plural("{n} found", "{n} found", len(products)))
        rows = min(max(len(products), 0), SHOWN)
        for part in (self._list, self._line, *self._how):
            part.setVisible(bool(products))
        self.setFixedHeight(rows * Size.ROW + _FOOT + 4)
        self.show()
        self.raise_()

    def _choose(self, row: int | None) -> None:
        self._list.setCurrentIndex(QModelIndex() if row is None else self._rows.index(row, 0))

    def _announce(self, text: str = "") -> None:
        """Announce a text and the chosen row: the cursor stays in the field."""
        index = self._list.currentIndex()
        announce(self, with_pauses([text, self._rows.text(index.row()).spoken if index.isValid() else ""]))

    def _ask_to_choose(self) -> None:
        text = self._session.translator("“{figures}” is not a code. Press ↓ to choose.", figures=self._answered)
        self._more.setText(text)
        self._announce(text)
        self._session.sounds.play(Sound.NOTE)

    def _take(self, index: QModelIndex) -> None:
        self.chosen.emit(self._rows.text(index.row()).id)


def is_figures(text: str) -> bool:
    """Whether it may be an amount or a quantity: digits, perhaps with marks between them."""
    return _FIGURES.fullmatch(text) is not None


def _meant(text: str, products: Sequence[FoundProduct]) -> int | None:
    """Which of the goods Enter takes without a choice: the best match of words, or the goods of this code."""
    if not is_figures(text):
        return 0 if products else None
    return next((row for row, one in enumerate(products[:_PAGE]) if one.product.code == text), None)
