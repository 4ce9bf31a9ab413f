"""Messages 303 and 403 of China's single window as values: an order of goods that leave China, and its money.

Names, order and lengths are those of the unified version of the messages (namespace `ceb`). The till makes drafts: a
declarant checks them, adds what is theirs (the transfer, the signature), and declares. So `appStatus` is always 1,
which is *stored*; 2 would be *declared*.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import Enum

from pos.domain.errors import Refused

MOST_LINES, MOST_ORDERS = 99, 100
"""The most lines of an order, and the most orders of a file."""

APP_TYPE, APP_STATUS, ORDER_TYPE = "1", "1", "E"
"""A new one, stored and not declared; an order of cross-border export."""

CUSTOMS_CURRENCIES: Mapping[str, str] = {"CNY": "142"}
"""The currencies whose code of the Chinese customs list is known here. An order in another one is refused."""

_DECIMALS = Decimal("0.00001")
_NUMBER = re.compile(r"[0-9]{1,14}(\.[0-9]{1,5})?")


class FieldKind(Enum):
    """What a field takes: a text, digits only, a number of 19 places of which 5 are decimals."""

    TEXT = "text"
    DIGITS = "digits"
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class MessageField:
    """One element of a message; with `exact` it is as long as that, else at most as `longest`."""

    name: str
    longest: int
    kind: FieldKind = FieldKind.TEXT
    required: bool = True
    exact: bool = False

    def fault_in(self, value: str) -> str:
        """What is wrong with a value, as a stable name; empty where nothing is."""
        if not value:
            return "missing" if self.required else ""
        if len(value) > self.longest:
            return "too_long"
        if self.exact and len(value) < self.longest:
            return "too_short"
        if not value.isprintable():
            return "not_a_text"
        if self.kind is FieldKind.DIGITS and not (value.isascii() and value.isdigit()):
            return "not_a_number"
        if self.kind is FieldKind.NUMBER and not _NUMBER.fullmatch(value):
            return "not_a_number"
        return ""


def _digits(name: str, length: int) -> MessageField:
    return MessageField(name, length, FieldKind.DIGITS, exact=True)


def _number(name: str) -> MessageField:
    return MessageField(name, 20, FieldKind.NUMBER)


_HEAD = (MessageField("guid", 36, exact=True), _digits("appType", 1), _digits("appTime", 14), _digits("appStatus", 1))
_PARTIES = (
    MessageField("ebpCode", 18), MessageField("ebpName", 100),
    MessageField("ebcCode", 18), MessageField("ebcName", 100),
)  # fmt: skip
_NOTE = MessageField("note", 1000, required=False)

ORDER_HEAD: Sequence[MessageField] = (
    *_HEAD, MessageField("orderType", 1), MessageField("orderNo", 60), *_PARTIES,
    _number("goodsValue"), _number("freight"), _digits("currency", 3), _NOTE,
)  # fmt: skip
ORDER_LINE: Sequence[MessageField] = (
    MessageField("gnum", 4, FieldKind.DIGITS), MessageField("itemNo", 30), MessageField("itemName", 250),
    MessageField("itemDescribe", 1000, required=False), MessageField("barCode", 50, required=False),
    _digits("unit", 3), _digits("currency", 3), _number("qty"), _number("price"), _number("totalPrice"),
)  # fmt: skip
MONEY_RECEIVED: Sequence[MessageField] = (
    *_HEAD, *_PARTIES, MessageField("orderNo", 60),
    MessageField("payCode", 18, required=False), MessageField("payName", 100),
    MessageField("payNo", 60, required=False),
    _number("charge"), _digits("currency", 3), _digits("accountingDate", 14), _NOTE,
)  # fmt: skip
"""The fields of message 403."""

Values = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class OrderDraft:
    """One order with its lines, and the money received for it, each as texts by the names of the fields."""

    receipt: str
    head: Values
    lines: tuple[Values, ...]
    money: Values


@dataclass(eq=False)
class DraftLacks(Refused):
    """Goods of a receipt lack a field that message 303 wants; `more` further goods lack something, too."""

    fact = "draft_lacks"

    receipt: str
    code: str
    name: str
    lacks: str
    more: int = 0


@dataclass(eq=False)
class DraftField(Refused):
    """A field of a draft would not be as the message wants it. `what` is a stable name."""

    fact = "draft_field"

    receipt: str
    field: str
    what: str


@dataclass(eq=False)
class DraftAgainstSchema(Refused):
    """A file of drafts does not hold to the schema of the shop.

    `what` is a stable name; `value` is the text of the element, or the elements that are expected there.
    """

    fact = "draft_against_schema"

    file: str
    line: int
    element: str
    what: str
    value: str


@dataclass(eq=False)
class TooManyLines(Refused):
    """An order has more lines than message 303 takes."""

    fact = "too_many_lines"

    receipt: str
    lines: int
    most: int = MOST_LINES


def check_draft(draft: OrderDraft) -> None:
    """Refuse a draft whose fields are not those of the messages. Raises TooManyLines, DraftField."""
    if len(draft.lines) > MOST_LINES:
        raise TooManyLines(draft.receipt, len(draft.lines))
    for fields, values in ((ORDER_HEAD, draft.head), *((ORDER_LINE, line) for line in draft.lines)):
        _check(draft.receipt, fields, values)
    _check(draft.receipt, MONEY_RECEIVED, draft.money)


def _check(receipt: str, fields: Sequence[MessageField], values: Values) -> None:
    assert values.keys() == {one.name for one in fields}, "a draft has the fields of its message and no others"
    for one in fields:
        if fault := one.fault_in(values[one.name]):
            raise DraftField(receipt, one.name, fault)


def number_text(value: Decimal) -> str:
    """A number as a message has it: at most five decimals, none that say nothing."""
    rounded = value.quantize(_DECIMALS, ROUND_HALF_UP)
    return f"{rounded.normalize():f}" if rounded else "0"


_COUNTED: Mapping[str, tuple[str, int]] = {
    "035": ("net_g", 1_000), "036": ("net_g", 1), "070": ("net_g", 1_000_000),
    "095": ("ml", 1_000), "096": ("ml", 1), "127": ("", 12),
}  # fmt: skip
"""Units by which goods are weighed, measured or counted by dozens: the attribute of a piece, and what a unit is."""


def measured_by(unit: str) -> str:
    """The attribute that a quantity in this unit needs; empty where pieces are counted."""
    return _COUNTED.get(unit, ("", 1))[0]


def quantity_in(unit: str, pieces: int, measure: Decimal | None) -> Decimal:
    """How many units `pieces` are, each of which has that `measure` (see `measured_by`)."""
    name, size = _COUNTED.get(unit, ("", 1))
    each = measure if name and measure is not None else Decimal(1)
    return each * pieces / size
