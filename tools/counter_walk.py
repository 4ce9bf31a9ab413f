"""The work of a day in the real window, stopping at every screen worth a picture."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt

from pos.application.promotions import WantedPromotion
from pos.application.stock_ports import Taking
from pos.ui.actions import (
    CHECKOUT,
    CLOSE_SHIFT,
    GAPS,
    IMPORT,
    PARKED,
    PRICES,
    PRODUCTS,
    RATES,
    REGIMES,
    REPORTS,
    SEARCH,
    SHIFT,
    STAFF,
    VISITORS,
)
from pos.ui.imports.screen import ImportScreen
from pos.ui.reports.screen import ReportsScreen
from pos.ui.staff.screen import StaffScreen
from tools.counter_hand import CounterHand
from tools.counting_walk import counting_pages, stock_pages
from tools.orders_walk import labels_and_orders
from tools.pieces_walk import pieces
from tools.receiving_walk import deliveries

Key = Qt.Key
ALT, CONTROL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier
SHIFT_KEY = Qt.KeyboardModifier.ShiftModifier
_ZHANG = "P<CHNZHANG<<WEI<<<<<<<<<<<<<<<<<<<<<<<<<<<<<\nE000000019CHN8505051F3405042<<<<<<<<<<<<<<04"
_LI = "P<CHNLI<<NA<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<\nE000000020CHN8505051F3405042<<<<<<<<<<<<<<02"
_PARTY = (
    "P<KAZAKHMETOV<<DANIYAR<<<<<<<<<<<<<<<<<<<<<<\nN000000849KAZ8402035F3405042<<<<<<<<<<<<<<<2",
    "P<KAZAKHMETOVA<<SAULE<<<<<<<<<<<<<<<<<<<<<<<\nN000000850KAZ8402035F3405042<<<<<<<<<<<<<<<0",
    "P<KAZAKHMETOV<<ALI<<<<<<<<<<<<<<<<<<<<<<<<<<\nN000000861KAZ8402035F3405042<<<<<<<<<<<<<<<8",
    "P<KAZKIM<<VIKTOR<<<<<<<<<<<<<<<<<<<<<<<<<<<<\nN000000872KAZ8402035F3405042<<<<<<<<<<<<<<<6",
)
COGNAC, CREAM, CHOCOLATE, CARTON = "4870204320114", "8801204309072", "4870204320145", "4607204303508"
HONEY, PUZZLE, PANS = "4602360000322", "4052508000392", "4052508000231"
_WITHIN = (COGNAC, COGNAC, CREAM, *[CHOCOLATE] * 6, CARTON)
_OVER = (*["4870204321111"] * 3, "7630204322047", "3346204308755", *["8500204306318"] * 3, "6901204373423")
_PARTY_GOODS = (
    *["4603229500311"] * 3, *["4602400700083"] * 2, *["4052508000231"] * 2, "4033218400313",
    *["4602400700106"] * 2, *["3346204308755"] * 2, *["4870204321111"] * 5,
)  # fmt: skip
_COUNTED = ("12", "9", "14", "22", "25", "87", "31", "46", "0", "4")
"""What is typed at a count: the yuan to the end, the tenge just begun."""


def walk(hand: CounterHand) -> Iterator[str]:
    """Yield the name of each screen when it stands there."""
    yield "sign-in"
    hand.sign_in("amina")
    yield "checkout-empty"
    yield from _first_sales(hand)
    yield from _prices(hand)
    yield from _goods_that_come_back(hand)
    yield from _parked(hand)
    yield from pieces(hand)
    yield from _a_party(hand)
    yield from _shift_of_a_cashier(hand)
    yield from _the_next_cashier(hand)
    yield from _the_clerk(hand)
    yield from _the_manager(hand)
    yield from _the_end_of_the_shift(hand)
    yield from _somebody_new(hand)


def training(hand: CounterHand) -> Iterator[str]:
    """The window to practise in."""
    hand.sign_in("amina")
    yield "training"


def _first_sales(hand: CounterHand) -> Iterator[str]:
    """A sale within the allowance, paid in two currencies, and one over it."""
    hand.show_paper(_ZHANG)
    hand.scan(*_WITHIN)
    yield "checkout-within"
    hand.press(Key.Key_F12)
    yield "payment"
    hand.type("400", Key.Key_Return)
    hand.press(Key.Key_2, with_=ALT)
    hand.type("80000", Key.Key_Return)
    yield "payment-change"
    hand.press(Key.Key_Return)
    hand.wait_for_paper()
    yield "paid"
    hand.press(Key.Key_Return)
    hand.without_notices()
    hand.show_paper(_LI)
    hand.scan(*_OVER)
    yield "checkout-over"
    hand.press(Key.Key_F1)
    yield "help"
    hand.press(Key.Key_F1)
    hand.press(Key.Key_L, with_=CONTROL)
    hand.pay()
    hand.go(VISITORS)
    hand.show_paper(_ZHANG)
    yield "visitors"
    hand.go(CHECKOUT)


def _prices(hand: CounterHand) -> Iterator[str]:
    """A promotion, discounts, a price by hand with its approval, notes; then money that looks like a slip."""
    boss = hand.person("manager")
    hand.shop.promotions.add(WantedPromotion("3 = 2", take=3, pay=2, scope="food.sweets"), boss)
    hand.show_paper(_ZHANG)
    hand.scan(*[CHOCOLATE] * 3, HONEY, CREAM)
    hand.press(Key.Key_F5)
    yield "discount-editor"
    hand.type("5", Key.Key_Return)
    hand.press(Key.Key_N, with_=CONTROL)
    hand.type("gift", Key.Key_Return)
    hand.scan(PANS)
    hand.press(Key.Key_F4, with_=CONTROL)
    hand.type("299", Key.Key_Return)
    yield "approval-asked"
    hand.press(Key.Key_Return)
    hand.type("31")
    yield "approval"
    hand.type("4159", Key.Key_Return)
    hand.settle(300)
    hand.press(Key.Key_F5, with_=SHIFT_KEY)
    hand.type("2", Key.Key_Return)
    hand.press(Key.Key_N, with_=CONTROL | SHIFT_KEY)
    hand.type("call at 6", Key.Key_Return)
    hand.without_notices()
    yield "checkout-priced"
    hand.press(Key.Key_F12)
    hand.type("99999", Key.Key_Return)
    yield "payment-asked"
    hand.press(*[Key.Key_Backspace] * 5)
    hand.press(Key.Key_4, with_=ALT)
    hand.type("200", Key.Key_Return)
    hand.press(Key.Key_N, with_=ALT)
    yield "payment-other-notes"
    hand.press(Key.Key_Return)
    hand.wait_for_paper()
    yield "paid-euro"
    hand.press(Key.Key_Return)
    hand.without_notices()


def _goods_that_come_back(hand: CounterHand) -> Iterator[str]:
    """With a receipt, in exchange for less and for more, and without one."""
    hand.press(Key.Key_F11)
    yield "receipts"
    hand.type("1", Key.Key_Return)  # the first receipt of this till
    hand.press(Key.Key_Down, Key.Key_Down)
    hand.type("2", Key.Key_F8)
    yield "returns"
    hand.press(Key.Key_F6)
    hand.show_paper(_ZHANG)
    hand.scan(CREAM)
    yield "exchange"
    hand.pay()
    hand.press(Key.Key_F11)
    hand.type("3", Key.Key_Return)
    hand.press(Key.Key_F5, Key.Key_F6)
    hand.show_paper(_ZHANG)
    hand.scan(PUZZLE)
    hand.press(Key.Key_F12)
    yield "exchange-back"
    hand.press(Key.Key_F12)
    hand.wait_for_paper()
    yield "exchange-done"
    hand.press(Key.Key_F12)
    hand.without_notices()
    hand.press(Key.Key_F11)
    hand.type("1", Key.Key_Return)
    hand.press(Key.Key_F5, Key.Key_F8)
    yield "returns-all"
    hand.press(Key.Key_F12)
    hand.wait_for_paper()
    yield "returns-done"
    hand.press(Key.Key_Return, Key.Key_F11, Key.Key_F3)
    yield "blind-empty"
    hand.scan(HONEY, HONEY)
    hand.press(Key.Key_F4)
    hand.type("120", Key.Key_Return)
    hand.press(Key.Key_F7, Key.Key_F8)
    yield "blind-return"
    hand.press(Key.Key_F12)
    yield "blind-approval"
    hand.approve()
    hand.wait_for_paper()
    yield "blind-done"
    hand.press(Key.Key_Return, Key.Key_Escape)
    hand.go(CHECKOUT)
    hand.without_notices()


def _parked(hand: CounterHand) -> Iterator[str]:
    """Two baskets are parked; a card was taken for goods that somebody else got, and is to be given back."""
    for passport, codes, note in ((_ZHANG, _WITHIN[2:5], "1"), (_LI, _WITHIN[5:8], "")):
        hand.show_paper(passport)
        hand.scan(*codes)
        hand.press(Key.Key_F7)
        hand.type(note)
        if note:
            yield "park-note"
        hand.press(Key.Key_Return)
    hand.without_notices()
    hand.show_paper(_LI)
    hand.scan(PUZZLE)
    hand.press(Key.Key_F12)
    hand.press(Key.Key_D, with_=ALT)
    view = hand.view
    with hand.shop.issue_receipt.store.begin() as work:
        work.holds.drop(view.key, "payment")  # as its lapse does
        for row in view.lines:
            work.stock.take(Taking(row.line.product.id, work.stock.on_hand(row.line.product.id)))
        work.commit()
    hand.press(Key.Key_F12)
    yield "payment-refused"
    hand.press(Key.Key_Escape)
    hand.empty_basket()
    hand.go(PARKED)
    yield "parked"
    hand.press(Key.Key_F9)
    hand.press(*[Key.Key_Delete] * 4)
    yield "parked-empty"
    hand.go(CHECKOUT)
    hand.without_notices()


def _a_party(hand: CounterHand) -> Iterator[str]:
    """Four companions; everything is in the first one's hands until the split."""
    hand.show_paper(_PARTY[0])
    hand.scan(*_PARTY_GOODS)
    for passport in _PARTY[1:]:
        hand.show_paper(passport)
    for _ in _PARTY[1:]:
        hand.press(Key.Key_Up, with_=CONTROL)
    hand.without_notices()
    hand.settle()
    yield "party-over"
    hand.press(Key.Key_F9)
    hand.settle(300)
    yield "party-split"
    hand.go(SEARCH)
    hand.type("Cognac")
    hand.settle(300)
    yield "search-fit"
    hand.go(CHECKOUT)
    hand.empty_basket()


