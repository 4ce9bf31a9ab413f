"""Takes a shift over: a blind count of every currency, the PIN of its cashier, and the new cashier."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtWidgets import QWidget

from pos.application.shifts.hand_over_shift import HAND_OVER as PERMISSION
from pos.application.shifts.hand_over_shift import Parties, hand_over_key
from pos.application.text.translator import Translator
from pos.domain.payment.banknotes import Drawer
from pos.domain.shifts.hand_over import HandOver
from pos.domain.shifts.shift import Shift
from pos.domain.staff.staff import Approval, Person
from pos.ui.input.actions import CHECKOUT, HAND_OVER, OTHER_CASHIERS_SHIFT
from pos.ui.look.sounds import Sound
from pos.ui.session.session import Session
from pos.ui.shifts.count_screen import DrawerCountScreen, Stage
from pos.ui.shifts.handed_page import HandedPage
from pos.ui.widgets.cards.notice_bar import Notice
from pos.ui.widgets.drawing.tone import Tone


class HandOverScreen(DrawerCountScreen):
    """Both cashiers count together; the new one is signed in, the previous one confirms with a PIN on this page.

    For another new cashier everything begins again.
    """

    screen_id = HAND_OVER
    rail = CHECKOUT
    begun_at = OTHER_CASHIERS_SHIFT

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        handed = HandedPage(session)
        super().__init__(session, handed, parent)
        self._taker = ""
        self._names: Mapping[str, str] = {}
        self._confirmation: Approval | None = None
        self._confirmed: Drawer = {}  # the count that the confirmation is for
        self.handed = handed
        self.key_handlers = {
            "rest_none": self._none_of_the_rest,
            "recount": self._recount,
            "confirm_count": self._confirm,
            "shift_closed": self._finish,
            "back": self._back,
        }
        self._lay_out([self.handed.finish], [self.handed])
        self._connect()

    # ── the window's calls ───────────────────────────────────────────────────────────────────────────────────

    def entered(self) -> None:
        shift, person, shop = self.session.shift, self.session.person, self.session.shop
        if self.stage is Stage.DONE:
            self.handed.setFocus()
            return
        if shift is None or person is None or shift.holder == person.name:
            self.session.go(CHECKOUT)
            return
        if (shift, person.name) != (self._shift, self._taker):
            self._begin(shift, person)
        self._look()
        self.board.begin()
        self._follow_drawer()
        self.session.run(shop.sign_in.names, self._know)

    def left(self) -> None:
        self._confirmation = None
        self.approval.close_down()

    def retranslate(self, tr: Translator) -> None:
        super().retranslate(tr)
        self.handed.retranslate(tr)
        self._look()

    # ── the count ────────────────────────────────────────────────────────────────────────────────────────────

    def _begin(self, shift: Shift, person: Person) -> None:
        self._shift, self._taker, self._confirmation = shift, person.name, None
        self._count_from_nothing()

    def _know(self, names: Mapping[str, str]) -> None:
        self._names = names
        self._look()

    def _confirm(self) -> None:
        """First the PIN of the previous cashier, then a recount of differences, then it is recorded.

        The figures are booked under the name of the previous cashier: for other figures the PIN is asked for again.
        """
        shift, person = self._shift, self.session.person
        if not self._may_confirm() or shift is None or person is None:
            return
        count, hand_over = self.board.count, self.session.shop.hand_over_shift
        if count != self._confirmed:
            self._confirmation = None
        if self._confirmation is None and not person.may(PERMISSION):
            self.approval.open(PERMISSION, hand_over_key(shift, person.name), self._asking, asked_of=shift.holder)
            return
        parties = Parties(person, shift.holder, person.name, self._confirmation)
        if self.stage is Stage.RECOUNT:
            self._hand_over(parties, count)
        else:
            self._compare(lambda: hand_over.differs(parties, count), lambda: self._hand_over(parties, count))

    def _asking(self, _permission: str, tr: Translator) -> str:
        giver = "" if self._shift is None else self._named(self._shift.holder)
        return tr(
            "{person} hands over the shift and confirms with a PIN. If they are absent, a manager approves.",
            person=giver,
        )

    def _approved(self, confirmation: Approval) -> None:
        self._confirmation, self._confirmed = confirmation, self.board.count
        self._confirm()

    def _hand_over(self, parties: Parties, count: Drawer) -> None:
        shop = self.session.shop

        def record() -> tuple[HandOver, Shift | None]:
            return shop.hand_over_shift(parties, count), shop.open_shift.current()

        self._run(record, self._done)

    def _done(self, answer: tuple[HandOver, Shift | None]) -> None:
        made, shift = answer
        self._confirmation = None
        self._end(shift, lambda: self.handed.show_made(made, self._names))

    def _refused(self, error: Exception) -> None:
        self._set_busy(False)
        self._confirmation = None
        self.session.sounds.play(Sound.REFUSE)
        self.news.notify("shift.refused", lambda _tr: Notice(Tone.NEARLY, self.session.wording(error)))

    # ── display ──────────────────────────────────────────────────────────────────────────────────────────────

    def _named(self, name: str) -> str:
        return self._names.get(name, name)

    def _look(self) -> None:
        tr, shift, done = self.translator, self._shift, self.stage is Stage.DONE
        self._pages.setCurrentWidget(self.handed if done else self._count_page)
        number = "" if shift is None else str(shift.number)
        self._title.setText(tr("Handed over") if done else tr("Take over shift {number}", number=number))
        giver = "" if shift is None else self._named(shift.holder)
        note = tr("Count together with {person}. The till shows the expected cash after the count.", person=giver)
        self._look_at_count(note, tr("Handed over"), counting=not done)

    def _connect(self) -> None:
        super()._connect()
        self.handed.done.connect(self._finish)
        self.session.person_changed.connect(lambda _person: self._forget())
