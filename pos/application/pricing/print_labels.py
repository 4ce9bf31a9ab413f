"""Print price labels, and remember their content after printing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from pos.application.access.authorize import authorize, authorized_write
from pos.application.ports.pricing_ports import LabelPrinter, LabelSheet
from pos.application.pricing.label_queue import DueLabel, as_of_now, label_of, offers_at
from pos.application.settings.context import UseCase
from pos.domain.pricing.label import MOST_LABELS, Label, NothingToLabel, TooManyLabels, check_copies
from pos.domain.staff.staff import Person

RIGHT = "stock"
"""The permission for labels."""


@dataclass(frozen=True, slots=True)
class PrintedLabels:
    """What was printed: file, numbers of labels and pages, and the codes printed as text without bars."""

    path: Path
    labels: int
    pages: int
    without_bars: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LabelPicture:
    """Preview of a label: rows of one grey byte per dot."""

    width: int
    height: int
    dots: bytes


@dataclass(frozen=True, slots=True)
class PrintLabels(UseCase):
    """Draws and prints the chosen labels and remembers them only afterwards: labels that failed stay due."""

    printer: LabelPrinter

    def __call__(
        self,
        labels: Sequence[DueLabel],
        person: Person,
        paper: str,
        start: int = 1,
        *,
        to_paper: bool = True,
        handing: Callable[[Path], None] | None = None,
    ) -> PrintedLabels:
        """Print labels from position `start` of the first sheet; `handing` sends the file to its target.

        Raises NotAllowed, NothingToLabel, TooManyLabels, BadField (`paper`, `start`, `copies`), PrinterError: then
        nothing is remembered.
        """
        person.check(RIGHT)
        at, settings = self.now(), self.settings()
        with self.store.reading() as work:  # what was chosen an hour ago may have another price by now
            authorize(work, person, RIGHT)
            labels = as_of_now(work, labels, at, settings)
        sheet = self._draw(labels, paper, start)
        local = at.astimezone(settings.zone)
        name = f"{local:%Y/%m/%d}/{self.till}-{local:%H%M%S}-{local.microsecond // 1000:03d}"
        path = self.printer.write(sheet, name)
        if to_paper:
            self.printer.print_file(path)
        if handing is not None:
            handing(path)
        self._remember(labels, person, paper)
        return PrintedLabels(path, sum(one.copies for one in labels), sheet.pages, sheet.without_bars)

    def preview(self, due: DueLabel, paper: str, dots_per_inch: int) -> LabelPicture:
        """Preview of one label. Raises BadField (`paper`), PrinterError."""
        return LabelPicture(*self.printer.preview(due.label, paper, dots_per_inch))

    def _draw(self, chosen: Sequence[DueLabel], paper: str, start: int) -> LabelSheet:
        labels: list[Label] = []
        count = sum(check_copies(one.copies) for one in chosen)
        if not chosen:
            raise NothingToLabel
        if count > MOST_LABELS:
            raise TooManyLabels(count)
        for one in chosen:
            labels += [one.label] * one.copies
        return self.printer.draw(labels, paper, start)

    def _remember(self, labels: Sequence[DueLabel], person: Person, paper: str) -> None:
        """A price that changed during printing leaves its label due for a check."""
        at, settings = self.now(), self.settings()
        with authorized_write(self.store, person, RIGHT) as (work, person):
            offers = offers_at(work, at)
            singles = {one.label.product: one.label for one in labels if one.label.pieces == 1}
            for data in work.labels.data(list(singles), at):
                label = singles[data.product.id]
                now = None if data.product.price is None else label_of(data, settings, offers, at).printed
                doubtful = data.price_to_come or label.regular is not None or now != label.printed
                work.labels.remember(label, at, person.name, doubtful=doubtful)
            details = {"paper": paper, "labels": sum(one.copies for one in labels), "codes": _codes(labels)}
            work.journal.write(at, self.till, person.name, "print_labels", details)
            work.commit()


def _codes(labels: Sequence[DueLabel]) -> list[str]:
    """Codes for the journal: every code of a few, the first of many."""
    return [one.label.code for one in labels[:50]]
