"""Pages from templates: every value is escaped, and a value that is missing is a fault and no blank."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from pos.application.tables.table import CellKind, Column, Table
from pos.application.tables.table_text import cell_text, column_title, is_number
from pos.application.text.translator import LANGUAGE_NAMES, N_, Translator
from pos.center.console.parts import ROOT, ConsoleParts
from pos.center.console.visit import PAGES, Visit, address

DONE = {
    "released": N_("The reservation was released."),
    "proposed": N_("The regime file was proposed. Another person has to approve it."),
    "approved": N_("The regime file was approved."),
    "unlinked": N_("The documents were unlinked."),
    "password": N_("Your password was changed."),
    "signed_out": N_("You have signed out."),
    "ended": N_("Your session has ended. Sign in again."),
}
_TAGS = {"zh": "zh-Hans"}
"""Languages whose script a browser needs to know."""


@dataclass(frozen=True, slots=True)
class ShownTable:
    """A table in words: titles, how each column is set (`number`, `instant` or ""), and rows."""

    title: str
    columns: Sequence[tuple[str, str]]
    rows: Sequence[Sequence[str]]


def shown(table: Table, tr: Translator) -> ShownTable:
    """The cells of a table as a person reads them."""
    columns = [(column_title(column), _set(column)) for column in table.columns]
    rows = [[cell_text(column, cell, tr, table.zone) for column, cell in zip(table.columns, row)] for row in table.rows]
    return ShownTable(table.title, columns, rows)


def _set(column: Column) -> str:
    if column.kind is CellKind.INSTANT:
        return "instant"
    return "number" if is_number(column) else ""


@cache
def _templates(folder: Path) -> Environment:
    return Environment(
        loader=FileSystemLoader(folder, encoding="utf-8"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )


class Pages:
    """The templates, read once."""

    def __init__(self, parts: ConsoleParts, stylesheet: str) -> None:
        self._templates = _templates(parts.pages)
        self._stylesheet = f"{ROOT}/{stylesheet}"

    def __call__(self, template: str, visit: Visit, values: Mapping[str, object]) -> str:
        tr = visit.tr
        done = DONE.get(visit.query.get("done", ""), "")
        return self._templates.get_template(template).render(
            tr=tr,
            language=_TAGS.get(tr.language, tr.language),
            languages=LANGUAGE_NAMES,
            address=address,
            stylesheet=self._stylesheet,
            pages=[(path, tr(title)) for path, title in PAGES.items()],
            path=visit.path,
            account=visit.known,
            may_change=visit.known is not None and visit.known.may_change,
            form_token=visit.form_token,
            form=visit.form,
            problem=visit.problem,
            done=tr(done) if done else "",
            **values,
        )
