"""Close a shift: a blind count of every currency, once more where it differs, then the Z."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtWidgets import QWidget

from pos.application.shifts.tables import shift
from pos.application.tables.listing import Listing
from pos.application.text.translator import Translator
from pos.domain.payment.banknotes import Drawer
from pos.domain.shifts.shift import Shift
from pos.domain.shifts.shift_report import ShiftReport, ZReport
from pos.domain.staff.staff import Approval, need_behind
from pos.ui.input.actions import CHECKOUT, CLOSE_SHIFT, SHIFT
from pos.ui.look.sounds import Sound
from pos.ui.page.save_table import TableSaver
from pos.ui.session.session import Session
from pos.ui.shifts.count_screen import DrawerCountScreen, Stage
from pos.ui.shifts.parked_at_close import ParkedAtClose
from pos.ui.shifts.report_words import needs_approval
from pos.ui.shifts.z_page import ZPage
from pos.ui.widgets.cards.empty_state import EmptyState
from pos.ui.widgets.cards.notice_bar import Notice
from pos.ui.widgets.drawing.tone import Tone


class CloseShiftScreen(DrawerCountScreen):
    """Never shows what the drawer should hold before the shift is closed.

    The count stays while the till is locked too; another person counts for themselves, and has approved what they do.
    The Z stays until it is done with or another person signs in.
    """

    screen_id = CLOSE_SHIFT
    rail = SHIFT
    begun_at = SHIFT  # of another person's shift the window shows there what can be done with it

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        z = ZPage(session)
        super().__init__(session, z, parent)
        self._approval: Approval | None = None
        self._counting = ""
        self.parked = ParkedAtClose(session, self.news, lambda: self._approval)
        self.z = z
        self.empty = EmptyState(session.theme)
        self.key_handlers = {
            "rest_none": self._none_of_the_rest,
            "recount": self._recount,
            "confirm_count": self._confirm,
            "hand_over_parked": self.parked.hand_over,
            "reprint": self._print_again,
            "reprint_a4": self._print_sheet,
            "shift_closed": self._finish,
            "back": self._back,
        }
        TableSaver(self, self._listing)
        self._lay_out(self.z.buttons, [self.z, self.empty])
        self._connect()

    # ── what the window says ─────────────────────────────────────────────────────────────────────────────────

    def entered(self) -> None:
        shift, person, shop = self.session.shift, self.session.person, self.session.shop
        counting = self._counting if person is None else person.name
        if shift is not None and (shift, counting) != (self._shift, self._counting):
            self._counting = counting
            self._begin(shift)
        self._look()
        if self.stage is Stage.DONE:
            self.z.setFocus()
        elif shift is not None and person is not None:
            self.board.begin()
            self._follow_drawer()
            self.parked.look()
            self.session.run(lambda: shop.read_shift(person), self._take_moved, self._cannot_read)

    def left(self) -> None:
        self.approval.close_down()

    def retranslate(self, tr: Translator) -> None:
        super().retranslate(tr)
        self.z.retranslate(tr)
        hint = tr("Open the shift before the first sale and count the float.")
        self.empty.present("wallet", tr("No shift is open"), hint, tr("Open the shift"))
        self._look()

    def _listing(self) -> Listing | None:
        report = self.z.report
        return shift(lambda _reader: report, "close_shift") if self.stage is Stage.DONE and report is not None else None

    # ── the count ────────────────────────────────────────────────────────────────────────────────────────────

    def _begin(self, shift: Shift) -> None:
        self._shift, self._approval = shift, None
        self.z.clear()
        self._count_from_nothing()

    def _take_moved(self, report: ShiftReport) -> None:
        """The currencies that have moved must be counted; nothing else of the report is looked at."""
        if self._shift is not None and report.number == self._shift.number:
            self.board.want([line.currency.code for line in report.cash])
            self._look()

    def _cannot_read(self, error: Exception) -> None:
        """Of another person's shift nothing is known before its close is approved: all must be counted."""
        if need_behind(error) is None:
            self.session.report(error)

    def _confirm(self) -> None:
        if not self._may_confirm():
            return
        count, close, approval = self.board.count, self.session.shop.close_shift, self._approval
        person = self.session.person
        if self.stage is Stage.RECOUNT:
            self._close(count)
        elif person is not None:
            self._compare(lambda: close.differs(person, count, approval), lambda: self._close(count))

    def _approved(self, approval: Approval) -> None:
        self._approval = approval
        self._confirm()

    def _close(self, count: Drawer) -> None:
        shop, approval = self.session.shop, self._approval
        person = self.session.person
        if person is None:
            return

        def close() -> tuple[ZReport, Mapping[str, str]]:
            return shop.close_shift(person, count, approval=approval), shop.sign_in.names()

        self._run(close, self._closed)

    def _closed(self, answer: tuple[ZReport, Mapping[str, str]]) -> None:
        z, names = answer
        self._end(None, lambda: self.z.show_z(z, names))

    def _refused(self, error: Exception) -> None:
        self._set_busy(False)
        self.session.sounds.play(Sound.REFUSE)
        need = need_behind(error)
        is_asked = self.isVisible() and self.session.is_awaited
        if need is not None and self.session.shift is not None and self.approval.isHidden() and is_asked:
            self.approval.open(need.permission, self.session.shift.key, needs_approval)
            return
        if not self.parked.offer_hand_over(error):
            self.news.notify("shift.refused", lambda _tr: Notice(Tone.NEARLY, self.session.wording(error)))

    # ── the Z ────────────────────────────────────────────────────────────────────────────────────────────────────────

    def _print_again(self) -> None:
        if self.stage is Stage.DONE:
            self.z.print_again()

    def _print_sheet(self) -> None:
        if self.stage is Stage.DONE:
            self.z.print_sheet()

    # ── how it looks ─────────────────────────────────────────────────────────────────────────────────────────

    def _look(self) -> None:
        tr, shift, closed = self.translator, self._shift, self.stage is Stage.DONE
        self._pages.setCurrentWidget(self.z if closed else self.empty if shift is None else self._count_page)
        number = "" if shift is None else str(shift.number)
        self._title.setText(self.z.title if closed else tr("Close shift {number}", number=number))
        self._head.setVisible(closed or shift is not None)
        note = tr("Blind count: the till shows the expected cash after you confirm.")
        self._look_at_count(note, tr("Z report"), counting=shift is not None and not closed)

    def _connect(self) -> None:
        super()._connect()
        self.empty.action_pressed.connect(lambda: self.session.go(CHECKOUT))
        self.z.done.connect(self._finish)
        self.session.person_changed.connect(lambda _person: self._forget())
