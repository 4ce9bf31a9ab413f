"""A shop at each border sells for two currencies, closes its shift, reports, prints, and its books hold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pypdfium2
import pytest

import main
from db.seed.goods import FEATURED
from pos.application.reports.day_json import day_answer
from pos.application.sales.complete_sale import Payment
from pos.application.settings.options import Options
from pos.application.shop.shop import Shop
from pos.application.text.names import NOT_FISCAL
from pos.domain.border import border_in_force, use_border
from pos.domain.money import CURRENCIES, Money
from pos.domain.payment.tender import Tender, due_in, fewest_notes
from pos.domain.sales.sale import Sale
from pos.domain.visitors.document import read_mrz
from pos.regimes.border_files import border_names
from tests.borders import NOON, a_shop_at
from tests.horgos import BORDERS, HORGOS
from tests.shops import COGNAC, SWEETS

ESTONIAN = "P<ESTTAMM<<MARI<<<<<<<<<<<<<<<<<<<<<<<<<<<<<\nK000000011EST8505051F3405042<<<<<<<<<<<<<<00"
OWN = ("one-currency", "eleven")
"""Borders that are files of the shop alone."""


@contextmanager
def opened(folder: Path, name: str) -> Iterator[Shop]:
    """A demo shop at a border, as the program opens it; the tests after it stand where they did."""
    a_shop_at(folder, name)
    shop = main.build(Options(data=folder, demo=True, border=name, at=NOON), quick_pins=True)
    try:
        yield shop
    finally:
        shop.close()
        use_border(HORGOS)


def sold_for_two_currencies(shop: Shop) -> Sale:
    """A sale paid by notes of the last currency of the counter, the rest by more of the first than is asked."""
    checkout, currencies = shop.new_checkout(), tuple(CURRENCIES.values())
    tour = shop.demo_tour
    lines = (ESTONIAN if tour is None else tour.document).split("\n")
    checkout.identify(read_mrz(lines, NOON.date()))
    checkout.scan(COGNAC)
    checkout.scan(SWEETS)
    order = checkout.order(shop.sign_in.check("amina", shop.demo_pins["amina"]))
    due, rates, cash = order.cart.total, order.rates, shop.settings().cash()
    first = due_in(Money(due.minor // 3, due.currency), currencies[-1], "cash", rates, cash)
    first = Money(max(first.minor // currencies[-1].smallest_note, 1) * currencies[-1].smallest_note, first.currency)
    left = due - Money.rounded(first.units * rates.taking(first.currency), due.currency)
    note = due.currency.notes[0]
    second = Money((left.minor // note + 1) * note, due.currency)
    tenders = tuple(Tender("cash", one, notes=fewest_notes(one)) for one in (first, second))
    return shop.complete_sale.from_counter(order, Payment(tenders, due.currency))


def page_text(path: Path) -> str:
    document = pypdfium2.PdfDocument(path)
    try:
        return "\n".join(page.get_textpage().get_text_bounded() for page in document)
    finally:
        document.close()


@pytest.mark.parametrize("name", [*border_names((BORDERS,)), *OWN])
def test_a_shop_at_a_border_sells_counts_reports_and_prints(name: str, tmp_path: Path) -> None:
    with opened(tmp_path, name) as shop:
        border = border_in_force()
        assert (border.id, shop.settings().price, set(CURRENCIES)) == (name, border.price, set(border.currencies))

        sale = sold_for_two_currencies(shop)

        paid, given = (sum(part.value.minor for part in parts) for parts in (sale.paid, sale.change))
        assert paid == sale.total.minor + given + sale.rounding.minor
        assert sale.change
        assert sale.destination in border.sides

        receipt = page_text(shop.issue_receipt(sale.receipt, to_paper=False).path)
        assert sale.receipt in receipt
        for mark in border.fiscal_mark.texts:
            assert mark in receipt
        for language in border.fiscal_mark.languages:
            assert shop.translators[language](NOT_FISCAL) in receipt
        assert border.vat_on(NOON.date())
        assert ("Example rules: not the law" in receipt) == border.is_example

        manager = shop.sign_in.check("manager", shop.demo_pins["manager"])
        due = shop.list_labels.of_code(COGNAC, manager)
        assert border.price.symbol in page_text(shop.print_labels([due], manager, "a4", to_paper=False).path)

        amina = shop.sign_in.check("amina", shop.demo_pins["amina"])
        held = counted(shop)
        z = shop.close_shift(amina, held).report
        for line in z.cash:
            assert line.difference == Money.zero(line.currency), line.currency
        moved = Counter[str]()
        for line in z.cash:
            assert line.tendered is not None
            assert line.change is not None
            moved[line.currency.code] += line.tendered.minor - line.change.minor
        for paid_in in sale.paid:
            moved[paid_in.tender.amount.currency.code] -= paid_in.tender.amount.minor
        for back in sale.change:
            moved[back.amount.currency.code] += back.amount.minor
        assert not any(moved.values()), "nothing else moved the drawer"

        day = day_answer(shop.report_day(manager))
        assert (day["sales"]["count"], day["sales"]["amount"]) == (1, str(sale.total))
        assert shop.verify_books() == []


def counted(shop: Shop) -> dict[str, dict[int, int]]:
    """What lies in the drawer, note by note."""
    with shop.context.store.reading() as work:
        shift = work.shifts.open_at(shop.till)
        assert shift is not None
        return {
            code: {note: many for note, many in notes.items() if many}
            for code, notes in work.shifts.drawer(shift).items()
        }


def test_the_well_known_goods_are_on_sale_in_the_money_of_each_border(tmp_path: Path) -> None:
    with opened(tmp_path, "polish-land") as shop, shop.context.store.reading() as work:
        price = {code: work.products.by_code(code, NOON).price for code in FEATURED}  # type: ignore[union-attr] # there
    zloty = price[COGNAC].currency  # type: ignore[union-attr] # it has one
    assert zloty.code == "PLN"
    assert price[COGNAC] == Money(23_400, zloty), "450 of the list at 0.52"
    assert price[SWEETS] == Money(2_500, zloty), "24.96 on a price tag"
