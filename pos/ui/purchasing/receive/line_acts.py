"""What a hand does to the chosen line of a delivery: its count, cost, lot, weight, and why it is kept or given up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from pos.application.purchasing.delivery_view import CountedChange, CountView
from pos.application.text.formatting import plain_text, read_amount, read_count
from pos.domain.catalogue.product import Attributes
from pos.domain.errors import BadField
from pos.domain.money import CURRENCIES
from pos.domain.purchasing.goods_receipt import DeliveryOutcome
from pos.ui.look.sounds import Sound
from pos.ui.purchasing.receive.count_panel import read_day
from pos.ui.sales.fill_in.attribute_text import read_attribute
from pos.ui.widgets.cards.notice_bar import Notice
from pos.ui.widgets.drawing.tone import Tone

if TYPE_CHECKING:
    from pos.ui.purchasing.receive.screen import ReceiveScreen


class LineActs(QObject):
    """Asks beside the rows, and runs the step; without a line that was counted nothing happens."""

    def __init__(self, screen: ReceiveScreen) -> None:
        super().__init__(screen)
        self._screen = screen

    def type_count(self) -> None:
        """F4: the whole count of the line is typed."""
        row = self._screen.chosen_row()
        if row is None or row.line is None:
            return
        counted = row.line.counted

        def take(text: str) -> None:
            try:
                wanted = read_count(text, self._screen.words.language)
            except BadField as error:
                self._screen.count_page.panel.ask.show_error(self._screen.session.wording(error))
                return
            self._screen.answered()
            if wanted != counted:
                self._screen.correct(wanted - counted)

        self._screen.ask(self._screen.words("Quantity?"), str(counted), take)

    def ask_reason(self) -> None:
        """F6: why goods that were not ordered are kept."""
        row = self._screen.chosen_row()
        if row is None or row.outcome not in (DeliveryOutcome.WRONG, DeliveryOutcome.ADDED):
            return
        product = row.product.id

        def take(reason: str) -> None:
            self._screen.answered()
            self._screen.act(
                lambda number, person: self._screen.receive.keep(number, product, reason, person), self._screen.take
            )

        said = "" if row.line is None else row.line.reason
        self._screen.ask(self._screen.words("Reason to keep it? Leave empty to set it aside."), said, take)

    def ask_cost(self) -> None:
        """F5: what one piece cost, in any currency."""
        row = self._screen.chosen_row()
        if row is None or row.line is None:
            return
        line, price = row.line.no, self._screen.session.settings.price
        said = "" if row.cost is None else f"{row.cost} {row.cost.currency.code}"

        def take(text: str) -> None:
            figure, _, code = plain_text(text).strip().rpartition(" ")
            of = CURRENCIES.get(code.upper()) if figure else None
            try:
                shown = figure if of is not None else text
                cost = read_amount(shown, of or price, self._screen.words.language, field="cost") if text else None
            except BadField as error:
                self._screen.count_page.panel.ask.show_error(self._screen.session.wording(error))
                return
            self._screen.answered()
            self._screen.act(
                lambda number, person: self._screen.receive.set_cost(number, line, cost, person), self._screen.take
            )

        self._screen.ask(self._screen.words("Unit cost? For example 3.50 USD."), said, take)

    def close_short(self) -> None:
        """F7: no more of it will come, or once more: it may."""
        row = self._screen.chosen_row()
        if row is None or row.expected is None:
            return
        product, closed = row.product.id, row.outcome is not DeliveryOutcome.SHORT

        def done(counted: CountedChange) -> None:
            self._screen.session.sounds.play(Sound.NOTE)
            self._screen.take(counted)

        self._screen.act(
            lambda number, person: self._screen.receive.close_short(number, product, person, closed=closed), done
        )

    def close_rest(self) -> None:
        """Shift+F7: nothing more of the order will come; once more: what was closed may come after all."""
        screen, page = self._screen, self._screen.count_page
        number, person, sums = screen.number, screen.session.person, page.tally
        if number is None or person is None or sums is None or page.view is None or page.view.order is None:
            return
        closed = sums.of(DeliveryOutcome.WAITING, DeliveryOutcome.COUNTING) > 0
        if not closed and not sums.of(DeliveryOutcome.SHORT):
            return

        def done(view: CountView) -> None:
            screen.session.sounds.play(Sound.NOTE)
            screen.count(view)
            if closed:
                screen.session.tell("receive.rest_closed", notice, holds=is_closed)

        def is_closed() -> bool:
            now = page.tally
            return now is not None and not now.of(DeliveryOutcome.WAITING, DeliveryOutcome.COUNTING)

        def notice() -> Notice:
            key = screen.session.actions.key_text("close_rest")
            text = screen.words("The rest of the order will be closed as short. {key} again keeps it open.", key=key)
            return Notice(Tone.INFO, text, seconds=8)

        screen.session.run(lambda: screen.receive.close_rest(number, person, closed=closed), done, screen.refuse)

    def another_lot(self) -> None:
        """F8: what is scanned next is of another lot."""
        row = self._screen.chosen_row()
        if row is None or row.line is None:
            return
        product = row.product.id

        def begun(counted: CountedChange) -> None:
            self._screen.take(counted)
            place = self._screen.count_page.rows.place_of(product) + len(counted.rows) - 1
            self._screen.count_page.table.choose(place)
            self._screen.count_page.panel.ask_lot()

        self._screen.act(lambda number, person: self._screen.receive.another_lot(number, product, person), begun)

    def say_lot(self, lot: str, day: str) -> None:
        """The lot and its last day, as they were typed."""
        row = self._screen.chosen_row()
        if row is None or row.line is None:
            return
        line = row.line.no
        try:
            expiry = read_day(day)
        except BadField as error:
            self._screen.refuse(error)
            return

        def said(counted: CountedChange) -> None:
            self._screen.count_page.ready()
            self._screen.take(counted)

        self._screen.act(lambda number, person: self._screen.receive.set_lot(number, line, lot, expiry, person), said)

    def weigh(self, text: str) -> None:
        """Write down the gross weight of a piece."""
        row, person, number = self._screen.chosen_row(), self._screen.session.person, self._screen.number
        if row is None or person is None or number is None:
            return
        try:
            kilograms = read_attribute("gross_kg", text, self._screen.words.language)
        except BadField as error:
            self._screen.refuse(error)
            return
        shop, product = self._screen.session.shop, row.product.id

        def weigh() -> CountView:
            shop.fill_in(product, person, attributes=Attributes(gross_kg=kilograms))  # type: ignore[arg-type]  # a number
            return shop.deliveries.receive.open(number, person)

        self._screen.session.run(weigh, self._screen.count, self._screen.refuse)
