"""The page that lays a payment provider's file of a day beside the shop's books."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QFileDialog

from pos.application.outside_partners.reconcile_provider import (
    ProviderReconciliation,
    ProviderStatement,
    Verdict,
    laid_beside,
)
from pos.application.outside_partners.reconciliation_tables import reconciled
from pos.application.outside_partners.reconciliation_words import ReconciliationRow, rows_of
from pos.application.tables.listing import Listing
from pos.application.text.formatting import dates_text
from pos.application.text.names import name_of
from pos.application.text.partner_words import PROVIDERS
from pos.application.text.translator import Translator
from pos.domain.outside_partners.attempt import PartnerAttempt
from pos.domain.outside_partners.reconciliation import StatementOfAnother
from pos.domain.staff.staff import Person
from pos.ui.input.actions import PARKED, RECONCILIATION
from pos.ui.look.sounds import Sound
from pos.ui.look.theme import Size, Space
from pos.ui.page.save_table import TableSaver
from pos.ui.page.screen import Screen
from pos.ui.reports.reconciliation.difference_list import DifferenceList
from pos.ui.reports.reconciliation.summary import ReconciliationSummary
from pos.ui.session.session import Session
from pos.ui.widgets.buttons.icon_button import ButtonKind, IconButton
from pos.ui.widgets.buttons.key_hint import KeyHint
from pos.ui.widgets.buttons.segmented import Segment, Segmented
from pos.ui.widgets.drawing.flow import Flow
from pos.ui.widgets.drawing.folding import Folding
from pos.ui.widgets.drawing.layouts import Stretched, vbox
from pos.ui.widgets.drawing.see_through import Packed, SeeThrough
from pos.ui.widgets.drawing.text_label import Role, TextLabel
from pos.ui.widgets.spoken.announcements import announce

_LONGEST_NAME = 48


class ReconciliationScreen(Screen):
    """One file at a time. It is read on the thread for files, so that no scan waits for it; only the attempts of its
    days are asked of the store.

    What is on show is laid beside the books again when the page is entered, and when more is known of a payment.
    `receipt_requested` carries the receipt of a row.
    """

    screen_id = RECONCILIATION
    rail = RECONCILIATION
    receipt_requested = Signal(str)
    folder = Path.home()
    """The folder of the last file."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._question = 0
        self._reading: Path | None = None
        self._file: Path | None = None
        self._error: Exception | None = None
        self._statement: ProviderStatement | None = None
        self._is_old = False
        """Whether what is on show is laid beside the books again."""
        self._whose = ""
        """The sign-in name of the person who chose the file."""
        self._provider = ""
        self.found: ProviderReconciliation | None = None
        """What is on show; None for nothing."""
        self._title = TextLabel(role=Role.SECTION)
        self._about = TextLabel(role=Role.LABEL, wrap=True)
        self.providers = Segmented(session.theme, "", even=False)
        self.providers.chosen.connect(self.choose_provider)
        key = session.actions.key_text("recon_file")
        self.button = IconButton(
            session.theme, icon="file-up", key=key, kind=ButtonKind.PRIMARY, height=Size.SMALL_BUTTON
        )
        self.button.clicked.connect(self.choose_file)
        self.summary = ReconciliationSummary(session.theme)
        self.list = DifferenceList(session)
        self.list.opened.connect(self._lead_on)
        self.list.empty.action_pressed.connect(self._do_next)
        self.key_handlers = {
            "recon_provider": self.step_provider,
            "recon_file": self.choose_file,
            "back": self._clear,
        }
        self.saver = TableSaver(self, self._listing)
        self._hints = [
            (action, KeyHint(session.theme, session.actions.key_text(action), ""))
            for action in ("recon_provider", "save_table")
        ]
        for (_action, hint), step in zip(self._hints, (self.step_provider, self.saver.save), strict=True):
            hint.clicked.connect(step)
        session.partners.changed.connect(self._follow)
        session.came_back.connect(self._came_back)
        self._lay_out()
        self.retranslate(session.translator)

    # ── calls from the window ────────────────────────────────────────────────────────────────────────────────

    def retranslate(self, tr: Translator) -> None:
        self._title.setText(tr("Reconciliation"))
        self._head.keep(self._title.sizeHint().width())
        self.button.present(tr("Choose a file"))
        self.providers.setAccessibleName(tr("Provider"))
        for action, hint in self._hints:
            hint.present(self.session.actions.key_text(action), self.session.actions.text(action, tr))
        self._present()

    def entered(self) -> None:
        person, statement = self.session.person, self._statement
        is_theirs = person is None or person.name == self._whose  # a file of another person is not theirs to go on with
        if not is_theirs or (statement is not None and statement.provider != self._chosen):
            self._clear()
        self._compare_again()
        self._focus()

    def follow_day(self) -> None:
        self._compare_again()

    # ── steps ────────────────────────────────────────────────────────────────────────────────────────────────

    def step_provider(self) -> None:
        """Choose the next provider."""
        offered = self.session.statement_providers
        if len(offered) < 2:
            self.session.sounds.play(Sound.NOTE)
            return
        self.choose_provider(offered[(offered.index(self._chosen) + 1) % len(offered)])

    def choose_provider(self, name: str) -> None:
        """Choose a provider. The file on show is of the other one; one that was refused as that of another is read."""
        error, file = self._error, self._file
        self._clear()
        self._provider = name
        if isinstance(error, StatementOfAnother) and error.whose == name and file is not None:
            self.take_file(file)
        else:
            self._present()

    def choose_file(self) -> None:
        """Ask for the provider's file."""
        if self._reading is not None or not self._chosen:
            self.session.sounds.play(Sound.NOTE)
            return
        tr = self.translator
        kinds = f"{tr('Tables')} (*.csv *.tsv *.txt)" + ";;" + tr("All files (*)")
        title = self.session.actions.text("recon_file", tr)
        name, _kind = QFileDialog.getOpenFileName(self, title, str(ReconciliationScreen.folder), kinds)
        if name:
            self.take_file(Path(name))

    def take_file(self, path: Path) -> None:
        """Read a file of the chosen provider, and lay it beside the books."""
        provider, person = self._chosen, self.session.person
        if self._reading is not None or not provider or person is None:
            return
        self._clear()
        ReconciliationScreen.folder = path.parent
        self._reading = self._file = path
        self._whose = person.name
        question, step = self._question, self.session.shop.reconcile_provider

        def read(statement: ProviderStatement) -> None:
            if question == self._question:
                self._statement = statement
                self._compare()

        self.session.read_file(lambda: step.statement(provider, path), read, lambda error: self._fail(error, question))
        self._present()

    # ── results ──────────────────────────────────────────────────────────────────────────────────────────────

    def _follow(self, attempt: PartnerAttempt) -> None:
        """More is known of a payment or a refund."""
        if self.isVisible() and self._statement is not None and attempt.partner == self._statement.provider:
            self._compare()

    def _came_back(self) -> None:
        if self.isVisible():
            self._compare_again()

    def _compare_again(self) -> None:
        """Until the store has answered, what is on show is no verdict: more may be known by now."""
        self._is_old = self._statement is not None
        self._present()
        self._compare()

    def _compare(self) -> None:
        """Lay the file that was read beside the books as they are now."""
        statement, question, shop = self._statement, self._question, self.session.shop
        if statement is None:
            return

        def ask(person: Person) -> tuple[Sequence[PartnerAttempt], datetime]:
            return shop.reconcile_provider.attempts(person, statement), shop.now()

        def asked(answer: tuple[Sequence[PartnerAttempt], datetime]) -> None:
            self.session.think(lambda: laid_beside(statement, *answer), show, fail)

        def show(found: ProviderReconciliation) -> None:
            if question == self._question:
                self._show(found)

        def fail(error: Exception) -> None:
            self._fail(error, question)

        self.session.run_as(ask, asked, fail)

    def _show(self, found: ProviderReconciliation) -> None:
        is_new, had_rows, self.found = self.found is None, self.list.chosen is not None, found
        self._reading = self._error = None
        self._is_old = False
        self._present()
        if is_new:
            self._scroll.verticalScrollBar().setValue(0)  # the verdict comes first
            self.session.sounds.play(Sound.COMPLETE if found.verdict is Verdict.AGREED else Sound.NOTE)
        if (is_new or not had_rows) and self.isVisible() and self.session.is_awaited:
            self._focus()

    def _fail(self, error: Exception, question: int) -> None:
        """Nothing is on show that may have changed since."""
        if question != self._question:
            return
        self._reading = self.found = None
        self._error = error
        self.session.sounds.play(Sound.REFUSE)
        self.report_elsewhere(error)
        self._present()
        announce(self.list, self.session.wording(error))

    def _focus(self) -> None:
        """Put the cursor into the rows; without any, on the button for a file."""
        if not self.list.focus():
            self.button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _lead_on(self, row: ReconciliationRow) -> None:
        """To the page on which a payment is settled, or to the receipt of a row."""
        if row.is_open:
            self.session.go(PARKED)
        elif row.receipt:
            self.receipt_requested.emit(row.receipt)
        else:
            self.session.sounds.play(Sound.NOTE)

    def _do_next(self) -> None:
        """The button where nothing is listed: another provider for its file, or another file."""
        if self._other:
            self.choose_provider(self._other)
        else:
            self.choose_file()

    def _clear(self) -> None:
        """Take the file away; one that is still read is dropped."""
        self._question += 1
        self._reading = self._file = self._error = self._statement = self.found = None
        self._present()

    def _listing(self) -> Listing | None:
        return None if self.found is None or self._file is None else reconciled(self.found, self._file.name)

    @property
    def _chosen(self) -> str:
        """The chosen provider; empty where there is none."""
        offered = self.session.statement_providers
        return self._provider if self._provider in offered else next(iter(offered), "")

    @property
    def _other(self) -> str:
        """The provider of the shop whose file was chosen in place of that of the chosen one; empty for none."""
        error = self._error
        is_ours = isinstance(error, StatementOfAnother) and error.whose in self.session.statement_providers
        return error.whose if is_ours and isinstance(error, StatementOfAnother) else ""

    # ── presentation ─────────────────────────────────────────────────────────────────────────────────────────

    def _present(self) -> None:
        tr, found, provider = self.translator, self.found, self._chosen
        offered = self.session.statement_providers
        self.providers.present([Segment(name, name_of(PROVIDERS, name, tr)) for name in offered], provider)
        self.providers.setVisible(len(offered) > 1)
        self._hints[0][1].setVisible(len(offered) > 1)
        self._hints[1][1].setVisible(found is not None)
        self.button.setEnabled(bool(offered))
        self.summary.setVisible(found is not None)
        self._about.setText(self._about_text(tr))
        if found is not None:
            self.summary.present(found, tr, is_old=self._is_old)
        self.list.present([] if found is None else rows_of(found, tr), provider)
        self._say_empty(tr)

    def _about_text(self, tr: Translator) -> str:
        if self.found is None or self._file is None:
            return tr("A provider's file of a day beside the payments and refunds of all tills.")
        return f"{_short(self._file.name)} · {dates_text(self.found.first, self.found.last, tr.language)}"

    def _say_empty(self, tr: Translator) -> None:
        empty, error = self.list.empty, self._error
        choose, key = tr("Choose a file"), self.button.key
        if self.found is not None:
            empty.present("circle-check", tr("Nothing to look at"), tr("Every row of the file is in the shop's books."))
        elif not self._chosen:
            empty.present("file-up", tr("No provider with a file"), self._no_provider(tr))
        elif self._reading is not None:
            empty.present("hourglass", tr("Reading {file}…", file=_short(self._reading.name)), "")
        elif error is not None and self._other:
            switch = tr("Compare with {provider}", provider=name_of(PROVIDERS, self._other, tr))
            empty.present("circle-alert", tr("The file was not compared"), self.session.wording(error), switch)
        elif error is not None:
            empty.present("circle-alert", tr("The file was not compared"), self.session.wording(error), choose, key)
        else:
            hint = tr("Download the file of a day from the provider's portal and choose it here.")
            empty.present("file-up", tr("No file chosen"), hint, choose, key)

    def _no_provider(self, tr: Translator) -> str:
        return tr(
            "The settings name no payment provider that gives one, or this is a practice, in which no money moves."
        )

    # ── layout ───────────────────────────────────────────────────────────────────────────────────────────────

    def _lay_out(self) -> None:
        words = vbox(self._title, self._about, spacing=Space.XS)
        self._head = Folding(Stretched(words), Flow(self.providers, self.button, spacing=Space.M), room=0)
        keys = Flow(*(hint for _action, hint in self._hints), spacing=Space.XS)
        column = vbox(self.summary, Stretched(self.list), spacing=Space.S, margins=0)
        self._scroll = SeeThrough(Packed(column))
        self.list.table.installEventFilter(self)
        vbox(
            self._head,
            Stretched(self._scroll),
            keys,
            spacing=Space.S,
            margins=(Space.L, Space.S, Space.L, Space.S),
            parent=self,
        )

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """In a low window a key that goes through the rows brings them into sight; the verdict stands above them."""
        if event.type() == QEvent.Type.KeyPress:
            self._scroll.verticalScrollBar().setValue(self.list.y())
        return super().eventFilter(watched, event)


def _short(name: str) -> str:
    """The name of a file in one line."""
    return name if len(name) <= _LONGEST_NAME else f"{name[: _LONGEST_NAME - 12]}…{name[-11:]}"
