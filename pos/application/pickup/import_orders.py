"""Customer orders from a file of a channel: each row taken, known already, or refused with its reason.

The rows with one number of the channel are one order. A file that is read twice takes nothing a second time: the key of
each order comes from what its rows say.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path

from pos.application.access.authorize import authorized_read
from pos.application.pickup.claimed_goods import LineFields
from pos.application.pickup.deposits import DepositDraft, Deposits
from pos.application.pickup.take_order import PERMISSION, ClaimLine, OrderDraft, TakeOrder
from pos.application.settings.context import UseCase
from pos.application.settings.settings import Settings
from pos.application.tables.raw_table import RawRow, RawTable, bare, check_there, column_indexes, is_too_wide
from pos.application.text.pickup_words import CHANNELS
from pos.domain.errors import BadField, BadInput, Refused
from pos.domain.money import Currency, Money, currency
from pos.domain.pickup.buyer import read_buyer
from pos.domain.pickup.customer_order import ChannelRefTaken, CustomerOrder, closing_of
from pos.domain.request_key import KeyReused
from pos.domain.staff.staff import Person

OpenTable = Callable[[Path], AbstractContextManager[RawTable]]

COLUMNS = (
    "channel", "channel_ref", "buyer", "phone", "code", "quantity", "price", "currency", "deposit", "hold_until",
    "language", "note",
)  # fmt: skip
NEEDED = ("channel", "code")
TAKEN, KNOWN, REFUSED = "taken", "known", "refused"
DEPOSIT_BY = "qr"
"""What was paid ahead on a channel is in a wallet of the shop."""
MOST_ROWS = 20_000
AT_ONCE = 20
"""Orders between which scans and payments get their turn at the store."""
_CELLS = LineFields("code", "quantity", "price")
"""The columns of what is ordered."""
_WHOLE = re.compile(r"[0-9]{1,6}")
_AMBIGUOUS = re.compile(r"-?[1-9][0-9]{0,2}[.,][0-9]{3}")
_KNOWN = {bare(name): name for name in COLUMNS}


@dataclass(frozen=True, slots=True)
class RowResult:
    """What became of one row; `code` is that of its order. A `problem` says why it was refused, or, of a taken or
    known one, why its deposit was not recorded.
    """

    line: int
    outcome: str
    channel: str = ""
    channel_ref: str = ""
    code: str = ""
    problem: Exception | None = None


@dataclass(frozen=True, slots=True)
class OrdersImported:
    """What became of a file, row by row in its order."""

    file: str
    rows: tuple[RowResult, ...]

    def count(self, outcome: str) -> int:
        """How many rows ended so."""
        return sum(1 for row in self.rows if row.outcome == outcome)

    @property
    def without_deposit(self) -> tuple[RowResult, ...]:
        """The rows whose order was taken, now or before, without the deposit that they say."""
        return tuple(row for row in self.rows if row.outcome != REFUSED and row.problem is not None)


@dataclass(frozen=True, slots=True)
class _Row:
    line: int
    cells: Mapping[str, str]

    def of(self, name: str) -> str:
        return self.cells.get(name, "")


@dataclass(frozen=True, slots=True)
class _Read:
    """A row as it was understood."""

    row: _Row
    draft: OrderDraft
    deposit: Money | None


@dataclass(frozen=True, slots=True)
class OrderFile:
    """A file that was read: rows that say nothing usable, and the rows of each order."""

    name: str
    refused: tuple[RowResult, ...]
    orders: tuple[tuple[_Read, ...], ...]


@dataclass(slots=True)
class OrdersUnderWay:
    """An import that the caller advances; what was taken stays taken where it ends early."""

    import_: ImportOrders
    file: OrderFile
    person: Person
    done: int = 0
    """How many orders were tried."""
    _results: dict[int, RowResult] = field(default_factory=dict)
    _seen: dict[str, int] = field(default_factory=dict)
    """How often a row without a number of the channel said the same."""

    def step(self, most: int = AT_ONCE) -> bool:
        """Take so many orders, each in a transaction of its own; False, without effect, after the last."""
        orders = self.file.orders[self.done : self.done + most]
        for parts in orders:
            for result in self._take(parts):
                self._results[result.line] = result
            self.done += 1
        return bool(orders)

    def result(self) -> OrdersImported:
        """What became of the rows until now."""
        results = {**{one.line: one for one in self.file.refused}, **self._results}
        return OrdersImported(self.file.name, tuple(results[line] for line in sorted(results)))

    def _take(self, parts: Sequence[_Read]) -> Iterator[RowResult]:
        """The rows of one order: all of them taken, or none."""
        try:
            if sum(part.deposit is not None for part in parts) > 1:  # repeated, or parts of it: nothing is guessed
                raise BadField("deposit", "given_twice")
            draft = _together([part.draft for part in parts])
            key = self._key(draft)
            before = self._is_known(key)
            order = TakeOrder(self.import_.context)(draft, self.person, key, lambda _line: _CELLS)
        except KeyReused:
            other = self._with_ref(parts[0].draft)
            problem = ChannelRefTaken(parts[0].draft.channel, parts[0].draft.channel_ref, other)
            yield from (_result(part.row, REFUSED, problem=problem) for part in parts)
            return
        except (BadInput, Refused) as problem:
            yield from (_result(part.row, REFUSED, problem=problem) for part in parts)
            return
        wrong = self._deposit(order, parts, key)
        for part in parts:
            yield _result(part.row, KNOWN if before else TAKEN, order.code, wrong if part.deposit else None)

    def _deposit(self, order: CustomerOrder, parts: Sequence[_Read], key: str) -> Exception | None:
        """Record what was paid ahead, once; why it could not be."""
        amount = next((part.deposit for part in parts if part.deposit is not None), None)
        if amount is None:
            return None
        try:
            draft = DepositDraft(DEPOSIT_BY, amount, order.channel_ref or order.code)
            Deposits(self.import_.context).taken_with(order.code, draft, self.person, key)
        except BadField as problem:
            return replace(problem, field="deposit")
        except (BadInput, Refused) as problem:
            return problem
        return None

    def _key(self, draft: OrderDraft) -> str:
        """By the number of the channel; without one by what the row says, and how often it was said before."""
        said = f"{draft.channel}\x1f{draft.channel_ref}".encode() if draft.channel_ref else draft.content()
        mark = self.import_.secrets.request(b"pickup import\x1f" + said)
        if draft.channel_ref:
            return mark[:48]
        self._seen[mark] = self._seen.get(mark, 0) + 1
        return self.import_.secrets.request(f"{mark}\x1f{self._seen[mark]}".encode())[:48]

    def _is_known(self, key: str) -> bool:
        with self.import_.store.reading() as work:
            return work.pickups.with_key(key) is not None

    def _with_ref(self, draft: OrderDraft) -> str:
        with self.import_.store.reading() as work:
            found = work.pickups.with_ref(draft.channel, draft.channel_ref)
        return "" if found is None else found.code


@dataclass(frozen=True, slots=True)
class ImportOrders(UseCase):
    """Take the orders of a file, each in a transaction of its own."""

    open_table: OpenTable

    def __call__(self, path: Path, person: Person) -> OrdersImported:
        """Raises NotAllowed, and BadField for a file that cannot be read or has not the columns it needs.

        A deposit of a row is recorded as paid to a wallet, where a shift is open.
        """
        with authorized_read(self.store, person, PERMISSION):
            settings = self.settings()
        under_way = OrdersUnderWay(self, self.read(path, settings), person)
        while under_way.step():
            pass
        return under_way.result()

    def read(self, path: Path, settings: Settings) -> OrderFile:
        """What a file says, by the settings of the shop; nothing is taken, and the store is not asked. Raises BadField
        as the call.
        """
        with self.open_table(path) as table:
            indexes = column_indexes(table.header, _KNOWN)
            check_there(NEEDED, indexes)
            width, name = len(table.header), table.name
            rows = list(_rows(table.rows, indexes, width))
        refused: list[RowResult] = []
        orders: dict[tuple[str, str], list[_Read]] = {}
        for number, one in enumerate(rows):
            if isinstance(one, RowResult):
                refused.append(one)
                continue
            try:
                read = self._read(one, settings)
            except BadInput as problem:
                refused.append(_result(one, REFUSED, problem=problem))
                continue
            ref = read.draft.channel_ref
            orders.setdefault((read.draft.channel, ref or f"\x1f{number}"), []).append(read)
        return OrderFile(name, tuple(refused), tuple(map(tuple, orders.values())))

    def _read(self, row: _Row, settings: Settings) -> _Read:
        channel = self._channel(row.of("channel"))
        of = currency(row.of("currency").upper()) if row.of("currency") else settings.price
        quantity = row.of("quantity") or "1"
        if not _WHOLE.fullmatch(quantity):
            raise BadField("quantity", "not_a_whole_number", quantity[:20])
        price = _amount(row.of("price"), of, "price")
        deposit = _amount(row.of("deposit"), of, "deposit")
        language = row.of("language") or settings.receipt_languages[0]
        draft = OrderDraft(
            channel=channel,
            lines=(ClaimLine(row.of("code"), int(quantity), price),),
            buyer=read_buyer(row.of("buyer"), row.of("phone"), language),
            channel_ref=row.of("channel_ref"),
            hold_until=_until(row.of("hold_until"), settings),
            note=row.of("note"),
        )
        return _Read(row, draft, deposit if deposit is not None and deposit.minor else None)

    def _channel(self, text: str) -> str:
        """By its name in the program, or in any language of it."""
        said = text.strip().casefold()
        if said in CHANNELS:
            return said
        for name, word in CHANNELS.items():
            if any(tr(word).casefold() == said for tr in self.translators.values()):
                return name
        raise BadField("channel", "unknown", text[:20])


def _rows(rows: Iterator[RawRow], indexes: Mapping[str, int], width: int) -> Iterator[_Row | RowResult]:
    for count, row in enumerate(rows):
        if count >= MOST_ROWS:
            raise BadField("FILE", "too_large", str(MOST_ROWS))
        if not any(cell.strip() for cell in row.cells):
            continue
        if row.fault:
            yield RowResult(row.line, REFUSED, problem=BadField("FILE", row.fault, row.detail))
        elif is_too_wide(row.cells, width):
            yield RowResult(row.line, REFUSED, problem=BadField("FILE", "too_many_cells"))
        else:
            cells = {name: row.cells[at].strip() if at < len(row.cells) else "" for name, at in indexes.items()}
            yield _Row(row.line, cells)


def _together(drafts: Sequence[OrderDraft]) -> OrderDraft:
    """The rows of one order: one buyer and one time, and all the lines. Raises BadField."""
    first = drafts[0]
    for other in drafts[1:]:
        for name in ("buyer", "hold_until", "note"):
            if getattr(other, name) != getattr(first, name):
                raise BadField(name, "differs", first.channel_ref[:20])
    return replace(first, lines=tuple(line for draft in drafts for line in draft.lines))


def _result(row: _Row, outcome: str, code: str = "", problem: Exception | None = None) -> RowResult:
    return RowResult(row.line, outcome, row.of("channel"), row.of("channel_ref"), code, problem)


def _amount(text: str, of: Currency, field: str) -> Money | None:
    """An amount with a point or a comma before its decimals; None for an empty cell. Raises BadField, also where it may
    be thousands: `1,000` is neither a thousand nor one.
    """
    if not text:
        return None
    plain = re.sub(r"[\s\u00a0\u202f']", "", text)
    if _AMBIGUOUS.fullmatch(plain):
        raise BadField(field, "ambiguous", text[:20])
    if plain.count(",") == 1 and "." not in plain:
        plain = plain.replace(",", ".")
    try:
        money = Money.parse(plain, of)
    except BadInput as problem:
        raise BadField(field, "not_an_amount", text[:20]) from problem
    if money.minor < 0:
        raise BadField(field, "negative", text[:20])
    return money


def _until(text: str, settings: Settings) -> datetime | None:
    """A day, until its closing time; or an instant, in the shop's zone where it names none. Raises BadField."""
    if not text:
        return None
    try:
        if len(text) == len("2026-03-02"):
            return closing_of(date.fromisoformat(text), settings.closing, settings.zone)
        at = datetime.fromisoformat(text)
    except ValueError as problem:
        raise BadField("hold_until", "not_a_day", text[:25]) from problem
    if at.tzinfo is not None:
        return at
    is_day = (at.hour, at.minute, at.second) == (0, 0, 0)
    return closing_of(at.date(), settings.closing, settings.zone) if is_day else at.replace(tzinfo=settings.zone)
