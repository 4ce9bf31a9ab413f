"""The stock clerk on the page of deliveries: their goods, and what they see there."""

from __future__ import annotations

from PySide6.QtCore import Qt

from pos.application.purchasing.purchase_orders import OrderDraft, OrderDraftLine
from pos.domain.money import Money
from pos.domain.staff.staff import Person
from pos.ui.look.sounds import Sound
from pos.ui.purchasing.receive.screen import ReceiveScreen
from tests.horgos import CNY
from tests.ui.at_the_counter import Hand

SWEETS, CHOCOLATE, COGNAC, BAG = "4870204320060", "4870204320145", "4870204321111", "6901204300016"
CARTON = "14870204320067"
"""A carton of sweets of the demo shop."""
NOBODYS = "6900000000014"


class Clerk(Hand):
    """The stock clerk on the page of deliveries."""

    @property
    def page(self) -> ReceiveScreen:
        page = self.till.window.page
        assert isinstance(page, ReceiveScreen)
        return page

    def rows(self) -> list[str]:
        """Code, lot, expected, counted and result of each row."""
        rows = self.page.count_page.rows
        texts = [rows.text(index) for index in range(rows.rowCount())]
        return [" | ".join((text.code, text.expected, text.counted, text.result)) for text in texts]

    def last_sound(self) -> Sound:
        """What was heard last."""
        return self.heard.sounds[-1]

    def late(self) -> list[str]:
        """The charges that came late to the receipt on show."""
        view = self.page.posted.view
        assert view is not None
        return [f"{charge.kind} {charge.amount}" for charge in view.late]

    @property
    def ruslan(self) -> Person:
        return next(person for person in self.shop.sign_in.people() if person.name == "clerk")

    def order(self, *lines: tuple[str, int]) -> None:
        """Goods are ordered from Almaty Sweets at 30.00 a piece."""
        wanted = [OrderDraftLine(code, pieces, Money(3000, CNY)) for code, pieces in lines]
        self.shop.deliveries.orders.make(OrderDraft(wanted, "Almaty Sweets"), self.ruslan)

    def begin(self) -> None:
        """Come to the page and count the first of what there is."""
        self.till.window.show_screen("receive")
        self.wait()
        self.press(Qt.Key.Key_Return)
        self.wait()


def counts(clerk: Clerk) -> list[int]:
    return [0 if row.line is None else row.line.counted for row in clerk.page.count_page.rows.rows]
