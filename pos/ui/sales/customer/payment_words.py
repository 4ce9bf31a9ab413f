"""The texts of the payment and of the moment after it, for the customer."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from pos.application.text.formatting import money_text
from pos.application.text.names import METHODS, name_of
from pos.domain.money import Money
from pos.domain.payment.tender import EXCHANGE, Change
from pos.domain.returns.goods_return import Refund
from pos.domain.sales.sale import Sale
from pos.ui.receipts.return_words import further_refunds
from pos.ui.sales.customer.speech import Speech
from pos.ui.sales.customer.view_models import DisplayedAmount, Paying, Thanks
from pos.ui.sales.payment.further_tenders import to_approve
from pos.ui.session.sale_news import PaymentShown
from pos.ui.widgets.drawing.tone import Tone

_MOST_GIVEN = 4


def paying_view(shown: PaymentShown, both: Speech) -> Paying:
    """The amounts due and given; the rest in the currency being typed, or the change."""
    view, language = shown.payment.view(), both.language
    awaited = to_approve(shown.payment) if view.is_settled else None
    change = () if awaited is not None else tuple(view.change)
    if shown.back:
        amount = money_text(shown.back[0].amount, language, cash=True)
        result, tone = DisplayedAmount(both("You get back"), amount), Tone.WITHIN
    elif shown.charge is not None:
        amount = money_text(shown.charge.amount, language)
        result, tone = DisplayedAmount(both("Pay on your phone or at the terminal"), amount), Tone.INFO
    elif not view.is_settled:
        result, tone = DisplayedAmount(both("Remaining"), money_text(view.remaining, language, cash=True)), Tone.INFO
    elif awaited is not None:
        result, tone = DisplayedAmount(both("Awaiting approval"), money_text(awaited.amount, language)), Tone.INFO
    elif change:
        amount = money_text(change[0].amount, language, cash=True)
        result, tone = DisplayedAmount(both("Your change"), amount), Tone.WITHIN
    else:
        result, tone = (
            DisplayedAmount(both("Paid in full"), money_text(Money.zero(view.total.currency), language)),
            Tone.WITHIN,
        )
    given = tuple(
        DisplayedAmount(
            _method(paid.tender.method, both),
            money_text(paid.tender.amount, language, cash=True),
        )
        for paid in view.settlement.paid
    )
    return Paying(
        due=DisplayedAmount(both("To pay"), money_text(view.total, language)),
        others=tuple(money_text(line.amount, language, cash=True) for line in view.due),
        given=given[-_MOST_GIVEN:],
        result=result,
        second=_second(shown.back, change if view.is_settled else (), both),
        tone=tone,
    )


def thanks_view(sale: Sale, both: Speech) -> Thanks:
    """The change of a sale, in the largest figures."""
    language = both.language
    back = [refund for one in sale.returns for refund in one.refunds if refund.method != EXCHANGE]
    amounts = [*(refund.amount for refund in back), *(part.amount for part in sale.change)]
    heading = both("You get back") if back else both("Your change")
    first = DisplayedAmount(heading, money_text(amounts[0], language, cash=True)) if amounts else None
    return Thanks(both("Thank you!"), first, _second(back, sale.change, both), both("Have a good journey."))


def _second(back: Sequence[Refund], change: Sequence[Change], both: Speech) -> str:
    """What the customer gets beside the first amount."""
    return further_refunds(back, change, both.first, lambda method: _method(method, both))


def _method(method: str, both: Speech) -> str:
    return both.line(partial(name_of, METHODS, method))
