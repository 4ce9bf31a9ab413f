"""Texts of the import page: columns, changes and rejected rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import tzinfo

from pos.application.catalogue.catalogue_columns import Reject
from pos.application.catalogue.field_values import value_words
from pos.application.catalogue.import_catalogue import RowChange
from pos.application.catalogue.import_words import COLUMN_NAMES, printable, reject_facts
from pos.application.catalogue.incomplete_rows import IncompleteRow
from pos.application.catalogue.undo_import import UndoResult
from pos.application.ports.catalogue_ports import FieldChange, ImportRun, NotUndone
from pos.application.text.formatting import instant_text, money_text, number_text
from pos.application.text.names import ATTRIBUTES, name_of
from pos.application.text.translator import N_, Translator
from pos.application.text.typography import labelled
from pos.domain.money import CURRENCIES, Money
from pos.ui.widgets.drawing.tone import Tone

BETWEEN = " · "

_FIELDS = {**COLUMN_NAMES, "code": N_("Additional code"), "carton": N_("Carton")}
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
    "keyed": N_("has a quick key"),
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


def column_text(name: str, tr: Translator) -> str:
    """The name of a catalogue column, and of which products the import takes it where that is not all."""
    return tr("On hand (new products only)") if name == "on_hand" else tr(COLUMN_NAMES[name])


def change_text(change: RowChange, tr: Translator) -> ImportRowText:
    """What a row of the file changes: its price first, which has room in each window."""
    in_order = sorted(change.fields, key=lambda one: one.field != "price")
    parts = [_field(one, change.is_new, tr) for one in in_order]
    middle, detail = ("", BETWEEN.join(parts)) if change.is_new else (parts[0], BETWEEN.join(parts[1:]))
    if change.is_new:
        middle, detail = detail, ""
    second = tr("row {line}", line=number_text(change.line, tr.language))
    second = f"{change.code}{BETWEEN}{second}"
    title = change.name or change.code
    if change.is_new:
        return ImportRowText(title, second, middle, detail, tr("new"), Tone.WITHIN, "circle-plus")
    if change.is_repriced:
        return ImportRowText(title, second, middle, detail, tr("price changes"), Tone.NEARLY, "tag")
    return ImportRowText(title, second, middle, detail, tr("changes"), Tone.INFO, "pencil")


def _field(change: FieldChange, is_new: bool, tr: Translator) -> str:
    name = tr(_FIELDS.get(change.field, change.field))
    after = _value(change.field, change.after, tr)
    if is_new or change.before is None:
        return labelled(tr, name, after)
    return labelled(tr, name, f"{_value(change.field, change.before, tr)} → {after}")


def _value(field: str, text: str | None, tr: Translator) -> str:
    amount, _, code = (text or "").partition(" ")
    if field == "price" and code in CURRENCIES:
        return money_text(Money.parse(amount, CURRENCIES[code]), tr.language)
    return value_words(field, text or "", tr) or "—"


def reject_text(reject: Reject, reason: Callable[[str, Translator], str], tr: Translator) -> ImportRowText:
    """A rejected row with its reason."""
    line = tr("row {line}", line=number_text(reject.line, tr.language))
    title = printable(reject.name or reject.code) or line
    second = f"{printable(reject.code)}{BETWEEN}{line}" if reject.code else line
    return ImportRowText(
        title, second, reason(f"row_{reject.reason}", tr), reject_facts(reject, reason, tr), "", Tone.OVER, "circle-x"
    )


def incomplete_text(one: IncompleteRow, tr: Translator) -> ImportRowText:
    """A product that lacks data after the import, with what it lacks."""
    line = tr("row {line}", line=number_text(one.line, tr.language))
    fields = tr(", ").join(name_of(ATTRIBUTES, name, tr) for name in one.lacks)
    missing, second = labelled(tr, tr("Missing"), fields), f"{one.code}{BETWEEN}{line}"
    return ImportRowText(one.name or one.code, second, missing, "", "", Tone.NEARLY, "circle-alert")


def left_text(one: NotUndone, tr: Translator) -> ImportRowText:
    """A product that an undo left unchanged, with the reason."""
    what = tr(_FIELDS.get(one.field, one.field)) if one.field else tr("the product is kept")
    return ImportRowText(
        one.name, one.code, what, tr(_LEFT.get(one.reason, _LEFT["in_use"])), "", Tone.NEARLY, "circle-alert"
    )


def run_text(run: ImportRun, zone: tzinfo, names: Mapping[str, str], tr: Translator) -> ImportRowText:
    """An earlier import."""
    state, tone = _STATES[run.state]
    second = f"{instant_text(run.at, zone, tr.language)}{BETWEEN}{names.get(run.person, run.person)}"
    return ImportRowText(run.file, second, counts_text(run.counts, tr), "", tr(state), tone, "file-spreadsheet")


def counts_text(counts: Mapping[str, int], tr: Translator) -> str:
    """The figures of an import in one line."""
    texts = (
        (N_("{count} new"), "created"),
        (N_("{count} changed"), "updated"),
        (N_("{count} rejected"), "rejected"),
    )
    figures = [tr(text, count=number_text(counts.get(name, 0), tr.language)) for text, name in texts]
    return BETWEEN.join(figures) if counts else ""


def undone_text(undone: UndoResult, tr: Translator) -> str:
    """What an undo has done; with its figures where something was kept."""
    if not undone.kept:
        return tr("Import of {file} undone.", file=undone.run.file)
    return tr(
        "Import of {file} undone: {removed} removed, {restored} restored, {left} unchanged.",
        file=undone.run.file,
        removed=number_text(undone.removed, tr.language),
        restored=number_text(undone.products, tr.language),
        left=number_text(undone.kept, tr.language),
    )
