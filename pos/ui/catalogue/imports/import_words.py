"""Texts of the import page: columns, changes and rejected rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import tzinfo

from pos.application.catalogue.catalogue_columns import Reject
from pos.application.catalogue.import_catalogue import RowChange
from pos.application.ports.catalogue_ports import FieldChange, ImportRun, NotUndone
from pos.application.text.formatting import instant_text, money_text, number_text
from pos.application.text.names import CATEGORIES, PRODUCT_TITLES, name_of
from pos.application.text.typography import labelled
from pos.application.text.words import N_, Words
from pos.domain.money import CURRENCIES, Money
from pos.ui.widgets.drawing.tone import Tone

BETWEEN = " · "

COLUMNS: Mapping[str, str] = {
    **PRODUCT_TITLES,
    "code": N_("Barcode"),
    "name_en": N_("Name in English"),
    "name_zh": N_("Name in Chinese"),
    "name_ru": N_("Name in Russian"),
    "name_kk": N_("Name in Kazakh"),
    "currency": N_("Currency"),
    "variant": N_("Variant"),
    "on_hand": N_("On hand"),
    "codes": N_("Additional codes"),
    "asks_lot": N_("Lot required"),
    "cartons": N_("Cartons"),
}
_FIELDS = {**COLUMNS, "code": N_("Additional code"), "carton": N_("Carton")}
_STATES = {
    "running": (N_("interrupted"), Tone.NEARLY),
    "done": (N_("imported"), Tone.WITHIN),
    "cancelled": (N_("cancelled"), Tone.NEARLY),
    "undone": (N_("undone"), Tone.NEUTRAL),
}
_LEFT: Mapping[str, str] = {
    "sold": N_("was sold"),
    "held": N_("is held for a customer"),
    "ordered": N_("was ordered"),
    "received": N_("was received"),
    "moved": N_("was moved"),
    "counted": N_("was counted"),
    "priced": N_("has a scheduled price"),
    "pictured": N_("has a picture"),
    "labelled": N_("has a label"),
    "in_use": N_("is in use"),
    "changed": N_("was changed since"),
}


@dataclass(frozen=True, slots=True)
class ImportRowText:
    """One row of a list on the page: two lines left, two lines in the middle, a toned word at the right."""

    title: str
    second: str
    middle: str
    detail: str
    tag: str
    tone: Tone
    icon: str

    @property
    def spoken(self) -> str:
        """The accessible text."""
        return ", ".join(filter(None, (self.title, self.second, self.middle, self.detail, self.tag)))


def column_text(name: str, words: Words) -> str:
    """The name of a catalogue column."""
    return words(COLUMNS[name])


def change_text(change: RowChange, words: Words) -> ImportRowText:
    """What a row of the file changes."""
    parts = [_field(one, change.is_new, words) for one in change.fields]
    middle, detail = ("", BETWEEN.join(parts)) if change.is_new else (parts[0], BETWEEN.join(parts[1:]))
    if change.is_new:
        middle, detail = detail, ""
    second = words("row {line}", line=number_text(change.line, words.language))
    second = f"{change.code}{BETWEEN}{second}"
    title = change.name or change.code
    if change.is_new:
        return ImportRowText(title, second, middle, detail, words("new"), Tone.WITHIN, "circle-plus")
    if change.is_repriced:
        return ImportRowText(title, second, middle, detail, words("price changes"), Tone.NEARLY, "tag")
    return ImportRowText(title, second, middle, detail, words("changes"), Tone.INFO, "pencil")


def _field(change: FieldChange, is_new: bool, words: Words) -> str:
    name = words(_FIELDS.get(change.field, change.field))
    after = _value(change.field, change.after, words)
    if is_new or change.before is None:
        return labelled(words, name, after)
    return labelled(words, name, f"{_value(change.field, change.before, words)} → {after}")


def _value(field: str, text: str | None, words: Words) -> str:
    if text in ("yes", "no"):
        return words("yes") if text == "yes" else words("no")
    if field == "category" and text:
        return name_of(CATEGORIES, text, words)
    amount, _, code = (text or "").partition(" ")
    if field == "price" and code in CURRENCIES:
        return money_text(Money.parse(amount, CURRENCIES[code]), words.language)
    return text or "—"


def reject_text(reject: Reject, reason: Callable[[str, Words], str], words: Words) -> ImportRowText:
    """A rejected row with its reason."""
    line = words("row {line}", line=number_text(reject.line, words.language))
    title = _printable(reject.name or reject.code) or line
    second = f"{_printable(reject.code)}{BETWEEN}{line}" if reject.code else line
    return ImportRowText(
        title, second, reason(f"row_{reject.reason}", words), _detail(reject, words), "", Tone.OVER, "circle-x"
    )


def _detail(reject: Reject, words: Words) -> str:
    """The facts of a rejected row, with the column by its name."""
    if reject.reason == "bad_check_digit":
        return words("{digit} is expected", digit=reject.detail.removeprefix("expected "))
    column, parted, text = reject.detail.partition(": ")
    if parted and column in COLUMNS:
        return labelled(words, words(COLUMNS[column]), _printable(text))
    return _printable(reject.detail)


def left_text(one: NotUndone, words: Words) -> ImportRowText:
    """A product that an undo left unchanged, with the reason."""
    what = words(_FIELDS.get(one.field, one.field)) if one.field else words("the product is kept")
    return ImportRowText(
        one.name, one.code, what, words(_LEFT.get(one.reason, _LEFT["in_use"])), "", Tone.NEARLY, "circle-alert"
    )


def run_text(run: ImportRun, zone: tzinfo, names: Mapping[str, str], words: Words) -> ImportRowText:
    """An earlier import."""
    state, tone = _STATES[run.state]
    second = f"{instant_text(run.at, zone, words.language)}{BETWEEN}{names.get(run.person, run.person)}"
    return ImportRowText(run.file, second, counts_text(run.counts, words), "", words(state), tone, "file-spreadsheet")


def counts_text(counts: Mapping[str, int], words: Words) -> str:
    """The figures of an import in one line."""
    texts = (
        (N_("{count} new"), "created"),
        (N_("{count} changed"), "updated"),
        (N_("{count} rejected"), "rejected"),
    )
    figures = [words(text, count=number_text(counts.get(name, 0), words.language)) for text, name in texts]
    return BETWEEN.join(figures) if counts else ""


def _printable(text: str) -> str:
    """Foreign text made printable: invalid bytes become ?."""
    return "".join("?" if "\ud800" <= char <= "\udfff" or not char.isprintable() else char for char in text[:120])
