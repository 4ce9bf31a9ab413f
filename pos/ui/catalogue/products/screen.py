"""The catalogue: search or scan on the left, the product form on the right."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime
from functools import partial

from PySide6.QtWidgets import QStackedWidget, QWidget

from pos.application.text.translator import Translator
from pos.domain.catalogue.barcode import CodeKind, read_code
from pos.domain.catalogue.product_card import CARTON, SHOP, UNIT, ChangedMeanwhile, ProductCard
from pos.domain.errors import BadField, BadInput, RuleBroken
from pos.domain.quota.rule import Regime
from pos.domain.sales.goods_for_sale import UnknownCode
from pos.ui.catalogue.products.catalogue_side import WIDTH, CatalogueSide
from pos.ui.catalogue.products.product_extras import ProductExtras
from pos.ui.catalogue.products.product_form import FormContent, ProductForm
from pos.ui.catalogue.products.several_panel import SeveralPanel
from pos.ui.catalogue.products.several_steps import SeveralSteps
from pos.ui.catalogue.products.shown_product import ShownProduct, read_shown
from pos.ui.input.actions import PRODUCTS
from pos.ui.look.sounds import Sound
from pos.ui.look.theme import Space
from pos.ui.page.save_table import TableSaver
from pos.ui.page.screen import Screen
from pos.ui.page.unsaved_by_another import UnsavedByAnother
from pos.ui.session.session import Session
from pos.ui.widgets.cards.empty_state import EmptyState
from pos.ui.widgets.cards.notice_bar import Notice
from pos.ui.widgets.drawing.layouts import vbox
from pos.ui.widgets.drawing.main_and_side import MainAndSide
from pos.ui.widgets.drawing.tone import Tone

_ABOUT_THE_FORM = ("product.drop", "product.unsaved", "product.code_known", "product.unlikely")
"""Notices that another text in the form, or another product, makes out of date."""


class ProductsScreen(Screen):
    """Changes in the form are kept until they are saved or discarded by pressing Esc twice.

    A scan opens its product. An unknown code starts a new product, or is added to the product whose codes are on show.
    """

    screen_id = PRODUCTS
    takes_scans = True

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._look = 0
        self._is_saving = self._is_numbering = False
        self.side = CatalogueSide(session)
        self.form = ProductForm(session)
        self.extras = ProductExtras(session, self.form)
        self.nothing = EmptyState(session.theme)
        self.panel = SeveralPanel(session)
        self.several = SeveralSteps(session, self.side, self.panel, self._show_panel, self._changed_several)
        self.key_handlers = {
            "search_products": self.side.begin,
            "new_product": lambda: self.begin_new(""),
            "add_code": self._in_form(self._add_code),
            "own_code": self._in_form(self._own_code),
            "product_picture": self._in_form(self.extras.choose_picture),
            "next_section": self._in_form(lambda: self.form.step(1)),
            "previous_section": self._in_form(lambda: self.form.step(-1)),
            "mark_product": self.side.toggle_chosen,
            "mark_all": self.several.mark_all,
            "change_several": self._change_several,
            "undo": self.several.undo,
            "save_product": self.save,
            "back": self._back,
        }
        self.side.chosen.connect(self.open)
        self.side.opened.connect(self._begin_fields)
        self.side.new_requested.connect(lambda: self.begin_new(""))
        self.side.kept.connect(self._warn_unsaved)
        self.side.several_button.clicked.connect(self._change_several)
        self.several.left.connect(self._left_panel)
        self.form.save_requested.connect(self.save)
        self.form.edited.connect(self._edited)
        self.form.codes.number_requested.connect(self._own_code)
        TableSaver(self, self.side.listing)
        UnsavedByAnother(self)
        self._lay_out()

    # ── calls from the window ────────────────────────────────────────────────────────────────────────────────

    def entered(self) -> None:
        """Refresh, because others may have changed something meanwhile; unsaved changes stay."""
        session = self.session
        session.run(session.shop.missing_data.in_use, self._take_regimes)
        session.run_as(session.shop.browse.suppliers, lambda names: self.form.supply.offer("supplier", names))
        self.side.thumbnails.renew()
        self._read_again()
        self.side.begin()

    @property
    def changes_at(self) -> datetime | None:
        board = None if self.form.shown is None else self.form.shown.board
        return None if board is None else next((one.since for one in board.coming), None)

    def follow_day(self) -> None:
        self._read_again()

    def waiting(self) -> str:
        return self.translator("an unsaved product") if self.form.is_changed else ""

    def emptied(self) -> None:
        self.several.close()
        self._drop()

    def retranslate(self, tr: Translator) -> None:
        self.side.retranslate(tr)
        self.form.retranslate(tr)
        self.panel.retranslate(tr)
        self.nothing.present(
            "package-open", tr("No product selected"), tr("Scan a product, or choose one in the list.")
        )

    def scanned(self, text: str) -> None:
        edit, shown = self.session.shop.edit_product, self.form.shown
        if self.several.is_open:
            self._scan_mark(text)
            return
        self.session.run_as(
            lambda person: edit.card(text, person),
            lambda answer: self._scan_known(text, *answer),
            lambda error: self._scan_new(shown, error),
        )

    # ── several products ─────────────────────────────────────────────────────────────────────────────────────

    def _change_several(self) -> None:
        if self.form.is_changed:
            self._warn_unsaved()
        else:
            self.several.open()

    def _in_form(self, step: Callable[[], None]) -> Callable[[], None]:
        """A step on the product in the form, which is not on show while several are changed."""

        def taken() -> None:
            if not self.several.is_open:
                step()

        return taken

    def _begin_fields(self) -> None:
        if self.several.is_open:
            self.panel.begin()
        else:
            self.form.begin()

    def _show_panel(self, is_open: bool) -> None:
        shown = self.nothing if self.form.shown is None else self.form
        self._right.setCurrentWidget(self.panel if is_open else shown)

    def _left_panel(self) -> None:
        """The form has the product that was chosen meanwhile."""
        self.side.begin()
        self._open_chosen()

    def _open_chosen(self) -> None:
        chosen = self.side.rows.row(self.side.table.current_row)
        if chosen is not None:
            self.open(chosen.product.id)

    def _changed_several(self) -> None:
        """Show list and form as they are by now, but for what is typed and not saved."""
        if not self.isVisible():
            return  # they are read when the page is shown again
        if self.form.is_changed:
            self._read_again()
            return
        self.side.ask()
        self._open_chosen()

    def _scan_mark(self, text: str) -> None:
        """A scan marks its product for the change that is begun."""
        edit, marks = self.session.shop.edit_product, self.side.marks

        def known(answer: tuple[int, ProductCard]) -> None:
            self.session.sounds.play(Sound.ACCEPT)
            if answer[0] not in marks:
                marks.add([answer[0]])

        def unknown(error: Exception) -> None:
            self.session.sounds.play(Sound.UNREAD)
            self.session.report_foreseen(error)

        self.session.run_as(lambda person: edit.card(text, person), known, unknown)

    # ── the product ──────────────────────────────────────────────────────────────────────────────────────────

    def _read_again(self) -> None:
        """Show the list, and the product of the form, as they are by now, but for what is typed and not saved."""
        self.side.ask()
        shown, shop = self.form.shown, self.session.shop
        if shown is None or shown.listed is None:
            return
        product_id = shown.listed.product.id
        if not self.form.is_changed:
            self.open(product_id)
            return
        self.session.run_as(lambda person: read_shown(shop, product_id, person), self.form.renew)

    def look_up(self, product_id: int) -> None:
        """Show a product that was found elsewhere, whatever the list is about to show."""
        self.several.close()
        self.side.keep()
        self.open(product_id)

    def open(self, product_id: int) -> None:
        """Show a product in the form, and no row that was chosen before it was asked for."""
        if self.several.is_open:  # it is shown when the panel goes
            return
        self.side.stay()
        self._look += 1
        look, shop = self._look, self.session.shop

        def opened(shown: ShownProduct) -> None:
            if self.form.is_changed:  # it was begun to be changed before the store answered
                if look == self._look and not self.form.is_still(shown):
                    self._warn_unsaved()
            else:
                self._show(look, shown)

        self.session.run_as(lambda person: read_shown(shop, product_id, person), opened)

    def _show(self, look: int, shown: ShownProduct, typed_card: ProductCard | None = None) -> None:
        if look != self._look:
            return
        self.form.present(shown, typed_card)
        self._shown(shown)

    def _shown(self, shown: ShownProduct) -> None:
        self._right.setCurrentWidget(self.form)
        self.session.withdraw(*_ABOUT_THE_FORM)
        self.side.is_locked = self.form.is_changed
        if shown.listed is not None:
            self.side.put(shown.listed)
            self.side.choose(shown.listed.product.id)

    def begin_new(self, code: str) -> None:
        """Show an empty form for a new product, with a scanned code or a number of the shop."""
        self.several.close()
        if self.form.is_changed:
            self._warn_unsaved()
            return
        self._look += 1
        self.form.present(ShownProduct(ProductCard((), "")))
        self._right.setCurrentWidget(self.form)
        self.side.choose(None)
        if code:
            self.form.codes.add(code, _kind_of(code))
        else:
            self._own_code()
        self.form.choose("names")
        self.form.begin()

    def save(self) -> None:
        """Save the form."""
        if self.several.is_open:
            self.several.record()
            return
        person, shown, form = self.session.person, self.form.shown, self.form
        if person is None or shown is None or self._is_saving or not (form.is_changed or form.is_new):
            return
        try:
            typed_card = form.read()
            later = form.price.planned() if form.price.is_planning else None
        except BadField as error:
            self.extras.wrong(error)
            return
        if not self.extras.is_sure_of(typed_card.price, later and later[0]):
            return
        shop, png, is_changed = self.session.shop, form.new_picture, form.is_card_changed

        def call() -> tuple[ShownProduct, Exception | None]:
            if shown.listed is None:
                product_id, _ = shop.edit_product.add(typed_card, person)
            else:
                product_id = shown.listed.product.id
                if is_changed:
                    shop.edit_product(product_id, shown.card, typed_card, person)
            if png is not None:
                shop.edit_product.set_picture(product_id, png, person)
            refused = None
            if later is not None:
                try:
                    shop.set_price(product_id, later[0], person, later[1], shown.board)
                except RuleBroken as error:  # the product is saved all the same
                    refused = error
            return read_shown(shop, product_id, person), refused

        self._is_saving = True
        self._look += 1
        saved = partial(self._saved, self._look, shown.listed is None, form.content)
        self.session.run(call, saved, lambda error: self._not_saved(error, shown, typed_card))

    def _saved(
        self, look: int, is_new: bool, content: FormContent, answer: tuple[ShownProduct, Exception | None]
    ) -> None:
        shown, refused = answer
        self._is_saving = False
        if is_new:
            self.side.count_one_more()
        if look == self._look and self.form.content != content:  # more was typed while the store was busy
            self.form.follow(shown, content, is_planned=refused is None)
            self._shown(shown)
        elif refused is not None:
            self._keep_planned(look, shown)
        else:
            self._show(look, shown)
        if refused is not None:
            self.extras.wrong(refused)
            return
        self.session.sounds.play(Sound.ACCEPT)
        listed = shown.listed
        assert listed is not None, "what was saved is in the catalogue"
        self.side.thumbnails.forget(listed.product.id)
        self.side.thumbnails.want([listed.product.id])
        name = listed.product.name_in(self.translator.language)
        self.session.notify(
            "product.saved", lambda: Notice(Tone.WITHIN, self.translator("“{name}” saved.", name=name), seconds=6)
        )

    def _keep_planned(self, look: int, shown: ShownProduct, typed_card: ProductCard | None = None) -> None:
        """The future price is not saved: it stays in its fields."""
        price, at = self.form.price.later.text(), self.form.price.instant.dateTime()
        self._show(look, shown, typed_card)
        self.form.price.later.setText(price)
        self.form.price.instant.setDateTime(at)

    def _not_saved(self, error: Exception, shown: ShownProduct, typed_card: ProductCard) -> None:
        self._is_saving = False
        if not self.form.is_still(shown):  # it was dropped meanwhile, and another one is on show
            self.session.report_foreseen(error)
            return
        if not isinstance(error, ChangedMeanwhile) or shown.listed is None:
            self.extras.wrong(error)
            return
        self.session.sounds.play(Sound.UNKNOWN)
        self._look += 1
        look, shop, picture, product_id = self._look, self.session.shop, self.form.new_picture, shown.listed.product.id

        def again(now: ShownProduct) -> None:
            mine = typed_card
            with suppress(BadField):
                mine = self.form.read()  # more may have been typed while the store was busy
            self._keep_planned(look, now, now.card.taking(shown.card, mine))
            if picture is not None:
                self.form.take_picture(picture)
            self.form.complain(error)

        self.session.run_as(lambda person: read_shown(shop, product_id, person), again)

    def _edited(self) -> None:
        self.session.withdraw(*_ABOUT_THE_FORM)
        self.side.is_locked = self.form.is_changed

    def _warn_unsaved(self) -> None:
        self.session.sounds.play(Sound.UNKNOWN)
        key = self.session.actions.key_text
        keys = {"save": key("save_product"), "back": key("back")}
        self.session.notify(
            "product.unsaved",
            lambda: Notice(
                Tone.NEARLY,
                self.translator("Save the product first ({save}), or discard the changes ({back}).", **keys),
                seconds=8,
            ),
        )

    def _back(self) -> None:
        """Leave the panel, or the form for the list; the second Esc discards unsaved changes."""
        if self.several.is_open:
            self.several.leave()
            return
        if self.form.is_changed and not self.may_discard("product.drop", self.form.shown, self._back):
            return
        self.form.clear_errors()
        if self.form.is_changed or self.form.is_new:
            self._drop()
        elif self.side.box.field.hasFocus():
            self.side.clear()
        self.side.begin()

    def _drop(self) -> None:
        shown = self.form.shown
        self.session.withdraw(*_ABOUT_THE_FORM)
        self.side.is_locked = False
        if shown is not None and shown.listed is not None:
            self.form.present(shown)
            self.open(shown.listed.product.id)
        else:
            self.form.shown = None
            self._right.setCurrentWidget(self.nothing)
            self.side.choose_first()

    # ── scans and codes ──────────────────────────────────────────────────────────────────────────────────────

    def _scan_known(self, text: str, product_id: int, card: ProductCard) -> None:
        shown = self.form.shown
        if shown is not None and shown.listed is not None and shown.listed.product.id == product_id:
            self.session.sounds.play(Sound.ACCEPT)
        elif self.form.is_changed:
            self.session.sounds.play(Sound.REFUSE)
            self.session.notify(
                "product.code_known",
                lambda: Notice(
                    Tone.NEARLY,
                    self.translator(
                        "{code} is “{name}”. Save or discard this product first.", code=text[:48], name=card.name
                    ),
                    seconds=12,
                ),
            )
        else:
            self.session.sounds.play(Sound.ACCEPT)
            self.look_up(product_id)

    def _scan_new(self, scanned_at: ShownProduct | None, error: Exception) -> None:
        self.session.sounds.play(Sound.UNKNOWN if isinstance(error, UnknownCode) else Sound.UNREAD)
        if not isinstance(error, UnknownCode):
            self.session.report_foreseen(error)
            return
        if not self.form.is_still(scanned_at):  # another product is on show by now, and the code is none of its own
            self.session.report(error)
        elif self.form.shown is not None and (self.form.section == "codes" or self.form.is_changed):
            self.form.choose("codes")
            self.form.codes.add(error.code, _kind_of(error.code))
        else:
            self.begin_new(error.code)

    def _add_code(self) -> None:
        if self.form.shown is not None:
            self.form.choose("codes")
            self.form.codes.add("")

    def _own_code(self) -> None:
        """Give the product on show the next number of the shop."""
        shown = self.form.shown
        if shown is None or self._is_numbering:
            return
        self._is_numbering = True

        def take(code: str) -> None:
            self._is_numbering = False
            if self.form.is_still(shown):
                self.form.codes.add(code, SHOP)
                if self.form.section != "codes":
                    self.form.begin()

        def failed(error: Exception) -> None:
            self._is_numbering = False
            self.session.report_foreseen(error)

        self.session.run(self.session.shop.edit_product.next_code, take, failed)

    # ── layout ───────────────────────────────────────────────────────────────────────────────────────────────

    def _take_regimes(self, regimes: Sequence[Regime]) -> None:
        self.form.titles = {regime.id: regime.title_in(self.translator.language) for regime in regimes}

    def _lay_out(self) -> None:
        self._right = QStackedWidget()
        self._right.addWidget(self.nothing)
        self._right.addWidget(self.form)
        self._right.addWidget(self.panel)
        both = MainAndSide(self._right, self.side, widest=WIDTH, gap=Space.M, side_first=True)
        vbox(both, spacing=0, margins=(Space.L, Space.M, Space.L, Space.M), parent=self)


def _kind_of(code: str) -> str:
    """The most likely kind of a scanned code."""
    try:
        read = read_code(code)
    except BadInput:
        return UNIT
    return SHOP if read.kind is CodeKind.IN_STORE else CARTON if read.is_carton else UNIT
