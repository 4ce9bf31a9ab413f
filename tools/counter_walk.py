"""The cashiers' day at the counter in the real window, stopping at every screen worth a picture."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal

from PySide6.QtCore import QRect, Qt

from pos.application.ports.catalogue_ports import GoodsRow
from pos.application.ports.stock_ports import StockDeduction
from pos.application.pricing.promotions import PromotionDraft
from pos.domain.catalogue.barcode import with_check_digit
from pos.domain.catalogue.product import Attributes
from pos.domain.money import CURRENCIES, Money
from pos.domain.stock.stock import Movement
from pos.ui.input.actions import CHECKOUT, CLOSE_SHIFT, PARKED, SEARCH, SHIFT, VISITORS
from pos.ui.shifts.count_screen import Stage
from pos.ui.shifts.hand_over_screen import HandOverScreen
from tools.counter_hand import CounterHand

Key = Qt.Key
ALT, CONTROL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier
SHIFT_KEY = Qt.KeyboardModifier.ShiftModifier
_ZHANG = "P<CHNZHANG<<WEI<<<<<<<<<<<<<<<<<<<<<<<<<<<<<\nE000000019CHN8505051F3405042<<<<<<<<<<<<<<04"
_LI = "P<CHNLI<<NA<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<\nE000000020CHN8505051F3405042<<<<<<<<<<<<<<02"
PARTY = (
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


def at_the_counter(hand: CounterHand) -> Iterator[str]:
    """The cashiers' day: sales, goods that come back, a party, the shift and who takes it over."""
    hand.sign_in("amina")
    yield "checkout-empty"
    yield from seen_by_the_customer(hand, "customer-welcome")
    yield from _the_tour(hand)
    yield from _first_sales(hand)
    yield from _prices(hand)
    yield from a_parcel(hand)
    yield from _goods_that_come_back(hand)
    yield from _parked(hand)
    yield from pieces(hand)
    yield from _a_party(hand)
    yield from _shift_of_a_cashier(hand)
    yield from _the_next_cashier(hand)


def _the_tour(hand: CounterHand) -> Iterator[str]:
    """What leads a newcomer through a first sale."""
    hand.till.session.tour_requested.emit()
    hand.settle()
    yield "tour"
    tour = hand.till.looking_on.tour
    assert tour is not None
    tour.close()


def _first_sales(hand: CounterHand) -> Iterator[str]:
    """A sale within the allowance, paid in two currencies, and one over it."""
    hand.show_document(_ZHANG)
    hand.scan(*_WITHIN)
    hand.press(Key.Key_F12)
    yield "checkout-asks"
    hand.press(Key.Key_Escape)
    hand.checkout.panel.question.no.click()
    hand.settle(300)
    yield "checkout-within"
    yield from seen_by_the_customer(hand, "customer-basket")
    hand.press(Key.Key_F12)
    yield "payment"
    hand.type("400", Key.Key_Return)
    hand.press(Key.Key_2, with_=ALT)
    hand.type("80000", Key.Key_Return)
    yield "payment-change"
    yield from seen_by_the_customer(hand, "customer-payment")
    hand.press(Key.Key_Return)
    hand.wait_for_document()
    yield "paid"
    hand.press(Key.Key_Return)
    hand.without_notices()
    hand.show_document(_LI)
    hand.scan(*_OVER)
    yield "checkout-over"
    hand.press(Key.Key_F1)
    yield "help"
    hand.press(Key.Key_F1)
    hand.press(Key.Key_L, with_=CONTROL)
    hand.pay()
    hand.go(VISITORS)
    hand.show_document(_ZHANG)
    yield "visitors"
    hand.go(CHECKOUT)


def _prices(hand: CounterHand) -> Iterator[str]:
    """A promotion, discounts, a price by hand with its approval, notes; then money that looks like a slip."""
    boss = hand.person("manager")
    hand.shop.promotions.add(PromotionDraft("3 = 2", take=3, pay=2, scope="food.sweets"), boss)
    hand.show_document(_ZHANG)
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
    hand.open_payment()
    hand.type("99999", Key.Key_Return)
    yield "payment-asked"
    hand.press(*[Key.Key_Backspace] * 5)
    hand.press(Key.Key_4, with_=ALT)
    hand.type("200", Key.Key_Return)
    hand.press(Key.Key_N, with_=ALT)
    yield "payment-other-notes"
    hand.press(Key.Key_Return)
    hand.wait_for_document()
    yield "paid-euro"
    hand.press(Key.Key_Return)
    hand.without_notices()


def a_parcel(hand: CounterHand) -> Iterator[str]:
    """Goods that are sent: the form of the parcel and its card to either side; nothing is sold."""
    _send(hand, kz="kz-parcel", cn="cn-cross-border")
    hand.show_document(_ZHANG)
    hand.scan(HONEY, CHOCOLATE)
    hand.press(Key.Key_F8, with_=SHIFT_KEY)
    yield "parcel"
    for typed in ("Kazpost EMS", "2.35", "A. Seitova", "050000 Almaty, Abay 7-12"):
        hand.type(typed, Key.Key_Return)
    yield "checkout-sent"
    hand.empty_basket()
    _send(hand, kz="", cn="")


def _send(hand: CounterHand, **rules: str) -> None:
    """The shop sends by these rules for parcels."""
    with hand.shop.issue_receipt.store.begin() as work:
        for side, name in rules.items():
            work.settings.set(f"parcel_regime_{side}", name)
        work.commit()
    hand.till.session.take_settings(hand.shop.settings())


