"""Everything a screen may call, in one hand: made by `main.build`, kept as long as the window lives."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from pos.application.checkout import Checkout
from pos.application.complete_sale import CompleteSale
from pos.application.find_product import FillInProduct, FindProduct
from pos.application.found_shop import FoundShop
from pos.application.issue_receipt import IssueReceipt
from pos.application.open_shift import OpenShift
from pos.application.ports import Clock
from pos.application.settings import Settings
from pos.application.sign_in import SignIn
from pos.application.words import Words
from pos.domain.quota.rule import Regime


@dataclass(frozen=True)
class Shop:
    """The steps of one till, wired.

    `settings` reads the options in force, `refusal_text` words a refusal or a trouble in a language. `demo_pins`
    (sign-in name → PIN) is empty in a real shop. `quick_keys` are codes of goods for the buttons of the checkout.
    """

    till: str
    version: str
    now: Clock
    settings: Callable[[], Settings]
    regimes: Callable[[], Mapping[str, Regime]]
    words: Mapping[str, Words]
    refusal_text: Callable[[Exception, Words], str]
    sign_in: SignIn
    found_shop: FoundShop
    open_shift: OpenShift
    find: FindProduct
    fill_in: FillInProduct
    complete_sale: CompleteSale
    issue_receipt: IssueReceipt
    new_checkout: Callable[[], Checkout]
    close: Callable[[], None]
    demo_pins: Mapping[str, str] = field(default_factory=dict)
    quick_keys: tuple[str, ...] = ()
