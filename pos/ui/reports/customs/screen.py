"""The customs page: who carried out what, under which rules, and its export file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from pos.application.reports.export_customs import CarryOut, CustomsFile
from pos.application.reports.single_window import LeftOut, SingleWindowDrafts
from pos.application.text.formatting import number_text
from pos.application.text.translator import N_, Translator
from pos.application.text.typography import listed, noted, paragraph
from pos.domain.staff.staff import Person
from pos.ui.input.actions import CUSTOMS
from pos.ui.look.sounds import Sound
from pos.ui.look.theme import Size, Space
from pos.ui.page.save_table import kept_apart
from pos.ui.page.screen import Screen
from pos.ui.reports.customs.carry_list import CarryList
from pos.ui.reports.customs.carry_words import CarrySums
from pos.ui.session.session import Session
from pos.ui.widgets.buttons.icon_button import ButtonKind, IconButton
from pos.ui.widgets.cards.notice_bar import Notice
from pos.ui.widgets.drawing.layouts import Stretched, hbox, vbox
from pos.ui.widgets.drawing.text_label import Role, TextLabel
from pos.ui.widgets.drawing.tone import Tone
from pos.ui.widgets.tables.periods import days_of

_DRAFTED = N_("Drafts saved, not declared: orders {orders}, files {files}.")
_DRAFTED_UNCHECKED = N_("Drafts saved, not declared and not checked against a schema: orders {orders}, files {files}.")
_LEFT_OUT = {"to_china": N_("not an export"), "voided": N_("voided"), "came_back": N_("goods returned")}
"""Why a parcel has no draft, by `LeftOut.why`."""
_MOST_NAMED = 3


class CustomsScreen(Screen):
    """Days are read one per step, newest first, so that a sale at this till never waits."""

    screen_id = CUSTOMS
    rail = CUSTOMS
    takes_scans = True

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._title = TextLabel(role=Role.SECTION)
        self._hint = TextLabel(role=Role.LABEL, wrap=True)
        self._question = 0
        self._is_writing = self._is_unread = False
        self.list = CarryList(session, [("customs_find", self._find)])
        self.list.regimes.narrowed.connect(self.read)
        self.list.periods.narrowed.connect(self.read)
        key = session.actions.key_text("customs_file")
        self.button = IconButton(
            session.theme, icon="download", key=key, kind=ButtonKind.PRIMARY, height=Size.SMALL_BUTTON
        )
        self.button.clicked.connect(self.choose_file)
        key = session.actions.key_text("customs_drafts")
        self.drafts = IconButton(session.theme, icon="package", key=key, height=Size.SMALL_BUTTON)
        self.drafts.clicked.connect(self.choose_folder)
        self.key_handlers = {
            "customs_find": self._find,
            "customs_regime": self.list.regimes.step,
            "customs_period": self.list.periods.step,
            "customs_drafts": self.choose_folder,
            "customs_file": self.choose_file,
            "back": self._back,
        }
        self._lay_out()
        self.retranslate(session.translator)

    # ── calls from the window ────────────────────────────────────────────────────────────────────────────────

    def retranslate(self, tr: Translator) -> None:
        self._title.setText(tr("For customs"))
        self._hint.setText(tr("Goods taken out, by visitor. Only the last characters of documents are shown."))
        self.button.present(tr("Export for customs"))
        self.drafts.present(tr("Drafts for the single window"))
        self.list.retranslate(tr)
        self._ask_titles()

    def entered(self) -> None:
        self.drafts.setVisible(any(self.session.settings.parcel_regimes.values()))
        self._ask_titles()
        self.read()
        self.list.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def follow_day(self) -> None:
        self.read()

    def left(self) -> None:
        """Clear the page: the next user must not see who carried what."""
        self._question += 1
        self.list.begin()

    def scanned(self, text: str) -> None:
        """Search for a receipt or goods."""
        self.session.sounds.play(Sound.ACCEPT)
        self.list.box.set_text(text.strip())
        self.list.seek(text)

    # ── steps ────────────────────────────────────────────────────────────────────────────────────────────────

    def read(self) -> None:
        """Read the days again."""
        self._question += 1
        self._is_unread = False
        first, last = self._days()
        days = [last - timedelta(days=back) for back in range((last - first).days + 1)]
        self.list.begin()
        self._read(self._question, days, 0, CarrySums())

    def choose_file(self) -> None:
        """Ask for the target file."""
        if self._is_writing:
            return
        first, last = self._days()
        name = f"customs-{first:%Y%m%d}-{last:%Y%m%d}.csv"
        kinds = "CSV (*.csv);;JSON (*.json)"
        chosen, kind = QFileDialog.getSaveFileName(self, self.translator("Export for customs"), name, kinds)
        if chosen:
            ending = ".json" if "json" in kind else ".csv"
            self.write(kept_apart(Path(chosen), ending, (".csv", ".json"), ".csv"))

    def choose_folder(self) -> None:
        """Ask for the folder of the drafts."""
        if self._is_writing:
            return
        chosen = QFileDialog.getExistingDirectory(self, self.translator("Drafts for the single window"))
        if chosen:
            self.write_drafts(Path(chosen))

    def write_drafts(self, folder: Path) -> None:
        """Write drafts of the goods to be sent that were sold on the days on show; a search does not narrow them."""
        self._is_writing = True
        (first, last), window = self._days(), self.session.shop.single_window

        def made(person: Person) -> tuple[SingleWindowDrafts, int, bool]:
            drafts, is_checked = window.of_days(person, first, last), bool(window.schema)
            return drafts, len(window.save(drafts, folder)), is_checked

        def failed(error: Exception) -> None:
            self._is_writing = False
            self.session.sounds.play(Sound.REFUSE)
            self.session.report_foreseen(error)

        self.session.run_as(made, lambda answer: self._drafted(*answer), failed)

    def write(self, path: Path) -> None:
        """Write the days and rules on show; the search text does not narrow the file."""
        self._is_writing = True
        (first, last), regime, export = self._days(), self.list.regimes.key or None, self.session.shop.export_customs

        def failed(error: Exception) -> None:
            self._is_writing = False
            self.session.sounds.play(Sound.REFUSE)
            self.session.report_foreseen(error)

        self.session.run_as(
            lambda person: export(person, first, last, path, regime), lambda made: self._written(path, made), failed
        )

    def _ask_titles(self) -> None:
        """Read the names of the rules in the current language; the shop applies two of them."""
        export, language, settings = self.session.shop.export_customs, self.translator.language, self.session.settings
        parcels = (name for name in settings.parcel_regimes.values() if name)
        in_use = tuple(dict.fromkeys((*settings.regimes.values(), *parcels)))

        def named(titles: Mapping[str, str]) -> None:
            if language == self.translator.language:
                self.list.offer(titles, in_use)
                self.list.present()

        self.session.run_as(lambda _person: export.titles(language), named)

    # ── results ──────────────────────────────────────────────────────────────────────────────────────────────

    def _read(self, question: int, days: Sequence[date], done: int, sums: CarrySums) -> None:
        regime, export = self.list.regimes.key or None, self.session.shop.export_customs
        self._show_progress(done, len(days))

        def call(person: Person) -> tuple[Sequence[CarryOut], CarrySums]:
            carried = export.of_day(person, days[done], regime)
            return carried, sums.plus(carried)

        def taken(answer: tuple[Sequence[CarryOut], CarrySums]) -> None:
            if question != self._question:
                return
            is_last = done + 1 == len(days)
            self._show_progress(done + 1, len(days))
            self.list.add(*answer, is_answered=is_last)
            if not is_last:
                self._read(question, days, done + 1, answer[1])

        def failed(error: Exception) -> None:
            if question == self._question:  # some of the days are not all of them
                self.list.reading, self._is_unread = "", True
                self.list.begin()
            self.session.report_foreseen(error)

        self.session.run_as(call, taken, failed)

    def _show_progress(self, done: int, of: int) -> None:
        tr = self.translator
        n, days = (number_text(count, tr.language) for count in (done, of))
        self.list.reading = "" if done == of or of == 1 else tr("Reading: {done} of {of} days", done=n, of=days)

    def _written(self, path: Path, made: CustomsFile) -> None:
        self._is_writing = False
        self.session.sounds.play(Sound.COMPLETE)
        count = len(made.carried)
        self.session.notify(
            "customs.written",
            lambda: Notice(
                Tone.WITHIN,
                self.translator.plural(
                    "{n} entry saved to {file}.",
                    "{n} entries saved to {file}.",
                    count,
                    n=number_text(count, self.translator.language),
                    file=path.name,
                ),
                seconds=12,
            ),
        )

    def _drafted(self, drafts: SingleWindowDrafts, files: int, is_checked: bool) -> None:
        self._is_writing = False
        self.session.sounds.play(Sound.COMPLETE)

        def text() -> str:
            tr = self.translator
            saved = tr(
                _DRAFTED if is_checked else _DRAFTED_UNCHECKED,
                orders=number_text(len(drafts.orders), tr.language),
                files=number_text(files, tr.language),
            )
            return paragraph(tr, (saved, *_left_out_text(drafts.left_out, tr)))

        self.session.notify("customs.drafted", lambda: Notice(Tone.WITHIN, text(), seconds=12))

    def _days(self) -> tuple[date, date]:
        days = days_of(self.list.periods.key or "today", self.session.today)
        assert days is not None, "the list keeps to some days"
        return days.first, days.last

    def _find(self) -> None:
        self.list.box.field.setFocus(Qt.FocusReason.OtherFocusReason)
        self.list.box.field.selectAll()

    def _back(self) -> None:
        """Reset the filters of the days on show; days that could not be read are read again."""
        self.list.box.clear()
        self.list.seek("")
        if self._is_unread:
            self.read()
        self.list.table.setFocus(Qt.FocusReason.OtherFocusReason)

    # ── layout ───────────────────────────────────────────────────────────────────────────────────────────────

    def _lay_out(self) -> None:
        words = vbox(self._title, self._hint, spacing=Space.XS)
        head = hbox(Stretched(words), self.drafts, self.button, spacing=Space.L, margins=(Space.L, Space.S, Space.L, 0))
        vbox(head, Stretched(self.list), spacing=0, margins=0, parent=self)


def _left_out_text(left_out: Sequence[LeftOut], tr: Translator) -> list[str]:
    """Which parcels have no draft, and why."""
    if not left_out:
        return []
    named = [noted(tr, one.receipt, tr(_LEFT_OUT[one.why])) for one in left_out[:_MOST_NAMED]]
    if len(left_out) > _MOST_NAMED:
        named.append(tr.plural("+{n} more", "+{n} more", len(left_out) - _MOST_NAMED))
    return [tr("Without a draft: {receipts}.", receipts=listed(tr, named))]
