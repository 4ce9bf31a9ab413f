"""F1: random sales, returns and voids, while the register's answers are lost and the till dies at every step."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import partial
from random import Random
from typing import Any
from unittest.mock import patch

from sqlalchemy import Connection, select

from db.store.unit_of_work import SqlUnitOfWork
from db.tables.sales import sale
from db.verify.partners.verify_fiscal import fiscal_mismatches
from pos.application.fiscal.send_to_register import SendToRegister
from pos.application.fiscal.ticket_json import read_ticket
from pos.domain.errors import Refused
from pos.domain.fiscal.answers import RegisterAnswer, Registered, Rejected
from pos.domain.fiscal.document import FiscalDocument, Standing
from pos.domain.fiscal.ticket import CashMovement, Ticket
from pos.domain.money import Money
from pos.domain.outside_partners.answers import Lost, NotFound
from pos.domain.outside_partners.rhythm import PartnerRhythm
from pos.domain.receipt_number import receipt_number
from pos.fiscal.webkassa import Webkassa
from tests.application.returns.test_void_sale import APPROVED
from tests.faults.customers import PRICES, a_return, a_small_shop, tickets
from tests.faults.experiment import Experiment, Figures, Trial
from tests.fiscal.fake_webkassa import FakeWebkassa, credentials
from tests.fiscal.shops import with_register
from tests.shops import DemoShop

_REUSED = "a number is used for two receipts"
_SECOND = "a second request while it is unknown what became of the first"
_NO_BASIS = "a return without the receipt that it is of"
_FAULTS = ("cut_before", "cut_after", "broken", "broken_after", "garbage", "redirect", "huge")
_RHYTHM = PartnerRhythm(first_ask=0, ask_every=5, time_over=0, call=5)
_IN_VAIN = 5
"""So many turns of which none took anything: nothing will be taken any more."""


class Killed(BaseException):
    """The till dies here."""


@dataclass
class _Watched:
    """A register that dies with its till around a call by chance, and watches that one thing is asked after another."""

    behind: Webkassa
    chance: Random
    kills: int = 0
    unknown: str = ""
    violations: list[str] = field(default_factory=list)
    is_calm: bool = False
    name: str = "webkassa"
    rhythm: PartnerRhythm = _RHYTHM

    def maybe_die(self) -> None:
        """Here, too, by chance."""
        if not self.is_calm and self.chance.random() < 0.02:
            self.kills += 1
            raise Killed

    def register(self, cashbox: str, ticket: Ticket) -> RegisterAnswer:
        """Register, watched."""
        if self.unknown:
            self.violations.append(f"{ticket.number} was sent while it was unknown what became of {self.unknown}")
        return self._called(ticket.number, lambda: self.behind.register(cashbox, ticket))

    def find(self, cashbox: str, number: str, total: str) -> RegisterAnswer:
        """Find, watched."""
        return self._called(number, lambda: self.behind.find(cashbox, number, total))

    def cash(self, cashbox: str, movement: CashMovement) -> RegisterAnswer:
        """Move cash, watched: it is asked about by the same call."""
        if self.unknown not in ("", movement.number):
            self.violations.append(f"cash moved while it was unknown what became of {self.unknown}")
        return self._called(movement.number, lambda: self.behind.cash(cashbox, movement))

    def close(self, cashbox: str) -> RegisterAnswer:
        """Close, watched."""
        if self.unknown:
            self.violations.append(f"the shift was closed while it was unknown what became of {self.unknown}")
        self.maybe_die()
        return self.behind.close(cashbox)

    def x(self, cashbox: str) -> RegisterAnswer:
        """Not used here."""
        return self.behind.x(cashbox)

    def check(self, cashbox: str) -> RegisterAnswer | None:
        """Not used here."""
        return self.behind.check(cashbox)

    def close_line(self) -> None:
        """Close the connections."""
        self.behind.close_line()

    def _called(self, number: str, call: Callable[[], RegisterAnswer]) -> RegisterAnswer:
        before, self.unknown = self.unknown, number
        self.maybe_die()
        answer = call()
        self.maybe_die()
        if isinstance(answer, Registered | Rejected | NotFound):
            self.unknown = ""
        elif not isinstance(answer, Lost):
            self.unknown = before
        return answer


def _run(trial: Trial) -> Figures:
    sales, mutant = trial.size(8, 500), trial.mutant
    shop = DemoShop(a_small_shop(trial.folder / "shop"))
    chance = Random(f"fiscal {sales}")
    with _broken(mutant), FakeWebkassa() as server:
        till = with_register(shop, server)
        shop.now.move(seconds=1)
        watched = _Watched(Webkassa(credentials(), server.address, _RHYTHM), chance)
        made = _days(shop, server, watched, chance, sales)
        waiting = _drained(shop, server, watched)
        violations = [*watched.violations, *_compared(shop, server, waiting)]
        till.makes.clear()
        watched.close_line()
    shop.close()
    counts = Counter(one.operation for one in server.tickets())
    return Figures(
        {"sales": made["sale"], "returns and voids": made["back"], "kills": watched.kills,
         "fiscal receipts": counts["sale"] + counts["return"], "shifts closed": server.desk.closed},
        tuple(violations),
    )  # fmt: skip


def _days(shop: DemoShop, server: FakeWebkassa, watched: _Watched, chance: Random, sales: int) -> Counter[str]:
    """Sales, returns, voids and cash, with a turn of the worker after each, and bad luck at every call."""
    made: Counter[str] = Counter()
    sold: list[str] = []
    customers = tickets(chance.randrange(10**6))
    while made["sale"] < sales:
        if (receipt := _sold(shop, next(customers), chance)) is None:
            continue
        made["sale"] += 1
        sold.append(receipt)
        if chance.random() < 0.3:
            made["back"] += _back(shop, chance.choice(sold), made["back"], chance)
        if chance.random() < 0.1:
            shop.move_cash(shop.person("manager"), "in", _notes(shop), "Change")
        if chance.random() < 0.5:
            server.faults.append(chance.choice(_FAULTS))
        if chance.random() < 0.05:
            server.token_over()
        if chance.random() < 0.06 or made["sale"] == sales // 2:
            server.desk.is_open, server.desk.open_for = True, 25
        for _ in range(chance.choice((1, 2, 4))):
            _turn(shop, watched, at_once=chance.random() < 0.3)
            shop.now.move(seconds=chance.choice((1, 7, 60, 400)))
    return made


def _sold(shop: DemoShop, ticket: dict[str, Any], chance: Random) -> str | None:
    due = sum(PRICES[str(line["code"])] * int(line["quantity"]) for line in ticket["lines"])
    how = chance.choice(("cash", "card", "qr", "tenge", "both"))
    if how in ("card", "qr"):
        ticket["payments"] = [{"method": how, "currency": "CNY", "amount": f"{due:.2f}"}]
    elif how == "tenge":
        ticket["payments"] = [{"method": "cash", "currency": "KZT", "amount": str((int(due * 73) // 5 + 20) * 5)}]
    elif how == "both" and due > 1:
        ticket["payments"].insert(0, {"method": "card", "currency": "CNY", "amount": f"{due / 2:.2f}"})
    try:
        return shop.ring_sale(ticket).receipt
    except Refused:
        return None


def _back(shop: DemoShop, receipt: str, number: int, chance: Random) -> int:
    try:
        if chance.random() < 0.3:
            shop.void_by_ticket({
                "key": f"void-{number}-{receipt}", "receipt": receipt, "reason": "slip", "cashier": "amina",
                "approve": APPROVED,
            })  # fmt: skip
        else:
            shop.return_by_ticket(a_return(f"back-{number}-{receipt}", receipt))
    except Refused:
        return 0
    return 1


def _notes(shop: DemoShop) -> Money:
    return Money(10_000, shop.settings().price)


def _turn(shop: DemoShop, watched: _Watched, *, at_once: bool) -> None:
    """The worker of a till that has just started; it may be killed at any commit and around any call."""
    send = SendToRegister(shop.context, lambda: watched)
    commit = SqlUnitOfWork.commit

    def killing(work: SqlUnitOfWork) -> None:
        watched.maybe_die()
        commit(work)
        watched.maybe_die()

    try:
        with patch.object(SqlUnitOfWork, "commit", killing):
            send(at_once=at_once)
    except Killed:
        shop.now.move(minutes=4)  # by then another program may call the cashbox


def _drained(shop: DemoShop, server: FakeWebkassa, watched: _Watched) -> int:
    """The line is good again: what waits still, after it was sent as often as that takes."""
    server.faults.clear()
    watched.is_calm = True
    waiting, in_vain = -1, 0
    while waiting and in_vain < _IN_VAIN:
        before = waiting
        waiting = SendToRegister(shop.context, lambda: watched)(at_once=True).counts.waiting
        in_vain = in_vain + 1 if waiting == before else 0
        shop.now.move(minutes=10)
        server.desk.open_for = 0
    return waiting


def _compared(shop: DemoShop, server: FakeWebkassa, waiting: int) -> Iterator[str]:
    """The register's books beside the shop's."""
    if waiting:
        yield f"{waiting} receipts wait still"
    with shop.store.reading() as work:
        documents = [one for one in work.fiscal.listed(tuple(Standing), 10**6) if one.is_ticket]
        ours = dict(_ours(work.connection))
        yield from fiscal_mismatches(work.connection)
    known = {one.receipt: one for one in documents}
    if set(known) != set(ours):
        yield f"receipts without a document: {sorted(set(ours) - set(known))[:3]}"
    theirs: Counter[str] = Counter(str(one.body["ExternalOrderNumber"]) for one in server.tickets() if one.check)
    for receipt, kind in ours.items():
        if theirs[receipt] != 1:
            yield f"{kind} {receipt}: registered {theirs[receipt]} times, {known[receipt].standing.value}"
    if extra := set(theirs) - set(ours):
        yield f"registered, and not in the books: {sorted(extra)[:3]}"
    for kind in ("sale", "return"):
        booked = sum((Decimal(str(one.attempt.amount)) for one in documents if one.kind.value == kind), Decimal(0))
        if booked != server.total(kind):
            yield f"{kind}: {booked} in the books, {server.total(kind)} at the register"
    moved = Counter(one.operation for one in server.tickets() if one.operation in ("in", "out"))
    with shop.store.reading() as work:
        cash = [one for one in work.fiscal.listed(tuple(Standing), 10**6) if one.kind.value == "in"]
    if moved["in"] != len(cash):
        yield f"cash came in {len(cash)} times, {moved['in']} at the register"


def _ours(connection: Connection) -> Iterator[tuple[str, str]]:
    for row in connection.execute(select(sale.c.till, sale.c.number, sale.c.kind)):
        yield receipt_number(row.till, row.number), row.kind


@contextmanager
def _broken(mutant: str) -> Iterator[None]:
    if mutant == _REUSED:
        with patch("pos.application.fiscal.send_to_register.read_ticket", partial(_under_one_number, read_ticket)):
            yield
    elif mutant == _SECOND:
        with patch.object(FiscalDocument, "is_unsettled", property(lambda _document: False)):
            yield
    elif mutant == _NO_BASIS:
        with patch.object(SendToRegister, "_basis", lambda *_whatever: None):
            yield
    else:
        yield


def _under_one_number(read: Callable[[str, str], Ticket], text: str, _number: str) -> Ticket:
    return replace(read(text, "A" * 26), number="A" * 26)


EXPERIMENT = Experiment(
    "F1",
    "Whatever the line to the fiscal register does and wherever the till dies, each receipt is registered once.",
    _run,
    (_REUSED, _SECOND, _NO_BASIS),
)
