"""What a fiscal register answers."""

from __future__ import annotations

from dataclasses import dataclass

from pos.domain.outside_partners.answers import Lost, NotFound


@dataclass(frozen=True, slots=True)
class FiscalReceipt:
    """What the register gave: its number, the instant as it wrote it, the address behind its QR code.

    `is_offline`: the register has it, and its operator will get it later. `registration` is the number of the cashbox
    at the tax office, `serial` that of the device. Of a movement of cash everything may be empty. `tickets` are those
    that it counts in its `shift`, of the report of a shift alone.
    """

    number: str = ""
    at: str = ""
    address: str = ""
    is_offline: bool = False
    shift: int | None = None
    registration: str = ""
    serial: str = ""
    tickets: int | None = None


@dataclass(frozen=True, slots=True)
class Registered:
    """The document is registered, by this request or an earlier one of the same number."""

    receipt: FiscalReceipt


@dataclass(frozen=True, slots=True)
class Rejected:
    """The register will not take this document as it is, and has not. `reason` is one of REJECT_REASONS.

    `detail` is the register's own code and word, for the person who corrects it.
    """

    reason: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Held:
    """The register takes nothing now, whatever the document; nothing was done. `reason` is one of HOLD_REASONS."""

    reason: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class ShiftTooLong:
    """The register's shift has lasted too long: it has to be closed, then the same is asked again. Nothing was done."""


RegisterAnswer = Registered | Rejected | Held | ShiftTooLong | NotFound | Lost

REJECT_REASONS = ("validation", "no_cash", "basis", "no_basis", "no_rate")
"""Why a document cannot be registered; each has a sentence at the edge. The last two are found before it is sent."""

HOLD_REASONS = ("cashbox", "not_set_up", "offline_too_long", "busy")
"""Why a register takes nothing; each has a sentence at the edge."""

SHARED = "shared"
"""The register counts tickets that this shop has not made: what waits is sent all the same, and people are informed."""
