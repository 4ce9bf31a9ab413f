"""The price of goods without a sale: search while typing, or scan a product."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QWidget

from pos.application.catalogue.find_product import FoundProduct
from pos.application.sales.checkout_view import CheckoutView
from pos.application.sales.remaining_allowance import FittingPieces
from pos.application.text.names import ATTRIBUTES, name_of
from pos.application.text.translator import Translator
from pos.application.text.typography import listed
from pos.domain.catalogue.product import Product
from pos.domain.errors import BadField, MovedMeanwhile
from pos.ui.input.actions import SEARCH
from pos.ui.look.sounds import Sound
from pos.ui.look.theme import Space
from pos.ui.page.screen import Screen
from pos.ui.page.thumbnails import Thumbnails
from pos.ui.sales.current_sale.product_completion import ProductCompletion
from pos.ui.sales.fill_in.fill_in_panel import FillInPanel
from pos.ui.sales.search.fit_card import FitCard
from pos.ui.sales.search.found_row import FoundModel, found_painter
from pos.ui.session.session import Session
from pos.ui.widgets.cards.empty_state import EmptyState
from pos.ui.widgets.cards.notice_bar import Notice
from pos.ui.widgets.drawing.layouts import Stretched, vbox
from pos.ui.widgets.drawing.text_label import Role, TextLabel
from pos.ui.widgets.drawing.tone import Tone
from pos.ui.widgets.fields.search_box import SearchBox
from pos.ui.widgets.spoken.announcements import announce
from pos.ui.widgets.spoken.chosen_row import read_chosen
from pos.ui.widgets.tables.rows_or_empty import RowsOrEmpty

_DEBOUNCE_MS = 80
_PAGE = 100
_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_PageUp: -8, Qt.Key.Key_PageDown: 8}


class SearchScreen(Screen):
    """Shows names, codes, prices and stock to everyone who works here.

    A scan shows the one product; an answer to an older request is dropped. A user with the permission `catalogue` can
    fill in missing data of a product: after a scan, or by Enter on its row.
    """

    screen_id = SEARCH
    takes_scans = True

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._request = self._shown = 0
        self._shown_text = ""
        self._products: Sequence[FoundProduct] = ()
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(_DEBOUNCE_MS)
        self._wait.timeout.connect(self._ask)
        self.box = SearchBox(session.theme, "", "", key=session.actions.key_text("search"))
        self.box.typed.connect(self._wait.start)
        self.box.submitted.connect(self._submit)
        self.box.field.installEventFilter(self)
        self.rows = FoundModel(self)
        self._list = QListView()
        self._list.setModel(self.rows)
        read_chosen(self._list)
        self.pictures = Thumbnails(session, self)
        self.pictures.came.connect(self._list.viewport().update)
        self._list.setItemDelegate(found_painter(session.theme, self._list, self.rows, self.pictures))
        self._list.setFrameShape(QFrame.Shape.NoFrame)
        self._list.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self._list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self._list.setUniformItemSizes(True)
        self._list.selectionModel().currentChanged.connect(lambda *_: self._ask_fit())
        self.fit = FitCard(session.theme)
        session.sale_news.presented.connect(self._follow_sale)
        self._count = TextLabel(role=Role.LABEL)
        self._empty = EmptyState(session.theme)
        self.fill_in = FillInPanel(session.theme)
        self.fill_in.filled.connect(self._filled)
        self.fill_in.wrong.connect(self._show_wrong)
        self.fill_in.left.connect(self._give_up)
        self.key_handlers = {"search": self._start_again, "back": self._back}
        self._lay_out()

    def entered(self) -> None:
        """Read again what is on show: prices, stock and the sale may have changed meanwhile."""
        person = self.session.person
        if person is None or not person.may("catalogue"):  # what another person has typed waits for one who may save it
            self.fill_in.keep()
            self.fill_in.hide()
        self.pictures.renew()
        self._ask_again()
        self.box.setFocus()

    def waiting(self) -> str:
        return self.translator("an unsaved product") if self.fill_in.is_kept else ""

    def emptied(self) -> None:
        self.fill_in.forget()

    def follow_day(self) -> None:
        self._ask_again()

    def retranslate(self, tr: Translator) -> None:
        key = self.session.actions.key_text("search")
        self.box.present(tr("Search"), tr("Scan, or type part of a name or code"), key)
        self._list.setAccessibleName(tr("Products found"))
        self.fill_in.retranslate(tr)
        self._present(self._products, self.chosen)

    def scanned(self, text: str) -> None:
        """Show the product with this code."""
        self._wait.stop()
        self._request += 1
        request, show = self._request, self.session.shop.find.show
        self.session.run(
            lambda: show(text),
            lambda product: self._show_scanned(request, product),
            lambda error: self._scan_unknown(request, error),
        )

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """The up and down keys go to the rows: the field has no use for them."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent) or event.modifiers():
            return False
        step = _STEPS.get(Qt.Key(event.key()))
        if step is None:
            return False
        index = min(max(self._list.currentIndex().row() + step, 0), self.rows.rowCount() - 1)
        self._list.setCurrentIndex(self.rows.index(index, 0))
        return True

    def _ask(self) -> None:
        self._wait.stop()
        text = self.box.text().strip()
        self._request += 1
        request, find = self._request, self.session.shop.find
        if not text:
            self._answer(request, "", ())
            return
        if not self._products:
            self._pages.present(is_empty=False)  # that nothing was found was said of another text

        def failed(error: Exception) -> None:
            if request == self._request and text == self._shown_text:
                self._shown = request
            elif request == self._request:  # goods of before do not stay under it
                self._answer(request, text, ())
                self._pages.present(is_empty=False)  # that nothing was found cannot be said
            self.session.report_foreseen(error)

        self.session.run(lambda: find(text, _PAGE + 1), lambda products: self._answer(request, text, products), failed)

    def _ask_again(self) -> None:
        if self.box.text().strip() and not self._wait.isActive():
            self._ask()

    def _answer(self, request: int, text: str, products: Sequence[FoundProduct]) -> None:
        if request == self._request:
            chosen = self.chosen if text == self._shown_text else None
            self._shown, self._shown_text = request, text
            self._present(products, chosen)
            announce(self, (self._count.text() or self._empty.accessibleName()) if text else "")

    @property
    def chosen(self) -> int | None:
        """The id of the product in the chosen row."""
        index = self._list.currentIndex().row()
        return self._products[index].product.id if 0 <= index < len(self._products) else None

    @property
    def _is_behind(self) -> bool:
        """Whether other goods are read than those on show."""
        return self._shown != self._request

    def _show_scanned(self, request: int, product: FoundProduct) -> None:
        if request != self._request or self._wait.isActive():  # another text is typed by now
            return
        self.session.sounds.play(Sound.ACCEPT)
        self.box.set_text(product.product.code)
        self._answer(request, product.product.code, (product,))
        self._offer(product)

    def _scan_unknown(self, request: int, error: Exception) -> None:
        self.session.sounds.play(Sound.UNREAD)
        self.session.report_foreseen(error)
        if request == self._request and not self._wait.isActive():
            self._ask()  # the scan came before what was typed, or is read again, was answered

    def _submit(self, _text: str = "") -> None:
        """Enter: search at once, or open the chosen row if data can be filled in."""
        index = self._list.currentIndex().row()
        if self._wait.isActive() or not 0 <= index < len(self._products):
            self._ask()
        elif self._is_behind:
            self.session.sounds.play(Sound.NOTE)
        else:
            self._offer(self._products[index])

    def _offer(self, found_product: FoundProduct) -> None:
        person, product = self.session.person, found_product.product
        if person is None or not person.may("catalogue") or not product.missing_fields:
            return

        def notice() -> Notice:
            tr = self.translator
            attributes = listed(tr, (name_of(ATTRIBUTES, name, tr) for name in product.missing_fields))
            goods = product.name_in(tr.language)
            text = tr("{goods}: missing data: {attributes}.", goods=goods, attributes=attributes)
            return Notice(Tone.NEARLY, text, "circle-question-mark", tr("Fill in"))

        self.session.notify("search.gap", notice, lambda: self._open_panel(product))

    def _open_panel(self, product: Product) -> None:
        self.fill_in.keep()  # what is typed for another product
        self.fill_in.hide()
        self.fill_in.open(product, product.missing_fields, self.session.settings.price, self.translator)

    def _filled(self, seen: Product, filling: ProductCompletion) -> None:
        person, shop, request = self.session.person, self.session.shop, self._request
        if person is None:
            return

        def show() -> None:
            if request == self._request and not self._wait.isActive():  # nothing else was searched meanwhile
                self.scanned(seen.code)

        def failed(error: Exception) -> None:
            self.session.report_foreseen(error)
            if isinstance(error, MovedMeanwhile):
                show()

        def filled(_filled: Product) -> None:
            self.fill_in.drop(seen.id)
            show()

        self.fill_in.keep()  # until it is saved
        self._leave_panel()
        self.session.run(
            lambda: shop.fill_in(seen.id, person, filling.category, filling.price, filling.attributes, seen),
            filled,
            failed,
        )

    def _show_wrong(self, error: BadField) -> None:
        self.session.sounds.play(Sound.REFUSE)
        self.fill_in.show_error(lambda: self.session.wording(error))

    def _give_up(self) -> None:
        self.fill_in.drop()
        self._leave_panel()

    def _leave_panel(self) -> None:
        self.fill_in.hide()
        self.box.setFocus()

    def _back(self) -> None:
        if self.fill_in.isHidden():
            self._start_again()
        else:
            self._give_up()

    def _start_again(self) -> None:
        self.box.clear()
        self._ask()
        self.box.setFocus()

    def _present(self, products: Sequence[FoundProduct], chosen: int | None = None) -> None:
        """Show products, and choose the one with this id, else the first."""
        tr = self.translator
        self._products = products
        self.rows.offer(products[:_PAGE], tr)
        self.pictures.want(one.product.id for one in products[:_PAGE])
        self.fit.hide()
        if products:
            row = next((row for row, one in enumerate(products[:_PAGE]) if one.product.id == chosen), 0)
            self._list.setCurrentIndex(self.rows.index(row, 0))
        self._pages.present(is_empty=not products)
        if len(products) > _PAGE:
            self._count.setText(tr("More than {n} found. Refine the search.", n=_PAGE))
        else:
            self._count.setText(tr.plural("{n} found", "{n} found", len(products)) if products else "")
        if self.box.text().strip():
            title, hint = tr("Nothing found"), tr("Try part of the name in any language, or part of the code.")
        else:
            title, hint = tr("Price check"), tr("Scan a product or type its name. This page does not sell.")
        self._empty.present("search", title, hint)

    def _follow_sale(self, _view: CheckoutView) -> None:
        if self.isVisible():
            self._ask_fit()

    def _ask_fit(self) -> None:
        """Check whether the chosen product would fit: for the visitors at the checkout, or for any visitor."""
        index = self._list.currentIndex().row()
        if not 0 <= index < len(self._products):
            self.fit.hide()
            return
        product, sale, would_fit = self._products[index], self.session.sale, self.session.shop.would_fit
        names = {v.visitor.label: v.visitor.name or v.visitor.masked for v in sale.visitors} if sale is not None else {}
        request = sale.advice_request if sale is not None else None

        def show(fits: Sequence[FittingPieces]) -> None:
            at = self._list.currentIndex().row()
            if 0 <= at < len(self._products) and self._products[at] is product:
                self.fit.present(fits, names, self.translator)

        self.session.run(lambda: would_fit(product, request), show)

    def _lay_out(self) -> None:
        self._pages = RowsOrEmpty(None, self._list, self._empty)
        vbox(
            self.box,
            self.fill_in,
            Stretched(self._pages),
            self.fit,
            self._count,
            spacing=Space.S,
            margins=(Space.L, Space.M, Space.L, Space.M),
            parent=self,
        )
