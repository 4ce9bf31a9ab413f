"""Look into the shop's folder for files of central banks, and offer the newest one whose rates are news."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, tzinfo
from pathlib import Path

from pos.application.access.authorize import authorized_read
from pos.application.pricing.import_rates import USES, BankFile, ImportRates
from pos.application.pricing.set_rates import PlannedRate, RatePlan
from pos.domain.errors import RuleBroken
from pos.domain.pricing.official_rates import RatesOlder
from pos.domain.staff.staff import Person


@dataclass(frozen=True, slots=True)
class OfferedRates:
    """A file of a bank, of a day, that a person may look at and take."""

    path: Path
    bank: str
    day: date


@dataclass(frozen=True, slots=True)
class OfferRates:
    """Takes nothing by itself. Only the file of the newest day counts, whatever bank it is of."""

    import_rates: ImportRates
    files_in: Callable[[str], Sequence[tuple[Path, BankFile]]]
    """The files of banks in a folder, those written last first. Raises InfrastructureError where there is none."""

    def __call__(self, person: Person) -> OfferedRates | None:
        """None where the settings name no folder, or its newest file is taken already or older than the rates.

        Needs the permission `rates`. Raises NotAllowed, InfrastructureError.
        """
        with authorized_read(self.import_rates.set_rates.store, person, "rates"):
            folder = self.import_rates.set_rates.settings().rate_folder
        if not folder:
            return None
        found = sorted(self.files_in(folder), key=lambda one: one[1].rates.day, reverse=True)
        for path, file in found:
            plans = list(self._plans(person, file))
            if plans:
                is_offered = all(self._is_news(plan) for plan in plans)
                return OfferedRates(path, file.rates.bank, file.rates.day) if is_offered else None
        return None

    def _plans(self, person: Person, file: BankFile) -> list[RatePlan]:
        """What the file would change, for each use that is possible; of no use where it is too far ahead."""
        plans = []
        for use in USES:
            with suppress(RuleBroken):
                wanted = self.import_rates.of_bank(file, use)
                plans.append(self.import_rates.set_rates.plan(person, wanted.drafts, wanted.source))
        return plans

    def _is_news(self, plan: RatePlan) -> bool:
        source = plan.source
        if source is None or any(isinstance(doubt, RatesOlder) for doubt in plan.doubts):
            return False
        zone = self.import_rates.set_rates.settings().zone
        return any(is_news(one, source.day, zone) for one in plan.rates)


def is_news(planned: PlannedRate, day: date, zone: tzinfo) -> bool:
    """Whether a rate of a file of that day changes something, or confirms a rate of an earlier day."""
    before = planned.before
    if before is None:
        return True
    is_same = replace(planned.rate, since=before.since) == before
    return not is_same or before.since.astimezone(zone).date() < day
