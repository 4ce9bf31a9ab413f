"""The three views of the import page: choose a file, check its columns, see the result."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QProgressBar, QStackedWidget, QVBoxLayout, QWidget

from pos.application.catalogue.undo_import import UndoResult
from pos.application.ports.catalogue_ports import ImportRun
from pos.application.text.formatting import number_text
from pos.application.text.translator import N_, Translator
from pos.domain.errors import RuleBroken
from pos.ui.catalogue.imports.column_grid import ColumnGrid
from pos.ui.catalogue.imports.figures_row import FiguresRow
from pos.ui.catalogue.imports.import_driver import MOST_SHOWN, Doing, ImportDriver
from pos.ui.catalogue.imports.import_table import ImportRows, ImportTable
from pos.ui.catalogue.imports.import_words import (
    change_text,
    incomplete_text,
    left_text,
    reject_text,
    run_text,
    undone_text,
)
from pos.ui.catalogue.imports.options_panel import OptionsPanel
from pos.ui.look.event_loop import call_soon
from pos.ui.look.theme import Size, Space
from pos.ui.session.session import Session
from pos.ui.widgets.buttons.icon_button import ButtonKind, IconButton
from pos.ui.widgets.buttons.segmented import Segment, Segmented
from pos.ui.widgets.cards.empty_state import EmptyState
from pos.ui.widgets.drawing.layouts import Stretched, hbox, vbox
from pos.ui.widgets.drawing.main_and_side import MainAndSide
from pos.ui.widgets.drawing.surface import Ground, Surface
from pos.ui.widgets.drawing.text_label import Complaint, Role, TextLabel
from pos.ui.widgets.tables.rows_or_empty import RowsOrEmpty, rows_card

if TYPE_CHECKING:
    from pos.ui.catalogue.imports.chosen_file import ChosenFile

CHOOSE, LOOK, RESULT = 0, 1, 2
_CHANGES, _REJECTS, _INCOMPLETE = "changes", "rejects", "incomplete"
_LIST_NAMES = {_CHANGES: N_("Changes"), _REJECTS: N_("Rejected"), _INCOMPLETE: N_("Missing data")}


class ImportPages:
    """Everything visible on the page; the steps belong to the screen."""

    def __init__(self, session: Session, screen: QWidget) -> None:
        self._session, self._theme = session, session.theme
        self.is_trial = self.is_undo = False
        self._undone: UndoResult | None = None
        self._title, self._hint = TextLabel(role=Role.SECTION), TextLabel(role=Role.LABEL, wrap=True)
        key = session.actions.key_text
        self.choose_button = IconButton(self._theme, icon="file-up", key=key("choose_import"))
        self.path = QLineEdit()
        self.runs, self.results = ImportRows(screen), ImportRows(screen)
        self.runs_table, self.results_table = (
            ImportTable(self._theme, self.runs),
            ImportTable(self._theme, self.results),
        )
        self._no_runs, self._nothing = EmptyState(self._theme), EmptyState(self._theme)
        self._runs_title = TextLabel(role=Role.TITLE)
        self.options, self.grid = OptionsPanel(), ColumnGrid()
        self._complaint = Complaint()
        self.figures = FiguresRow(self._theme)
        self.lists = Segmented(self._theme, "")
        self.lists.chosen.connect(lambda _key: self._show_list())
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.state, self.rate = TextLabel(role=Role.TITLE, wrap=True), TextLabel(role=Role.LABEL, wrap=True)
        small = Size.SMALL_BUTTON
        self.go_button = IconButton(
            self._theme, icon="arrow-right", key=key("go_import"), kind=ButtonKind.PRIMARY, height=Size.PRIMARY
        )
        self.back_button = IconButton(self._theme, icon="arrow-left", key=key("back"), height=small)
        self.rejects_button = IconButton(self._theme, icon="save", key=key("save_rejects"), height=small)
        self.template_button = IconButton(self._theme, icon="download", key=key("import_template"), height=small)
        self.gaps_button = IconButton(self._theme, icon="circle-alert", key=key("import_gaps"), height=small)
        self.undo_button = IconButton(self._theme, icon="undo-2", key=key("undo_import"), height=small)
        self._runs_side, self._lists = RowsOrEmpty(None, self.runs_table, self._no_runs), QStackedWidget()
        self._left, self._right = QStackedWidget(), QStackedWidget()
        self._left.currentChanged.connect(session.finishing.turned)
        self._driver: ImportDriver | None = None
        self._total = 0
        self._is_first_look = True
        self._segments: list[Segment] = []
        self._steps, self._more = TextLabel(wrap=True), TextLabel(role=Role.LABEL)
        self._lay_out(screen)

    # ── view on show ─────────────────────────────────────────────────────────────────────────────────────────

    @property
    def page(self) -> int:
        """The view on show: CHOOSE, LOOK or RESULT."""
        return self._left.currentIndex()

    def show(self, page: int) -> None:
        """Show another view."""
        self._left.setCurrentIndex(page)
        call_soon(self._right, self._show_right)  # each half is laid out in an event-loop turn of its own
        self.is_undo = False if page != RESULT else self.is_undo

    def _show_right(self) -> None:
        self._right.setCurrentIndex(self.page)

    def focus(self) -> None:
        """Focus the first field of the view."""
        if self.page == CHOOSE:
            self.path.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self.page == LOOK and self.grid.choices:
            self.grid.choices[0].setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.results_table.setFocus(Qt.FocusReason.OtherFocusReason)

    def fill_look(self, chosen: ChosenFile) -> None:
        """Show a read file in the current language."""
        tr = self._session.translator
        self.options.present(chosen.look, chosen.decimal, tr)
        self.grid.present(chosen.look, chosen.meant, tr)

    def complain(self, error: RuleBroken | None) -> None:
        """Show what is missing in the columns; None clears it."""
        self._complaint.say(None if error is None else lambda: self._session.wording(error))
        self.go_button.setEnabled(error is None)

    def show_result(self, *, is_trial: bool) -> None:
        """Show the result of a dry run or an import, from its first slice on."""
        self.is_trial, self.is_undo, self._undone = is_trial, False, None
        self._is_first_look = True
        self.results.clear()
        self.show(RESULT)

    def show_incomplete(self) -> None:
        """Show the list of the goods that lack something."""
        self.lists.present(self._segments, _INCOMPLETE)
        self._show_list()

    def show_undo(self) -> None:
        """Show the progress of an undo."""
        self.is_trial, self.is_undo, self._undone = False, True, None
        self.results.clear()
        self.show(RESULT)

    def show_undone(self, undone: UndoResult, tr: Translator) -> None:
        """Show what an undo reverted and what it left."""
        self._undone = undone
        self.results.show_rows(undone.left, lambda one: left_text(one, tr))

    def progress(self, driver: ImportDriver, tr: Translator) -> None:
        """Show the progress of the running operation."""
        total = self._total if driver.doing is Doing.IMPORTING else 0
        self.bar.setUpdatesEnabled(False)  # a progress bar repaints the window immediately each time it moves
        self.bar.setRange(0, total)
        self.bar.setValue(min(driver.done, total))
        self.bar.setUpdatesEnabled(True)
        done = number_text(driver.done, tr.language)
        text = tr("{done} of {total}", done=done, total=number_text(total, tr.language)) if total else done
        self.state.setText(text)
        rate = round(driver.rate)
        self.rate.setText(
            tr.plural(
                "{n} row per second. Tills can continue to sell.",
                "{n} rows per second. Tills can continue to sell.",
                rate,
                n=number_text(rate, tr.language),
            )
        )

    # ── presentation ─────────────────────────────────────────────────────────────────────────────────────────

    def retranslate(self, tr: Translator) -> None:
        """Set the fixed texts in the current language."""
        self._title.setText(tr("Import"))
        self.choose_button.present(tr("Choose a file"))
        self.path.setPlaceholderText(tr("or drop it here, or type its path"))
        self.path.setAccessibleName(tr("File"))
        self._runs_title.setText(tr("Earlier imports"))
        self.runs_table.setAccessibleName(tr("Earlier imports"))
        self.lists.setAccessibleName(tr("Changes or rejected rows"))
        self._no_runs.present(
            "file-spreadsheet",
            tr("No imports yet"),
            tr("CSV, TSV or XLSX from a supplier or another till. Nothing changes before your review."),
        )
        self._steps.setText(
            tr(
                "1. Choose a file. Encoding, columns and decimal separator are detected; you can change "
                "each.\n\n2. Preview the changes. Nothing is written yet.\n\n3. Import. You can stop it at any "
                "time and undo it afterwards."
            )
        )
        self.bar.setAccessibleName(tr("Progress"))
        self._complaint.setAccessibleName(tr("Missing data of the products"))
        self._complaint.reword()

    def present(
        self,
        driver: ImportDriver,
        chosen: ChosenFile | None,
        runs: Sequence[ImportRun] | None,
        last: ImportRun | None,
        names: Mapping[str, str],
        tr: Translator,
    ) -> None:
        """Show the current state; `runs` are None until they are read."""
        zone = self._session.settings.zone
        self.runs.show_rows(runs or (), lambda run: run_text(run, zone, names, tr))
        self._runs_side.present(is_empty=runs is not None and not runs)
        is_busy = driver.doing is not Doing.NOTHING
        self._hint.setText(self._hint_text(driver, chosen, tr))
        result, page = driver.progress.result, self.page
        self._present_go(driver, tr)
        back = tr("Stop") if is_busy else tr("Back")
        self.back_button.present(back)
        self.back_button.setVisible(page != CHOOSE and not (is_busy and driver.doing is Doing.UNDOING))
        has_rejects = page == RESULT and not is_busy and not self.is_undo and result is not None and result.rejected > 0
        self.rejects_button.present(tr("Save rejected rows as CSV"))
        self.rejects_button.setVisible(has_rejects)
        self.template_button.present(tr("Save a template"))
        self.template_button.setVisible(page == CHOOSE and not is_busy)
        self.gaps_button.present(tr("Missing data"))
        self.gaps_button.setVisible(self.leads_to_gaps(driver))
        undoes = last is not None and not is_busy and (page == CHOOSE or (page == RESULT and not self.is_trial))
        self.undo_button.present(tr("Undo this import") if page == RESULT else tr("Undo the last import"))
        self.undo_button.setVisible(undoes and not self.is_undo)
        self.bar.setVisible(is_busy)
        self.rate.setVisible(page == RESULT)
        self.figures.setVisible(not self.is_undo and not is_busy)  # till then they are those of the step before
        if page == LOOK and chosen is not None:
            size = tr("{size} KB", size=number_text(max(1, chosen.look.size // 1024), tr.language))
            self.options.about.setText(size)

    def leads_to_gaps(self, driver: ImportDriver) -> bool:
        """Whether an import is over that left products with missing data."""
        is_imported = self.page == RESULT and not self.is_trial and not self.is_undo
        return is_imported and driver.doing is Doing.NOTHING and driver.progress.incomplete_count > 0

    def _present_go(self, driver: ImportDriver, tr: Translator) -> None:
        is_busy, result = driver.doing is not Doing.NOTHING, driver.progress.result
        if self.page == RESULT and self.is_trial:
            self.go_button.present(tr("Import"), icon="file-up")
            self.go_button.setEnabled(not is_busy and result is not None and bool(result.created or result.updated))
        elif self.page == RESULT:
            self.go_button.present(tr("Another file"), icon="arrow-right")
            self.go_button.setEnabled(not is_busy)
        elif self.page == LOOK:
            self.go_button.present(tr("Preview changes"), icon="eye")
            self.go_button.setEnabled(self._complaint.isHidden())
        else:
            self.go_button.present(tr("Check the file"), icon="eye")
            self.go_button.setEnabled(True)

    def _hint_text(self, driver: ImportDriver, chosen: ChosenFile | None, tr: Translator) -> str:
        if self.page == CHOOSE or chosen is None:
            return tr("Import products from a file: review the changes first, then import.")
        name = chosen.look.name
        if self.page == LOOK:
            return tr("{file}: choose the meaning of unclear columns.", file=name)
        if self._undone is not None:
            return undone_text(self._undone, tr)
        if self.is_undo:
            return tr("Undoing the last import.")
        if self.is_trial:
            return tr("{file}: no changes yet.", file=name)
        if driver.doing is not Doing.NOTHING or driver.progress.was_cancelled:
            return name
        return tr("{file}: all rows processed.", file=name)

    def present_result(self, driver: ImportDriver, tr: Translator) -> None:
        """Fill the result view if it is on show."""
        if self.page != RESULT:
            return
        result, progress = driver.progress.result, driver.progress
        if driver.doing is not Doing.NOTHING:
            self.progress(driver, tr)
            self.lists.hide()
            stops = "" if driver.doing is Doing.UNDOING else tr("Press Esc to stop safely.")
            self._nothing.present("hourglass", _busy(driver.doing, tr), stops)
            self._lists.setCurrentIndex(1)
            return
        if self.is_undo:
            self._present_undone(tr)
            return
        if result is None:
            return
        if self.is_trial:
            self._total = result.rows
        self.figures.present(result.counts(), tr)
        self.state.setText(self._outcome(driver, tr))
        seconds = number_text(max(1, round(progress.seconds)), tr.language)
        rows = number_text(result.rows, tr.language)
        speed = tr.plural(
            "{rows} row in {seconds} s", "{rows} rows in {seconds} s", result.rows, rows=rows, seconds=seconds
        )
        lacking = 0 if self.is_trial or progress.was_cancelled else progress.incomplete_count
        self.rate.setText(self._lacking(lacking, tr) if lacking else speed)
        changes = number_text(result.created + result.updated, tr.language)
        rejects = number_text(result.rejected, tr.language)
        before = "" if self._is_first_look else self.lists.choice()
        self._is_first_look = False
        self._segments = segments = [
            Segment(_CHANGES, tr("Changes ({count})", count=changes)),
            Segment(_REJECTS, tr("Rejected ({count})", count=rejects)),
        ]
        if progress.incomplete_count:
            incomplete = number_text(progress.incomplete_count, tr.language)
            segments.append(Segment(_INCOMPLETE, tr("Missing data ({count})", count=incomplete)))
        elif before == _INCOMPLETE:
            before = _CHANGES
        has_changes = result.created or result.updated or not result.rejected
        self.lists.present(segments, before or (_CHANGES if has_changes else _REJECTS))
        self.lists.show()
        self._driver = driver
        self._show_list()

    def _present_undone(self, tr: Translator) -> None:
        self.lists.hide()
        undone = self._undone
        if undone is None:
            return
        gone, back = (number_text(one, tr.language) for one in (undone.removed, undone.products))
        self.state.setText(tr("Products removed: {gone}. Products restored: {back}.", gone=gone, back=back))
        kept = number_text(undone.kept, tr.language)
        self.rate.setText(tr("Unchanged: {kept}", kept=kept))
        self._nothing.present("circle-check", tr("Import undone completely"), tr("No imported data remains."))
        self._lists.setCurrentIndex(0 if undone.left else 1)

    def _outcome(self, driver: ImportDriver, tr: Translator) -> str:
        result = driver.progress.result
        if driver.progress.was_cancelled:
            return tr("Stopped. Completed rows are saved.")
        if self.is_trial and driver.progress.incomplete_count:
            return self._lacking(driver.progress.incomplete_count, tr)
        if not self.is_trial or result is None:
            return tr("Import complete.")
        if changes := result.created + result.updated:
            return tr("Changes: {n}.", n=number_text(changes, tr.language))
        return tr("All rows rejected") if result.rejected == result.rows else tr("No changes")

    @staticmethod
    def _lacking(count: int, tr: Translator) -> str:
        return tr.plural(
            "{n} product lacks data for its sale or its allowance.",
            "{n} products lack data for their sale or their allowance.",
            count,
            n=number_text(count, tr.language),
        )

    def _show_list(self) -> None:
        if self._driver is None:
            return
        tr, progress = self._session.translator, self._driver.progress
        choice = self.lists.choice()
        is_changes = choice not in (_REJECTS, _INCOMPLETE)
        if choice == _INCOMPLETE:
            self.results.show_rows(progress.incomplete, lambda one: incomplete_text(one, tr))
        elif is_changes:
            self.results.show_rows(progress.changes, lambda one: change_text(one, tr))
        else:
            reason_text = self._session.shop.reason_text
            self.results.show_rows(progress.rejects, lambda one: reject_text(one, reason_text, tr))
        self.results_table.setAccessibleName(tr(_LIST_NAMES.get(choice, _LIST_NAMES[_CHANGES])))
        self._more.setVisible(self.results.rowCount() == MOST_SHOWN)
        self._more.setText(tr("These are the first {count}.", count=number_text(MOST_SHOWN, tr.language)))
        if self.results.rowCount():
            self._lists.setCurrentIndex(0)
            return
        result = progress.result
        if is_changes and (progress.was_cancelled or (result is not None and result.rejected)):
            self._nothing.present("circle-minus", tr("No changes"), "")  # of the other rows nothing is known
        elif is_changes:
            self._nothing.present("circle-check", tr("No changes"), tr("The catalogue is up to date."))
        elif progress.was_cancelled:
            self._nothing.present("circle-minus", tr("Stopped. Completed rows are saved."), "")
        else:
            self._nothing.present("circle-check", tr("All rows accepted"), tr("No corrections needed."))
        self._lists.setCurrentIndex(1)

    def _lay_out(self, screen: QWidget) -> None:
        self._lists.addWidget(rows_card(None, self.results_table))
        self._lists.addWidget(self._nothing)
        choose = hbox(self.choose_button, Stretched(self.path), spacing=Space.S)
        self._left.addWidget(_column(choose, self._runs_title, self._runs_side))
        self._left.addWidget(_column(rows_card(None, self.grid)))
        self._left.addWidget(_column(self.figures, self.lists, self._lists, self._more))
        self._right.addWidget(_column(self._steps, None))
        self._right.addWidget(_column(self.options, self._complaint, None))
        self._right.addWidget(_column(self.state, self.bar, self.rate, None))
        panel = Surface(Ground.PANEL)
        vbox(
            Stretched(self._right),
            self.template_button,
            self.undo_button,
            self.rejects_button,
            self.gaps_button,
            self.back_button,
            self.go_button,
            spacing=Space.S,
            margins=(Space.L, Space.L, Space.L, Space.L),
            parent=panel,
        )
        left = vbox(
            self._title,
            self._hint,
            Stretched(self._left),
            spacing=Space.S,
            margins=(Space.L, Space.M, Space.L, Space.M),
        )
        vbox(MainAndSide(left, panel), spacing=0, margins=0, parent=screen)


def _busy(doing: Doing, tr: Translator) -> str:
    return {
        Doing.TRYING: tr("Checking…"),
        Doing.IMPORTING: tr("Importing…"),
        Doing.UNDOING: tr("Undoing…"),
    }[doing]


def _column(*parts: QWidget | QHBoxLayout | None) -> QWidget:
    """A column of widgets; None is a stretch."""
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(Space.M)
    for part in parts:
        if part is None:
            column.addStretch(1)
        elif isinstance(part, QWidget):
            column.addWidget(part, 1 if isinstance(part, (QStackedWidget, Surface)) else 0)
        else:
            column.addLayout(part)
    return holder
