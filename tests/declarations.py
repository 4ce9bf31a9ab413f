"""Sales with something to declare, as the counter makes them, and their papers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from pos.application.declarations.declare import Declare
from pos.application.sales.complete_sale import Payment
from pos.application.visitors.identify_visitor import visitor_of
from pos.domain.declarations.declaration import Declaration
from pos.domain.sales.sale import Sale
from pos.domain.staff.staff import Approval
from pos.domain.visitors.document import Document
from tests.builders import cash_for
from tests.shops import DemoShop

Wanted = tuple[str, int, int]
"""A code, how many, and the index of who carries them."""


@dataclass
class FakePrinter:
    """Draws nothing, and remembers what went to paper: the papers themselves are compared."""

    prints: bool = True
    drawn: list[tuple[Declaration, Document | None]] = field(default_factory=list)
    printed: list[str] = field(default_factory=list)

    def draw(self, declaration: Declaration, document: Document | None) -> bytes:
        self.drawn.append((declaration, document))
        return b"%PDF"

    def pages(self, content: bytes) -> int:
        return len(content)

    def picture(self, content: bytes, page: int, dots_per_inch: int) -> tuple[int, int, bytes]:
        return page, dots_per_inch, content

    def print_content(self, content: bytes, title: str) -> None:
        self.printed.append(title)

    def keep(self, declaration: Declaration, content: bytes) -> Path:
        return Path(f"{declaration.sale.receipt}.pdf")


def declare_at(shop: DemoShop, printer: FakePrinter | None = None) -> Declare:
    """The use case at a till of a test."""
    return Declare(shop.context, printer or FakePrinter())


def a_person(number: int, born: date = date(1990, 1, 15), country: str = "KAZ") -> Document:
    """The passport of somebody born on a day."""
    letter = "N" if country == "KAZ" else "E"
    names = ("TESTOVA", f"ANNA{number}")
    return Document("passport", f"{letter}{number:08d}", country, country, *names, born, "F")


def sell(shop: DemoShop, people: Sequence[Document], goods: Sequence[Wanted], to: str) -> Sale:
    """Sell these goods to these people, over their allowance if they are: the manager allows it."""
    checkout = shop.checkout()
    for document in people:
        checkout.identify(document)
    checkout.leave_to(to)
    labels = [view.visitor.label for view in checkout.view().visitors]
    for code, count, who in goods:
        checkout.choose(labels[who])
        checkout.scan(code, count)
    order = replace(checkout.order(shop.person("amina")), over_quota="duty")
    approval = Approval(shop.person("manager"), None, order.key)
    return shop.complete_sale.from_counter(order, Payment((cash_for(order.cart.total),)), approval)


def known_of(shop: DemoShop, sale: Sale, people: Sequence[Document]) -> list[object]:
    """The visitors of a sale as their documents show them."""
    return [
        visitor_of(document, visitor.label, shop.secrets)
        for visitor, document in zip(sale.visitors, people, strict=True)
    ]
