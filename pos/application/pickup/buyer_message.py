"""The message for a buyer, in the buyer's language, to be copied: nothing is sent."""

from __future__ import annotations

from collections.abc import Iterator

from pos.application.access.authorize import authorized_read
from pos.application.pickup.find_orders import order_with
from pos.application.pickup.take_order import PERMISSION
from pos.application.settings.context import UseCase
from pos.application.settings.settings import Settings
from pos.application.text.formatting import currency_name, money_text, number_text
from pos.application.text.pickup_words import deposit_terms, held_until_text, total_text
from pos.application.text.translator import N_, Translator
from pos.application.text.typography import labelled, listed
from pos.domain.pickup.customer_order import CustomerOrder, OrderState
from pos.domain.pickup.pickup_code import PickupCode
from pos.domain.staff.staff import Person

_SAID = {
    OrderState.CLAIMED: N_("We have received your order {code}."),
    OrderState.WAITING: N_("Your order {code} is in the queue: the goods are not in stock at the moment."),
    OrderState.CONFIRMED: N_("The goods of your order {code} are held for you."),
    OrderState.READY: N_("Your order {code} is packed and ready for pick-up."),
    OrderState.PICKED_UP: N_("Your order {code} was picked up. Thank you!"),
    OrderState.CANCELLED: N_("Your order {code} was cancelled."),
    OrderState.EXPIRED: N_("Your order {code} was not picked up in time; the goods are no longer held."),
}
_MOVED_UP = N_("The goods of your order {code} are in stock again and held for you.")


class BuyerMessage(UseCase):
    """Words an order for the person who placed it."""

    def __call__(self, code: str, person: Person, language: str | None = None) -> str:
        """The text in the language of the buyer, or in another one.

        Raises NotAllowed, BadPickupCode, NoSuchCustomerOrder.
        """
        with authorized_read(self.store, person, PERMISSION) as work:
            order = order_with(work, code)
        tr = self.translators[language or order.buyer.language]
        return "\n".join(_lines(order, self.settings(), tr))


def _lines(order: CustomerOrder, settings: Settings, tr: Translator) -> Iterator[str]:
    code = PickupCode(order.code).spaced
    yield settings.shop_name
    yield tr(_MOVED_UP if order.tell else _SAID[order.state], code=code)
    if order.state in (OrderState.CANCELLED, OrderState.PICKED_UP):
        return
    goods = (f"{line.name_in(tr.language)} × {number_text(line.quantity, tr.language)}" for line in order.lines)
    yield labelled(tr, tr("Goods"), listed(tr, goods))
    yield labelled(tr, tr("Total"), total_text(order, settings.price, tr))
    if any(one.currency != settings.price for one in order.agreed_sums()):
        fixed = N_(
            "The total in {currency} is fixed. At pick-up, other currencies are accepted at the rates of that day."
        )
        yield tr(fixed, currency=currency_name(settings.price))
    if order.deposit is not None and order.deposit.open:
        yield labelled(tr, tr("Deposit"), money_text(order.deposit.open, tr.language))
    if terms := deposit_terms(order):
        yield tr(terms)
    if order.is_held:
        until = held_until_text(order.hold_until, settings.zone, tr.language)
        yield labelled(tr, tr("Pick-up until"), until)
        yield tr("Please show this code at the till: {code}", code=code)
