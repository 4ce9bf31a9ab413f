"""What a new shop still needs before its first sale, seen from what is in its books."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from pos.application.access.authorize import authorized_read
from pos.application.ports.store import Clock, Store
from pos.application.settings.settings import Settings
from pos.domain.staff.staff import Person


class FirstStep(StrEnum):
    """The steps in the order in which they are best taken."""

    LANGUAGES = "languages"
    RATES = "rates"
    STAFF = "staff"
    PRINTER = "printer"
    GOODS = "goods"


_CHOSEN = {FirstStep.LANGUAGES: ("receipt_languages",), FirstStep.PRINTER: ("printer", "till_printers")}
"""Options of which one that was ever saved shows that the step is taken."""


@dataclass(frozen=True, slots=True)
class ShowFirstSteps:
    """Look which of the steps are taken. Needs the right `settings`."""

    store: Store
    now: Clock
    settings: Callable[[], Settings]

    def __call__(self, person: Person) -> frozenset[FirstStep]:
        """The steps that the books show as taken: a rate, a second person, goods, options that somebody saved.

        Raises NotAllowed.
        """
        settings, at = self.settings(), self.now()
        with authorized_read(self.store, person, "settings") as work:
            saved = work.settings.all()
            taken = {step for step, names in _CHOSEN.items() if any(name in saved for name in names)}
            rates = work.rates.at(at)
            if settings.price == settings.base or settings.price_currency in rates:
                taken.add(FirstStep.RATES)
            if len(work.people.all()) > 1:
                taken.add(FirstStep.STAFF)
            if work.products.count():
                taken.add(FirstStep.GOODS)
        return frozenset(taken)
