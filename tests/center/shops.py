"""A center for tests: a database on a real server, two shops with two tills each, and a visitor's goods."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from typing import Any

import psycopg
from sqlalchemy import make_url

from db.center.prepare import prepare_center
from db.center.store import SqlCenterStore, open_engine
from main import RESOURCES
from pos.application.center.look_up_visitor import LookUpVisitor
from pos.application.center.manage_members import AddMember, AddTill
from pos.application.center.ports import CenterContext, RegimeInForce
from pos.application.center.request_keys import key_of_till
from pos.application.center.requests import (
    Booked,
    Caller,
    Person,
    ReservationRequest,
    Reserved,
    RulesUsed,
    SaleConfirmation,
    SoldShare,
    VisitorLedger,
    VisitorLookup,
    VisitorShare,
)
from pos.application.center.reserve import Reserve
from pos.application.center.settle_reservation import ConfirmSale, GiveBack
from pos.application.center.till_pass import credential_digest
from pos.domain.catalogue.product import Attributes
from pos.domain.center.ledger import LedgerGoods
from pos.domain.quota.measure import Goods, QuotaRates
from pos.domain.quota.rule import Verdict
from pos.keys.center_keys import CenterKeyFile
from pos.regimes.folders import load_regimes
from tests.horgos import HORGOS  # noqa: F401 # currencies of the border
from tests.postgres_server import Server

NOON = datetime(2026, 11, 20, 4, tzinfo=UTC)
"""Noon in Shanghai."""
KEYS = CenterKeyFile(bytes([1]) * 32, bytes([2]) * 32, bytes([3]) * 32, bytes([4]) * 32)
RATES = QuotaRates("KZT", {"CNY": Fraction(72), "EUR": Fraction(530), "USD": Fraction(455)})
ADULT = Person(date(1986, 5, 1), None, "CN")


@dataclass
class TestKeys:
    """The members' keys of a key file."""

    __test__ = False

    all: tuple[bytes, ...] = (KEYS.members,)

    def in_use(self) -> Sequence[bytes]:
        """The newest first."""
        return self.all

    def change(self) -> None:
        """The next one is known."""
        self.all = (bytes([100 + len(self.all)]) * 32, *self.all)


@dataclass
class TestClock:
    """The center's clock, which a test moves."""

    __test__ = False

    at: datetime = NOON

    def __call__(self) -> datetime:
        return self.at

    def pass_by(self, **time: float) -> None:
        """Later by so much."""
        self.at += timedelta(**time)


def perfume(price: str, quantity: int = 1, taxed: int = 0, line: int = 1) -> LedgerGoods:
    """Goods that only the value counts for."""
    sold = Goods("", "perfume", quantity, Fraction(price), "CNY", taxed_units=taxed)
    return LedgerGoods(line, sold, RATES)


def goods(category: str) -> LedgerGoods:
    """One piece of a category, of which nothing but the price is on file."""
    return LedgerGoods(1, Goods("", category, 1, Fraction(10), "CNY"), RATES)


def spirit(bottles: int, taxed: int = 0, line: int = 1) -> LedgerGoods:
    """Bottles of half a litre."""
    from decimal import Decimal

    attributes = Attributes(ml=Decimal(500), abv=Decimal(40), gross_kg=Decimal(1))
    sold = Goods("", "alcohol.spirit", bottles, Fraction(100), "CNY", Fraction(0), attributes, taxed)
    return LedgerGoods(line, sold, RATES)


def digest(*content: object) -> bytes:
    """What tells two requests apart."""
    return hashlib.sha256(repr(content).encode()).digest()


