"""Tasks of a cashier: sales, goods that come back, the drawer."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListView

from pos.application.ports.return_ports import RETURN, ReceiptFilter
from pos.domain.quota.rule import Verdict
from pos.domain.returns.goods_return import GoodsReturn
from pos.domain.sales.sale import Sale
from pos.ui.input.actions import CHECKOUT, RETURNS
from pos.ui.shifts.drawer_panel import DrawerPanel
from pos.ui.widgets.buttons.segmented import SegmentButton
from tools.counter_walk import CHOCOLATE, CREAM, PARTY
from tools.new_goods import UNPRICED, bring_hats
from tools.task_hand import FingerHand, TaskHand
from tools.task_table import Task

_SWEETS = "4870204320060"
_COGNAC, _WATCH, _PERFUME = "4870204321111", "7630204322047", "3346204308755"
_MISREAD, _UNKNOWN = "4870204320146", "4870009999998"


def _sell(hand: TaskHand, *codes: str) -> Sale:
    """A sale in cash by amina, before what is counted."""
    hand.scan(PARTY[0], *codes)
    hand.pay()
    return hand.last_sale()


def sign_in(hand: TaskHand) -> None:
    """The person who worked here last is chosen."""
    with hand.counted():
        hand.entry(hand.shop.demo_pins["amina"])
    person = hand.till.session.person
    hand.expect("amina is signed in", person is not None and person.name, "amina")
    hand.expect("the checkout is on show", hand.screen_id, "checkout")


def first_sale(hand: TaskHand) -> None:
    """The next customer begins with the scan of their goods."""
    hand.sign_in("amina")
    with hand.counted():
        hand.scan(CHOCOLATE, _SWEETS, CREAM, PARTY[0])
        hand.act("pay")
        hand.act("pay_2")
        if isinstance(hand, FingerHand):
            hand.press_button("Exact")
            hand.confirm()
        else:
            hand.act("pay_rest")
            hand.act("next")
    hand.scan(_SWEETS)
    sale = hand.last_sale()
    [paid] = sale.paid
    hand.expect("740.50 yuan", str(sale.total), "740.50")
    hand.expect("53,910 tenge in cash", (paid.tender.method, str(paid.tender.amount)), ("cash", "53910.00"))
    hand.expect("carried by the visitor", [one.name for one in sale.visitors], ["AKHMETOV DAN••"])
    hand.expect("the next basket has begun", [one.line.product.code for one in hand.view.lines], [_SWEETS])


def family(hand: TaskHand) -> None:
    """The two watches, which no visitor can carry within the allowance, are left behind."""
    hand.sign_in("amina")
    with hand.counted():
        hand.scan(PARTY[0], _WATCH, _WATCH, _PERFUME, _PERFUME, _COGNAC, _COGNAC)
        hand.scan(*PARTY[1:])
        hand.act("split")
        hand.act("advice")
    hand.expect("four visitors", [one.visitor.label for one in hand.view.visitors], ["A", "B", "C", "D"])
    stayed = {one.line.product.code: one.line.quantity for one in hand.view.lines}
    hand.expect("what was over is left behind", stayed, {_PERFUME: 2, _COGNAC: 2})
    hand.expect("no visitor is over", hand.view.verdict is Verdict.OK)


def discount(hand: TaskHand) -> None:
    """15 % on the line scanned last; a cashier may give ten."""
    hand.sign_in("amina")
    hand.scan(CHOCOLATE, CREAM)
    with hand.counted():
        hand.act("discount")
        hand.entry("15")
        hand.ask_approval()
        hand.approve()
    given = [one.line.discount for one in hand.view.lines]
    hand.expect("15 % on the cream alone", given[0] is None and given[1] is not None)
    hand.expect("15 per cent", given[1] is not None and given[1].percent, Decimal(15))
    hand.expect("590.50 to pay", str(hand.view.total), "590.50")


def three_currencies(hand: TaskHand) -> None:
    """Yuan, dollars and tenge are given; the change is proposed in tenge and wanted in dollars."""
    hand.sign_in("amina")
    hand.scan(PARTY[0], CHOCOLATE, _SWEETS, CREAM)
    with hand.counted():
        hand.act("pay")
        hand.entry("300")
        hand.act("pay_3")
        hand.entry("40")
        hand.act("pay_2")
        hand.entry("20000")
        if isinstance(hand, FingerHand):
            hand.press_button("$ USD", SegmentButton)
        else:
            hand.act("change_currency")
        hand.confirm()
    sale = hand.last_sale()
    hand.expect("three tenders", [str(one.tender.amount) for one in sale.paid], ["300.00", "40.00", "20000.00"])
    hand.expect("whole dollars, the rest in yuan", [str(one.amount) for one in sale.change], ["15.00", "6.30"])


def park(hand: TaskHand) -> None:
    """The basket comes back with its visitor."""
    hand.sign_in("amina")
    hand.scan(PARTY[0], CHOCOLATE, _SWEETS)
    with hand.counted():
        hand.act("park")
        hand.words("blue")
        parked = hand.shop.parked_sales.all()
        held = len(hand.view.lines)
        hand.act("park")
        hand.confirm()
    hand.expect("it was parked with its note", [one.note for one in parked] == ["blue"] and held, 0)
    hand.expect("both lines are back", [one.line.product.code for one in hand.view.lines], [CHOCOLATE, _SWEETS])
    hand.expect("with the visitor", [one.visitor.label for one in hand.view.visitors], ["A"])


def return_one(hand: TaskHand) -> None:
    """One of three pieces, with a reason."""
    hand.sign_in("amina")
    sale = _sell(hand, CREAM, _SWEETS, _SWEETS, _SWEETS)
    with hand.counted():
        hand.act("returns")
        hand.scan(sale.receipt, _SWEETS)
        _give_reason(hand, "Faulty")
        hand.act("record_return")
        hand.confirm()
    made = _newest_return(hand)
    hand.expect("one piece of the sweets", [f"{one.quantity} × {one.amount}" for one in made.lines], ["1 × 48.00"])


def exchange(hand: TaskHand) -> None:
    """The cream goes back for a watch; the difference is paid by card."""
    hand.sign_in("amina")
    sale = _sell(hand, _SWEETS)
    with hand.counted():
        hand.act("returns")
        hand.scan(sale.receipt, _SWEETS)
        _give_reason(hand, "Faulty")
        hand.act("exchange")
        hand.scan(CREAM)
        hand.act("pay")
        hand.act("card")
        if isinstance(hand, FingerHand):
            hand.press_button("Exact")
        else:
            hand.act("pay_rest")
        hand.confirm()
    made = hand.last_sale()
    hand.expect("the sweets came back", [one.pieces for one in made.returns], [1])
    hand.expect(
        "632 by card", [f"{one.tender.method} {one.value}" for one in made.paid], ["exchange 48.00", "card 632.00"]
    )


def bad_digit(hand: TaskHand) -> None:
    """Nothing to press: a sentence names the digit, nothing is sold, and the next scan works."""
    hand.sign_in("amina")
    with hand.counted():
        hand.scan(_MISREAD)
        said = hand.checkout.page.news.notice
        hand.scan(_UNKNOWN)
        unknown = hand.checkout.page.news.notice
        hand.scan(_SWEETS)
    hand.expect("the misread code is reported", said is not None and "digit" in said.text)
    hand.expect("the unknown code is reported", unknown is not None and _UNKNOWN in unknown.text)
    hand.expect("only the sweets are in the basket", [one.line.product.code for one in hand.view.lines], [_SWEETS])


def _take_over(hand: TaskHand) -> None:
    """The manager has the shift, before what is counted."""
    hand.sign_in("manager")
    hand.press(Qt.Key.Key_F12)
    hand.count()
    hand.press(Qt.Key.Key_Return, with_=Qt.KeyboardModifier.ControlModifier)
    hand.type(hand.shop.demo_pins["amina"], Qt.Key.Key_Return)
    hand.press(Qt.Key.Key_F12)
    hand.go_beside(CHECKOUT)


def no_price(hand: TaskHand) -> None:
    """A manager at the counter gives the price; no approval is needed."""
    bring_hats(hand)
    _take_over(hand)
    with hand.counted():
        hand.scan(UNPRICED)
        hand.each_way(lambda hand: hand.act("price"), lambda hand: hand.press_button("Open price"))
        hand.entry("9")
    row = hand.view.lines[0]
    hand.expect("the hat at 9.00", (row.line.product.code, str(row.line.unit_price)), (UNPRICED, "9.00"))


def no_price_approved(hand: TaskHand) -> None:
    """A cashier gives it, and the manager approves in place."""
    bring_hats(hand)
    hand.sign_in("amina")
    with hand.counted():
        hand.scan(UNPRICED)
        hand.confirm()
        hand.entry("9")
        hand.ask_approval()
        hand.approve()
    row = hand.view.lines[0]
    hand.expect("the hat at 9.00", (row.line.product.code, str(row.line.unit_price)), (UNPRICED, "9.00"))


def void_line(hand: TaskHand) -> None:
    """The line scanned last, with a notice that offers Undo."""
    hand.sign_in("amina")
    hand.scan(_SWEETS, CREAM)
    with hand.counted():
        hand.act("void")
    hand.expect("the cream is gone", [one.line.product.code for one in hand.view.lines], [_SWEETS])
    notice = hand.checkout.page.news.notice
    hand.expect("a notice offers Undo", notice is not None and notice.action, "Undo")


def void_sale(hand: TaskHand) -> None:
    """On the page after the sale, approved by a manager."""
    hand.sign_in("amina")
    hand.scan(PARTY[0], _SWEETS)
    hand.act("pay")
    hand.beside(hand.payment.pay_rest)
    hand.wait_for_document()
    sale = hand.last_sale()
    with hand.counted():
        hand.act("void_sale")
        _give_reason(hand, "Rung up wrongly")
        hand.act("record_void")
        hand.approve()
    hand.expect("the whole sale is voided", hand.shop.show_sale(sale.receipt).voided_by is not None)


def pay_out(hand: TaskHand) -> None:
    """500 yuan for bread."""
    hand.sign_in("amina")
    before = _in_drawer(hand)
    with hand.counted():
        if isinstance(hand, FingerHand):
            hand.act("drawer")
            panel = hand.till.window.findChildren(DrawerPanel)
            hand.tap(next(one for one in panel if one.isVisible()).kinds["out"])
        else:
            hand.act("drawer", 3)
        hand.entry("500")
        hand.words("bread")
        hand.approve()
    hand.expect("500 less in the drawer", before - _in_drawer(hand), Decimal(500))


def at_a_touch_screen(hand: TaskHand) -> None:
    """A quantity, a discount with a PIN in place, a search, cash in an odd amount, a return that is left again."""
    hand.sign_in("amina")
    hand.scan(PARTY[0], _SWEETS)
    with hand.counted():
        hand.act("quantity")
        hand.entry("3")
        hand.act("discount")
        hand.entry("15")
        hand.ask_approval()
        hand.approve()
        hand.words("face cream 50", enter=False)
        hand.choose(hand.checkout.page.scan.popup.findChildren(QListView)[0], 0)
        searched = [one.line.product.code for one in hand.view.lines]
        hand.act("pay")
        hand.entry("1003.50")
        hand.confirm()
        hand.wait_for_document()
        sale = hand.last_sale()
        hand.act("next")
        hand.go(RETURNS)
        hand.scan(sale.receipt)
        inside = hand.screen_id
        hand.act("back")
        hand.act("back")
    hand.expect("three of the sweets", [one.quantity for one in sale.lines], [3, 1])
    hand.expect("the cream was searched", searched, [_SWEETS, CREAM])
    hand.expect("15 % off the sweets", [str(one.amount) for one in sale.lines], ["122.40", "680.00"])
    hand.expect("1003.50 in cash", [str(one.tender.amount) for one in sale.paid], ["1003.50"])
    hand.expect("the return is left", (inside, hand.screen_id), ("returns", CHECKOUT))


def _in_drawer(hand: TaskHand) -> Decimal:
    [line] = [one for one in hand.shop.read_shift(hand.person("manager")).cash if one.currency.code == "CNY"]
    if line.expected is None:
        raise AssertionError("a manager sees what is expected")
    return Decimal(line.expected.minor) / 100


def _give_reason(hand: TaskHand, words: str) -> None:
    """By finger a reason is pressed itself, by keys the first one is the next."""
    if isinstance(hand, FingerHand):
        hand.press_button(words)
    else:
        hand.act("return_reason")


def _newest_return(hand: TaskHand) -> GoodsReturn:
    manager = hand.person("manager")
    [newest, *_] = hand.shop.find_receipts.history("", ReceiptFilter(RETURN), manager).receipts
    made = hand.shop.show_sale.recorded(newest.receipt, manager)
    if not isinstance(made, GoodsReturn):
        raise AssertionError(f"{newest.receipt} is no return")
    return made


COUNTER_TASKS = (
    Task("sign-in", "sign in", "Square: PIN of 4 digits", sign_in, 4, pins=1),
    Task("first-sale", "first sale: 3 goods, passport, exact in ₸, next", "Square 4, one currency", first_sale, 4),
    Task("family", "family: 4 passports, 6 goods, split, leave behind", "none", family),
    Task("discount", "discount 15 % with approval", "Shopify ~10", discount, 10, approves=True, pins=1),
    Task("currencies", "3 currencies, change in a 4th choice", "LS Retail ~20", three_currencies, 20),
    Task("park", "park with a note, resume", "Square 5", park, 5),
    Task("return", "return one piece", "Shopify 7", return_one, 7),
    Task("exchange", "exchange, difference by card", "Shopify ~12", exchange, 12),
    Task("bad-digit", "bad digit, unknown code", "Odoo: beep only", bad_digit, 0),
    Task("no-price", "product without a price", "Square: custom amount 3", no_price, 3),
    Task(
        "no-price-approved",
        "product without a price, by a cashier with approval",
        "Square: custom amount 3",
        no_price_approved,
        3,
    ),
    Task("void-line", "void a line", "Shopify: swipe + undo", void_line, 1),
    Task("void-sale", "void a finished sale", "Lightspeed 3", void_sale, 3),
    Task("pay-out", "pay out of the drawer, approved", "Lightspeed 8", pay_out, 8),
    Task(
        "touch",
        "touch only: cash in odd amount, qty, discount, PIN in place, search, return, back out",
        "all peers",
        at_a_touch_screen,
        only="finger",
    ),
)
