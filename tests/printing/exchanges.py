"""Exchanges as the counter makes them, and a return without a receipt, for their receipts."""

from __future__ import annotations

from dataclasses import replace

from pos.application.ports.return_ports import Refundable
from pos.application.returns.return_order import ReturnLine
from pos.application.returns.returnable import Returnable, lines_back
from pos.application.sales.exchange import exchange_tenders
from pos.domain.catalogue.product import Product
from pos.domain.money import Currency, Money, total
from pos.domain.payment.tender import CashRules, Tender
from pos.domain.returns.goods_return import GoodsReturn, ReturnedLine, left_of, refunds_for
from pos.domain.sales.sale import Sale
from tests.horgos import CNY, KZT
from tests.printing import returns, sales


def exchanged(
    reversed_sale: Sale,
    lines: tuple[ReturnLine, ...],
    product: Product,
    tenders: tuple[Tender, ...] = (),
    requested: tuple[str, Currency] = ("cash", CNY),
) -> Sale:
    """Lines of a sale for one piece of a product, on the day after; `tenders` pay what is wanting."""
    cash, known = CashRules(), tuple(Refundable(x.line, x.quantity, 0) for x in reversed_sale.lines)
    here = Returnable(reversed_sale, known, left_of(reversed_sale.paid, reversed_sale.change, ()), ())
    back, today = lines_back(here, lines), returns.the_rates_of_the_day()
    assert product.price is not None
    refunds = here.going_back(back, product.price, requested, today, cash, in_cash=False)
    worth = total((line.amount for line in back), CNY)
    made = replace(
        returns.goods_return(reversed_sale, [(0, 1, "shelf")]),
        number=reversed_sale.number + 8,
        total=worth,
        lines=back,
        refunds=refunds,
        rounding=worth - total((refund.value for refund in refunds), CNY),
        exchanged_in="T1-000132",
        reason="不喜欢 / передумал",
    )
    sale = sales.sold(
        [(product, 1)],
        [*exchange_tenders([made]), *tenders],
        visitors=[sales.mr_zhang()],
        at=reversed_sale.at + returns.TOMORROW,
        number=132,
        rates=today,
    )
    return replace(sale, returns=(made,))


def an_exchange() -> Sale:
    """A bottle and three bars for a cream that costs more; the difference in tenge."""
    lines = (ReturnLine(0, 1), ReturnLine(2, 3, "quarantine"))
    return exchanged(sales.a_mixed_sale(), lines, sales.a_cream(), (sales.cash(KZT, 4000000),))


def an_exchange_with_money_back() -> Sale:
    """The cream and the carton for a bottle: what they cost more goes back in tenge, and by card."""
    return exchanged(sales.a_mixed_sale(), (ReturnLine(1, 1), ReturnLine(3, 1)), sales.a_cognac(), (), ("cash", KZT))


def a_blind_return() -> GoodsReturn:
    """Two bars without a receipt, at less than they cost."""
    bar, today = sales.a_chocolate(), returns.the_rates_of_the_day()
    worth = Money(2000, CNY)
    line = ReturnedLine(None, bar.id, bar.code, bar.name, bar.names, bar.category or "", 2, worth, "shelf")
    refunds, rounding = refunds_for(worth, ("cash", CNY), {}, today, today, CashRules())
    made = returns.goods_return(sales.a_mixed_sale(), [(2, 1, "shelf")], reason="小票丢失 / чек потерян")
    return replace(
        made,
        reverses=None,
        total=worth,
        lines=(line,),
        refunds=refunds,
        rounding=rounding,
        approved_by="Сауле",
    )
