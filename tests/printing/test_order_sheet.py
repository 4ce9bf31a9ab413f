"""An order for a supplier: whole, however long, and the same file for the same order."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pypdfium2

from pos.application.purchasing.order_words import without_cost_text
from pos.application.purchasing.purchase_orders import OrderView
from pos.application.text.translator import Translator
from pos.domain.catalogue.product import Product
from pos.domain.money import Money
from pos.domain.purchasing.order_totals import OrderTotals
from pos.domain.purchasing.purchase_order import OrderLine, PurchaseOrder
from pos.exports.order_csv import order_csv
from pos.printing.purchasing.order_sheet import order_pdf
from tests.builders import money
from tests.horgos import USD
from tests.printing import sales

NAMES = {"zh": "草原蜂蜜 1 公斤", "ru": "Мёд степной 1 кг"}
HONEY = Product(1, "4602360000322", ("4602360000322",), "Honey <b>1</b> kg", names=NAMES)
LONG = "A name so long that it needs a second line on paper, and what people write <i>so</i> stays"


def an_order(lines: int = 1, name: str = "") -> OrderView:
    products = {n: Product(n, f"SHOP-{n:04}", (f"SHOP-{n:04}",), name or f"Goods {n}") for n in range(2, lines + 1)}
    order = PurchaseOrder(
        id=1, number=12, state="open", origin="hand", at=sales.AT, person="clerk", expected_on=date(2026, 12, 1),
        note="by lorry", lines=tuple(OrderLine(n, 10 * n) for n in range(1, lines + 1)),
    )  # fmt: skip
    return OrderView(order, {1: HONEY, **products}, "Almaty Sweets")


def drawn(view: OrderView) -> bytes:
    return order_pdf(view, sales.the_shop(), sales.the_translators(), sales.FONTS)


def test_the_supplier_reads_what_is_wanted_in_two_languages() -> None:
    text = sales.text_of(drawn(an_order()))

    for said in ("O-000012", "Almaty Sweets", "2026-12-01", "by lorry", *NAMES.values(), HONEY.code):
        assert said in text
    assert drawn(an_order()) == drawn(an_order())
    assert len(drawn(an_order())) <= 40_000


def test_a_long_order_has_as_many_pages_as_it_needs_and_loses_no_line() -> None:
    pdf = drawn(an_order(120, LONG))
    pages = len(pypdfium2.PdfDocument(pdf))
    text = "".join(sales.page_text(pdf, page) for page in range(pages))

    assert pages > 3
    assert all(f"SHOP-{n:04}" in text for n in range(2, 121))


def test_goods_that_came_without_having_been_ordered_are_on_no_order_for_the_supplier() -> None:
    view = an_order(2)
    came = OrderLine(2, 0, 3, reason="instead of honey")
    view = replace(view, order=replace(view.order, lines=(*view.order.lines[:1], came)))

    assert HONEY.code in sales.text_of(drawn(view))
    assert "SHOP-0002" not in sales.text_of(drawn(view))
    assert [row.split(",")[0] for row in order_csv(view).decode("utf-8-sig").splitlines()] == ["code", HONEY.code]


def test_the_table_is_safe_in_a_spreadsheet() -> None:
    rows = order_csv(an_order(2, "=HYPERLINK(1)")).decode("utf-8-sig").splitlines()

    assert rows[0] == "code,name_en,name_zh,name_ru,name_kk,pieces,cost,currency,line_total"
    assert rows[1].startswith("4602360000322,Honey <b>1</b> kg,草原蜂蜜 1 公斤,Мёд степной 1 кг,")
    assert rows[2] == "SHOP-0002,'=HYPERLINK(1),'=HYPERLINK(1),'=HYPERLINK(1),'=HYPERLINK(1),20,,,"


def with_costs(view: OrderView, *costs: Money | None) -> OrderView:
    lines = tuple(replace(line, cost=cost) for line, cost in zip(view.order.lines, costs, strict=True))
    return replace(view, order=replace(view.order, lines=lines))


def test_the_supplier_reads_what_each_line_costs_and_what_all_come_to() -> None:
    text = sales.text_of(drawn(with_costs(an_order(2), money("30.00"), money("4.00", USD)))).replace("\u00a0", " ")

    for said in ("¥ 30.00", "¥ 300.00", "$ 4.00", "$ 80.00"):
        assert said in text
    assert not any(tr("Total, at least") in text for tr in languages())
    assert ",30.00,CNY,300.00" in order_csv(with_costs(an_order(1), money("30.00"))).decode("utf-8-sig")


def test_a_line_of_unknown_cost_is_not_printed_as_0_and_the_total_is_at_least_so_much() -> None:
    text = sales.text_of(drawn(with_costs(an_order(2), money("30.00"), None))).replace("\u00a0", " ")

    assert "—" in text
    assert "¥ 0.00" not in text
    assert all(tr("Total, at least") in text for tr in languages())
    assert all(without_cost_text(OrderTotals((), 1), tr) in text for tr in languages())


def test_an_order_of_which_no_cost_is_known_has_no_money_on_paper() -> None:
    text = sales.text_of(drawn(an_order(2)))

    assert "¥" not in text
    assert not any(tr("Unit price") in text for tr in languages())


def test_long_names_beside_costs_leave_each_figure_on_its_page() -> None:
    view = an_order(60, LONG)
    view = with_costs(view, *(money("123456.78") for _ in view.order.lines))
    pdf = drawn(view)
    text = "".join(sales.page_text(pdf, page) for page in range(len(pypdfium2.PdfDocument(pdf))))

    assert text.replace("\u00a0", " ").count("¥ 123,456.78") == 60


def languages() -> list[Translator]:
    translators = sales.the_translators()
    return [translators[language] for language in sales.the_shop().receipt_languages]