@dataclass
class TillAtCenter:
    """A till as the center knows it, and what it asks."""

    context: CenterContext
    caller: Caller
    credential: str
    attempts: int = 0
    known: dict[str, VisitorLedger] = field(default_factory=dict)

    def look_up(self, *documents: str, person: Person = ADULT, regime: str = "cn-horgos") -> VisitorLedger:
        """Ask for the visitor with these documents."""
        ledger = LookUpVisitor(self.context)(self.caller, VisitorLookup(documents, person, regime))
        self.known[documents[0]] = ledger
        return ledger

    def request(
        self,
        ledger: VisitorLedger,
        *lines: LedgerGoods,
        verdict: Verdict = Verdict.OK,
        key: str = "",
        regime: str = "cn-horgos",
        approved: bool = False,
        replaces: str | None = None,
        seconds: int = 300,
    ) -> ReservationRequest:
        """The request of a payment, judged by a ledger."""
        if not key:
            self.attempts += 1
            key = f"{self.caller.shop_name}-{self.caller.till_name}-{self.attempts}"
        share = VisitorShare(ledger.reference, ledger.version, ADULT, verdict, lines)
        rules = RulesUsed(regime, self.context.regimes()[regime].digest)
        sale = key.partition("#")[0]
        now = self.context.now()
        return ReservationRequest(key, sale, seconds, rules, "1", now, (share,), replaces, is_approved=approved)

    def reserve(self, request: ReservationRequest) -> Reserved:
        """Open the payment."""
        return Reserve(self.context)(self.caller, request, digest(request))

    def confirm(self, request: ReservationRequest, shares: Sequence[SoldShare] | None = None) -> Booked:
        """The payment is done."""
        sold = shares or [SoldShare(share.reference, share.lines) for share in request.visitors]
        sale = SaleConfirmation(request.key, tuple(sold))
        return ConfirmSale(self.context)(self.caller, sale, digest(sale))

    def confirm_as_duty(self, request: ReservationRequest) -> Booked:
        """The same payment with the verdict that goods above the allowance have, reserved and done."""
        share = replace(request.visitors[0], verdict=Verdict.DUTY)
        asked = replace(request, visitors=(share,))
        self.reserve(asked)
        return self.confirm(asked)

    def give_back(self, request: ReservationRequest) -> None:
        """The payment was cancelled."""
        GiveBack(self.context)(self.caller, request.key)

    def sell(self, document: str, *lines: LedgerGoods, verdict: Verdict = Verdict.OK, **more: object) -> Booked:
        """Look up, reserve and confirm."""
        asked = self.request(self.look_up(document), *lines, verdict=verdict, **more)  # type: ignore[arg-type]
        self.reserve(asked)
        return self.confirm(asked)


@dataclass
class Center:
    """A whole center, empty."""

    context: CenterContext
    clock: TestClock
    store: SqlCenterStore
    url: str
    tills: Mapping[str, TillAtCenter]

    def till(self, name: str) -> TillAtCenter:
        """`A1`: the first till of shop A."""
        return self.tills[name]

    def key_of(self, name: str, request: ReservationRequest) -> str:
        """A till's key as the center keeps it."""
        return key_of_till(self.till(name).caller, request.key)

    def run(self, *statements: str) -> None:
        """Statements of the database's owner, in one transaction."""
        with psycopg.connect(self.url) as connection:
            for statement in statements:
                connection.execute(statement.encode())

    def run_as_attacker(self, statement: str) -> None:
        """The same with the guards of the tables switched off first."""
        tables = ("ledger_entry", "journal", "flag")
        self.run(*(f"ALTER TABLE {table} DISABLE TRIGGER USER" for table in tables), statement)


def regimes_in_force() -> Mapping[str, RegimeInForce]:
    """The regimes that ship with the program."""
    loaded, faults = load_regimes([RESOURCES / "regimes"])
    assert not faults
    return {name: RegimeInForce(regime, regime.version) for name, regime in loaded.items()}


def make_center(server: Server, name: str, regimes: Mapping[str, RegimeInForce]) -> Center:
    """A new database with its tables, shops A and B, and tills 1 and 2 in each."""
    url = server.create(name)
    prepare_center(make_url(url))
    made = open_center(url, regimes, {})
    return replace(made, tills=_add_tills(made.context))


def copy_of(center: Center, server: Server, name: str, template: str) -> Center:
    """The same center in a database of its own."""
    url = server.create(name, template)
    made = open_center(url, center.context.regimes(), {})
    tills = {till: TillAtCenter(made.context, at.caller, at.credential) for till, at in center.tills.items()}
    return replace(made, tills=tills)


def open_center(url: str, regimes: Mapping[str, RegimeInForce], tills: Mapping[str, TillAtCenter]) -> Center:
    """The center of a database."""
    clock = TestClock()
    store = SqlCenterStore(open_engine(make_url(url), 8), KEYS.chained, clock)
    context = CenterContext(store=store, now=clock, regimes=lambda _at=None: regimes, keys=KEYS, evaluator="1")
    return Center(context, clock, store, url, tills)


def _add_tills(context: CenterContext) -> Mapping[str, TillAtCenter]:
    tills = {}
    add_till = AddTill(context, TestKeys())
    for shop in ("A", "B"):
        AddMember(context)(shop, "owner")
        for number in ("1", "2"):
            given = add_till(shop, number, "https://center.test", "owner")
            with context.store.reading() as work:
                caller = work.members.by_credential(credential_digest(given.credential))
            assert caller is not None
            tills[shop + number] = TillAtCenter(context, caller, given.credential)
    return tills


def replaced(request: ReservationRequest, **changes: Any) -> ReservationRequest:
    """The same request otherwise, under a key of its own."""
    return replace(request, key=f"{request.key}#other", **changes)
