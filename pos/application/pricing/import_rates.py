"""Import exchange rates from a table, or from the file of a central bank: all of them, or none."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

from pos.application.pricing.set_rates import RateDraft, RatePlan, RateSource, SetRate
from pos.application.settings.options import read_instant
from pos.application.settings.settings import Settings
from pos.application.tables.raw_table import RawTable, bare, check_there, column_indexes, is_too_wide
from pos.domain.errors import BadField
from pos.domain.money import CURRENCIES, Currency, currency
from pos.domain.pricing.official_rates import BankLacksCurrency, NoRatesYet, OfficialRates
from pos.domain.pricing.rates import Rate, read_rate, to_rate
from pos.domain.staff.staff import Person

CUSTOMS, SHOP = "customs", "shop"
USES = (CUSTOMS, SHOP)
"""What the rates of a bank become: customs rates, or the middle between the shop's buying and selling rates."""

_COLUMNS = ("currency", "buy", "sell", "customs", "unit", "from")
_NEEDED = _COLUMNS[:3]
_KNOWN = {bare(name): name for name in _COLUMNS}
_UNITS = ("1", "10", "100", "1000", "10000")
_MOST_ROWS = 1000
_A_THOUSAND = 3
"""The figures behind a comma that parts thousands."""
_MOST_AHEAD = timedelta(days=7)
"""Banks publish for the next working day, which holidays put off."""


@dataclass(frozen=True, slots=True)
class BankFile:
    """A file of a central bank as read."""

    rates: OfficialRates
    name: str
    sha256: str


@dataclass(frozen=True, slots=True)
class RateFile:
    """What a file wants to set; the `source` of a bank's file, None for a table."""

    drafts: Sequence[RateDraft]
    source: RateSource | None = None


@dataclass(frozen=True, slots=True)
class ImportedRates:
    """What a file has set."""

    rates: Sequence[Rate]
    source: RateSource | None


@dataclass(frozen=True, slots=True)
class ImportRates:
    """Imports a CSV with the columns currency, buy, sell and optionally customs, unit (per how many) and from; or the
    rates of a central bank for one of USES.
    """

    set_rates: SetRate
    open_table: Callable[[Path], AbstractContextManager[RawTable]]
    read_bank_rates: Callable[[Path], BankFile | None]

    def plan(self, path: Path, person: Person, use: str = "") -> RatePlan:
        """The changes of the file and the doubts to confirm. Raises BadField, NotAllowed and as `read`."""
        file = self.read(path, use)
        return self.set_rates.plan(person, file.drafts, file.source)

    def __call__(self, path: Path, person: Person, use: str = "", *, anyway: bool = False) -> ImportedRates:
        """Record all of it in one transaction; raises BadField naming the place, a RateDoubt, NotAllowed, as `read`."""
        file = self.read(path, use)
        rates = self.set_rates.all(person, file.drafts, anyway=anyway, source=file.source)
        return ImportedRates(rates, file.source)

    def read(self, path: Path, use: str = "", usual: str = CUSTOMS) -> RateFile:
        """The rates in the file, without recording them; those of a bank for `use`, or for the `usual` one.

        Raises BadField naming row and column or the currency, BankLacksCurrency, NoRatesYet.
        """
        _check_use(use)
        file = self.read_bank_rates(path)
        if file is not None:
            return self.of_bank(file, use, usual)
        if use:
            raise BadField("as", "only_for_banks", path.name)
        return RateFile(self._of_table(path))

    def _of_table(self, path: Path) -> list[RateDraft]:
        with self.open_table(path) as table:
            indexes = column_indexes(table.header, _KNOWN)
            check_there(_NEEDED, indexes)
            drafts = []
            for raw in table.rows:
                if raw.fault:
                    raise BadField(f"row {raw.line}", raw.fault)
                if is_too_wide(raw.cells, len(table.header)):
                    raise BadField(f"row {raw.line}", "too_many_cells")
                cells = {name: raw.cells[index].strip() for name, index in indexes.items() if index < len(raw.cells)}
                if any(cells.values()):
                    drafts.append(_row(cells, raw.line))
                if len(drafts) > _MOST_ROWS:
                    raise BadField("FILE", "too_long", path.name)
        if not drafts:
            raise BadField("FILE", "empty", path.name)
        return drafts

    def of_bank(self, file: BankFile, use: str = "", usual: str = CUSTOMS, host: str = "") -> RateFile:
        """Rates of now, or from the morning of the day to come that the file is of; `host` is where it was fetched.

        A shop without any rates takes its first ones to buy and sell at, unless `use` says otherwise. Raises as `read`.
        """
        _check_use(use)
        settings, now, rates = self.set_rates.settings(), self.set_rates.now(), file.rates
        today = now.astimezone(settings.zone).date()
        if rates.day > today + _MOST_AHEAD:
            raise BadField("FILE", "too_far_ahead", rates.day.isoformat())
        for needed in (settings.base, settings.price):
            if not rates.knows(needed):
                raise BankLacksCurrency(rates.bank, needed.code)
        since = datetime.combine(rates.day, time.min, settings.zone) if rates.day > today else None
        used = self._used(settings, now)
        use = use or (SHOP if used is None else usual)
        if used is None and use == CUSTOMS:
            raise NoRatesYet
        wanted = [one for one in CURRENCIES.values() if one != settings.base and (used is None or one.code in used)]
        known = [one for one in wanted if rates.knows(one)]
        if not known:
            raise BadField("FILE", "no_rate_of_the_shop", file.name)
        spread = settings.bank_spread_percent if use == SHOP else None
        drafts = [_draft(one, rates.of(one, settings.base), spread, since) for one in known]
        lacking = tuple(one.code for one in wanted if not rates.knows(one))
        return RateFile(drafts, RateSource(rates.bank, rates.day, file.name, file.sha256, use, lacking, host))

    def _used(self, settings: Settings, now: datetime) -> frozenset[str] | None:
        """The currencies of the shop: those that it has rates for; None before it has any."""
        with self.set_rates.store.reading() as work:
            codes = frozenset(work.rates.at(now)) - {settings.base.code}
        return codes or None


