"""A whole day on three tills: every Z is what the test itself wrote down, and the printout of the
day stays as it was.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from random import Random

import pytest

import main
from pos.application.pricing.promotions import PromotionDraft
from pos.application.returns.return_order import Back, Exchange, ReturnLine, ReturnOrder
from pos.application.sales.checkout import Checkout
from pos.application.sales.complete_sale import Payment
from pos.application.shifts.hand_over_shift import Parties, hand_over_key
from pos.domain.errors import Refused
from pos.domain.money import CURRENCIES, Currency, Money, half_up
from pos.domain.payment.banknotes import worth
from pos.domain.payment.tender import Tender, fewest_notes
from pos.domain.pricing.discount import Discount
from pos.domain.returns.goods_return import GoodsReturn
from pos.domain.sales.sale import Sale
from pos.domain.shifts.shift_report import PaymentSum, ZReport
from pos.domain.staff.staff import Approval, NotAllowed, Person
from pos.domain.visitors.document import read_typed
from pos.languages.catalogue import load_translators
from pos.printing.printers import ReceiptPdfPrinter
from tests.builders import MONDAY
from tests.horgos import CNY, KZT, USD
from tests.journeys.printout import said_on
from tests.shops import BAG, CARTON, CHOCOLATE, COGNAC, SWEETS, DemoShop

GOODS = (BAG, CHOCOLATE, SWEETS, CARTON, COGNAC)
SALES = 300
CASHIERS = ("amina", "li", "yerlan")
VISITORS = 150
MONIES = tuple(CURRENCIES.values())
PRICE = CNY


@dataclass
class Book:
    """What one person wrote down at one till, in minor units, from what went over the counter."""

    shop: DemoShop
    person: Person
    cash: Counter[Currency] = field(default_factory=Counter)
    paid: Counter[tuple[str, Currency]] = field(default_factory=Counter)
    change: Counter[Currency] = field(default_factory=Counter)
    back: Counter[tuple[str, Currency]] = field(default_factory=Counter)
    off: Counter[Currency] = field(default_factory=Counter)
    """What the counts at hand-overs were off by."""
    figures: Counter[str] = field(default_factory=Counter)
    sold: list[tuple[Sale, Counter[int]]] = field(default_factory=list)
    """Sales with what of each line is still with the customer."""

    def move(self, kind: str, amount: Money) -> None:
        """Cash without a sale, as someone notes it."""
        self.figures[kind] += 1
        self.cash[amount.currency] += amount.minor if kind == "in" else -amount.minor


@pytest.fixture
def tills(shop: DemoShop) -> Iterator[list[Book]]:
    """Three tills of one shop, each with its own person and a float that was counted in."""
    dice = Random(4)
    shops = [shop, shop.other_till("T2"), shop.other_till("T3")]
    books = []
    for till, name in zip(shops, CASHIERS, strict=True):
        with till.store.begin() as work:  # more goods than the day sells
            for code in GOODS:
                product = work.products.by_code(code, till.now())
                assert product is not None
                work.stock.move(product.id, 2_000, "opening", MONDAY, "demo")
            work.commit()
        shift = till.open_shift.current()
        assert shift is not None
        holder = till.person(shift.cashier)
        held = till.read_shift.drawer() or {}
        till.close_shift(holder, {code: held.get(code, {}) for code in held})
        float_ = {code: {value: dice.randint(1, 9) for value in CURRENCIES[code].denominations} for code in CURRENCIES}
        till.open_shift(till.person(name), float_)
        book = Book(till, till.person(name))
        book.cash.update({CURRENCIES[code]: worth(notes) for code, notes in float_.items()})
        book.figures["grand_total"] = 0
        books.append(book)
    boss = shop.person("manager")
    shop.promotions.add(PromotionDraft("3 for 2", take=3, pay=2, code=CHOCOLATE), boss)
    shop.promotions.add(PromotionDraft("spring", percent=Decimal(15), scope="food"), boss)
    yield books
    for till in shops[1:]:
        till.close()


def test_three_hundred_sales_on_three_tills_end_with_the_zs_that_the_books_say(
    tills: list[Book], tmp_path: Path
) -> None:
    dice = Random(20261124)
    while sum(book.figures["sales"] for book in tills) < SALES:
        book = dice.choice(tills)
        book.shop.now.move(seconds=dice.randint(1, 60))
        step = dice.choices(STEPS, (66, 10, 8, 5, 7, 3, 1))[0]
        step(book, tills, dice)
        if dice.random() < 0.01:
            _new_rates(book, dice)
    printouts = _printouts(tills, tmp_path / "before")

    for book in tills:
        _close(book, dice)

    _new_rates(tills[0], dice)
    assert tills[0].shop.verify() == []
    assert all(sum(book.figures[step] for book in tills) for step in ("exchanges", "hand_overs", "approvals"))
    assert len({book.figures["sales"] for book in tills}) > 1
    for receipt, said in _printouts(tills, tmp_path / "after", copy=1).items():
        assert said == ["副本 1 КОПИЯ 1", *printouts[receipt]], receipt


# ── what happens at a counter ────────────────────────────────────────────────────────────────────────────────────


def _sell(book: Book, _tills: list[Book], dice: Random) -> None:
    shop = book.shop
    basket = _a_basket(shop, dice)
    view = basket.view()
    if dice.random() < 0.3:
        view = basket.discount(
            view.lines[0].id, Discount(percent=Decimal(dice.choice(("5", "7.5", "10")))), book.person
        )
    if dice.random() < 0.15:
        with suppress(NotAllowed):  # with the row's discount it may be more than a cashier gives
            view = basket.discount_basket(Discount(percent=Decimal(dice.choice(("2", "3.5", "9")))), book.person)
    if dice.random() < 0.1:
        boss = shop.person("manager")
        view = basket.set_price(view.lines[-1].id, view.lines[-1].line.unit_price * 2, boss)
    wanted = dice.choice((None, *MONIES))
    payment = Payment(_tenders(view.total, shop, dice), wanted)
    try:
        order = basket.order(book.person)
        approval = Approval(shop.person("manager"), frozenset({"price"}), order.key)
        sale = shop.complete_sale.from_counter(order, payment, approval)
    except Refused:
        return  # over the allowance, or a card for more than the goods: nothing was taken
    _write_down(book, sale)


def _tenders(due: Money, shop: DemoShop, dice: Random) -> tuple[Tender, ...]:
    """Any mix: part by card or QR, some notes, and cash that surely suffices."""
    tenders = []
    if dice.random() < 0.35 and due.minor > 200:
        tenders.append(Tender(dice.choice(("card", "qr")), Money(dice.randint(100, due.minor // 2), PRICE)))
    if dice.random() < 0.5:
        money = dice.choice(MONIES)
        notes = {dice.choice(money.denominations[:6]): dice.randint(1, 2)}
        tenders.append(Tender("cash", Money(worth(notes), money), notes=notes if dice.random() < 0.7 else None))
    last = dice.choice((CNY, KZT, USD))
    if not tenders or tenders[-1].method != "cash" or dice.random() < 0.9:
        rates = shop.show_rates()
        step = last.denominations[3]
        enough = half_up(due.units / rates.taking(last) * last.minor_per_unit) // step * step + step
        tenders.append(Tender("cash", Money(enough, last)))
    return tuple(tenders)


def _write_down(book: Book, sale: Sale) -> None:
    rates = {code: (Fraction(r.buy), Fraction(r.sell)) for code, r in sale.rates.rates.items()}
    value = Fraction(0)
    for paid in sale.paid:
        money = paid.tender.amount
        book.paid[(paid.tender.method, money.currency)] += money.minor
        counted = Fraction(half_up(money.units * _taking(rates, money.currency) * 100), 100)
        if paid.tender.method == "exchange":  # goods pay at the rates at which they were paid for
            counted = paid.value.units
        assert counted == paid.value.units
        value += counted
        if paid.tender.method == "cash":
            book.cash[money.currency] += money.minor
    for part in sale.change:
        book.change[part.amount.currency] += part.amount.minor
        book.cash[part.amount.currency] -= part.amount.minor
        assert worth(part.notes) == part.amount.minor
        value -= part.value.units
    assert value == sale.total.units + sale.rounding.units, "Σ value of paid = total + change + rounding"
    assert abs(sale.rounding.units) <= Fraction(7, 5), "no more than a cash step is rounded"
    assert sale.total.minor == sum(line.unit_price.minor * line.quantity - line.discount.minor for line in sale.lines)
    book.figures["sales"] += 1
    book.figures["approvals"] += sale.approved_by is not None
    book.figures["sold_pieces"] += sum(line.quantity for line in sale.lines)
    book.figures["sold"] += sale.total.minor
    book.figures["discounts"] += sum(line.discount.minor for line in sale.lines)
    book.figures["rounding"] += sale.rounding.minor
    book.figures["grand_total"] += sale.total.minor
    book.sold.append((sale, Counter({line.line: line.quantity for line in sale.lines})))


def _taking(rates: Mapping[str, tuple[Fraction, Fraction]], currency: Currency) -> Fraction:
    buy = Fraction(1) if currency == KZT else rates[currency.code][0]
    return Fraction(1) if currency == PRICE else buy / rates[PRICE.code][1]


def _record_return(book: Book, tills: list[Book], dice: Random) -> None:
    """Part of an earlier sale of any till comes back to this one."""
    sales = [(sale, left) for other in tills for sale, left in other.sold if left.total()]
    if not sales:
        return
    sale, left = dice.choice(sales)
    line = dice.choice([index for index, pieces in left.items() if pieces])
    quantity = dice.randint(1, left[line])
    first = sale.paid[0].tender
    method, currency = dice.choice(((first.method, first.amount.currency), ("cash", dice.choice(MONIES))))
    order = ReturnOrder(
        key=f"back-{len(book.sold)}-{book.figures['returns']}-{book.shop.till}",
        receipt=sale.receipt,
        lines=(ReturnLine(line, quantity, dice.choice(("shelf", "quarantine", "waste"))),),
        method=method,
        currency=currency,
        reason=dice.choice(("did not fit", "broken", "changed their mind")),
        cashier=book.person.name,
    )
    back = book.shop.return_by_ticket.from_counter(order)
    left[line] -= quantity
    _write_back(book, sale, back, quantity)


def _exchange(book: Book, tills: list[Book], dice: Random) -> None:
    """Part of an earlier sale comes back and other goods go out in one act."""
    sales = [(sale, left) for other in tills for sale, left in other.sold if left.total()]
    if not sales:
        return
    first, left = dice.choice(sales)
    line = dice.choice([index for index, pieces in left.items() if pieces])
    quantity = dice.randint(1, left[line])
    basket = _a_basket(book.shop, dice)
    back = Back(first.receipt, (ReturnLine(line, quantity, "shelf"),), "exchange")
    order = replace(basket.order(book.person), exchange=Exchange((back,)))
    coming = book.shop.propose_exchange(Exchange((back,)), order.cart.total)
    credit = sum(refund.value.minor for one in coming for refund in one.refunds if refund.method == "exchange")
    due = order.cart.total - Money(credit, PRICE)
    try:
        sale = book.shop.complete_sale.from_counter(
            order, Payment(_tenders(due, book.shop, dice) if due.minor > 0 else ())
        )
    except Refused:
        return
    assert [one.reverses for one in sale.returns] == [first.receipt]
    left[line] -= quantity
    _write_down(book, sale)
    _write_back(book, first, sale.returns[0], quantity)
    book.figures["exchanges"] += 1


def _a_basket(shop: DemoShop, dice: Random) -> Checkout:
    basket = shop.checkout()
    number = f"P{dice.randint(1, VISITORS):08d}"
    basket.identify(read_typed("passport", number, "CHN", "1985-05-05", shop.now().date()))
    for code in dice.choices(GOODS, k=dice.randint(1, 4)):
        basket.scan(code, dice.choice((1, 1, 1, 2, 3)))
    return basket


def _write_back(book: Book, sale: Sale, back: GoodsReturn, quantity: int) -> None:
    value = Fraction(0)
    for refund in back.refunds:
        book.back[(refund.method, refund.amount.currency)] += refund.amount.minor
        value += refund.value.units
        if refund.method == "cash":
            book.cash[refund.amount.currency] -= refund.amount.minor
    assert value == back.total.units - back.rounding.units
    assert back.total.minor <= sale.total.minor
    book.figures["returns"] += 1
    book.figures["back_pieces"] += quantity
    book.figures["returned"] += back.total.minor
    book.figures["rounding"] += back.rounding.minor


def _void(book: Book, _tills: list[Book], dice: Random) -> None:
    basket = book.shop.checkout()
    view = basket.scan(dice.choice(GOODS))
    basket.void(view.lines[0].id, book.person)
    book.figures["voids"] += 1


def _move(book: Book, _tills: list[Book], dice: Random) -> None:
    money = dice.choice(MONIES)
    amount = Money(dice.choice(money.denominations) * dice.randint(1, 3), money)
    kind = dice.choice(("in", "out", "drop"))
    person = book.shop.person("manager") if kind == "out" else book.person
    notes = dice.choice((None, fewest_notes(amount)))
    try:
        book.shop.move_cash(person, kind, amount, "for the day", notes)
    except Refused:
        assert kind != "in"
        assert book.cash[money] < amount.minor, "only what is not there cannot leave"
        return
    book.move(kind, amount)


def _no_sale(book: Book, _tills: list[Book], _dice: Random) -> None:
    book.shop.open_drawer(book.shop.person("manager"), "a coin fell in")
    book.figures["no_sales"] += 1


def _hand_over(book: Book, _tills: list[Book], dice: Random) -> None:
    """The shift goes to another person by a count that is now and then a coin off."""
    giver, taker = book.person, book.shop.person(dice.choice(CASHIERS))
    if taker.name == giver.name:
        return
    shift = book.shop.open_shift.current()
    assert shift is not None
    count, off = _count(book, dice)
    approval = Approval(giver, None, hand_over_key(shift, taker.name))
    book.shop.hand_over_shift(Parties(taker, giver.name, taker.name, approval), count)
    book.person = taker
    book.figures["hand_overs"] += 1
    for money, minor in off.items():
        book.cash[money] += minor
        book.off[money] += minor


STEPS = (_sell, _record_return, _exchange, _void, _move, _no_sale, _hand_over)


def _new_rates(book: Book, dice: Random) -> None:
    """The bank moves: what was sold before keeps its rates."""
    book.shop.now.move(seconds=1)
    for code, rate in book.shop.show_rates().rates.items():
        moved = Decimal(dice.choice(("0.98", "0.99", "1.01", "1.02")))
        buy, sell = (round(figure * moved, 4) for figure in (rate.buy, rate.sell))
        book.shop.set_rate(book.shop.person("manager"), CURRENCIES[code], buy, sell, None, None)


# ── in the evening ───────────────────────────────────────────────────────────────────────────────────────────────


def _close(book: Book, dice: Random) -> None:
    """Count the drawer, now and then a note short or over, and compare the Z with the book."""
    count, off = _count(book, dice)
    _compare(book.shop.close_shift(book.person, count), book, off)


def _count(book: Book, dice: Random) -> tuple[dict[str, dict[int, int]], Counter[Currency]]:
    """What is counted, and by how much it is off what the book says."""
    count: dict[str, dict[int, int]] = {}
    off: Counter[Currency] = Counter()
    for money in MONIES:
        there = max(book.cash[money], 0)
        notes = dict(fewest_notes(Money(there, money)))
        if dice.random() < 0.5:
            value = money.denominations[-1]
            notes[value] = notes.get(value, 0) + dice.choice((1, 2))
        count[money.code] = notes
        off[money] = worth(notes) - book.cash[money]
    return count, off


def _compare(z: ZReport, book: Book, off: Counter[Currency]) -> None:
    report, said = z.report, book.figures
    assert (report.sales.count, report.sales.pieces, report.sales.amount.minor) == (
        said["sales"],
        said["sold_pieces"],
        said["sold"],
    )
    assert (report.returns.count, report.returns.pieces, report.returns.amount.minor) == (
        said["returns"],
        said["back_pieces"],
        said["returned"],
    )
    assert (report.discounts.minor, report.rounding.minor) == (said["discounts"], said["rounding"])
    assert (report.voids, report.no_sales) == (said["voids"], said["no_sales"])
    assert (report.approvals, len(report.hand_overs)) == (said["approvals"], said["hand_overs"])
    assert _sums(report.payments) == +book.paid
    assert {money: amount for (_, money), amount in _sums(report.change).items()} == +book.change
    assert _sums(report.refunds) == +book.back
    assert report.grand_total is not None
    assert report.grand_total.minor == said["grand_total"]
    assert {line.currency for line in report.cash} == set(MONIES)
    for line in report.cash:
        assert line.expected == Money(book.cash[line.currency], line.currency), line
        assert line.difference == Money(off[line.currency], line.currency), line
        assert line.hand_overs == Money(book.off[line.currency], line.currency), line
    value = {
        name: sum(part.value.minor for part in getattr(report, name)) for name in ("payments", "change", "refunds")
    }
    turnover = report.sales.amount.minor - report.returns.amount.minor
    assert value["payments"] - value["change"] - value["refunds"] == turnover + report.rounding.minor


def _sums(parts: tuple[PaymentSum, ...]) -> Counter[tuple[str, Currency]]:
    return Counter({(part.method, part.amount.currency): part.amount.minor for part in parts})


def _printouts(tills: list[Book], folder: Path, copy: int = 0) -> dict[str, list[str]]:
    """What some receipts of each till say, drawn from the store as it is now."""
    printouts = {}
    for book in tills:
        shop = book.shop
        printer = ReceiptPdfPrinter(
            folder,
            main.RESOURCES / "fonts",
            shop.settings,
            load_translators(main.RESOURCES / "translations"),
            dict,
            shop.regimes,
            shop.secrets,
            lambda _path: None,
        )
        for sale, _ in book.sold[:: max(1, len(book.sold) // 5)]:
            till, number = sale.till, sale.number
            with shop.store.reading() as work:
                recorded = work.sales.by_number(till, number)
            assert recorded is not None
            printouts[sale.receipt] = said_on(printer.draw(recorded, copy))
    return printouts
