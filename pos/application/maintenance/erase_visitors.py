"""Erase visitors whom no window of any allowance needs any more: automatically, in small steps."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Protocol

from pos.application.access.authorize import SYSTEM_USER, authorized_read
from pos.application.ports.maintenance_ports import ErasedReceipt, EraseReceiptFiles
from pos.application.ports.sale_ports import Hold
from pos.application.ports.store import Clock, Secrets, Store, UnitOfWork
from pos.application.sales.basket_json import without_recipient
from pos.application.sales.parked_sales import journal_discarded
from pos.application.settings.context import Context, UseCase
from pos.application.settings.set_setting import SETTINGS
from pos.application.settings.settings import Settings
from pos.domain.errors import PrinterError
from pos.domain.quota.rule import Regime
from pos.domain.sales.parking import PARKED
from pos.domain.staff.staff import Person

_SALES, _VISITORS = 10, 200
"""Rows examined by one transaction: it ends before a scan that waits for it is delayed noticeably."""

_PROGRESS = "_forgetting"


@dataclass(frozen=True, slots=True)
class Keeping:
    """The retention of visitors: the longest window of the rules in force, the shop's margin, the instant before which
    nothing is needed.

    Backups made until now still contain visitors erased today: `in_backups_until` is the first day on which the till
    keeps none of those backups any more, in its folder and the second one; None if it makes none.
    """

    window_days: int
    margin_days: int
    before: datetime
    in_backups_until: date | None = None


@dataclass(frozen=True, slots=True)
class Erased:
    """How many visitors were erased, in how many sales, and when an erasure was last completed."""

    visitors: int = 0
    sales: int = 0
    day: str = ""


@dataclass(frozen=True, slots=True)
class _Progress:
    """Progress of the day's pass: it continues after a stop of the machine, with its figures."""

    sale: int = 0
    visitor: int = 0
    visitors: int = 0
    sales: int = 0
    day: str = ""

    @classmethod
    def read(cls, work: UnitOfWork) -> _Progress:
        """The progress in the store."""
        text = work.settings.all().get(_PROGRESS)
        return cls() if text is None else cls(**json.loads(text))

    def write(self, work: UnitOfWork) -> None:
        fields = {name: getattr(self, name) for name in ("sale", "visitor", "visitors", "sales", "day")}
        work.settings.set(_PROGRESS, json.dumps(fields))


class ForgettingStore(Store, Protocol):
    """A store that can make deleted data unrecoverable."""

    def leave_no_copies(self) -> None:
        """Remove deleted data from beside the store's own file, as far as no reader prevents it."""


