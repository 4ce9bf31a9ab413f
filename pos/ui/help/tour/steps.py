"""The steps of the tour: what each asks for, and by which facts it counts as done."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from pos.application.sales.checkout_view import CheckoutView
from pos.application.text.translator import N_
from pos.domain.money import CURRENCIES, Currency
from pos.domain.quota.rule import Verdict
from pos.ui.input.actions import FIRST_START, OPEN_SHIFT, SIGN_IN
from pos.ui.session.sale_news import PaymentShown

_BEFORE = frozenset({"", SIGN_IN, FIRST_START, OPEN_SHIFT})
"""Pages before the work begins."""


@dataclass(frozen=True, slots=True)
class TourProgress:
    """What has happened at the till, as far as the tour needs it."""

    person: bool = False
    screen_id: str = ""
    sale: CheckoutView | None = None
    payment: PaymentShown | None = None
    sold: bool = False
    next_customer: bool = False

    @property
    def pieces(self) -> int:
        """How many pieces are in the basket."""
        return 0 if self.sale is None else self.sale.pieces

    @property
    def is_over(self) -> bool:
        """Whether the basket exceeds what its visitors may take."""
        return self.sale is not None and bool(self.sale.visitors) and self.sale.verdict > Verdict.UNKNOWN

    @property
    def asks(self) -> bool:
        """Whether a question about a visitor is open."""
        return self.sale is not None and bool(self.sale.open_questions)

    @property
    def knows_visitor(self) -> bool:
        """Whether a visitor has shown a document."""
        return self.sale is not None and bool(self.sale.visitors)


@dataclass(frozen=True, slots=True)
class TourStep:
    """A sentence, an optional button action in place of a scanner (`action_text`), and a test for completion."""

    name: str
    sentence: str
    done: Callable[[TourProgress], bool]
    action_text: str = ""


def other_currency() -> Currency:
    """The currency in which the customer of the tour pays: that of Alt+2, where the border has more than one."""
    return tuple(CURRENCIES.values())[:2][-1]


STEPS: tuple[TourStep, ...] = (
    TourStep(
        "sign_in",
        N_("Sign in as {person}: type the PIN {pin} and press Enter."),
        lambda seen: seen.person,
    ),
    TourStep(
        "open_shift",
        N_("Open the shift: press F12. The drawer starts with the notes you count."),
        lambda seen: seen.screen_id not in _BEFORE,
    ),
    TourStep(
        "scan",
        N_("Scan a cognac, or type {code} and press Enter. It is added to the basket."),
        lambda seen: seen.pieces > 0,
        N_("Scan it for me"),
    ),
    TourStep(
        "passport",
        N_("Scan the visitor's passport, or press F3 and type its number."),
        lambda seen: seen.knows_visitor,
        N_("Scan a passport for me"),
    ),
    TourStep(
        "over",
        N_("The remaining allowance is on the right. Now exceed it: type 3 * and scan the cognac again."),
        lambda seen: seen.is_over,
        N_("Scan three more"),
    ),
    TourStep(
        "advice",
        N_("Over the allowance: the card says what follows. Ctrl+L removes the excess."),
        lambda seen: seen.knows_visitor and seen.pieces > 0 and not seen.is_over,
    ),
    TourStep(
        "entries",
        N_("Amber: this depends on the entry days. Answer the question here or at F12: Shift+F1 is No."),
        lambda seen: not seen.asks,
    ),
    TourStep(
        "pay",
        N_("F12 opens the payment. Goods and allowance are held during payment."),
        lambda seen: seen.payment is not None,
    ),
    TourStep(
        "currency",
        N_("The customer pays in {currency}: Alt+2. The remainder is shown in {currency}."),
        lambda seen: seen.payment is not None and seen.payment.payment.currency.place == other_currency().place,
    ),
    TourStep(
        "record",
        N_("F12 pays the exact amount and completes the sale. Or type the amount received to see the change."),
        lambda seen: seen.sold,
    ),
    TourStep(
        "next",
        N_("Sold. The receipt prints automatically. Press Enter for the next customer."),
        lambda seen: seen.next_customer,
    ),
    TourStep(
        "end",
        N_("Your first sale is complete. F1 explains every page and repeats this tour. Next: a customer order."),
        lambda _seen: False,
        N_("Pick up an order"),
    ),
)
_WITH_GOODS = ("passport", "over", "advice", "entries", "pay")
_IN_PAYMENT = ("currency", "record")
_INDEX = {step.name: index for index, step in enumerate(STEPS)}


def step_after(index: int, seen: TourProgress) -> int:
    """The next step after `index`: completed steps are skipped.

    It follows a user who goes ahead, to the payment or to the finished sale, and back from a payment that is left, or
    where an undo has taken the goods or the visitor away that a sentence is about.
    """
    if seen.payment is None and not seen.sold and STEPS[index].name in _IN_PAYMENT:
        index = _INDEX["pay"]
    if seen.payment is None and not seen.sold and STEPS[index].name in _WITH_GOODS:
        index = index if seen.knows_visitor and seen.pieces else _INDEX["scan"]
    if seen.payment is not None:
        index = max(index, _INDEX["currency"])
    if seen.sold:
        index = max(index, _INDEX["next"])
    while index < len(STEPS) - 1 and STEPS[index].done(seen):
        index += 1
    return index
