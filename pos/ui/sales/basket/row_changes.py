"""The keys that change the selected row or the whole basket: quantity, discount, price, note, void."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, Qt, Signal

from pos.application.sales.checkout import Checkout
from pos.application.sales.checkout_view import CheckoutView
from pos.application.text.formatting import (
    amount_text,
    currency_symbol,
    number_text,
    read_amount,
    read_count,
    read_number,
)
from pos.application.text.translator import N_, Translator
from pos.domain.catalogue.product import Product
from pos.domain.errors import BadField, BadInput
from pos.domain.money import Currency, Money
from pos.domain.pricing.discount import Discount
from pos.domain.sales.cart import Cart
from pos.domain.sales.cart_line import CartLine, check_note, check_quantity
from pos.domain.staff.staff import Approval, Person, need_behind
from pos.ui.input.actions import CHECKOUT
from pos.ui.sales.basket.basket_foot import BasketFoot
from pos.ui.sales.basket.basket_view import BasketView
from pos.ui.sales.basket.inline_editor import Editing, InlineEditor
from pos.ui.sales.current_sale.checkout_controller import CheckoutController
from pos.ui.session.session import Session
from pos.ui.widgets.drawing.tab_order import set_tab_order_at

Change = Callable[[Cart], Cart]
"""A change of the basket by one step."""
_Step = Callable[[Checkout, Person], CheckoutView]
"""A typed change of the sale by a person."""

WHOLE = 0
"""The row id that means the whole basket."""
_PER_CENT, _MONEY = 0, 1
_PERMISSIONS = {Editing.DISCOUNT: "discount", Editing.PRICE: "price"}
"""The permission that a change may need."""


@dataclass(frozen=True, slots=True)
class _Asked:
    """A typed change that may need an approval: the permission, the step, the change of the basket, and what is done
    `then`.
    """

    permission: str
    step: _Step
    change: Change
    then: Callable[[CheckoutView], None] | None = None
    product: Product | None = None
    """Goods that the step would bring into the basket."""


class RowChanges(QObject):
    """Opens the small field over the selected row and passes on the typed text. `wrong` carries a BadInput."""

    wrong = Signal(object)
    ended = Signal()
    held = Signal()
    """Another question is asked while the answer to the one before is typed and not entered."""
    voided = Signal(object, object)
    """The Line that was removed, and the CheckoutView without it."""
    priced = Signal(object, int, object)
    """What was edited (an Editing, a discount or a price), the id of the row, and the CheckoutView with it."""

    def __init__(self, session: Session, counter: CheckoutController, view: BasketView, foot: BasketFoot) -> None:
        super().__init__(view)
        self._session = session
        self._counter = counter
        self._view = view
        self._foot = foot
        self._editor = InlineEditor(session.theme, view.viewport(), view.row_box)
        set_tab_order_at(view, [self._editor])
        view.resized.connect(self._editor.reposition)
        view.verticalScrollBar().valueChanged.connect(self._editor.reposition)
        self._whole = InlineEditor(session.theme, foot, foot.row_box)
        foot.resized.connect(self._whole.reposition)
        for editor in (self._editor, self._whole):
            editor.entered.connect(self._enter)
            editor.closed.connect(self._closed)
        self._asked: _Asked | None = None
        self._is_refused = False
        self.refusal: Exception | None = None
        """Why the figure in the field was refused; its notice falls with the field."""
        counter.refused.connect(self._refused)
        self._names: dict[InlineEditor, str] = {}

    @property
    def editor(self) -> InlineEditor:
        """The field over a row."""
        return self._editor

    @property
    def whole(self) -> InlineEditor:
        """The field for the whole basket."""
        return self._whole

    def key_handlers(self) -> dict[str, Callable[[], None]]:
        """The key handlers, by action."""
        return {
            "quantity": self.quantity,
            "discount": self.discount,
            "discount_basket": self.discount_basket,
            "price": self.price,
            "note": self.note,
            "note_basket": self.note_basket,
            "void": self.void,
        }

    def retranslate(self, tr: Translator) -> None:
        """Name the edited field in another language."""
        for editor, name in self._names.items():
            editor.name(tr(name))

    def quantity(self) -> None:
        """Edit the quantity of the selected row."""
        line = self._line()
        if line is not None and not self._is_held(self._editor, Editing.QUANTITY, line.id):
            self._open_quantity(line)

    def discount(self) -> None:
        """Edit the discount of the selected row, in per cent or money; a second press switches the unit. An empty
        text removes the discount.
        """
        line = self._line()
        if line is not None and not self._is_held(self._editor, Editing.DISCOUNT, line.id):
            self._discount(self._editor, line.id, line.discount, line.unit_price.currency)

    def discount_basket(self) -> None:
        """Edit the discount of the whole basket, in per cent or money."""
        view = self._counter.view
        if view is not None and view.lines and not self._is_held(self._whole, Editing.DISCOUNT, WHOLE):
            self._foot.hold(True)
            self._discount(self._whole, WHOLE, view.basket, view.total.currency)

    def price(self) -> None:
        """Edit the price of a piece in the selected row; an empty text restores the catalogue price."""
        line = self._line()
        if line is not None and not self._is_held(self._editor, Editing.PRICE, line.id):
            self._open_price(line)

    def note(self) -> None:
        """Edit the note of the selected row; an empty text removes it."""
        line = self._line()
        if line is not None and not self._is_held(self._editor, Editing.NOTE, line.id):
            self._editor.open(Editing.NOTE, line.id, line.note, self._named(self._editor, N_("Note on this line")))

    def note_basket(self) -> None:
        """Edit the note of the whole sale."""
        view = self._counter.view
        if view is not None and view.lines and not self._is_held(self._whole, Editing.NOTE, WHOLE):
            self._foot.hold(True)
            self._whole.open(Editing.NOTE, WHOLE, view.note, self._named(self._whole, N_("Note on this sale")))

    def void(self) -> None:
        """Remove the selected row."""
        row, person = self._view.selected(), self._session.person
        if row is not None and row.back:
            self._counter.keep(-1 - row.id)
        elif row is not None and person is not None:
            line = self._line()
            if line is not None:
                self._counter.void(row.id, person, partial(self.voided.emit, line))

    def go_on(self, approval: Approval) -> bool:
        """Do the refused step with the approval of another person; False if no step of this kind was refused."""
        asked, self._asked = self._asked, None
        if asked is None or asked.permission not in (approval.permissions or ()):
            return False
        self._counter.change(lambda checkout: asked.step(checkout, approval.by), then=asked.then)
        return True

    def propose(
        self,
        permission: str,
        product: Product,
        step: _Step,
        change: Change,
        then: Callable[[CheckoutView], None],
        failed: Callable[[Exception], None],
    ) -> None:
        """Bring a product into the basket by a step that may need an approval; `then` is given its view, also after
        one.
        """
        person = self._session.person
        if person is not None:
            self._asked = _Asked(permission, step, change, then, product)
            self._is_refused = False
            self._counter.change(lambda checkout: step(checkout, person), failed=failed, then=then)

    def requested_change(self) -> Change | None:
        """The refused discount or price as a change of the basket; None if none was refused."""
        return None if self._asked is None else self._asked.change

    def requested_product(self) -> Product | None:
        """The goods that the refused step would bring into the basket; None for a step on what is there."""
        return None if self._asked is None else self._asked.product

    def drop_refused(self) -> bool:
        """Drop the refused discount or price; False if none was refused, or the answer is not there yet."""
        if self._asked is None or not self._is_refused:
            return False
        self._asked = None
        return True

    def forget(self) -> None:
        """Drop the refused step: it was done, or the basket is another one."""
        self._asked = None

    def look_again(self) -> None:
        """Let open fields follow their rows; one for the whole basket closes with its last row."""
        view = self._counter.view
        self._editor.reposition()
        if view is not None and not view.lines:
            self._whole.leave()
        self._whole.reposition()

    @property
    def is_begun(self) -> bool:
        """Whether text was typed over a row or the basket that is not entered yet."""
        return any(editor.is_changed() for editor in (self._editor, self._whole))

    def ask_to_finish(self) -> None:
        """Put the cursor into the field whose text is not entered yet."""
        for editor in (self._editor, self._whole):
            if editor.is_changed():
                editor.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def leave(self) -> bool:
        """Esc: close the field; False where none is open."""
        for editor in (self._editor, self._whole):
            if not editor.isHidden():
                editor.leave()
                return True
        return False

    def _refused(self, error: Exception) -> None:
        need = need_behind(error)
        if self._asked is not None and need is not None and need.permission == self._asked.permission:
            self._is_refused = True

    def _is_held(self, editor: InlineEditor, editing: Editing, line_id: int) -> bool:
        """Whether a field holds what is typed for something else: it is asked for, not dropped.

        Only one field is open at a time: one in which nothing was typed closes.
        """
        other = self._whole if editor is self._editor else self._editor
        if other.is_changed() or (editor.is_changed() and not editor.is_open(editing, line_id)):
            self.held.emit()
            return True
        other.leave()
        return False

    def _line(self) -> CartLine | None:
        row, view = self._view.selected(), self._counter.view
        lines = [] if view is None else [one.line for one in view.lines]
        return next((line for line in lines if row is not None and line.id == row.id), None)

    def _closed(self) -> None:
        self._foot.hold(False)
        self.ended.emit()

    def _open_quantity(self, line: CartLine) -> None:
        self._editor.open(Editing.QUANTITY, line.id, str(line.quantity), self._named(self._editor, N_("Quantity")))

    def _open_price(self, line: CartLine) -> None:
        text = amount_text(line.unit_price, self._session.translator.language)
        name = self._named(self._editor, N_("Price per item"))
        self._editor.open(Editing.PRICE, line.id, text, name, (currency_symbol(line.unit_price.currency),))

    def _discount(self, editor: InlineEditor, line_id: int, given: Discount | None, currency: Currency) -> None:
        if editor.is_open(Editing.DISCOUNT, line_id):
            editor.turn()
            return
        tr, text, unit = self._session.translator, "", _PER_CENT
        if given is not None and given.percent is not None:
            text = number_text(given.percent, tr.language, 2, trimmed=True)
        elif given is not None and given.amount is not None:
            text, unit = amount_text(given.amount, tr.language), _MONEY
        name = self._named(editor, N_("Discount"))
        editor.open(Editing.DISCOUNT, line_id, text, name, ("%", currency_symbol(currency)), unit)

    def _enter(self, editing: str, line_id: int, text: str) -> None:
        editor = self._whole if line_id == WHOLE else self._editor
        try:
            step, change = self._step(Editing(editing), line_id, text, editor.unit)
        except BadInput as error:
            editor.set_wrong(True)
            self.wrong.emit(error)
            return
        person = self._session.person
        again = None
        if editing != Editing.NOTE:
            again = partial(self._open_again, Editing(editing), line_id, text, editor.unit)
        editor.leave()
        if person is not None:
            done = None if change is None else partial(self.priced.emit, Editing(editing), line_id)
            self._asked = None if change is None else _Asked(_PERMISSIONS[Editing(editing)], step, change, done)
            self._is_refused = False
            self._counter.change(lambda checkout: step(checkout, person), failed=again, then=done)

    def _open_again(self, editing: Editing, line_id: int, text: str, unit: int, error: Exception) -> None:
        """A figure that was refused stands in its field: the next one typed would be a search, and sell its find.

        Not where an approval is asked for, and not over what the cashier has begun since.
        """
        is_here = self._session.screen_id == CHECKOUT and self._session.person is not None
        if need_behind(error) is not None or not self._session.is_awaited or not is_here:
            return
        editor = self._whole if line_id == WHOLE else self._editor
        view = self._counter.view
        line = next((one.line for one in view.lines if one.line.id == line_id), None) if view is not None else None
        if line_id == WHOLE:
            self.discount_basket()
        elif line is None:
            return
        elif editing is Editing.QUANTITY:
            self._open_quantity(line)
        elif editing is Editing.PRICE:
            self._open_price(line)
        else:
            self._discount(editor, line.id, line.discount, line.unit_price.currency)
        if editor.is_open(editing, line_id):
            if editor.unit != unit:
                editor.turn()
            editor.insist(text)
            self.refusal = error

    def _step(self, editing: Editing, line_id: int, text: str, unit: int) -> tuple[_Step, Change | None]:
        """The step of the typed text, and the change of the basket if it may need an approval.

        Raises a BadInput.
        """
        match editing:
            case Editing.QUANTITY:
                quantity = read_count(text, self._session.translator.language)
                check_quantity(quantity)
                return lambda checkout, _person: checkout.set_quantity(line_id, quantity), None
            case Editing.PRICE:
                price = self._money(text, "price")
                return (
                    lambda checkout, person: checkout.set_price(line_id, price, person),
                    lambda cart: cart.with_price(line_id, price),
                )
            case Editing.NOTE:
                note = check_note(text)
                return lambda checkout, _person: checkout.note(line_id or None, note), None
            case Editing.DISCOUNT:
                given = self._read_discount(text, unit)
                if line_id == WHOLE:
                    return (
                        lambda checkout, person: checkout.discount_basket(given, person),
                        lambda cart: cart.with_basket_discount(given),
                    )
                return (
                    lambda checkout, person: checkout.discount(line_id, given, person),
                    lambda cart: cart.with_discount(line_id, given),
                )

    def _named(self, editor: InlineEditor, name: str) -> str:
        """The name of an editor in the current language; the message itself is kept for the next language."""
        self._names[editor] = name
        return self._session.translator(name)

    def _read_discount(self, text: str, unit: int) -> Discount | None:
        """A typed unit symbol decides the unit; otherwise the chosen unit does."""
        bare = text.strip()
        if not bare:
            return None
        per_cent = bare.endswith("%") or (unit == _PER_CENT and currency_symbol(self._currency) not in bare)
        if not per_cent:
            amount = self._money(bare, "discount")
            return Discount(amount=amount) if amount else None
        percent = read_number(bare.rstrip("%").strip(), self._session.translator.language, digits=2, field="discount")
        if percent > 100:
            raise BadField("discount", "out_of_range", bare)
        return Discount(percent=percent) if percent else None

    def _money(self, text: str, field: str) -> Money | None:
        bare = text.strip().removesuffix(currency_symbol(self._currency)).strip()
        return read_amount(bare, self._currency, self._session.translator.language, field=field) if bare else None

    @property
    def _currency(self) -> Currency:
        view = self._counter.view
        return self._session.settings.price if view is None else view.total.currency