def _shift_of_a_cashier(hand: CounterHand) -> Iterator[str]:
    """The cashier's X without expected cash, the drawer, and the drawer half counted."""
    hand.go(SHIFT)
    yield "shift-cashier"
    hand.press(Key.Key_F10, Key.Key_F10, Key.Key_F10)
    hand.type("500", Key.Key_Return)
    hand.type("bread", Key.Key_Return)
    yield "drawer-approval"
    hand.approve()
    yield "drawer-done"
    hand.go(CLOSE_SHIFT)
    for number in _COUNTED:
        hand.type(number, Key.Key_Return)
    yield "close-shift"
    hand.go(CHECKOUT)


def _the_next_cashier(hand: CounterHand) -> Iterator[str]:
    """Another cashier at the same till takes the shift over by a count."""
    hand.sign_in("li")
    yield "foreign-shift"
    hand.press(Key.Key_F12)
    for number in _COUNTED:
        hand.type(number, Key.Key_Return)
    yield "hand-over"
    hand.count(wrong=("USD",))
    hand.press(Key.Key_Return, with_=CONTROL)
    yield "hand-over-confirm"
    hand.type(hand.shop.demo_pins["amina"], Key.Key_Return)
    hand.settle(300)
    yield "hand-over-recount"
    hand.count(wrong=("USD",))
    hand.press(Key.Key_Return, with_=CONTROL)
    hand.settle(300)
    yield "hand-over-done"


