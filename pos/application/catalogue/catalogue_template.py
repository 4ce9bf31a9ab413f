"""A catalogue file to fill in: headers in the words of the reader, and two example rows that are never imported."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from pos.application.access.authorize import authorized_read
from pos.application.catalogue.catalogue_columns import EXAMPLES
from pos.application.catalogue.import_words import COLUMN_NAMES
from pos.application.settings.context import UseCase
from pos.application.text.names import CATEGORIES
from pos.application.text.translator import N_, Translator
from pos.domain.money import Currency
from pos.domain.staff.staff import Person

_COLUMNS = ("code", "name", "category", "price", "on_hand", "ml", "abv", "net_g", "sticks", "gross_kg")
_ON_HAND = N_("Quantity in stock")
_NAMES = (N_("Example: vodka"), N_("Example: green tea"))

TemplateCell = str | Decimal | int | None


@dataclass(frozen=True, slots=True)
class CatalogueTemplate:
    """A template in one language: `sheet` is the name of its sheet, `comma` whether a CSV has decimal commas."""

    sheet: str
    header: Sequence[str]
    rows: Sequence[Sequence[TemplateCell]]
    comma: bool


@dataclass(frozen=True, slots=True)
class SaveTemplate(UseCase):
    """Saves a template; the ending of the file chooses CSV or XLSX. Needs the permission `catalogue`."""

    write: Callable[[Path, CatalogueTemplate], None]

    def __call__(self, path: Path, person: Person, tr: Translator) -> CatalogueTemplate:
        """Write it to `path`; returns what was written. Raises BadField for another ending."""
        with authorized_read(self.store, person, "catalogue"):
            template = template_in(tr, self.settings().price)
        self.write(path, template)
        return template


def template_in(tr: Translator, currency: Currency) -> CatalogueTemplate:
    """The template in the words of `tr` for a shop that prices in `currency`."""
    header = [tr(_ON_HAND) if name == "on_hand" else tr(COLUMN_NAMES[name]) for name in _COLUMNS]
    header[_COLUMNS.index("price")] += f" ({currency.code})"
    vodka, tea = (tr(name) for name in _NAMES)
    spirits, food = (tr(CATEGORIES[leaf]) for leaf in ("alcohol.spirit", "food.other"))
    rows: list[list[TemplateCell]] = [
        [EXAMPLES[0], vodka, spirits, 90, 24, 500, 40, None, None, Decimal("0.95")],
        [EXAMPLES[1], tea, food, 35, 12, None, None, 250, None, Decimal("0.3")],
    ]
    return CatalogueTemplate(tr("Products"), header, rows, tr.language in ("ru", "kk"))
