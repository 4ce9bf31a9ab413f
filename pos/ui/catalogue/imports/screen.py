"""Import of goods from a file: check it, preview the changes, import, undo."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from shutil import copyfile

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog

from pos.application.catalogue.catalogue_columns import CatalogueColumns, recognised
from pos.application.catalogue.catalogue_files import FileLook, ReadAs
from pos.application.catalogue.import_tables import imported
from pos.application.maintenance.protected_files import check_free
from pos.application.ports.catalogue_ports import ImportRun, RememberedColumns
from pos.application.tables.listing import Listing
from pos.application.text.formatting import number_text
from pos.application.text.translator import N_, Translator
from pos.domain.errors import InfrastructureError, RuleBroken
from pos.domain.staff.staff import Person
from pos.ui.catalogue.imports.chosen_file import ChosenFile
from pos.ui.catalogue.imports.import_driver import Doing, ImportDriver, ImportPlan
from pos.ui.catalogue.imports.import_pages import CHOOSE, LOOK, RESULT, ImportPages
from pos.ui.catalogue.imports.import_words import undone_text
from pos.ui.input.actions import GAPS, IMPORT
from pos.ui.look.event_loop import call_soon
from pos.ui.look.sounds import Sound
from pos.ui.page.save_table import TableSaver
from pos.ui.page.screen import Screen
from pos.ui.page.unsaved_by_another import UnsavedByAnother
from pos.ui.session.session import Session
from pos.ui.widgets.cards.notice_bar import Notice
from pos.ui.widgets.drawing.tone import Tone

_AS_FOUND = ReadAs()


class ImportScreen(Screen):
    """Steps: choose a file, check its columns, preview the changes, import or undo.

    Long operations run in slices, so that scans do not wait. Esc goes one step back; during an operation it stops it
    after the current slice. An import continues when another page is on show.
    """

    screen_id = IMPORT
    rail = IMPORT

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.setAcceptDrops(True)
        self.driver = ImportDriver(session, self)
        self.chosen: ChosenFile | None = None
        self._runs: Sequence[ImportRun] | None = None
        self._names: Mapping[str, str] = {}
        self._is_looking = self._is_ready = False
        self._previewed_by = ""
        self.pages = ImportPages(session, self)
        pages = self.pages
        pages.choose_button.clicked.connect(self._choose)
        pages.path.returnPressed.connect(lambda: self.take_file(Path(pages.path.text().strip())))
        pages.options.read_otherwise.connect(lambda: self._look(self.chosen, pages.options.how()))
        pages.options.signed.connect(self._take_choices)
        pages.grid.changed.connect(self._take_choices)
        pages.go_button.clicked.connect(self._go)
        pages.back_button.clicked.connect(self._back)
        pages.rejects_button.clicked.connect(self._save_rejects)
        pages.undo_button.clicked.connect(self._undo)
        pages.gaps_button.clicked.connect(self._fill_in)
        pages.template_button.clicked.connect(self._save_template)
        self.driver.moved.connect(self._moved)
        self.driver.ended.connect(self._ended)
        self.driver.failed.connect(self._failed)
        self.key_handlers = {
            "choose_import": self._choose,
            "go_import": self._go,
            "save_rejects": self._save_rejects,
            "undo_import": self._undo,
            "import_gaps": self._fill_in,
            "import_template": self._save_template,
            "back": self._back,
        }
        TableSaver(self, self._listing)
        UnsavedByAnother(self, _whose, lambda: self.chosen is not None)
        self.retranslate(session.translator)

    # ── calls from the window ────────────────────────────────────────────────────────────────────────────────

    def retranslate(self, tr: Translator) -> None:
        self.pages.retranslate(tr)
        if self.chosen is not None:
            self.pages.fill_look(self.chosen)
            self._check_columns()
        self._present()

    def entered(self) -> None:
        if not self._is_ready:
            self._is_ready = True
            self.session.run(self.session.shop.read_dictionary, lambda _none: None)
        if self.driver.doing is Doing.NOTHING:
            self._drop_preview_of_another()
            self._runs = self._runs or None  # that there were none is no answer to what is asked now
            self._read_runs()
        self._present()
        self.pages.focus()

    def left(self) -> None:
        self.session.withdraw("import.undo", "import.incomplete")

    def waiting(self) -> str:
        if self.driver.doing is Doing.UNDOING:
            return self.translator("an undo of an import in progress")
        if self.driver.doing is not Doing.IMPORTING:
            return ""
        done = self.driver.done
        return self.translator.plural(
            "an import in progress, {n} row done", "an import in progress, {n} rows done", done, n=self._count(done)
        )

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        file = next((url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()), "")
        if file:
            event.acceptProposedAction()
            self.take_file(Path(file))

    # ── the file ─────────────────────────────────────────────────────────────────────────────────────────────

    def _choose(self) -> None:
        if self.driver.doing is not Doing.NOTHING:
            return
        tr = self.translator
        kinds = f"{tr('Tables')} (*.csv *.tsv *.tab *.txt *.xlsx);;{tr('All files')} (*)"
        name, _kind = QFileDialog.getOpenFileName(self, tr("Choose a file"), "", kinds)
        if name:
            self.take_file(Path(name))

    def take_file(self, path: Path) -> None:
        """Read a file that was chosen, typed or dropped."""
        if self.driver.doing is Doing.NOTHING and path.name:
            self._look(None, _AS_FOUND, path)

    def _look(self, before: ChosenFile | None, how: ReadAs, path: Path | None = None) -> None:
        """Read the beginning of a file on the search thread: it does not need the store."""
        path = path or (before.path if before is not None else None)
        person, shop = self.session.person, self.session.shop
        if path is None or person is None or self._is_looking:
            return
        self._is_looking = True
        currency = self.session.settings.price.code

        def looked(look: FileLook) -> None:
            columns_of = shop.import_catalogue.columns_of
            self.session.run(lambda: columns_of(look.header), lambda known: taken(look, known), self._not_read)

        def taken(look: FileLook, known: RememberedColumns | None) -> None:
            if not self.session.is_awaited or self.driver.doing is not Doing.NOTHING:
                self._is_looking = False
                return
            names = recognised(look.header, currency) if known is None else known.columns
            meant = tuple(names[: len(look.header)])
            meant += ("",) * (len(look.header) - len(meant))
            decimal = before.decimal if before is not None else known.decimal if known is not None else ""
            self.chosen = ChosenFile(path, look, meant, decimal, before is not None and before.is_said)
            self.pages.fill_look(self.chosen)
            call_soon(self, shown)  # columns are filled in one event-loop turn and laid out in the next

        def shown() -> None:
            self._is_looking = False
            self.pages.show(LOOK)
            self.pages.focus()
            self._check_columns()
            self._present()

        self.session.think(lambda: shop.catalogue_files.look(path, how), looked, self._not_read)

    def _not_read(self, error: Exception) -> None:
        self._is_looking = False
        if isinstance(error, (RuleBroken, InfrastructureError)):
            self.session.sounds.play(Sound.REFUSE)
            self.session.report(error)
        self._present()

    def _take_choices(self) -> None:
        """Take over the columns and number format set by the user."""
        if (chosen := self.chosen) is None:
            return
        meant = self.pages.grid.meant(len(chosen.look.header))
        self.chosen = ChosenFile(chosen.path, chosen.look, meant, self.pages.options.decimal_separator(), True)
        self._check_columns()

    def _check_columns(self) -> bool:
        """Show what is missing in the columns; returns whether they can be read."""
        assert self.chosen is not None
        try:
            CatalogueColumns.of(self.chosen.look.header, self.session.settings.price.code, self.chosen.meant)
        except RuleBroken as error:
            self.pages.complain(error)
            return False
        self.pages.complain(None)
        return True

    # ── dry run, import, undo ────────────────────────────────────────────────────────────────────────────────

    def _go(self) -> None:
        """The next step: dry run, import, then another file."""
        person, chosen = self.session.person, self.chosen
        if person is None or self.driver.doing is not Doing.NOTHING:
            return
        page = self.pages.page
        if page == CHOOSE:
            self.take_file(Path(self.pages.path.text().strip()))
        elif page == LOOK and chosen is not None and self._check_columns():
            self._start(chosen, person, is_trial=True)
        elif page == RESULT and self.pages.is_trial and chosen is not None:
            if self.pages.go_button.isEnabled():
                if self._is_agreed():
                    self._start(chosen, person, is_trial=False)
            else:  # nothing in the file can be imported: an import of nothing would say *Imported*
                self.session.sounds.play(Sound.NOTE)
        elif page == RESULT:
            self._restart()
            self._present()

    def _is_agreed(self) -> bool:
        """Whether goods that lack something may come in all the same: the first press asks, the second one agrees."""
        lacking, key = self.driver.progress.incomplete_count, self.session.actions.key_text("go_import")
        if not lacking:
            return True

        def asking() -> Notice:
            tr = self.translator
            text = tr.plural(
                "{n} product lacks data for its sale or its allowance. Press {key} again to import it all the same.",
                "{n} products lack data for their sale or their allowance."
                " Press {key} again to import them all the same.",
                lacking,
                n=self._count(lacking),
                key=key,
            )
            return Notice(Tone.NEARLY, text, seconds=12)

        is_agreed = self.session.sure("import.incomplete", self.driver.progress, asking)
        if not is_agreed:
            self.session.sounds.play(Sound.NOTE)
            self.pages.show_incomplete()
        return is_agreed

    def _fill_in(self) -> None:
        """Go to what is missing of the goods that came in."""
        if self.pages.leads_to_gaps(self.driver):
            self.session.go(GAPS)

    def _start(self, chosen: ChosenFile, person: Person, *, is_trial: bool) -> None:
        self._previewed_by = person.name
        self.driver.start(self._plan(chosen), person, is_trial=is_trial)
        self.pages.show_result(is_trial=is_trial)
        call_soon(self, self._present)  # the other view is laid out in this event-loop turn and filled in the next

    def _drop_preview_of_another(self) -> None:
        """What an import would change depends on what its person may do."""
        person = self.session.person
        is_preview = self.pages.page == RESULT and self.pages.is_trial
        if is_preview and (person is None or person.name != self._previewed_by):
            self.driver.forget()
            self.pages.show(LOOK)

    def _plan(self, chosen: ChosenFile) -> ImportPlan:
        look = chosen.look
        remembered = RememberedColumns(chosen.meant, chosen.decimal) if chosen.is_said else None
        return ImportPlan(chosen.path, ReadAs(look.encoding, look.delimiter, look.sheet), remembered)

    def _undo(self) -> None:
        """Undo the last import: the first press asks, the second one undoes."""
        person, last = self.session.person, self._last()
        if person is None or self.driver.doing is not Doing.NOTHING or last is None:
            return
        key = self.session.actions.key_text("undo_import")

        def asking() -> Notice:
            text = self.translator("Undo the import of {file}? Press {key} again to confirm.", file=last.file, key=key)
            return Notice(Tone.NEARLY, text, seconds=12)

        if not self.session.sure("import.undo", last, asking):
            return
        self.driver.undo(person, last)
        self.pages.show_undo()
        self._present()

    def _last(self) -> ImportRun | None:
        undoable = (run for run in self._runs or () if run.state != "undone" and run.has_changed_something)
        return next(undoable, None)

    def _moved(self) -> None:
        self.pages.progress(self.driver, self.translator)

    def _ended(self) -> None:
        self.session.finishing.turned()  # a key that was pressed to hurry the preview does not import
        progress, undone = self.driver.progress, self.driver.undone
        if progress.was_cancelled and self.pages.is_trial and not self.pages.is_undo:
            self.driver.forget()  # a part of the changes is no preview
            self.pages.show(LOOK)
        elif self.pages.is_undo and undone is not None:
            self.session.sounds.play(Sound.ACCEPT)
            self.pages.show_undone(undone, self.translator)
            tone = Tone.NEARLY if undone.kept else Tone.WITHIN
            self.session.notify("import.undone", lambda: Notice(tone, undone_text(undone, self.translator), seconds=8))
        elif progress.result is not None:
            self._drop_preview_of_another()
            is_clean = not progress.was_cancelled and not progress.result.rejected
            self.session.sounds.play(Sound.ACCEPT if is_clean else Sound.NOTE)
        self._read_runs()
        self._present()

    def _failed(self, error: Exception) -> None:
        is_interrupted = isinstance(error, InfrastructureError) and self.driver.done > 0 and not self.pages.is_trial
        if is_interrupted:
            self.session.notify("import.interrupted", self._interrupted())  # its own words: nothing was recorded
        else:
            self.session.report_foreseen(error)
        self.session.sounds.play(Sound.REFUSE)
        self.pages.show(LOOK if self.chosen is not None and not self.pages.is_undo else CHOOSE)
        self._read_runs(in_silence=is_interrupted)
        self._present()

    def _interrupted(self) -> Callable[[], Notice]:
        """What was done before the store failed stays done: the status line says what is wrong with it."""
        undone, key = self.driver.undone, self.session.actions.key_text("undo_import")
        name = undone.run.file if undone is not None else self.chosen.path.name if self.chosen is not None else ""

        def news() -> Notice:
            tr = self.translator
            if undone is not None:
                text = tr("Undo of the import of {file} interrupted: a part is undone. {key} undoes the rest.",
                          file=name, key=key)  # fmt: skip
            else:
                text = tr("Import of {file} interrupted: completed rows are saved. Import it again for the rest.",
                          file=name)  # fmt: skip
            return Notice(Tone.OVER, text)

        return news

    def _read_runs(self, *, in_silence: bool = False) -> None:
        person, shop = self.session.person, self.session.shop
        if person is None or not person.may("catalogue"):
            return

        def call() -> tuple[Sequence[ImportRun], Mapping[str, str]]:
            return shop.undo_import.recent(person), shop.sign_in.names()

        def taken(answer: tuple[Sequence[ImportRun], Mapping[str, str]]) -> None:
            self._runs, self._names = answer
            self._present()

        self.session.run(call, taken, (lambda _error: None) if in_silence else None)

    def _back(self) -> None:
        """Stop the running operation, or go one step back."""
        self.session.withdraw("import.incomplete")
        if self.driver.doing is not Doing.NOTHING:
            self.driver.cancel()
        elif self.pages.page == RESULT and self.pages.is_trial:
            self.pages.show(LOOK)
        else:
            self._restart()
        self._present()

    def _restart(self) -> None:
        self.chosen = None
        self.pages.path.clear()
        self.pages.show(CHOOSE)
        self.pages.focus()

    def _listing(self) -> Listing | None:
        progress, chosen = self.driver.progress, self.chosen
        if self.driver.doing is not Doing.NOTHING or progress.result is None or chosen is None:
            return None
        reason = self.session.shop.reason_text
        figures = (progress.changes, progress.rejects, progress.incomplete, progress.result)
        return imported(chosen.path.name, *figures, reason)

    def _save_template(self) -> None:
        if self.driver.doing is not Doing.NOTHING or self.pages.page != CHOOSE:
            return
        tr = self.translator
        kinds = "XLSX (*.xlsx);;CSV (*.csv)"
        name, kind = QFileDialog.getSaveFileName(self, tr("Save a template"), f"{tr('Products')}.xlsx", kinds)
        if name:
            ending = ".csv" if "csv" in kind else ".xlsx"
            path = Path(name)
            self.save_template(path if path.suffix.lower() in (".csv", ".xlsx") else path.with_name(path.name + ending))

    def save_template(self, path: Path) -> None:
        """Save a file to fill in, in the language of the window."""
        person, tr, step = self.session.person, self.translator, self.session.shop.save_template
        if person is None:
            return

        def saved(_template: object) -> None:
            text = N_("Template saved to {file}. Fill it in, save it, and choose it here.")
            news = partial(self._done, text, path.name)
            self.session.notify("import.template", news)

        self.session.run(lambda: step(path, person, tr), saved)

    def _done(self, text: str, file: str) -> Notice:
        return Notice(Tone.WITHIN, self.translator(text, file=file), seconds=8)

    def _save_rejects(self) -> None:
        result = self.driver.progress.result
        if self.driver.doing is not Doing.NOTHING or result is None or not result.rejected:
            return
        name, _kind = QFileDialog.getSaveFileName(
            self, self.translator("Save rejected rows"), "rejects.csv", "CSV (*.csv)"
        )
        if name:
            self.save_rejects(Path(name))

    def save_rejects(self, path: Path) -> None:
        """Save all rejected rows to a file of the user's choice."""
        source = self.driver.rejects_file

        def call() -> None:
            check_free(path)
            try:
                copyfile(source, path)
            except OSError as error:
                raise InfrastructureError("file_not_writable", str(path), error.strerror or "") from error

        def saved(_none: None) -> None:
            self.session.notify("import.rejects", partial(self._done, N_("Rejected rows saved to {file}."), path.name))

        self.session.run(call, saved)

    def _count(self, count: int) -> str:
        return number_text(count, self.translator.language)

    def _present(self) -> None:
        last = self._last()
        self.pages.present(self.driver, self.chosen, self._runs, last, self._names, self.translator)
        self.pages.go_button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        call_soon(self, self._present_result)  # the surrounding widgets are laid out in this event-loop turn

    def _present_result(self) -> None:
        self.pages.present_result(self.driver, self.translator)


def _whose(name: str, tr: Translator) -> str:
    return tr("{name} chose the file that is shown here.", name=name)