def _goods_that_come_back(hand: CounterHand) -> Iterator[str]:
    """With a receipt, in exchange for less and for more, and without one."""
    hand.press(Key.Key_F11)
    yield "receipts"
    hand.type("1", Key.Key_Return)  # the first receipt of this till
    hand.press(Key.Key_Down, Key.Key_Down)
    hand.type("2", Key.Key_F8)
    yield "returns"
    hand.press(Key.Key_F6)
    hand.scan(CREAM)
    hand.show_document(_ZHANG)  # the receipt does not know the date of birth, on which the allowance depends
    yield "exchange"
    hand.pay()
    hand.press(Key.Key_F11)
    hand.type("3", Key.Key_Return)
    hand.press(Key.Key_F5, Key.Key_F6)
    hand.scan(PUZZLE)
    hand.show_document(_ZHANG)
    hand.open_payment()
    yield "exchange-back"
    hand.press(Key.Key_F12)
    hand.wait_for_document()
    yield "exchange-done"
    hand.press(Key.Key_F12)
    hand.without_notices()
    hand.press(Key.Key_F11)
    hand.type("1", Key.Key_Return)
    hand.press(Key.Key_F5, Key.Key_F8)
    yield "returns-all"
    hand.press(Key.Key_F12)
    hand.wait_for_document()
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
    hand.wait_for_document()
    yield "blind-done"
    hand.press(Key.Key_Return, Key.Key_Escape)
    hand.go(CHECKOUT)
    hand.without_notices()


def _parked(hand: CounterHand) -> Iterator[str]:
    """Two baskets are parked; a card was taken for goods that another customer got, and is to be given back."""
    for passport, codes, note in ((_ZHANG, _WITHIN[2:5], "1"), (_LI, _WITHIN[5:8], "")):
        hand.show_document(passport)
        hand.scan(*codes)
        hand.press(Key.Key_F7)
        hand.type(note)
        if note:
            yield "park-note"
        hand.press(Key.Key_Return)
    hand.without_notices()
    hand.show_document(_LI)
    hand.scan(PUZZLE)
    hand.open_payment()
    hand.press(Key.Key_D, with_=ALT)
    view = hand.view
    with hand.shop.issue_receipt.store.begin() as work:
        work.holds.drop(view.key, "payment")  # as its lapse does
        for row in view.lines:
            work.stock.take(StockDeduction(row.line.product.id, work.stock.on_hand(row.line.product.id)))
        work.commit()
    hand.press(Key.Key_F12, Key.Key_F12)  # the card is asked about, and was approved
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
    hand.show_document(PARTY[0])
    hand.scan(*_PARTY_GOODS)
    for passport in PARTY[1:]:
        hand.show_document(passport)
    for _ in PARTY[1:]:
        hand.press(Key.Key_Up, with_=CONTROL)
    hand.without_notices()
    hand.settle()
    yield "party-over"
    hand.press(Key.Key_F9)
    hand.settle(300)
    yield "party-split"
    yield from seen_by_the_customer(hand, "customer-party")
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
    hand.type(hand.shop.demo_pins["amina"], Key.Key_Return)  # it is another count than the one that was confirmed
    hand.settle(300)
    page = hand.screen()
    assert isinstance(page, HandOverScreen)
    assert page.stage is Stage.DONE, "what follows is Li Wei's shift"
    yield "hand-over-done"


_SCREEN = QRect(0, 0, 1366, 768)
_LANGUAGES = 4


def seen_by_the_customer(hand: CounterHand, *names: str) -> Iterator[str]:
    """Look at the customer's display, in the language of the pictures; the name of the picture is yielded."""
    display = hand.till.looking_on.display
    assert display is not None
    display.toggle()
    hand.settle()
    assert display.window is not None
    display.window.fill(_SCREEN, framed=False)
    for _ in range(_LANGUAGES):
        if display.language != hand.till.session.language:
            display.next_language()
    hand.settle()
    hand.looked_at = display.window
    yield from names
    hand.looked_at = hand.till.window
    display.toggle()


_CHEESE = with_check_digit("221234500000")
_COGNAC, _CHOCOLATE = "4870204320114", "4870204320145"
_NAMES = {"en": "Altai cheese", "zh": "阿尔泰奶酪", "ru": "Сыр алтайский", "kk": "Алтай ірімшігі"}


def pieces(hand: CounterHand) -> Iterator[str]:
    """A bottle with a marking code, cheese from the scale, chocolate of a lot that soon expires."""
    _bring_cheese(hand)
    hand.scan(f"]d201{_COGNAC.zfill(14)}215hK<2e7QmZ91X")
    hand.scan(with_check_digit("221234500342"), _soon(hand))
    yield "checkout-pieces"
    hand.scan(_CHEESE)
    hand.type("500")
    yield "checkout-weigh"
    hand.press(Key.Key_Escape)
    hand.scan(f"]d201{_COGNAC.zfill(14)}215hK<2e7QmZ91X")
    yield "checkout-piece-twice"
    hand.empty_basket()


def _soon(hand: CounterHand) -> str:
    day = hand.shop.now() + timedelta(days=9)
    return f"]C101{_CHOCOLATE.zfill(14)}17{day:%y%m%d}10C-42"


def _bring_cheese(hand: CounterHand) -> None:
    with hand.shop.issue_receipt.store.begin() as work:
        if work.products.by_code(_CHEESE, hand.shop.now()) is None:
            attributes = Attributes(net_g=Decimal(1000), gross_kg=Decimal("1.020"))
            price = Money(6000, CURRENCIES["CNY"])
            row = GoodsRow(_CHEESE, "Altai cheese", _NAMES, "food.dairy", price, attributes, None, by_weight=True)
            product = work.products.add(row, hand.shop.now())
            work.stock.record([Movement(product, 40, "opening")], hand.shop.now(), "demo")
        work.commit()
