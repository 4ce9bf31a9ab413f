"""The form of a new stock-take: place, scope, and whether it is blind."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QMargins, Signal
from PySide6.QtWidgets import QLineEdit, QStackedWidget, QWidget

from pos.application.stock.count_stock import CountDraft
from pos.application.text.names import CATEGORIES, STOCK_LOCATIONS, name_of
from pos.application.text.translator import Translator
from pos.domain.catalogue.product import Product
from pos.domain.catalogue.product_fields import longest
from pos.domain.stock.stock import FLOOR, LOCATIONS
from pos.ui.look.theme import Size, Space
from pos.ui.session.session import Session
from pos.ui.widgets.buttons.icon_button import ButtonKind, IconButton
from pos.ui.widgets.buttons.segmented import Segment, Segmented
from pos.ui.widgets.drawing.layouts import vbox
from pos.ui.widgets.drawing.surface import Ground, Surface
from pos.ui.widgets.drawing.text_label import Role, TextLabel
from pos.ui.widgets.fields.combo_box import ComboBox
from pos.ui.widgets.fields.scrolled_fields import scroll_over
from pos.ui.widgets.spoken.announcements import announce, with_pauses
from pos.ui.widgets.tables.choices import offer

_BLIND, _OPEN = "blind", "open"


class BeginForm(Surface):
    """`requested` carries a CountDraft. A scan adds a product to count and selects the scope of products."""

    requested = Signal(object)

    def __init__(self, session: Session) -> None:
        super().__init__(Ground.CARD)
        self._session = session
        theme = session.theme
        self._location, self._scope, self._way = FLOOR, "all", _BLIND
        self._codes: list[tuple[str, str]] = []
        self._title = TextLabel(role=Role.TITLE)
        self._labels = [TextLabel(role=Role.LABEL) for _ in range(3)]
        self.locations = ComboBox()
        self.scopes = ComboBox()
        self.ways = Segmented(theme, "")
        self.category = ComboBox()
        self.shelf = QLineEdit()
        self.shelf.setMaxLength(longest("shelf"))
        self.products = TextLabel(wrap=True)
        self._hint = TextLabel(role=Role.LABEL, wrap=True)
        self.button = IconButton(
            theme,
            icon="check",
            key=session.actions.key_text("count_next"),
            kind=ButtonKind.PRIMARY,
            height=Size.PRIMARY,
        )
        self.locations.activated.connect(lambda _at: self._take_location(self.locations.currentData()))
        self.scopes.activated.connect(lambda _at: self._choose_scope(self.scopes.currentData()))
        self.ways.chosen.connect(self._take_way)
        self.shelf.returnPressed.connect(self.submit)
        self.button.clicked.connect(self.submit)
        self._lay_out()

    def begin(self) -> None:
        """Focus the scope."""
        self.scopes.setFocus()

    def take_product(self, code: str, name: str) -> None:
        """Add a scanned product to the products to count."""
        self._choose_scope("products")
        if code not in [known for known, _ in self._codes]:
            self._codes.append((code, name))
        announce(self, with_pauses([name, self.scopes.currentText()]))
        self.retranslate(self._session.translator)

    @property
    def codes(self) -> Sequence[str]:
        """The scanned products to count."""
        return [code for code, _ in self._codes]

    def renew(self, products: Sequence[Product]) -> None:
        """The scanned products by their names of now."""
        names = {one.code: one.name_in(self._session.language) for one in products}
        self._codes = [(code, names.get(code, name)) for code, name in self._codes]
        self.retranslate(self._session.translator)

    def empty(self) -> None:
        """Reset the form."""
        self._codes.clear()
        self.shelf.clear()
        self._choose_scope("all")

    def submit(self) -> None:
        """Emit the draft."""
        self.requested.emit(self.draft)

    @property
    def draft(self) -> CountDraft:
        """What stands in the form."""
        value = {"category": self.category.currentData() or "", "shelf": self.shelf.text()}.get(self._scope, "")
        codes = tuple(code for code, _ in self._codes) if self._scope == "products" else ()
        return CountDraft(self._location, self._scope, value, codes, self._way == _BLIND)

    def retranslate(self, tr: Translator) -> None:
        """Show all texts in another language; choices stay."""
        self._title.setText(tr("New stock-take"))
        for label, text in zip(self._labels, (tr("Where"), tr("What"), tr("How")), strict=True):
            label.setText(text)
        self.locations.setAccessibleName(tr("Where"))
        self.scopes.setAccessibleName(tr("What"))
        self.ways.setAccessibleName(tr("How"))
        self.category.setAccessibleName(tr("Category"))
        self.shelf.setAccessibleName(tr("Shelf"))
        self.shelf.setPlaceholderText(tr("Shelf, as on its label"))
        offer(
            self.locations,
            [(location, name_of(STOCK_LOCATIONS, location, tr)) for location in LOCATIONS],
            self._location,
        )
        names = {
            "all": tr("Everything"),
            "category": tr("Category"),
            "shelf": tr("Shelf"),
            "products": tr("Chosen products"),
        }
        offer(self.scopes, [(key, names[key]) for key in names], self._scope)
        ways = [Segment(_BLIND, tr("Blind")), Segment(_OPEN, tr("Open"))]
        self.ways.present(ways, self._way)
        chosen = self.category.currentData()
        offer(self.category, [(key, name_of(CATEGORIES, key, tr)) for key in CATEGORIES], chosen or "food")
        self.products.setText("\n".join(name for _, name in self._codes) or tr("Scan the products to count."))
        self._hint.setText(
            tr("Blind: recorded stock is hidden during the count. Sales can continue.")
            if self._way == _BLIND
            else tr("Open: recorded stock is shown during the count. Sales can continue.")
        )
        self.button.present(tr("Start"))

    def _choose_scope(self, scope: str) -> None:
        self._scope = scope
        pages = {"category": self.category, "shelf": self.shelf, "products": self.products}
        self._values.setCurrentWidget(pages.get(scope, self._nothing))
        self.scopes.setCurrentIndex(self.scopes.findData(scope))

    def _take_location(self, location: str) -> None:
        self._location = location
        self.retranslate(self._session.translator)

    def _take_way(self, way: str) -> None:
        self._way = way
        self.retranslate(self._session.translator)

    def _lay_out(self) -> None:
        self._values = QStackedWidget()
        self._nothing = QWidget()
        for page in (self._nothing, self.category, self.shelf, self.products):
            self._values.addWidget(page)
        self._values.setFixedHeight(Size.BUTTON * 2)
        for box in (self.locations, self.scopes, self.category, self.shelf):
            box.setFixedHeight(Size.BUTTON)
        column = vbox(self._title, spacing=Space.S, margins=0)
        for label, field in zip(self._labels, (self.locations, self.scopes, self.ways), strict=True):
            column.addWidget(label)
            column.addWidget(field)
            if field is self.scopes:
                column.addWidget(self._values)
        column.addWidget(self._hint)
        column.addStretch(1)
        scroll_over(column, self.button, QMargins(Space.L, Space.M, Space.L, Space.M), self, Space.S)
