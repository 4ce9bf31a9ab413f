"""Returns as the counter makes them: the money by the real rules of where it came from, for their receipts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from pos.application.receipts.receipt_seal import return_seal
from pos.application.returns.void_sale import to_reverse
from pos.application.settings.settings import Settings
from pos.domain.money import Currency, total
from pos.domain.payment.tender import CashRules
from pos.domain.pricing.rates import Rate, RateTable
from pos.domain.returns.goods_return import GoodsReturn, ReturnedLine, left_of, refunds_for, refunds_of_void, worth_of
from pos.domain.sales.sale import Sale
from pos.printing.drawing.fonts import Fonts
from pos.printing.drawing.rows import Row
from pos.printing.receipts.return_receipt import return_receipt_rows
from tests.horgos import CNY, KZT, USD
from tests.printing import sales

TOMORROW = timedelta(days=1)


def the_rates_of_the_day() -> RateTable:
    """Those of the day after the sale: both sides of the yuan fell."""
    rates = dict(sales.the_rates().rates)
    since = sales.SINCE + TOMORROW
    rates["CNY"] = Rate(CNY, Decimal("71"), Decimal("71.50"), Decimal("71.20"), since)
    return RateTable(KZT, CNY, rates)


def goods_return(
    sale: Sale,
    goods: Sequence[tuple[int, int, str]],
    requested: tuple[str, Currency] = ("cash", CNY),
    *,
    reason: str = "尺寸不合适 / не подошло",
    approved_by: str | None = None,
) -> GoodsReturn:
    """Take pieces of lines (line, quantity, place) back on the day after; an approver allows cash for a card."""
    lines = tuple(
        ReturnedLine(
            line.line, line.product_id, line.code, line.name, line.names, line.category, quantity,
            worth_of(line.amount, line.quantity, 0, quantity), to,
        )
        for line, quantity, to in ((sale.lines[at], quantity, to) for at, quantity, to in goods)
    )  # fmt: skip
    worth, today = total((line.amount for line in lines), CNY), the_rates_of_the_day()
    left = left_of(sale.paid, sale.change, ())
    in_cash = approved_by is not None
    refunds, rounding = refunds_for(worth, requested, left, sale.rates, today, CashRules(), in_cash=in_cash)
    return GoodsReturn(
        till="T1",
        number=sale.number + 1,
        key="back",
        at=sale.at + TOMORROW,
        cashier="amina",
        shift=15,
        reverses=sale.receipt,
        reason=reason,
        total=worth,
        lines=lines,
        refunds=refunds,
        rounding=rounding,
        rates=today,
        approved_by=approved_by,
        mac=sales.MAC[::-1],
    )


def a_mixed_return() -> GoodsReturn:
    """Of a sale paid in three ways: to the shelf, to be looked at and to be thrown away; wanted in tenge."""
    goods = [(0, 1, "shelf"), (1, 1, "waste"), (3, 1, "quarantine")]
    return goods_return(sales.a_mixed_sale(), goods, ("cash", KZT))


def a_return_in_cash() -> GoodsReturn:
    """Of the same sale, nearly everything, in cash although a part was paid by card: a manager allowed it."""
    return goods_return(sales.a_mixed_sale(), [(1, 1, "shelf"), (2, 4, "shelf")], approved_by="Сауле")


def a_return_in_dollars() -> GoodsReturn:
    """Dollars go back as whole notes; what they cannot make goes back in yuan."""
    return goods_return(sales.a_dutiable_sale(), [(1, 1, "shelf")], ("cash", USD), reason="Damaged parcel")


def a_void() -> GoodsReturn:
    """The whole of the same sale, voided by a manager's approval: its card is reversed by the reference."""
    sale = sales.a_mixed_sale()
    whole = [(line.line, line.quantity, "shelf") for line in sale.lines]
    back = goods_return(sale, whole, reason="Rung up wrongly")
    given = total((one.value for one in sale.change), CNY)
    value, left = total((one.value for one in sale.paid), CNY) - given, left_of(sale.paid, sale.change, ())
    refunds, _ = refunds_of_void(value, left, sale.rates, back.rates, CashRules())
    rounding = sale.total - total((one.value for one in refunds), CNY)
    return replace(
        back, total=sale.total, refunds=refunds, rounding=rounding, approved_by="Сауле", is_void=True,
        to_reverse=to_reverse(sale),
    )  # fmt: skip


def rows_of(back: GoodsReturn, shop: Settings | None = None, copy: int = 0) -> tuple[Row, ...]:
    """The receipt of a return as rows."""
    key = sales.SECRETS.public_name
    sealed = return_seal(back, sales.SECRETS.sign, key).text
    lacks = Fonts(sales.FONTS).lacks
    return return_receipt_rows(back, shop or sales.the_shop(), sales.the_translators(), sealed, key, copy, lacks)
