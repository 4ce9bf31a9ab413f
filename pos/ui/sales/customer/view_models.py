"""View models of the customer's display: each is one value with all its texts ready."""

from __future__ import annotations

from dataclasses import dataclass

from pos.application.receipts.phone_receipt import Modules
from pos.ui.widgets.cards.quota_gauge import GaugeView
from pos.ui.widgets.drawing.tone import Tone


@dataclass(frozen=True, slots=True)
class DisplayedAmount:
    """An amount under its heading."""

    heading: str
    amount: str


@dataclass(frozen=True, slots=True)
class DisplayedRate:
    """A currency of the board: its name, and the rates at which the till buys and sells it."""

    code: str
    name: str
    takes: str
    gives: str


@dataclass(frozen=True, slots=True)
class Welcome:
    """No customer: the shop, a greeting in each language, the rates. `logo` as in the settings."""

    shop: str
    logo: str
    greetings: tuple[str, ...]
    rates_title: str = ""
    takes: str = ""
    gives: str = ""
    rates: tuple[DisplayedRate, ...] = ()


@dataclass(frozen=True, slots=True)
class ClosedView:
    """Nothing is sold at the moment: one sentence in each language."""

    icon: str
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DisplayedRow:
    """A row of the basket: `off` is its discount, `is_back` means returned goods."""

    id: int
    quantity: str
    name: str
    off: str
    total: str
    is_back: bool = False


@dataclass(frozen=True, slots=True)
class Holder:
    """One visitor's allowance: the letter in a party, an empty text for one visitor; never their identity.

    `named` is what is left of the tightest allowance, with its name, for a row of a party.
    """

    letter: str
    bars: tuple[GaugeView, ...]
    word: str
    tone: Tone
    icon: str
    named: str = ""


@dataclass(frozen=True, slots=True)
class DisplayedBasket:
    """The sale in progress. `newest` is the id of the row changed last, `more` how many visitors have no room."""

    rows: tuple[DisplayedRow, ...]
    newest: int | None
    total: DisplayedAmount
    others: tuple[str, ...]
    greeting: str = ""
    title: str = ""
    holders: tuple[Holder, ...] = ()
    more: str = ""
    estimate: str = ""


@dataclass(frozen=True, slots=True)
class Practice:
    """In a demo and a training: a payment code, and what the customer may do, names and words; one is chosen."""

    code: Modules
    caption: str
    answers: tuple[tuple[str, str], ...]
    chosen: str


@dataclass(frozen=True, slots=True)
class Paying:
    """The payment: what is due, what was given, and in the largest figures the rest to pay or the change."""

    due: DisplayedAmount
    others: tuple[str, ...]
    given: tuple[DisplayedAmount, ...]
    result: DisplayedAmount
    second: str
    tone: Tone
    practice: Practice | None = None


@dataclass(frozen=True, slots=True)
class Thanks:
    """The sale is recorded: the change, and nothing about goods or persons that could be read in passing.

    `code` are the modules of the receipt for the customer's phone, with `caption`; without it there is none.
    """

    thanks: str
    change: DisplayedAmount | None
    second: str
    wish: str
    code: Modules = ()
    caption: str = ""


DisplayView = Welcome | ClosedView | DisplayedBasket | Paying | Thanks
