"""An order as plain text for its buyer, to be pasted into the chat of the channel. Nothing is sent by the program."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import time, timedelta, tzinfo

from pos.application.access.authorize import authorized_read
from pos.application.pickup.take_order import PERMISSION
from pos.application.settings.context import UseCase
from pos.application.settings.settings import Settings
from pos.application.text.formatting import date_text, instant_text, money_text, number_text
from pos.application.text.training_stamp import TRAINING_STAMP
from pos.application.text.translator import Translator
from pos.application.text.typography import labelled
from pos.domain.pickup.customer_order import CustomerOrder, NoSuchCustomerOrder, OrderState
from pos.domain.pickup.pickup_code import PickupCode, read_pickup_code
from pos.domain.staff.staff import Person


class BuyerMessage(UseCase):
    """Words an order for the person who placed it."""

    def __call__(self, code: str, person: Person, language: str | None = None) -> str:
        """The text in the language of the buyer, or in another one.

        Raises NotAllowed, BadPickupCode, NoSuchCustomerOrder.
        """
        signs = read_pickup_code(code).signs
        with authorized_read(self.store, person, PERMISSION) as work:
            order = work.pickups.by_code(signs)
        if order is None:
            raise NoSuchCustomerOrder(signs)
        return buyer_message(order, self.settings(), self.translators[language or order.buyer.language])


def buyer_message(order: CustomerOrder, settings: Settings, tr: Translator, *, training: bool = False) -> str:
    """The order in the language of `tr`: what it is, until when it is held, and how it is picked up."""
    return "\n".join(_lines(order, settings, tr, training=training)) + "\n"


def _lines(order: CustomerOrder, settings: Settings, tr: Translator, *, training: bool) -> Iterator[str]:
    language = tr.language
    if training:
        yield tr(TRAINING_STAMP)
    code, until = PickupCode(order.code).spaced, held_until_text(order, settings.zone, language)
    if order.state is OrderState.PICKED_UP:
        yield tr("Your order {code} was picked up. Thank you!", code=code)
    elif order.state is OrderState.CANCELLED:
        yield tr("Your order {code} is cancelled.", code=code)
    elif order.state is OrderState.EXPIRED:
        yield tr("Your order {code} was not picked up by {until}. Write to us if you still want it.",
                 code=code, until=until)  # fmt: skip
    elif order.state is OrderState.WAITING:
        yield tr("Your order {code} is in the queue: we write as soon as the goods are there.", code=code)
    elif order.state is OrderState.CLAIMED:
        yield tr("We have noted your order {code}.", code=code)
    elif order.state is OrderState.READY:
        yield tr("Your order {code} is packed. We hold it until {until}.", code=code, until=until)
    elif order.tell:
        yield tr("Good news: the goods of your order {code} are there now. We hold them until {until}.",
                 code=code, until=until)  # fmt: skip
    else:
        yield tr("We hold the goods of your order {code} until {until}.", code=code, until=until)
    for line in order.lines:
        price = money_text(line.agreed.amount, language)
        yield f"{number_text(line.quantity, language)} × {line.name_in(language)} · {price}"
    yield labelled(tr, tr("Total"), sums_text(order, tr))
    if order.deposit is not None and order.deposit.open:
        yield labelled(tr, tr("Deposit"), money_text(order.deposit.open, language))
    if order.is_open and order.state is not OrderState.WAITING:
        yield tr("Show this code when you pick it up: {code}", code=code)
    yield from (text for text in dict.fromkeys((settings.shop_name, settings.address_1, settings.address_2)) if text)


def sums_text(order: CustomerOrder, tr: Translator) -> str:
    """What it comes to, in each currency in which prices were agreed."""
    return " + ".join(money_text(one, tr.language) for one in order.agreed_sums())


def held_until_text(order: CustomerOrder, zone: tzinfo, language: str) -> str:
    """Until when it is held: a day where that ends at midnight, else a day with its time."""
    until = order.hold_until.astimezone(zone)
    if until.time() == time(0):
        return date_text((until - timedelta(days=1)).date(), language)
    return instant_text(order.hold_until, zone, language)
