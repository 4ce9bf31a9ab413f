"""What the center refuses, as facts; each is a problem of its own in the API."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from pos.application.center.requests import VisitorLedger
from pos.domain.errors import BadInput, Refused


@dataclass(eq=False)
class CredentialUnknown(Refused):
    """No till of the center has this credential, or it was revoked."""

    fact = "credential_unknown"


@dataclass(eq=False)
class TooManyLookups(Refused):
    """The till has asked for more visitors than a person serves; `seconds` from now it may ask again."""

    fact = "too_many_lookups"

    seconds: int


@dataclass(eq=False)
class ClockDiffers(Refused):
    """The clocks of till and center differ by more than they may: the day of a purchase would be uncertain."""

    fact = "clock_differs"

    seconds: int
    most: int


@dataclass(eq=False)
class VisitorNotKnown(BadInput):
    """No visitor has this reference."""

    fact = "center_visitor_not_known"

    reference: str


@dataclass(eq=False)
class RulesDiffer(Refused):
    """Till and center judge by different files of a regime."""

    fact = "rules_differ"

    regime: str
    digest: str


@dataclass(eq=False)
class LedgerMoved(Refused):
    """Ledgers have changed since the till judged; `ledgers` are what stands on them now."""

    fact = "ledger_moved"

    ledgers: Sequence[VisitorLedger]


@dataclass(eq=False)
class StricterVerdict(Refused):
    """The center's verdict on a visitor is worse than what the till showed, or not approved."""

    fact = "stricter_verdict"

    reference: str
    shown: str
    verdict: str


@dataclass(eq=False)
class KeyClosed(Refused):
    """The reservation under this key was given back, and cannot come any more."""

    fact = "key_closed"

    key: str


@dataclass(eq=False)
class KeyReused(BadInput):
    """The key was used before, for something else."""

    fact = "center_key_reused"

    key: str


@dataclass(eq=False)
class ReservationNotKnown(BadInput):
    """No reservation has this key."""

    fact = "reservation_not_known"

    key: str


@dataclass(eq=False)
class LineNotKnown(BadInput):
    """The shop has no such line on a ledger."""

    fact = "center_line_not_known"

    sale: str
    line: int


@dataclass(eq=False)
class PersonsDiffer(Refused):
    """Two documents do not belong to one person: `field` differs."""

    fact = "persons_differ"

    field: str


@dataclass(eq=False)
class PassEnded(Refused):
    """The till's pass has a members' key that is no longer in use."""

    fact = "center_pass_ended"

    till: str


@dataclass(eq=False)
class MembersKeyHalfChanged(Refused):
    """The key file has a new members' key of which the database does not know yet."""

    fact = "members_key_half_changed"


@dataclass(eq=False)
class TooManyMembersKeys(Refused):
    """Documents are still sent under so many members' keys of before."""

    fact = "too_many_members_keys"

    most: int


@dataclass(eq=False)
class OwnerOnly(Refused):
    """Only the owner of the database erases; the role of the service cannot."""

    fact = "center_owner_only"


@dataclass(eq=False)
class RegimeFileNotKnown(BadInput):
    """No file of a regime was proposed under this number."""

    fact = "center_regime_not_known"

    file: int


@dataclass(eq=False)
class RegimeApproved(Refused):
    """The file is approved already."""

    fact = "center_regime_approved"

    file: int


@dataclass(eq=False)
class ApprovedByProposer(Refused):
    """Who proposed a file cannot approve it."""

    fact = "center_regime_same_person"

    person: str


@dataclass(eq=False)
class CustomsRateExists(Refused):
    """The center's customs rate of this currency for this day is written already, and stays."""

    fact = "center_rate_exists"

    currency: str
    day: date


@dataclass(eq=False)
class MemberExists(Refused):
    """A shop of this name takes part already."""

    fact = "member_exists"

    member: str


@dataclass(eq=False)
class MemberNotKnown(BadInput):
    """No shop of this name takes part."""

    fact = "member_not_known"

    member: str


@dataclass(eq=False)
class TillExists(Refused):
    """The shop has a till of this name, whose credential is good."""

    fact = "center_till_exists"

    till: str


@dataclass(eq=False)
class TillNotKnown(BadInput):
    """The shop has no till of this name with a credential."""

    fact = "center_till_not_known"

    till: str
