"""The catalogue: found by what is typed or scanned on the left, one product of it read and changed on the right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, replace
from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from pos.application.goods_for_sale import UnknownCode
from pos.application.words import Words
from pos.domain.barcode import CodeKind, read_code
from pos.domain.errors import BadField, BadInput, RuleBroken
from pos.domain.product_card import CARTON, SHOP, UNIT, ChangedMeanwhile, ProductCard
from pos.domain.quota.rule import Regime
from pos.ui.actions import PRODUCTS
from pos.ui.products.catalogue_side import CatalogueSide
from pos.ui.products.product_extras import ProductExtras
from pos.ui.products.product_form import ProductForm
from pos.ui.products.shown_product import Shown, read_shown
from pos.ui.save_table import TableSaver
from pos.ui.screen import Screen
from pos.ui.session import Session
from pos.ui.sounds import Sound
from pos.ui.theme import Space
from pos.ui.widgets.empty_state import EmptyState
from pos.ui.widgets.notice_bar import Notice
from pos.ui.widgets.tone import Tone


class ProductsScreen(Screen):
    """What is typed into the form is kept until it is saved or dropped by two Esc.

    A scan opens its product; of a code that nobody knows it begins a new one, or gives it to the product whose codes
    are on show.
    """

    place = PRODUCTS
    takes_scans = True

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._look = 0
        self._is_saving = False
        self.side = CatalogueSide(session)
        self.form = ProductForm(session)
        self.extras = ProductExtras(session, self.form)
        self.nothing = EmptyState(session.theme)
        self.steps = {
            "search_products": self.side.begin,
            "new_product": lambda: self.begin_new(""),
            "add_code": self._add_code,
            "own_code": self._own_code,
            "product_picture": self.extras.choose_picture,
            "next_section": lambda: self.form.step(1),
            "previous_section": lambda: self.form.step(-1),
            "save_product": self.save,
            "back": self._back,
        }
        self.side.chosen.connect(self.open)
        self.side.opened.connect(self.form.begin)
        self.side.new_wanted.connect(lambda: self.begin_new(""))
        self.side.kept.connect(self._tell_unsaved)
        self.form.save_wanted.connect(self.save)
        self.form.edited.connect(self._edited)
        self.form.codes.number_wanted.connect(self._own_code)
        TableSaver(self, self.side.listing)
        self._lay_out()

    # ── what the window says ─────────────────────────────────────────────────────────────────────────────────

    def entered(self) -> None:
        """Override Screen.entered: others may have changed something meanwhile; what was typed stays."""
        session = self.session
        session.run(session.shop.list_gaps.in_use, self._take_regimes)
        session.run_as(session.shop.browse.suppliers, lambda names: self.form.supply.offer("supplier", names))
        self.side.ask()
        shown = self.form.shown
        if shown is not None and shown.listed is not None and not self.form.is_changed:
            self.open(shown.listed.product.id)
        self.side.begin()

    def waiting(self) -> str:
        """Override Screen.waiting."""
        return self.words("an unsaved product") if self.form.is_changed else ""

    def emptied(self) -> None:
        """Override Screen.emptied."""
        self._drop()

    def retranslate(self, words: Words) -> None:
        """Override Screen.retranslate."""
        self.side.retranslate(words)
        self.form.retranslate(words)
        self.nothing.present(
            "package-open", words("No product selected"), words("Scan a product, or choose one in the list.")
        )

    def scanned(self, text: str) -> None:
        """Override Screen.scanned."""
        edit = self.session.shop.edit_product
        self.session.run_as(
            lambda person: edit.card(text, person),
            lambda found: self._scan_known(text, *found),
            self._scan_new,
        )

    # ── the product ──────────────────────────────────────────────────────────────────────────────────────────

    def open(self, product_id: int) -> None:
        """Show a product in the form."""
        self._look += 1
        look, shop = self._look, self.session.shop
        self.session.run_as(lambda person: read_shown(shop, product_id, person), lambda shown: self._show(look, shown))

    def _show(self, look: int, shown: Shown, wanted: ProductCard | None = None) -> None:
        if look != self._look:
            return
        self.form.present(shown, wanted)
        self._right.setCurrentWidget(self.form)
        self.session.take_back("product.drop", "product.unsaved", "product.code_known")
        self.side.is_locked = self.form.is_changed
        if shown.listed is not None:
            self.side.put(shown.listed)
            self.side.choose(shown.listed.product.id)

    def begin_new(self, code: str) -> None:
        """A form for a product that is not in the catalogue, with a code that was scanned, or a number of the shop."""
        if self.form.is_changed:
            self._tell_unsaved()
            return
        self._look += 1
        self.form.present(Shown(ProductCard((), "")))
        self._right.setCurrentWidget(self.form)
        self.side.choose(None)
        if code:
            self.form.codes.add(code, _kind_of(code))
        else:
            self._own_code()
        self.form.choose("names")
        self.form.begin()

    def save(self) -> None:
        """Save what was typed."""
        person, shown, form = self.session.person, self.form.shown, self.form
        if person is None or shown is None or self._is_saving or not (form.is_changed or form.is_new):
            return
        try:
            wanted = form.read()
            later = form.price.planned() if form.price.is_planning else None
        except BadField as error:
            self.extras.wrong(error)
            return
        shop, png, is_changed = self.session.shop, form.new_picture, form.is_card_changed

        def call() -> tuple[Shown, Exception | None]:
            if shown.listed is None:
                product_id, _ = shop.edit_product.add(wanted, person)
            else:
                product_id = shown.listed.product.id
                if is_changed:
                    shop.edit_product(product_id, shown.card, wanted, person)
            if png is not None:
                shop.edit_product.set_picture(product_id, png, person)
            refused = None
            if later is not None:
                try:
                    shop.set_price(product_id, later[0], person, later[1])
                except RuleBroken as error:  # the product is saved all the same
                    refused = error
            return read_shown(shop, product_id, person), refused

        self._is_saving = True
        self._look += 1
        saved = partial(self._saved, self._look, shown.listed is None)
        self.session.run(call, saved, lambda error: self._not_saved(error, shown, wanted))

    def _saved(self, look: int, is_new: bool, found: tuple[Shown, Exception | None]) -> None:
        shown, refused = found
        self._is_saving = False
        if is_new:
            self.side.count_one_more()
        if refused is not None:
            self._keep_planned(look, shown, refused)
            return
        self.session.sounds.play(Sound.ACCEPT)
        listed = shown.listed
        assert listed is not None, "what was saved is in the catalogue"
        self.side.thumbnails.forget(listed.product.id)
        self.side.thumbnails.want([listed.product.id])
        self._show(look, shown)
        name = listed.product.name_in(self.words.language)
        self.session.tell(
            "product.saved", lambda: Notice(Tone.WITHIN, self.words("“{name}” saved.", name=name), seconds=6)
        )

    def _keep_planned(self, look: int, shown: Shown, refused: Exception) -> None:
        """The product is saved, the price for later is not: it stays as it was typed."""
        price, at = self.form.price.later.text(), self.form.price.instant.dateTime()
        self._show(look, shown)
        self.form.price.later.setText(price)
        self.form.price.instant.setDateTime(at)
        self.extras.wrong(refused)

    def _not_saved(self, error: Exception, shown: Shown, wanted: ProductCard) -> None:
        self._is_saving = False
        if not isinstance(error, ChangedMeanwhile) or shown.listed is None:
            self.extras.wrong(error)
            return
        self.session.sounds.play(Sound.UNKNOWN)
        self._look += 1
        look, shop, picture, product_id = self._look, self.session.shop, self.form.new_picture, shown.listed.product.id

        def again(now: Shown) -> None:
            self._show(look, now, merged(shown.card, wanted, now.card))
            if picture is not None:
                self.form.take_picture(picture)
            self.form.complain(error)

        self.session.run_as(lambda person: read_shown(shop, product_id, person), again)

    def _edited(self) -> None:
        self.session.take_back("product.drop", "product.unsaved", "product.code_known")
        self.side.is_locked = self.form.is_changed

    def _tell_unsaved(self) -> None:
        self.session.sounds.play(Sound.UNKNOWN)
        key = self.session.actions.key_text
        keys = {"save": key("save_product"), "back": key("back")}
        self.session.tell(
            "product.unsaved",
            lambda: Notice(
                Tone.NEARLY,
                self.words("Save the product first ({save}), or discard the changes ({back}).", **keys),
                seconds=8,
            ),
        )

    def _back(self) -> None:
        """From the form to the list; what is not saved goes at the second Esc."""
        key = self.session.actions.key_text("back")

        def asking() -> Notice:
            return Notice(
                Tone.NEARLY, self.words("Discard unsaved changes? Press {key} again to confirm.", key=key), seconds=8
            )

        if self.form.is_changed and not self.session.sure("product.drop", self.form.shown, asking):
            return
        self.form.forgive()
        if self.form.is_changed or self.form.is_new:
            self._drop()
        elif self.side.box.field.hasFocus():
            self.side.clear()
        self.side.begin()

    def _drop(self) -> None:
        shown = self.form.shown
        self.session.take_back("product.unsaved", "product.code_known")
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
            self.session.tell(
                "product.code_known",
                lambda: Notice(
                    Tone.NEARLY,
                    self.words(
                        "{code} is “{name}”. Save or discard this product first.", code=text[:48], name=card.name
                    ),
                    seconds=12,
                ),
            )
        else:
            self.session.sounds.play(Sound.ACCEPT)
            self.open(product_id)

    def _scan_new(self, error: Exception) -> None:
        self.session.sounds.play(Sound.UNKNOWN if isinstance(error, UnknownCode) else Sound.UNREAD)
        if not isinstance(error, UnknownCode):
            self.session.report_foreseen(error)
            return
        if self.form.shown is not None and (self.form.section == "codes" or self.form.is_changed):
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
        if shown is None:
            return

        def take(code: str) -> None:
            if self.form.shown is shown:
                self.form.codes.add(code, SHOP)
                if self.form.section != "codes":
                    self.form.begin()

        self.session.run(self.session.shop.edit_product.next_code, take)

    # ── layout ───────────────────────────────────────────────────────────────────────────────────────────────

    def _take_regimes(self, regimes: Sequence[Regime]) -> None:
        self.form.titles = {regime.id: regime.title_in(self.words.language) for regime in regimes}

    def _lay_out(self) -> None:
        self._right = QStackedWidget()
        self._right.addWidget(self.nothing)
        self._right.addWidget(self.form)
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.L, Space.M, Space.L, Space.M)
        row.setSpacing(Space.M)
        row.addWidget(self.side)
        row.addWidget(self._right, 1)


def merged(began: ProductCard, mine: ProductCard, now: ProductCard) -> ProductCard:
    """What somebody has typed, over what others have saved since he began."""
    told = {one.name: getattr(mine, one.name) for one in fields(mine)}
    return replace(now, **{name: value for name, value in told.items() if value != getattr(began, name)})


def _kind_of(code: str) -> str:
    """What a scanned code most likely is."""
    try:
        read = read_code(code)
    except BadInput:
        return UNIT
    return SHOP if read.kind is CodeKind.IN_STORE else CARTON if read.is_carton else UNIT
