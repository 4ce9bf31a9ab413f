"""Saves the list of a page as a file: asks where, reads a few rows at a time and writes beside the store."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog

from pos.application.tables.save_tables import proposed_name
from pos.application.tables.table_files import CSV, KINDS, PDF, XLSX
from pos.application.text.formatting import number_text
from pos.application.text.translator import N_, Translator
from pos.ui.look.sounds import Sound
from pos.ui.widgets.cards.notice_bar import Notice
from pos.ui.widgets.drawing.tone import Tone

if TYPE_CHECKING:
    from pos.application.tables.listing import Listing
    from pos.application.tables.table import Cell, Table
    from pos.domain.staff.staff import Person
    from pos.ui.page.screen import Screen

_AT_ONCE = 200
"""Rows between which scans and payments get their turn at the store."""

_KINDS = {XLSX: N_("Workbook (*.xlsx)"), CSV: N_("Table as text (*.csv)"), PDF: N_("Pages to print (*.pdf)")}


class TableSaver(QObject):
    """The handler of `Ctrl+S` on a page: `listing` returns the list shown (None: nothing to save).

    `ask` asks for a file: by default a dialog of the system; tests may pass another function.
    """

    folder = Path.home()
    """The folder of the last file."""

    def __init__(self, screen: Screen, listing: Callable[[], Listing | None]) -> None:
        super().__init__(screen)
        self._screen, self._listing = screen, listing
        self._session = screen.session
        self._is_busy = False
        self.ask: Callable[[str], Path | None] = self._asked
        screen.key_handlers["save_table"] = self.save

    def save(self) -> None:
        """Ask where, then save."""
        if self._is_busy or self._session.person is None:
            return
        listing = self._listing()
        if listing is None:
            self._session.sounds.play(Sound.NOTE)
            self._session.notify(
                "table.none", lambda: Notice(Tone.NEARLY, self._translator("There is no table to save."), seconds=8)
            )
            return
        self.save_list(listing)

    def save_list(self, listing: Listing) -> None:
        """Ask where, then save a list that is not the one on show."""
        person = self._session.person
        if self._is_busy or person is None:
            return
        now = self._session.shop.now().astimezone(self._session.settings.zone)
        path = self.ask(proposed_name(self._translator(listing.title), self._session.settings.shop_name, now))
        if path is not None:
            TableSaver.folder = path.parent
            _Saving(self, listing, person, path).begin()

    # ── results ──────────────────────────────────────────────────────────────────────────────────────────────

    def begun(self, path: Path) -> None:
        """A file is being written."""
        self._is_busy = True
        self._session.notify(
            "table.saving", lambda: Notice(Tone.NEUTRAL, self._translator("Saving {file}…", file=path.name))
        )

    def saved(self, path: Path, rows: int) -> None:
        """The file is written."""
        self._is_busy = False
        self._session.sounds.play(Sound.COMPLETE)
        self._session.notify("table.saved", lambda: Notice(Tone.WITHIN, self._saved_text(path, rows), seconds=12))

    def failed(self, error: Exception) -> None:
        """The file was not written; an unexpected error was reported already."""
        self._is_busy = False
        self._session.sounds.play(Sound.REFUSE)
        self._session.report_foreseen(error)

    def _saved_text(self, path: Path, rows: int) -> str:
        tr, count = self._translator, number_text(rows, self._translator.language)
        return tr.plural("{file} saved: {n} row.", "{file} saved: {n} rows.", rows, file=path.name, n=count)

    @property
    def _translator(self) -> Translator:
        return self._session.translator

    def _asked(self, name: str) -> Path | None:
        return asked_file(self._screen, name)


def asked_file(screen: Screen, name: str, kinds: Mapping[str, str] = _KINDS, action: str = "save_table") -> Path | None:
    """Ask with the system's dialog for a file of one of the kinds, with `name` proposed; None if cancelled.

    `kinds` are the endings with their words, a workbook first; `action` heads the dialog.
    """
    session = screen.session
    filters = {session.translator(words): kind for kind, words in kinds.items()}
    title = session.actions.text(action, session.translator)
    proposed = str(TableSaver.folder / f"{name}{XLSX}")
    chosen, used = QFileDialog.getSaveFileName(screen, title, proposed, ";;".join(filters))
    if not chosen:
        return None
    path = kept_apart(Path(chosen), filters.get(used, XLSX), kinds)
    TableSaver.folder = path.parent
    return path


def kept_apart(chosen: Path, kind: str, kinds: Collection[str] = KINDS, proposed: str = XLSX) -> Path:
    """The chosen file with the ending of its kind: its own ending, or that of the chosen kind.

    The dialog proposes a workbook, or another kind; choosing another one without touching the name means that kind. A
    file that the dialog did not ask about is not overwritten: the new one gets a number.
    """
    own = chosen.suffix.lower()
    if own in kinds and (own != proposed or kind == proposed):
        return chosen
    bare = chosen.with_suffix("") if own == proposed else chosen
    path, number = bare.with_name(bare.name + kind), 1
    while path.exists():
        number += 1
        path = bare.with_name(f"{bare.name} ({number}){kind}")
    return path


class _Saving:
    """One file in progress: begun and read on the store's thread, a few rows at a time, then written beside it."""

    def __init__(self, saver: TableSaver, listing: Listing, person: Person, path: Path) -> None:
        self._saver, self._listing, self._person, self._path = saver, listing, person, path
        self._session = saver._session
        self._translator = self._session.translator
        self._shop = self._session.shop
        self._tables: Sequence[Table] = ()
        self._rows: list[list[Sequence[Cell]]] = []
        self._reading: Iterator[Sequence[Cell]] = iter(())

    def begin(self) -> None:
        step = self._shop.save_tables
        self._saver.begun(self._path)
        self._session.run(
            lambda: step.begin(self._listing, self._person, self._path, self._translator),
            self._begun,
            self._saver.failed,
        )

    def _begun(self, tables: Sequence[Table]) -> None:
        self._tables = tables
        self._next_table()

    def _next_table(self) -> None:
        if len(self._rows) == len(self._tables):
            self._write()
            return
        self._reading = iter(self._tables[len(self._rows)].rows)
        self._rows.append([])
        self._read()

    def _read(self) -> None:
        reading = self._reading
        self._session.run(lambda: list(islice(reading, _AT_ONCE)), self._take, self._saver.failed)

    def _take(self, rows: Sequence[Sequence[Cell]]) -> None:
        self._rows[-1].extend(rows)
        if len(rows) == _AT_ONCE:
            self._read()
        else:
            self._next_table()

    def _write(self) -> None:
        tables = [replace(table, rows=rows) for table, rows in zip(self._tables, self._rows, strict=True)]
        step, path = self._shop.save_tables, self._path
        self._session.think(lambda: step.write(tables, path, self._translator), self._written, self._saver.failed)

    def _written(self, rows: int) -> None:
        self._saver.saved(self._path, rows)
