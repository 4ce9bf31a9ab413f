"""Steps on the selected line of a delivery: count, cost, lot, weight, and the reasons to keep or close it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from pos.application.purchasing.delivery_view import CountedChange, CountView
from pos.application.text.formatting import plain_text, read_amount, read_count
from pos.application.text.translator import N_
from pos.domain.catalogue.product import Attributes
from pos.domain.errors import BadField
from pos.domain.money import CURRENCIES
from pos.domain.purchasing.document_day import check_expiry
from pos.domain.purchasing.goods_receipt import DeliveryOutcome
from pos.ui.look.sounds import Sound
from pos.ui.purchasing.receive.count_panel import read_day
from pos.ui.purchasing.receive.delivery_controller import DeliveryController
from pos.ui.sales.fill_in.attribute_text import read_attribute
from pos.ui.widgets.cards.notice_bar import Notice
from pos.ui.widgets.drawing.tone import Tone


class DeliveryLineActions(QObject):
    """Asks beside the rows and runs the step; does nothing without a counted line."""

    def __init__(self, delivery: DeliveryController) -> None:
        super().__init__(delivery)
        self._delivery = delivery

    def type_count(self) -> None:
        """F4: type the whole count of the line."""
        self._delivery.ask_behind(N_("Quantity?"), self._type_count)

    def _type_count(self) -> None:
        row = self._delivery.chosen_row()
        if row is None or row.line is None:
            return
        line, counted, number = row.line.no, row.line.counted, self._delivery.number

        def take(text: str) -> None:
            try:
                pieces = read_count(text, self._delivery.translator.language)
            except BadField as error:
                self._delivery.refuse_answer(error)
                return
            self._delivery.answered()
            self._delivery.on_the_way.then(lambda: correct(pieces))

        def correct(pieces: int) -> None:
            rows = (one.line for one in self._delivery.page.rows.rows)
            now = next((one.counted for one in rows if one is not None and one.no == line), counted)
            if pieces != now and number == self._delivery.number:  # the line that was asked about, as it is by now
                self._delivery.correct_line(line, pieces - now)

        self._delivery.ask(N_("Quantity?"), str(counted), take)

    def ask_reason(self) -> None:
        """F6: the reason to keep goods that were not ordered."""
        self._delivery.ask_behind(N_("Reason to keep it? Leave empty to set it aside."), self._ask_reason)

    def _ask_reason(self) -> None:
        row = self._delivery.chosen_row()
        if row is None or row.outcome not in (DeliveryOutcome.WRONG, DeliveryOutcome.ADDED):
            return
        product = row.product.id

        def take(reason: str) -> None:
            self._delivery.answered()
            self._delivery.perform(
                lambda number, person: self._delivery.receive.keep(number, product, reason, person), self._delivery.take
            )

        said = "" if row.line is None else row.line.reason
        self._delivery.ask(N_("Reason to keep it? Leave empty to set it aside."), said, take)

    def ask_cost(self) -> None:
        """F5: the cost of one piece, in any currency."""
        self._delivery.ask_behind(N_("Unit cost? For example 3.50 USD."), self._ask_cost)

    def _ask_cost(self) -> None:
        row = self._delivery.chosen_row()
        if row is None or row.line is None:
            return
        line, price = row.line.no, self._delivery.session.settings.price
        said = "" if row.cost is None else f"{row.cost} {row.cost.currency.code}"

        def take(text: str) -> None:
            figure, _, code = plain_text(text).strip().rpartition(" ")
            of = CURRENCIES.get(code.upper()) if figure else None
            try:
                shown = figure if of is not None else text
                cost = (
                    read_amount(shown, of or price, self._delivery.translator.language, field="cost") if text else None
                )
            except BadField as error:
                self._delivery.refuse_answer(error)
                return
            self._delivery.answered()
            self._delivery.perform(
                lambda number, person: self._delivery.receive.set_cost(number, line, cost, person), self._delivery.take
            )

        self._delivery.ask(N_("Unit cost? For example 3.50 USD."), said, take)

    def close_short(self) -> None:
        """F7: no more of the line is expected; pressed again, it is expected again."""
        self._delivery.on_the_way.behind(self._close_short)

    def _close_short(self) -> None:
        row = self._delivery.chosen_row()
        if row is None or row.expected is None:
            return
        product, closed = row.product.id, row.outcome is not DeliveryOutcome.SHORT

        def done(counted: CountedChange) -> None:
            self._delivery.session.sounds.play(Sound.NOTE)
            self._delivery.take(counted)

        self._delivery.perform(
            lambda number, person: self._delivery.receive.close_short(number, product, person, closed=closed), done
        )

    def close_rest(self) -> None:
        """Shift+F7: nothing more of the order is expected; pressed again, closed lines are expected again."""
        self._delivery.on_the_way.behind(self._close_rest)

    def _close_rest(self) -> None:
        delivery, page = self._delivery, self._delivery.page
        number, person, sums = delivery.number, delivery.session.person, page.tally
        if number is None or person is None or sums is None or page.view is None or page.view.order is None:
            return
        closed = sums.of(DeliveryOutcome.WAITING, DeliveryOutcome.COUNTING) > 0
        if not closed and not sums.of(DeliveryOutcome.SHORT):
            return

        def done(view: CountView) -> None:
            if delivery.number != number:
                return
            delivery.session.sounds.play(Sound.NOTE)
            delivery.count(view)
            if closed:
                delivery.session.notify("receive.rest_closed", notice, holds=is_closed)

        def is_closed() -> bool:
            now = page.tally
            return now is not None and not now.of(DeliveryOutcome.WAITING, DeliveryOutcome.COUNTING)

        def notice() -> Notice:
            key = delivery.session.actions.key_text("close_rest")
            text = delivery.translator(
                "The rest of the order will be closed as short. {key} again keeps it open.", key=key
            )
            return Notice(Tone.INFO, text, seconds=8)

        delivery.session.run(lambda: delivery.receive.close_rest(number, person, closed=closed), done, delivery.refuse)

    def another_lot(self) -> None:
        """F8: the next scans belong to another lot; the one before is entered first."""
        self.keep_typed_lot(lambda: self._delivery.on_the_way.behind(self._another_lot))

    def _another_lot(self) -> None:
        row = self._delivery.chosen_row()
        if row is None or row.line is None:
            return
        product = row.product.id

        def begun(counted: CountedChange) -> None:
            self._delivery.take(counted)
            index = self._delivery.page.rows.index_of(product) + len(counted.rows) - 1
            self._delivery.page.table.choose(index)
            self._delivery.page.panel.ask_lot()

        self._delivery.perform(
            lambda number, person: self._delivery.receive.another_lot(number, product, person), begun
        )

    def say_lot(self, lot: str, day: str) -> None:
        """Set the typed lot and its expiry."""
        row = self._delivery.chosen_row()
        if row is None or row.line is None:
            return
        line = row.line.no

        def said(counted: CountedChange) -> None:
            self._delivery.page.ready()
            self._delivery.take(counted)

        if self._set_lot(line, lot, day, said):
            self._delivery.page.panel.lot_is_said()

    def keep_typed_lot(self, then: Callable[[], None] = lambda: None) -> bool:
        """Enter what is typed before the next scan or the posting, then do that. False if the day cannot be."""
        left = self._delivery.page.panel.typed_lot()
        if left is None or self._delivery.number is None:  # a lot of a delivery that was left holds nothing
            then()
            return True
        kept = self.keep_lot(*left, then)
        if kept:
            self._delivery.page.panel.lot_is_said()
        return kept

    def leave_lot(self, line: int, lot: str, day: str) -> None:
        """Enter what was typed for a line that is left; where it cannot be, the selection goes back to it."""
        number, page = self._delivery.number, self._delivery.page

        def go_back() -> None:
            if self._delivery.number == number:
                page.return_to_lot(line, lot, day)

        if not self._set_lot(line, lot, day, self._delivery.take_beside, go_back):
            QTimer.singleShot(0, page, go_back)  # after the step that has left the line

    def keep_lot(self, line: int, lot: str, day: str, then: Callable[[], None] = lambda: None) -> bool:
        """Enter what was typed for a line; the selection stays where it is. False if the day cannot be."""

        def kept(counted: CountedChange) -> None:
            self._delivery.take_beside(counted)
            then()

        return self._set_lot(line, lot, day, kept)

    def _set_lot(
        self,
        line: int,
        lot: str,
        day: str,
        done: Callable[[CountedChange], None],
        failed: Callable[[], None] = lambda: None,
    ) -> bool:
        try:
            expiry = check_expiry(read_day(day), self._delivery.session.today)
        except BadField as error:
            self._delivery.refuse(error)
            return False

        def refused(error: Exception) -> None:
            self._delivery.page.panel.lot_is_refused(line, lot, day)
            self._delivery.refuse(error)
            failed()

        self._delivery.perform(
            lambda number, person: self._delivery.receive.set_lot(number, line, lot, expiry, person), done, refused
        )
        return True

    def weigh(self, text: str) -> None:
        """Record the gross weight of a piece."""
        row = self._delivery.chosen_row()
        if row is not None:
            self._weigh(row.product.id, text, self._delivery.count)

    def keep_weight(self, product: int, text: str) -> None:
        """Record the gross weight that was typed before other goods were chosen, which stay chosen."""
        table = self._delivery.page.table

        def done(view: CountView) -> None:
            chosen = table.current_row
            self._delivery.count(view)
            table.choose(chosen)

        self._weigh(product, text, done)

    def _weigh(self, product: int, text: str, done: Callable[[CountView], None]) -> None:
        person, number = self._delivery.session.person, self._delivery.number
        if person is None or number is None:
            return
        try:
            kilograms = read_attribute("gross_kg", text, self._delivery.translator.language)
        except BadField as error:
            self._delivery.refuse(error)
            return
        shop = self._delivery.session.shop

        def weighed(view: CountView) -> None:
            if self._delivery.number == number:
                done(view)

        def weigh() -> CountView:
            shop.fill_in(product, person, attributes=Attributes(gross_kg=kilograms))  # type: ignore[arg-type]  # a number
            return shop.deliveries.receive.open(number, person)

        self._delivery.session.run(weigh, weighed, self._delivery.refuse)