def _check_use(use: str) -> None:
    if use not in ("", *USES):
        raise BadField("as", "not_a_choice", use[:40])


def _draft(one: Currency, exact: Fraction, spread: Decimal | None, since: datetime | None) -> RateDraft:
    """Customs rate without a `spread`, which lies half below the bank's rate and half above it; the rest stays."""
    official, where = to_rate(exact), f"{one.code}."
    if spread is None:
        return RateDraft(one, None, None, official, since, where, official=official)
    half = exact * Fraction(spread) / 200
    buy, sell = to_rate(exact - half), to_rate(exact + half)
    return RateDraft(one, buy, sell, None, since, where, keeps_customs=True, official=official)


def _with_point(text: str, field: str) -> str:
    """A figure whose decimals follow a comma, as with a point. Raises BadField where the comma may part thousands:
    `1,234` is neither a thousand nor one.
    """
    whole, comma, decimals = text.partition(",")
    if not comma or "." in text or "," in decimals:
        return text
    if len(decimals) == _A_THOUSAND and not whole.startswith("0"):
        raise BadField(field, "ambiguous", text[:20])
    return f"{whole}.{decimals}"


def _row(cells: Mapping[str, str], line: int) -> RateDraft:
    def field(name: str) -> str:
        return f"row {line}, {name}"

    unit = cells.get("unit", "") or "1"
    if unit not in _UNITS:
        raise BadField(field("unit"), "unknown", unit[:20])

    def rate(name: str) -> Decimal:
        return read_rate(_with_point(cells.get(name, ""), field(name)), field(name)) / Decimal(unit)

    since: datetime | None = read_instant(cells["from"], field("from")) if cells.get("from") else None
    return RateDraft(
        currency=currency(cells.get("currency", "").upper(), field("currency")),
        buy=rate("buy"),
        sell=rate("sell"),
        customs=rate("customs") if cells.get("customs") else None,
        since=since,
        where=f"row {line}, ",
    )
