"""Goods of which something is not on file: said once, and filled in on the spot by whoever may."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from pos.application.checkout_view import CheckoutView, LineView
from pos.application.find_product import FoundProduct
from pos.application.words import Words
from pos.domain.errors import BadField
from pos.domain.product import Product
from pos.ui.checkout.counter import Counter
from pos.ui.checkout.fill_in_panel import FillInPanel
from pos.ui.checkout.filling import Filling
from pos.ui.checkout.news import ENTER, News
from pos.ui.checkout.quota_words import missing_text
from pos.ui.session import Session
from pos.ui.sounds import Sound
from pos.ui.widgets.notice_bar import Notice
from pos.ui.widgets.tone import Tone


class Gaps(QObject):
    """Tells what is missing of which goods. Who has the right `catalogue` fills it in; others are told whom to ask."""

    closed = Signal()

    def __init__(self, session: Session, counter: Counter, news: News, panel: FillInPanel) -> None:
        super().__init__(panel)
        self._session = session
        self._counter = counter
        self._news = news
        self._panel = panel
        self._told: tuple[int, tuple[str, ...]] | None = None
        self._showing: Notice | None = None
        self._quantity = 0
        panel.filled.connect(self._fill_in)
        panel.wrong.connect(self._tell_wrong)
        panel.left.connect(self.leave)

    def incomplete(self, found: FoundProduct, quantity: int) -> None:
        """A scanned product that cannot be sold yet."""
        self._session.sounds.play(Sound.UNKNOWN)
        product = found.product
        self._quantity = quantity
        self._tell(product, product.missing, sold=False)

    def look(self, view: CheckoutView) -> None:
        """Tell of the last row whose quota nobody can judge; what is known again is told no more."""
        rows = [row for row in view.lines if row.judged is not None and row.judged.unfilled]
        row = next((row for row in rows if row.id == view.last), rows[-1] if rows else None)
        about = None if row is None else _about(row)
        if about == self._told:
            return
        self._told = about
        if row is not None and row.judged is not None:
            self._quantity = 0
            self._tell(row.line.product, row.judged.unfilled, sold=True)
        elif self._news.notice is not None and self._news.notice is self._showing:
            self._news.clear()

    def leave(self) -> bool:
        """Close the panel; False where it is not open."""
        if self._panel.isHidden():
            return False
        self._panel.hide()
        self.closed.emit()
        return True

    def _tell(self, product: Product, missing: tuple[str, ...], *, sold: bool) -> None:
        person = self._session.person
        may = person is not None and person.may("catalogue")

        def telling(words: Words) -> Notice:
            goods, what = product.name_in(words.language), missing_text(missing, words)
            if sold:
                text = words(
                    "{goods}: {attributes} missing, so the allowance is unknown.", goods=goods, attributes=what
                )
            else:
                text = words("{goods} cannot be sold yet. Missing: {attributes}.", goods=goods, attributes=what)
            if not may:
                text = words("{sentence} Ask the stock clerk or a manager to add it.", sentence=text)
            action = words("Fill in") if may else ""
            return Notice(Tone.NEARLY, text, "circle-question-mark", action, ENTER if may else "")

        self._news.tell("checkout.gap", telling, (lambda: self._open(product, missing)) if may else None)
        self._showing = self._news.notice

    def _open(self, product: Product, missing: tuple[str, ...]) -> None:
        self._panel.open(product, missing, self._session.settings.price, self._session.words)

    def _fill_in(self, product_id: int, filling: Filling) -> None:
        person = self._session.person
        if person is not None:
            self._panel.hide()
            self.closed.emit()
            self._told = None
            self._counter.fill_in(product_id, filling, person, self._quantity)

    def _tell_wrong(self, error: BadField) -> None:
        self._session.sounds.play(Sound.REFUSE)
        self._panel.tell_wrong(self._session.wording(error))


def _about(row: LineView) -> tuple[int, tuple[str, ...]]:
    assert row.judged is not None
    return row.line.product.id, row.judged.unfilled