def _the_clerk(hand: CounterHand) -> Iterator[str]:
    hand.sign_in("clerk")
    hand.go(GAPS)
    yield "missing-data"
    yield from labels_and_orders(hand)
    yield from _an_import(hand)
    yield from _products(hand)
    yield from counting_pages(hand)
    yield from stock_pages(hand)
    yield from deliveries(hand)


def _an_import(hand: CounterHand) -> Iterator[str]:
    """A supplier's price list: what it is, what it would change, what it has changed."""
    file = hand.shop.folder / "прайс-лист.csv"
    rows = "".join(f"{200_000 + n};Товар {n};{n + 1},50;{n}\n" for n in range(40))
    known = f"{COGNAC};;455,00;\n{CHOCOLATE};Шоколад тёмный 100 г;13,90;\n4870001000127;Чай;двенадцать;\n"
    file.write_bytes(("Штрихкод;Наименование;Цена;Остаток\n" + known + rows).encode("cp1251"))
    hand.go(IMPORT)
    page = hand.till.window.page
    assert isinstance(page, ImportScreen)
    yield "import"
    page.take_file(file)
    hand.settle(400)
    yield "import-look"
    hand.press(Key.Key_F12)
    hand.settle(800)
    yield "import-changes"
    hand.press(Key.Key_F12)
    hand.settle(800)
    yield "import-done"
    hand.press(Key.Key_F6)
    hand.press(Key.Key_F6)
    hand.settle(800)
    hand.without_notices()


