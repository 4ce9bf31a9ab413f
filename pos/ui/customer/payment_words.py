"""The payment and the moment after it, in the customer's words."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from pos.application.figures import money_text
from pos.application.names import METHODS, name_of
from pos.domain.goods_return import Refund
from pos.domain.money import Money
from pos.domain.sale import Sale
from pos.domain.tender import EXCHANGE
from pos.ui.customer.faces import Paying, Said, Thanks
from pos.ui.customer.speech import Speech
from pos.ui.payment.giving import asked_about
from pos.ui.sale_news import PaymentShown
from pos.ui.widgets.tone import Tone

_MOST_GIVEN = 4


def paying_face(shown: PaymentShown, both: Speech) -> Paying:
    """What is due and given; what is left in the currency being typed, or the change."""
    view, language = shown.payment.view(), both.language
    awaited = asked_about(shown.payment) if view.is_settled else None
    change = [] if awaited is not None else [part.amount for part in view.settlement.change]
    back = [refund.amount for refund in shown.back]
    if back:
        result, tone = Said(both("You get back"), money_text(back[0], language, cash=True)), Tone.WITHIN
    elif not view.is_settled:
        result, tone = Said(both("Remaining"), money_text(view.remaining, language, cash=True)), Tone.INFO
    elif awaited is not None:
        result, tone = Said(both("Awaiting approval"), money_text(awaited.amount, language)), Tone.INFO
    elif change:
        result, tone = Said(both("Your change"), money_text(change[0], language, cash=True)), Tone.WITHIN
    else:
        result, tone = Said(both("Paid in full"), money_text(Money.zero(view.total.currency), language)), Tone.WITHIN
    given = tuple(
        Said(
            both.line(partial(name_of, METHODS, paid.tender.method)),
            money_text(paid.tender.amount, language, cash=True),
        )
        for paid in view.settlement.paid
    )
    return Paying(
        due=Said(both("To pay"), money_text(view.total, language)),
        others=tuple(money_text(line.amount, language, cash=True) for line in view.due),
        given=given[-_MOST_GIVEN:],
        result=result,
        second=_rest(back if back else change if view.is_settled else [], language),
        tone=tone,
    )


def thanks_face(sale: Sale, both: Speech) -> Thanks:
    """The change of a sale, in the largest figures."""
    language = both.language
    back = [refund.amount for one in sale.returns for refund in one.refunds if _is_money(refund)]
    amounts = back or [part.amount for part in sale.change]
    heading = both("You get back") if back else both("Your change")
    first = Said(heading, money_text(amounts[0], language, cash=True)) if amounts else None
    return Thanks(both("Thank you!"), first, _rest(amounts, language), both("Have a good journey."))


def _is_money(refund: Refund) -> bool:
    return refund.method != EXCHANGE


def _rest(amounts: Sequence[Money], language: str) -> str:
    """What there is beside the first amount."""
    return "  ".join(f"+ {money_text(amount, language, cash=True)}" for amount in amounts[1:])
