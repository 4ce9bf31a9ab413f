"""The stock clerk on the page of products."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from pos.application.shop.shop import Shop
from pos.domain.catalogue.product_card import ProductCard
from pos.domain.staff.staff import Person
from pos.ui.catalogue.products.screen import ProductsScreen
from tests.builders import CONSOLE
from tests.ui.at_the_counter import Heard
from tests.ui.conftest import Hand

COGNAC, UNKNOWN, OTHER = "4870204321111", "4006381333931", "4006381333948"


class Clerk(Hand):
    """The stock clerk on the page of products."""

    shop: Shop
    heard: Heard

    @property
    def page(self) -> ProductsScreen:
        page = self.till.window.page
        assert isinstance(page, ProductsScreen)
        return page

    def wait(self) -> None:
        """Until lists and forms have come, after what waits for a pause in the typing."""
        for _ in range(3):
            self.typing.time.pass_by(70, super().wait)

    def look(self, who: str = "manager") -> None:
        self.till.session.take_person(self.person(who))
        self.till.window.show_screen("products")
        self.wait()

    def person(self, name: str) -> Person:
        return next(person for person in self.shop.sign_in.people() if person.name == name)

    def scanned(self, code: str) -> None:
        self.page.scanned(code)
        self.wait()

    def rows(self) -> list[str]:
        rows = self.page.side.rows
        return [rows.text(index).code for index in range(rows.rowCount())]

    def field(self, name: str) -> QLineEdit:
        for section in self.page.form.sections.values():
            row = section.row_of(name)
            if row is not None and isinstance(row.field, QLineEdit):
                return row.field
        raise AssertionError(name)

    def fill(self, **fields: str) -> None:
        for name, text in fields.items():
            self.field(name).setText(text)

    def save(self) -> None:
        self.press(Qt.Key.Key_F12)
        self.wait()

    def card(self, code: str) -> ProductCard:
        return self.shop.edit_product.card(code, CONSOLE)[1]
