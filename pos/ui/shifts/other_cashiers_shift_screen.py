"""The till's open shift is another cashier's: whose it is, since when, and what can be done now."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSizePolicy, QWidget

from pos.application.text.formatting import NO_BREAK, instant_text
from pos.application.text.translator import Translator
from pos.domain.shifts.shift import Shift
from pos.ui.input.actions import CHECKOUT, CLOSE_SHIFT, HAND_OVER, OTHER_CASHIERS_SHIFT
from pos.ui.look.theme import Size, Space
from pos.ui.page.screen import Screen
from pos.ui.session.session import Session
from pos.ui.widgets.buttons.clock_card import PlainIcon
from pos.ui.widgets.buttons.icon_button import ButtonKind, IconButton
from pos.ui.widgets.drawing.layouts import Aligned, Gap, Stretch, hbox, vbox
from pos.ui.widgets.drawing.surface import Ground, Surface
from pos.ui.widgets.drawing.text_label import Role, TextLabel

_CENTRE = Qt.AlignmentFlag.AlignCenter
_WIDTH = 520


class ForeignShiftScreen(Screen):
    """Takes the checkout's place for a cashier. A manager may continue; their steps are recorded under their own
    name.
    """

    screen_id = OTHER_CASHIERS_SHIFT
    rail = CHECKOUT

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        theme, key = session.theme, session.actions.key_text
        self._names: Mapping[str, str] = {}
        self._title = TextLabel(role=Role.SECTION, wrap=True, align=_CENTRE)
        self._since = TextLabel(wrap=True, align=_CENTRE)
        self._hint = TextLabel(wrap=True, align=_CENTRE)
        self._hint.setProperty("tint", "muted")
        self.take = IconButton(
            theme, icon="arrow-right-left", key=key("take_over"), kind=ButtonKind.PRIMARY, height=Size.PRIMARY
        )
        self.close_it = IconButton(theme, icon="lock", key=key("close_left"))
        self.go_on = IconButton(theme, icon="shopping-cart", key=key("work_on"))
        self.sign_out = IconButton(theme, icon="log-out", key=key("back"), kind=ButtonKind.QUIET)
        self.key_handlers = {
            "take_over": self._take_over,
            "close_left": self._close,
            "work_on": self._work_on,
            "back": self._sign_out,
        }
        self._connect()
        self._lay_out()

    @property
    def title(self) -> str:
        """The cashier of the shift."""
        return self._title.text()

    @property
    def since(self) -> str:
        """The shift and its start."""
        return self._since.text()

    def entered(self) -> None:
        """It may have been handed over or closed meanwhile."""
        shop = self.session.shop
        self._look()
        self.take.setFocus()
        self.session.run(lambda: (shop.open_shift.current(), shop.sign_in.names()), self._taken)

    def retranslate(self, tr: Translator) -> None:
        self.take.present(tr("Take over with a count"))
        self.go_on.present(tr("Continue to checkout"))
        self.sign_out.present(tr("Sign out"))
        self._look()

    def _taken(self, answer: tuple[Shift | None, Mapping[str, str]]) -> None:
        shift, self._names = answer
        person = self.session.person
        if person is None or self.isHidden():
            return
        self.session.take_shift(shift)
        if shift is None or shift.holder == person.name:
            self.session.go(CHECKOUT)
        else:
            self._look()

    def _look(self) -> None:
        tr, shift, person = self.translator, self.session.shift, self.session.person
        if shift is None or person is None:
            return
        holder = self._names.get(shift.holder, shift.holder).replace(" ", NO_BREAK)
        zone = self.session.settings.zone
        since = instant_text(shift.since, zone, tr.language)
        self._title.setText(tr("The shift at this till belongs to {person}", person=holder))
        self._since.setText(tr("Shift {number} · since {time}", number=shift.number, time=since))
        hint = tr("Until it is handed over or closed, sales here go to {person}'s drawer.", person=holder)
        self._hint.setText(hint)
        for_all = person.may("close_other")
        self.close_it.present(tr("Close the shift") if for_all else tr("Close it with a manager's approval"))
        self.go_on.setVisible(for_all)

    def _take_over(self) -> None:
        self.session.go(HAND_OVER)

    def _close(self) -> None:
        self.session.go(CLOSE_SHIFT)

    def _work_on(self) -> None:
        person = self.session.person
        if person is not None and person.may("close_other"):
            self.session.go(CHECKOUT)

    def _sign_out(self) -> None:
        self.session.sign_out()

    def _connect(self) -> None:
        self.take.clicked.connect(self._take_over)
        self.close_it.clicked.connect(self._close)
        self.go_on.clicked.connect(self._work_on)
        self.sign_out.clicked.connect(self._sign_out)

    def _lay_out(self) -> None:
        card = Surface(Ground.CARD)
        card.setFixedWidth(_WIDTH)
        inside = vbox(
            Aligned(PlainIcon(self.theme, "user", "accent", 40), _CENTRE),
            Gap(Space.S),
            self._title,
            self._since,
            self._hint,
            Gap(Space.M),
            spacing=Space.S,
            margins=(32, Space.L, 32, Space.L),
            parent=card,
        )
        for button in (self.take, self.close_it, self.go_on, self.sign_out):
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            inside.addWidget(button)
        row = hbox(Stretch(), card, Stretch())
        vbox(Stretch(2), row, Stretch(3), parent=self)