def _products(hand: CounterHand) -> Iterator[str]:
    """The catalogue: the list, a product in its sections, one that is new."""
    hand.go(PRODUCTS)
    yield "products"
    hand.scan(COGNAC)
    hand.settle(300)
    for name in ("codes", "price", "customs", "order", "stock", "history"):
        hand.press(Key.Key_F8)
        yield f"product-{name}"
    hand.press(Key.Key_F8, Key.Key_F4)
    hand.settle(300)
    hand.type("Honey")
    yield "product-new"
    hand.press(Key.Key_Escape, Key.Key_Escape)
    hand.settle(300)
    hand.without_notices()


def _the_manager(hand: CounterHand) -> Iterator[str]:
    """The pages of the rail that only the manager has."""
    hand.sign_in("manager")
    yield "foreign-shift-manager"
    hand.go(REGIMES)
    yield "rules"
    hand.go(SHIFT)
    yield "shift"
    hand.go(STAFF)
    yield "staff"
    hand.press(Key.Key_F5)
    yield "rights"
    hand.press(Key.Key_Escape, Key.Key_F3)
    hand.type("dana", Key.Key_Return)
    hand.type("Dana M", Key.Key_F12)
    yield "staff-pin"
    hand.press(Key.Key_Return)
    hand.set_rates()
    hand.go(RATES)
    yield "rates"
    hand.type("50.1", Key.Key_Return)
    hand.type("72.9", Key.Key_F12)
    yield "rates-asked"
    hand.press(Key.Key_Escape)
    hand.go(PRICES)
    yield "promotions"
    hand.press(Key.Key_F4)
    yield "promotion-new"
    hand.go(REPORTS)
    yield "reports-open"


def _the_end_of_the_shift(hand: CounterHand) -> Iterator[str]:
    """The manager closes the shift that somebody left open, and looks at the day."""
    hand.go(SHIFT)
    hand.press(Key.Key_F12)
    yield "close-foreign"
    for stage in ("close-recount", "z"):
        hand.count(wrong=("KZT",))
        hand.press(Key.Key_Return, with_=CONTROL)
        hand.settle(600)
        yield stage
    hand.press(Key.Key_F12)
    hand.without_notices()
    hand.settle(300)
    yield "open-shift"
    hand.go(REPORTS)
    yield "reports"
    reports = hand.screen()
    assert isinstance(reports, ReportsScreen)
    bar = reports.day.verticalScrollBar()
    for place in ("reports-middle", "reports-below"):
        bar.setValue(bar.value() + bar.pageStep())
        hand.settle()
        yield place
    bar.setValue(0)
    hand.press(Key.Key_Return)
    hand.settle(300)
    yield "reports-z"


def _somebody_new(hand: CounterHand) -> Iterator[str]:
    """Whoever got a one-time PIN chooses her own at her first sign-in."""
    hand.go(STAFF)
    staff = hand.screen()
    assert isinstance(staff, StaffScreen)
    staff.list.setCurrentIndex(staff.list.rows.index(staff.list.rows.place_of("li"), 0))
    hand.press(Key.Key_F6)
    yield "staff-asked"
    hand.press(Key.Key_Return)
    pin = staff.note.pin
    hand.press(Key.Key_Return)
    hand.sign_in("li", pin)
    yield "choose-pin"
