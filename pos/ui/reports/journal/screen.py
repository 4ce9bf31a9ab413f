"""The journal page: search, check and export entries."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt

from pos.application.ports.journal_ports import CHANGED, MISSING, ChainFault, ChainWalk
from pos.application.tables.listing import Listing
from pos.application.text.formatting import number_text
from pos.application.text.translator import Translator
from pos.application.text.typography import listed
from pos.domain.staff.staff import Person
from pos.ui.input.actions import JOURNAL
from pos.ui.look.sounds import Sound
from pos.ui.look.theme import Space
from pos.ui.page.save_table import TableSaver
from pos.ui.page.screen import Screen
from pos.ui.reports.journal.page import JournalList
from pos.ui.session.session import Session
from pos.ui.widgets.cards.notice_bar import Notice
from pos.ui.widgets.drawing.layouts import Stretched, hbox, vbox
from pos.ui.widgets.drawing.text_label import Role, TextLabel
from pos.ui.widgets.drawing.tone import Tone

_NAMED = 3


class JournalScreen(Screen):
    """The list; a scan searches it. `walked` is the last check of the chains, while it runs or after it."""

    screen_id = JOURNAL
    rail = JOURNAL
    takes_scans = True

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._title = TextLabel(role=Role.SECTION)
        self._state = TextLabel(role=Role.LABEL)
        self._run = 0
        self.walked: ChainWalk | None = None
        self.saver = TableSaver(self, self._listing)
        self.list = JournalList(session, [("journal_check", self.check), ("save_table", self.saver.save)])
        self.key_handlers |= {
            "journal_find": self._find,
            "journal_kind": self.list.kinds.step,
            "journal_person": self.list.people.step,
            "journal_period": self.list.periods.step,
            "journal_till": self.list.tills.step,
            "journal_check": self.check,
            "journal_recorded": self.list.turn,
            "back": self._back,
        }
        self._lay_out()
        self.retranslate(session.translator)

    # ── calls from the window ────────────────────────────────────────────────────────────────────────────────

    def retranslate(self, tr: Translator) -> None:
        self._title.setText(tr("Journal"))
        self.list.retranslate(tr)
        self._present_state()

    def entered(self) -> None:
        shop = self.session.shop

        def call(person: Person) -> tuple[dict[str, str], Sequence[str]]:
            return dict(shop.read_journal.formatter(self.translator, person).names), shop.read_journal.tills(person)

        self.session.run_as(call, self._begin)

    def follow_day(self) -> None:
        if self.list.periods.key:
            self.list.read()

    def left(self) -> None:
        """Stop the check: the user has left."""
        self._run += 1
        self.walked = None
        self._present_state()

    def scanned(self, text: str) -> None:
        self.session.sounds.play(Sound.ACCEPT)
        self.list.box.set_text(text.strip())
        self.list.seek(text)

    # ── steps ────────────────────────────────────────────────────────────────────────────────────────────────

    def check(self) -> None:
        """Walk the chains in slices, so that a scan never waits; then show the result."""
        self._run += 1
        self.walked = ChainWalk()
        self._present_state()
        self._walk(self._run, self.walked)

    # ── results ──────────────────────────────────────────────────────────────────────────────────────────────

    def _begin(self, known: tuple[dict[str, str], Sequence[str]]) -> None:
        self.list.offer(*known)
        self.list.read()
        self.list.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _walk(self, run: int, walk: ChainWalk) -> None:
        read = self.session.shop.read_journal

        def walked(further: ChainWalk) -> None:
            if run != self._run:
                return
            self.walked = further
            self._present_state()
            if further.is_done:
                self._say_checked(further)
            else:
                self._walk(run, further)

        def failed(error: Exception) -> None:
            if run == self._run:
                self.walked = None  # it does not go on
                self._present_state()
            self.session.report_foreseen(error)

        self.session.run_as(lambda person: read.walk(walk, person), walked, failed)

    def _say_checked(self, walk: ChainWalk) -> None:
        if not walk.all_faults:
            self.session.sounds.play(Sound.COMPLETE)
            self.session.notify("journal.whole", lambda: Notice(Tone.WITHIN, self._whole(walk), seconds=12))
            return
        self.session.sounds.play(Sound.REFUSE)
        self.session.notify("journal.broken", lambda: Notice(Tone.OVER, self._broken(walk)))

    def _whole(self, walk: ChainWalk) -> str:
        n = number_text(walk.walked, self.translator.language)
        return self.translator.plural(
            "Journal verified: {n} entry, none changed, none missing.",
            "Journal verified: {n} entries, none changed, none missing.",
            walk.walked,
            n=n,
        )

    def _broken(self, walk: ChainWalk) -> str:
        tr = self.translator
        named = [self._fault(fault) for fault in walk.all_faults[:_NAMED]]
        more = len(walk.all_faults) - _NAMED
        if more > 0:
            named.append(f"+{number_text(more, tr.language)}")
        return tr("Journal verification failed: {faults}. Contact your administrator.", faults=listed(tr, named))

    def _fault(self, fault: ChainFault) -> str:
        tr, number = self.translator, number_text(fault.number, self.translator.language)
        if fault.what == CHANGED:
            return tr("{till}, entry {number} was changed", till=fault.till, number=number)
        if fault.what == MISSING:
            return tr("{till}, entry {number} is missing", till=fault.till, number=number)
        return tr("{till}: the last entries are missing", till=fault.till)

    def _listing(self) -> Listing:
        return self.list.listing()

    def _find(self) -> None:
        self.list.box.field.setFocus(Qt.FocusReason.OtherFocusReason)
        self.list.box.field.selectAll()

    def _back(self) -> None:
        self.list.widen()
        self.list.table.setFocus(Qt.FocusReason.OtherFocusReason)

    # ── presentation ─────────────────────────────────────────────────────────────────────────────────────────

    def _present_state(self) -> None:
        walk, tr = self.walked, self.translator
        if walk is None:
            self._state.setText(tr("Append-only: each entry seals the previous one."))
        elif not walk.is_done:
            done, of = (number_text(n, tr.language) for n in (walk.walked, walk.entries))
            self._state.setText(tr("Checking: {done} of {of}", done=done, of=of))
        else:
            self._state.setText(self._whole(walk) if not walk.all_faults else self._broken(walk))

    def _lay_out(self) -> None:
        head = hbox(self._title, Stretched(self._state), spacing=Space.L, margins=(Space.L, Space.S, Space.L, 0))
        vbox(head, Stretched(self.list), spacing=0, margins=0, parent=self)
