"""Report of the workshop: yield, cost and losses of a period."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from pos.application.access.authorize import authorized_read
from pos.application.reports.report_period import report_period
from pos.application.settings.context import UseCase
from pos.application.workshop.keyed_steps import RIGHT
from pos.domain.catalogue.product import Product
from pos.domain.money import Currency
from pos.domain.staff.staff import Person
from pos.domain.workshop.batch import STARTED
from pos.domain.workshop.recipe import shown_of
from pos.domain.workshop.report import WorkshopFigures, figures_of

_EVERY = 1_000_000


@dataclass(frozen=True, slots=True)
class WorkshopReport:
    """The figures of the days from `first` to `last`; goods by id, names of recipes by number."""

    first: date
    last: date
    figures: WorkshopFigures
    goods: Mapping[int, Product]
    names: Mapping[int, str]
    price: Currency


class ReportWorkshop(UseCase):
    """Reads the report. Needs the permission `stock`."""

    def __call__(self, person: Person, first: date | None = None, last: date | None = None) -> WorkshopReport:
        """The days from `first` (None: today) to `last` (None: `first`). Raises DaysBackwards, NotAllowed."""
        at, settings = self.now(), self.settings()
        days = report_period(at, settings, first, last)
        with authorized_read(self.store, person, RIGHT) as work:
            ended = work.batches.ended(*days.within)
            figures = figures_of(ended, days.within, work.batches.listed((STARTED,), _EVERY))
            ids = {one.product for one in figures.recipes} | {batch.product for batch in ended}
            goods = work.products.by_ids(sorted(ids), at)
            versions = [one.recipe for one in work.recipes.of(sorted({batch.recipe for batch in ended}))]
            by_number = groupby(versions, key=lambda one: one.number)
            names = {number: shown_of(list(mine), days.last).name for number, mine in by_number}
        return WorkshopReport(days.first, days.last, figures, goods, names, settings.price)
