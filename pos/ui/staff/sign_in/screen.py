"""Sign-in: choose your name, type the PIN, Enter."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from pos.domain.errors import BadField, RuleBroken
from pos.domain.staff.staff import SHORTEST_PIN, MustChoosePin, OneTimePinLapsed, Person, PersonLocked, WrongPin
from pos.ui.input.actions import SIGN_IN
from pos.ui.look.theme import Space
from pos.ui.page.screen import Screen
from pos.ui.staff.sign_in.basket_card import BasketCard
from pos.ui.staff.sign_in.choosing_pin import ChoosingPin, Step
from pos.ui.staff.sign_in.person_grid import COLUMNS, RING, PersonGrid
from pos.ui.staff.sign_in.pin_panel import PinPanel
from pos.ui.staff.sign_in.training_button import TrainingButton
from pos.ui.widgets.buttons.clock_card import ClockCard
from pos.ui.widgets.drawing.layouts import Stretch, Stretched, hbox, vbox
from pos.ui.widgets.drawing.main_and_side import STACKED_BELOW
from pos.ui.widgets.drawing.text_label import Role, TextLabel

if TYPE_CHECKING:
    from pos.application.text.translator import Translator
    from pos.ui.look.clock_tick import ClockTick
    from pos.ui.session.session import Session

_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -COLUMNS, Qt.Key.Key_Down: COLUMNS}


_ROOMY, _TALL = 1080, 720
"""The width from which the columns stand apart, and the height at which two rows of people, a basket and a hint fit."""


class SignInScreen(Screen):
    """The page of a till without a user. `signed_in` carries the Person; the PIN is checked outside the GUI thread.

    `last_cashier` names the first choice, `waiting` describes the basket left in the till.
    """

    screen_id = SIGN_IN
    signed_in = Signal(object)
    checked = Signal()
    """A PIN has been checked, with any result."""
    people_known = Signal(object)
    """The store has answered who may sign in: a sequence of Person."""

    def __init__(
        self,
        session: Session,
        clock: ClockTick,
        last_cashier: Callable[[], str],
        basket: Callable[[], str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(session, parent)
        self._last_cashier = last_cashier
        self._basket = basket
        self._busy = False
        self._refusal: Exception | None = None
        self._choosing: ChoosingPin | None = None
        self._instant = clock.now()
        self._people: Sequence[Person] = ()
        self._typed_for = ""
        self._greeting = TextLabel(role=Role.SECTION)
        self.people = PersonGrid(session.theme)
        self._clocks = ClockCard(session.theme)
        self._waiting = BasketCard(session.theme)
        self._hint = TextLabel(role=Role.LABEL, wrap=True)
        self.training = TrainingButton(session)
        self.pin = PinPanel(session.theme)
        self._lay_out()
        clock.ticked.connect(self._tick)
        clock.ticked.connect(self._follow_people)
        self.people.chosen.connect(self._person_chosen)
        self.people.picked.connect(self.pin.field.setFocus)
        self.training.clicked.connect(self._to_pin)
        self.pin.submitted.connect(self._submit)
        self.pin.change_requested.connect(self._want_change)
        self.key_handlers["back"] = self._leave_choosing

    def entered(self) -> None:
        """Ask who works here, because people may have been added meanwhile."""
        self._choose(None)
        self.pin.field.setFocus()
        self._show_basket()
        if self.session.shop.is_open:
            self.load_people()

    def load_people(self, *, refresh: bool = True) -> None:
        """Show the people of the store. A user who has begun to type a PIN is not interrupted; any choice stays
        unless `refresh`.
        """
        shop = self.session.shop
        sign_in, demo_pins = shop.sign_in, shop.demo_pins

        def read() -> tuple[Sequence[Person], Mapping[str, str], Mapping[str, str]]:
            changed = sign_in.with_new_pin() if demo_pins else frozenset()
            shown = {name: pin for name, pin in demo_pins.items() if name not in changed}
            return sign_in.people(), sign_in.names(), shown

        def done(answer: tuple[Sequence[Person], Mapping[str, str], Mapping[str, str]]) -> None:
            people, self.session.names, pins = answer
            self.session.show_demo_pins(pins)
            self._present_people(refresh, people)

        self.session.run(read, done)

    def _follow_people(self, _instant: datetime) -> None:
        """A till at rest learns who was added, disabled or enabled at another one; a PIN in hand is left alone."""
        if self.isVisible() and self.session.shop.is_open and not self._has_begun():
            self.session.run(self.session.shop.sign_in.people, self._follow, lambda _error: None)

    def _follow(self, people: Sequence[Person]) -> None:
        if list(people) != list(self._people) and not self._has_begun():
            if not {person.name for person in people} <= {person.name for person in self._people}:
                self.session.withdraw("person.ended")  # the person it names may be here again
            self._present_people(False, people)

    def _has_begun(self) -> bool:
        """Whether a PIN is typed, checked or changed."""
        return bool(self.pin.field.pin()) or self._busy or self._choosing is not None

    def left(self) -> None:
        """Clear all digits."""
        self._choose(None)

    def retranslate(self, tr: Translator) -> None:
        self._say_who_is_chosen(tr)
        self.training.retranslate(tr)
        self._tick(self._instant)
        self._show_basket()
        person = self.people.person
        self.people.present(self._people, "" if person is None else person.name, tr)
        self._present_pin()
        self.pin.reword()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys that the PIN field does not use choose a person."""
        step = _STEPS.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            self.people.step(step)

    @property
    def is_busy(self) -> bool:
        """Whether a PIN is being checked."""
        return self._busy

    def present(self, people: Sequence[Person], chosen: str) -> None:
        """Show who may sign in; `chosen` is the short name of one of them."""
        self._people = people
        self.session.names = {**self.session.names, **{person.name: person.title for person in people}}
        self.people.present(people, chosen, self.translator)
        self._say_who_is_chosen(self.translator)
        self._present_pin()

    def _say_who_is_chosen(self, tr: Translator) -> None:
        """Nothing where there is one person only, and no word of a last person where another one is chosen."""
        last, chosen = self._last_cashier(), self.people.person
        if len(self._people) < 2:
            self._hint.setText("")
        elif chosen is not None and chosen.name == last:
            self._hint.setText(tr("The last person to sign in is preselected. Use the arrow keys to choose another."))
        else:
            self._hint.setText(tr("Use the arrow keys to choose a person."))

    def _present_people(self, refresh: bool, people: Sequence[Person]) -> None:
        self.people_known.emit(people)
        chosen, has_begun = self.people.person, bool(self.pin.field.pin()) or self._busy
        self.present(people, self._last_cashier() if chosen is None or (refresh and not has_begun) else chosen.name)

    def _present_pin(self) -> None:
        self.pin.present(self.people.person, self.session.demo_pins, self.translator, self._choosing)

    def _person_chosen(self, person: Person) -> None:
        if person.name != self._typed_for:
            self._typed_for = person.name
            self._say_who_is_chosen(self.translator)
            self._choose(None)

    def _to_pin(self) -> None:
        """The next key is one of the PIN."""
        self.pin.field.setFocus()

    # ── PIN change ───────────────────────────────────────────────────────────────────────────────────────────

    def _want_change(self) -> None:
        """The button below: begin to change the PIN, or cancel it."""
        self._choose(ChoosingPin() if self._choosing is None else None)
        self.pin.field.setFocus()

    def _leave_choosing(self) -> None:
        if self._choosing is not None:
            self._choose(None)
        self.pin.field.setFocus()

    def _choose(self, choosing: ChoosingPin | None) -> None:
        """Go to the next input, with an empty field."""
        self._choosing = choosing
        self.pin.clear()
        self._present_pin()

    def _type_choice(self, person: Person, choosing: ChoosingPin, pin: str) -> None:
        try:
            typed = choosing.typing(pin)
        except RuleBroken as error:
            self._choose(choosing.restarted())
            self._refuse(error)
            return
        self._choose(typed)
        if typed.step is Step.DONE:
            self._set_busy(True)
            shop = self.session.shop  # whose steps are ready once it is open

            def refused(error: Exception) -> None:
                if self._is_chosen(person):
                    self._not_chosen(error)
                else:
                    self._set_busy(False)

            self.session.run(lambda: shop.sign_in.choose_pin(person.name, typed.old, typed.new), self._checked, refused)

    def _not_chosen(self, error: Exception) -> None:
        """The old PIN was wrong, or the account was changed meanwhile."""
        choosing = self._choosing
        self._choose(None if choosing is None or choosing.first else ChoosingPin())
        self._refuse(error)

    def _submit(self, pin: str) -> None:
        person = self.people.person
        if person is None or self._busy:
            return
        self._to_pin()
        if self._choosing is not None and len(pin) >= SHORTEST_PIN:
            self._type_choice(person, self._choosing, pin)
            return
        if len(pin) < SHORTEST_PIN:
            self._refusal = BadField("pin", "pin_length")
            self.pin.complain(self._wording)
            return
        self._set_busy(True)
        shop = self.session.shop  # whose steps are ready once it is open

        def refused(error: Exception) -> None:
            if not self._is_chosen(person):
                self._set_busy(False)
            elif isinstance(error, MustChoosePin):
                self._set_busy(False)
                self._choose(ChoosingPin(first=True, old=pin))
            else:
                self._refuse(error)

        self.session.run(lambda: shop.sign_in(person.name, pin), self._checked, refused)

    def _is_chosen(self, person: Person) -> bool:
        """Whether that is still who signs in; else the PIN of another person is being typed by now."""
        here = self.people.person
        return here is not None and here.name == person.name

    def _checked(self, person: Person) -> None:
        """The PIN is right. What was typed since for another person must reach no page of this one."""
        if self._is_chosen(person):
            self._welcome(person)
        else:
            self._set_busy(False)

    def _welcome(self, person: Person) -> None:
        self._choose(None)
        self.signed_in.emit(person)
        self._set_busy(False)

    def _refuse(self, error: Exception) -> None:
        self._set_busy(False)
        self._refusal = error
        self.pin.reject(self._wording)
        self.pin.field.setFocus()

    def _wording(self) -> str:
        """The last refusal, with the display name instead of the sign-in name."""
        error, person = self._refusal, self.people.person
        if error is None:
            return ""
        if not isinstance(error, (WrongPin, PersonLocked, OneTimePinLapsed)) or person is None:
            return self.session.wording(error)
        return self.session.wording(replace(error, person=person.title))

    def _set_busy(self, busy: bool) -> None:
        self._busy = busy
        self.pin.set_busy(busy)
        if not busy:
            self.checked.emit()

    def _tick(self, instant: datetime) -> None:
        self._instant = instant
        tr, hour = self.translator, instant.astimezone(self.session.settings.zone).hour
        if 4 <= hour < 12:
            self._greeting.setText(tr("Good morning. Please sign in."))
        elif 12 <= hour < 18:
            self._greeting.setText(tr("Good afternoon. Please sign in."))
        else:
            self._greeting.setText(tr("Good evening. Please sign in."))
        self._clocks.present(instant, tr)

    def _show_basket(self) -> None:
        self._waiting.present(self._basket(), self.translator)
        self._fit(self.width(), self.height())

    def _lay_out(self) -> None:
        below = vbox(
            self._clocks, self._waiting, self._hint, self.training, spacing=Space.M, margins=(RING, 0, RING, 0)
        )
        left = QVBoxLayout()
        left.setSpacing(12)
        self._greeting.setContentsMargins(RING, 0, RING, 0)
        left.addWidget(self._greeting)
        left.addWidget(self.people, 1)
        left.addLayout(below)
        self._columns = columns = hbox(Stretched(left, 616), Stretched(self.pin, 392), spacing=92)
        self._holder = holder = QWidget()
        holder.setLayout(columns)
        columns.setContentsMargins(0, 0, 0, 0)
        hbox(Stretch(), Stretched(holder, 1000), Stretch(), margins=(Space.L, Space.L, Space.L, Space.M), parent=self)
        self._fit(_ROOMY, _TALL)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit(event.size().width(), event.size().height())

    def _fit(self, width: int, height: int) -> None:
        """Beside each other with less between them, or the PIN below the people. Where a basket waits, a low page has
        no hint: the people need its room.
        """
        stacked = width < STACKED_BELOW
        down, across = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._columns.setDirection(down if stacked else across)
        self._columns.setSpacing(Space.M if stacked else Space.L if width < _ROOMY else 92)
        self._clocks.setVisible(not stacked)
        self._hint.setVisible(not stacked and (height >= _TALL or self._waiting.isHidden()))
        self._holder.setMaximumSize(640 if stacked else 1096, 1100 if stacked else 760)