@dataclass(frozen=True, slots=True)
class EraseVisitors(UseCase):
    """Erase names, masked numbers, document keys and days of entry of visitors whom no allowance needs any more.

    The figures of the sales, the ledgers by visitor number, reports and chains stay. If the rules of a side are
    missing, their windows are unknown, and no visitor is erased.
    """

    forgetting_store: ForgettingStore
    erase_receipt_files: EraseReceiptFiles

    def keeping(self, person: Person) -> tuple[Keeping | None, str]:
        """The retention, None while rules are missing; and the day of the last pass. Raises NotAllowed."""
        with authorized_read(self.store, person, SETTINGS) as work:
            return self._keeping(self.now()), _Progress.read(work).day

    def step(self) -> bool:
        """One small transaction of today's pass; return whether there is more to do."""
        return self._step(SYSTEM_USER, force=False)[1]

    def all(self, person: Person) -> Erased:
        """The whole pass now, even if today's pass is complete. Needs the permission `settings`."""
        self.keeping(person)
        return self._all(person)

    def _all(self, person: Person) -> Erased:
        while True:
            done, more = self._step(person, force=True)
            if not more:
                return done

    def _step(self, person: Person, *, force: bool) -> tuple[Erased, bool]:
        at = self.now()
        today = at.astimezone(self.settings().zone).date().isoformat()
        keeping = self._keeping(at)
        with self.store.reading() as work:
            before = _Progress.read(work)
        if before.day != today or force:
            self._erase_addresses(at, person)
        if keeping is None or (before.day == today and not force):
            return Erased(day=before.day), False
        with self.store.begin() as work:
            progress = _Progress.read(work)
            went_on = self._on(work, progress, keeping.before)
            if went_on is None:
                self._finish(work, progress, keeping, at, person)
                _Progress(sale=progress.sale, day=today).write(work)
            else:
                went_on.write(work)
            work.commit()
        if went_on is None:
            self.forgetting_store.leave_no_copies()
        return Erased(progress.visitors, progress.sales, today), went_on is not None

    def _erase_addresses(self, at: datetime, person: Person) -> None:
        """Erase to whom parcels went, as soon as their days are over: no allowance needs that."""
        before = at - timedelta(days=self.settings().parcel_address_days)
        with self.store.reading() as work:
            if not work.forgetting.has_addresses(before) and not _parked_with_address(work, before):
                return
        with self.store.begin() as work:
            parked = _parked_with_address(work, before)
            for held in parked:
                work.holds.rewrite(held.key, without_recipient(held.basket))
            gone = work.forgetting.addresses(before) + len(parked)
            details = {"before": before.isoformat(), "addresses": gone}
            work.journal.write(at, self.till, person.name, "erase_addresses", details)
            work.commit()
        self.forgetting_store.leave_no_copies()

    def _on(self, work: UnitOfWork, progress: _Progress, before: datetime) -> _Progress | None:
        """Process a few rows; None at the end. Printouts go before the commit: a receipt can be drawn again."""
        sales = work.forgetting.in_sales(progress.sale, before, _SALES)
        if sales is not None:
            self.erase_receipt_files(sales.receipts)
            return replace(progress, sale=sales.last, sales=progress.sales + sales.count)
        visitors = work.forgetting.visitors(progress.visitor, before, _VISITORS)
        if visitors is not None:
            return replace(progress, visitor=visitors.last, visitors=progress.visitors + visitors.count)
        return None

    def _finish(self, work: UnitOfWork, progress: _Progress, keeping: Keeping, at: datetime, person: Person) -> None:
        """Erase baskets parked for the whole period too; one entry records how many visitors were erased, not which."""
        for held in work.holds.parked():
            if held.until < keeping.before:
                work.holds.drop(held.key, PARKED)
                journal_discarded(work, held.basket, at, self.till, person, {"key": held.key, "kind": "forgotten"})
        if progress.visitors or progress.sales:
            details = {
                "before": keeping.before.isoformat(),
                "visitors": progress.visitors,
                "sales": progress.sales,
                "window_days": keeping.window_days,
                "margin_days": keeping.margin_days,
            }
            if keeping.in_backups_until is not None:
                details["in_backups_until"] = keeping.in_backups_until.isoformat()
            work.journal.write(at, self.till, person.name, "erase_visitors", details)

    def _keeping(self, at: datetime) -> Keeping | None:
        settings, known = self.settings(), self.regimes()
        named = [*settings.regimes.values(), *(name for name in settings.parcel_regimes.values() if name)]
        in_force = [known.get(name) for name in named]
        if any(regime is None for regime in in_force):
            return None
        window = longest_of(regime for regime in in_force if regime is not None)
        margin = settings.visitor_margin_days
        today = at.astimezone(settings.zone).date()
        until = settings.backup_rotation.over_on(today) if settings.backup_days else None
        return Keeping(window, margin, at - timedelta(days=window + margin), until)


def _parked_with_address(work: UnitOfWork, before: datetime) -> Sequence[Hold]:
    """The baskets parked before an instant in which it is still said to whom their parcel goes."""
    old = (held for held in work.holds.parked() if held.at < before)
    return [held for held in old if without_recipient(held.basket) != held.basket]


def erase_again(
    now: Clock,
    regimes: Callable[[], Mapping[str, Regime]],
    till: str,
    secrets: Secrets,
    receipt_files_of: Callable[[Callable[[], Settings]], EraseReceiptFiles],
    store: ForgettingStore,
) -> int:
    """Erase again in a store being restored, which knows the erasures made after the backup; return their number.

    A printout that cannot be deleted does not prevent the restore.
    """

    def settings() -> Settings:
        with store.reading() as work:
            return Settings.read(work.settings.all())

    def erase_receipt_files(receipts: Sequence[ErasedReceipt]) -> None:
        with suppress(PrinterError):
            receipt_files_of(settings)(receipts)

    context = Context(
        store=store, now=now, settings=settings, till=till, regimes=regimes, secrets=secrets, translators={}
    )
    return EraseVisitors(context, store, erase_receipt_files)._all(SYSTEM_USER).visitors


def longest_of(regimes: Iterable[Regime]) -> int:
    """The longest window, in days, of any rule of these regimes, of any date."""
    rules = [rule for regime in regimes for rule in regime.rules]
    return max((days for rule in rules for days in (rule.window.longest, rule.who.within_days)), default=1)
