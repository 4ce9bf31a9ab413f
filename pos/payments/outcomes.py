"""From what happened on the line to an answer: nothing that a partner does leaves an adapter as an exception."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from pos.application.ports.partner_ports import ChargeOrder
from pos.domain.errors import BadField
from pos.domain.money import CURRENCIES, Currency, Money
from pos.domain.outside_partners.answers import Answer, Declined, Lost
from pos.domain.outside_partners.payment_code import PaymentCode, payment_code
from pos.domain.outside_partners.providers import ProviderKind
from pos.partner_line.http_line import NoReply
from pos.partner_line.json_answers import NotSetUp, NotUnderstood


class Untrusted(Exception):
    """An answer that its partner has not signed. `why`: `none`, `serial`, `clock` or `wrong`."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def answered(step: Callable[[], Answer], *, begins: bool) -> Answer:
    """What a step answers, or what it means that it could not. `begins`: it would have been the first word of an act.

    Such an act has moved nothing where no connection was made, or where there was nothing to sign with.
    """
    try:
        return step()
    except NotSetUp as lacking:
        return Declined("not_set_up", lacking.field) if begins else Lost("signed_out", lacking.field)
    except NoReply as none:
        if begins and not none.sent and none.what == "no_line":
            return Declined("no_line")
        return Lost(none.what)
    except Untrusted as untrusted:
        return Lost("signature", untrusted.why)
    except NotUnderstood as garbled:
        return Lost("not_understood", garbled.what)
    except (KeyError, TypeError, ValueError, AttributeError, ArithmeticError, RecursionError, BadField):
        return Lost("not_understood")


def code_to_send(order: ChargeOrder, kind: ProviderKind) -> PaymentCode | Declined:
    """The payment code of a charge, where it is that of the provider. An identity number is sent to none (R1742)."""
    if order.amount.currency.code != kind.currency:
        return Declined("by_partner", "currency")
    code = payment_code(order.code)
    if code is None or code.scheme != kind.name or code.may_be_identity_number:
        return Declined("code_unknown", "not_sent")
    return code


def checked(answer: Answer) -> Declined | Lost | None:
    """The result of a trial of line and credential: what came that is no act of ours is good news."""
    return answer if isinstance(answer, Declined | Lost) else None


def same_number(content: Mapping[str, Any], name: str, number: str) -> None:
    """Refuse an answer about another act. Raises NotUnderstood."""
    if content.get(name) != number:
        raise NotUnderstood("other_number")


def currency_named(code: object, expected: Currency) -> Currency:
    """The currency of an answer: ours, another of the shop, or an unknown one. Raises NotUnderstood."""
    if not isinstance(code, str) or not (len(code) == 3 and code.isascii() and code.isalpha()):
        raise NotUnderstood("currency")
    code = code.upper()
    if code == expected.code:
        return expected
    return CURRENCIES.get(code) or Currency(code)


def minor_units(value: object, currency: Currency) -> Money:
    """An amount in minor units. Raises NotUnderstood."""
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise NotUnderstood("amount")
    return Money(value, currency)


def decimal_units(value: object, currency: Currency) -> Money:
    """An amount as a decimal text. Raises NotUnderstood."""
    try:
        return Money.parse(value, currency)
    except BadField:
        raise NotUnderstood("amount") from None
