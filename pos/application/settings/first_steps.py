"""The set-up steps that a new shop still needs before its first sale, derived from its books."""

from __future__ import annotations

from collections.abc import Container
from enum import StrEnum

from pos.application.access.authorize import authorized_read
from pos.application.settings.context import UseCase
from pos.application.settings.settings import Settings
from pos.domain.money import CURRENCIES
from pos.domain.staff.staff import Person


class FirstStep(StrEnum):
    """The steps in the recommended order."""

    LANGUAGES = "languages"
    RATES = "rates"
    STAFF = "staff"
    PRINTER = "printer"
    GOODS = "goods"
    STOCK = "stock"


_CHOSEN = {FirstStep.LANGUAGES: ("receipt_languages",), FirstStep.PRINTER: ("printer", "till_printers")}
"""Settings: one saved value shows that the step is done."""


def _has_rates(settings: Settings, rates: Container[str]) -> bool:
    """Whether the till can take another currency: that of prices has a rate, or another one where it needs none."""
    others = [code for code in CURRENCIES if code != settings.base_currency]
    wanted = others if settings.price == settings.base else [settings.price_currency]
    return not others or any(code in rates for code in wanted)


class ShowFirstSteps(UseCase):
    """Determines which steps are done. Needs the permission `settings`."""

    def __call__(self, person: Person) -> frozenset[FirstStep]:
        """The steps done according to the books: a rate, a second person, goods, pieces of them, saved settings.

        Raises NotAllowed.
        """
        settings, at = self.settings(), self.now()
        with authorized_read(self.store, person, "settings") as work:
            saved = work.settings.all()
            taken = {step for step, names in _CHOSEN.items() if any(name in saved for name in names)}
            rates = work.rates.at(at)
            if _has_rates(settings, rates):
                taken.add(FirstStep.RATES)
            if len(work.people.all()) > 1:
                taken.add(FirstStep.STAFF)
            if work.products.count():
                taken.add(FirstStep.GOODS)
            if work.stock.last_move():
                taken.add(FirstStep.STOCK)
        return frozenset(taken)
