"""Immediate actions beside the product form: future prices, earlier changes, a picture from a file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog

from pos.application.ports.catalogue_ports import RecordedChange
from pos.application.ports.pricing_ports import DatedPrice
from pos.application.pricing.set_price import PriceBoard
from pos.application.text.formatting import instant_text, money_text
from pos.domain.errors import InfrastructureError, MovedMeanwhile, RuleBroken
from pos.domain.money import Money
from pos.domain.pricing.unlikely_price import is_unlikely_price
from pos.domain.staff.staff import Person
from pos.ui.catalogue.products.picture_file import read_picture
from pos.ui.catalogue.products.product_form import ProductForm
from pos.ui.catalogue.products.shown_product import CHANGES, PRICES
from pos.ui.look.sounds import Sound
from pos.ui.session.session import Session
from pos.ui.widgets.cards.notice_bar import Notice
from pos.ui.widgets.drawing.tone import Tone


class ProductExtras(QObject):
    """Handles the signals of the form's sections."""

    def __init__(self, session: Session, form: ProductForm) -> None:
        super().__init__(form)
        self._session = session
        self._form = form
        form.picture_requested.connect(self.choose_picture)
        form.price.later_requested.connect(self._price_later)
        form.price.withdrawn.connect(self._withdraw)
        form.price.wrong.connect(self.wrong)
        form.price.wants_earlier.connect(self._earlier_prices)
        form.history.wants_more.connect(self._earlier)

    def wrong(self, error: Exception) -> None:
        """Show an error."""
        if isinstance(error, RuleBroken):
            self._session.sounds.play(Sound.REFUSE)
            self._form.complain(error)
        elif isinstance(error, InfrastructureError):
            self._session.report(error)

    def choose_picture(self) -> None:
        """Ask for a picture file."""
        if self._form.shown is None:
            return
        tr = self._session.translator
        kinds = tr("Pictures (*.png *.jpg *.jpeg *.webp *.bmp *.gif)")
        name, _kind = QFileDialog.getOpenFileName(self._form, tr("Picture"), str(Path.home()), kinds)
        if name:
            self.take_picture(Path(name))

    def take_picture(self, path: Path) -> None:
        """Scale down the picture of a file; it is saved with the product."""
        shown = self._form.shown

        def take(png: bytes) -> None:
            if self._form.is_still(shown):
                self._form.take_picture(png)

        self._session.read_file(lambda: read_picture(path), take, self.wrong)

    def is_sure_of(self, *prices: Money | None) -> bool:
        """Whether none of the typed prices looks like a slip, or the person has confirmed the one that does."""
        shown = self._form.shown
        if shown is None or (before := shown.card.price) is None:
            return True
        unlikely = [one for one in prices if one is not None and is_unlikely_price(before, one)]
        if not unlikely:
            return True

        def asking() -> Notice:
            tr = self._session.translator
            new, old = money_text(unlikely[0], tr.language), money_text(before, tr.language)
            text = tr("{new} instead of {old}? Press the same key again to confirm.", new=new, old=old)
            return Notice(Tone.NEARLY, text, seconds=12)

        return self._session.sure("product.unlikely", (shown.card.codes, *unlikely), asking)

    def _price_later(self, price: Money, since: datetime) -> None:
        if not self.is_sure_of(price):
            return
        step, shown = self._session.shop.set_price, self._form.shown
        seen = None if shown is None else shown.board
        self._with_price(lambda product_id, person: step(product_id, price, person, since, seen), keeping=False)

    def _withdraw(self, coming: DatedPrice) -> None:
        """Cancel a scheduled price: the first press asks, the second one cancels it."""
        shown, since = self._form.shown, coming.since
        if shown is None or shown.listed is None:
            return

        def asking() -> Notice:
            tr, zone = self._session.translator, self._session.settings.zone
            text = tr(
                "Cancel the price {price} from {since}? Press the button again to confirm.",
                price=money_text(coming.price, tr.language),
                since=instant_text(since, zone, tr.language),
            )
            return Notice(Tone.NEARLY, text, seconds=12)

        if not self._session.sure("product.price", (shown.listed.product.id, coming), asking):
            return
        step = self._session.shop.set_price
        self._with_price(lambda product_id, person: step.withdraw(product_id, since, person), keeping=True)

    def _with_price(self, call: Callable[[int, Person], PriceBoard], *, keeping: bool) -> None:
        person, shown = self._session.person, self._form.shown
        if person is None or shown is None or shown.listed is None:
            return
        product_id = shown.listed.product.id

        board_of = self._session.shop.set_price.board

        def priced() -> PriceBoard:
            call(product_id, person)
            return board_of(product_id, person, PRICES)

        sent = self._form.content

        def show(board: PriceBoard, *, keeping: bool) -> None:
            now = self._form.shown
            if now is not None and self._form.is_still(shown):
                self._form.shown = replace(now, board=board)
                is_same = self._form.content.later == sent.later  # else another price is typed by now
                self._form.price.present_board(board, self._session.translator, keeping=keeping or not is_same)

        def done(board: PriceBoard) -> None:
            self._session.sounds.play(Sound.ACCEPT)
            show(board, keeping=keeping)

        def failed(error: Exception) -> None:
            if not isinstance(error, MovedMeanwhile):
                self.wrong(error)
                return

            def look_again(board: PriceBoard) -> None:
                show(board, keeping=True)
                self.wrong(error)

            self._session.run(lambda: board_of(product_id, person, PRICES), look_again, self.wrong)

        self._session.run(priced, done, failed)

    def _earlier_prices(self) -> None:
        shown, step = self._form.shown, self._session.shop.set_price
        board = None if shown is None else shown.board
        if shown is None or board is None or not board.has_earlier:
            return

        def take(more: PriceBoard) -> None:
            if self._form.shown is shown:
                self._form.shown = replace(shown, board=more)
                self._form.price.present_earlier(more, self._session.translator)

        self._session.run_as(lambda person: step.earlier(board, person, CHANGES), take)

    def _earlier(self) -> None:
        shown = self._form.shown
        if shown is None or shown.listed is None or not shown.changes:
            return
        edit, product_id, last = self._session.shop.edit_product, shown.listed.product.id, shown.changes[-1].id

        def take(changes: Sequence[RecordedChange]) -> None:
            if self._form.shown is not shown:
                return
            more, has_more = [*shown.changes, *changes[:CHANGES]], len(changes) > CHANGES
            self._form.shown = replace(shown, changes=more, has_more=has_more)
            self._form.history.present_changes(more, self._session.translator, has_more=has_more)

        self._session.run_as(lambda person: edit.history(product_id, person, CHANGES + 1, last), take)
