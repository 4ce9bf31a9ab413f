"""The guide's page: the steps to the first sale, each with a button that opens its page."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QWidget

from pos.application.settings.first_steps import FirstStep
from pos.application.text.translator import Translator
from pos.domain.money import CURRENCIES
from pos.ui.input.actions import CHECKOUT, SETTINGS, WELCOME
from pos.ui.look.theme import Size, Space
from pos.ui.page.screen import Screen
from pos.ui.session.session import Session
from pos.ui.settings.welcome.step_row import StepRow, StepState
from pos.ui.settings.welcome.steps import STEP_VIEWS
from pos.ui.widgets.buttons.icon_button import ButtonKind, IconButton
from pos.ui.widgets.drawing.layouts import Gap, Stretch, Stretched, hbox, vbox
from pos.ui.widgets.drawing.see_through import SeeThrough
from pos.ui.widgets.drawing.text_label import Role, TextLabel
from pos.ui.widgets.fields.key_positions import ENTERS

OPEN = "open"
_WIDTH = 980


class WelcomeScreen(Screen):
    """Shows which steps are done, according to the books. A person ends it for good.

    `opened` carries the step whose page to open, `setting_requested` the option to change there, `person_requested`
    asks there for a new staff member.
    """

    screen_id = WELCOME
    rail = SETTINGS
    opened = Signal(object)
    setting_requested = Signal(str)
    person_requested = Signal()
    finished = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._taken: frozenset[FirstStep] = frozenset()
        self._title = TextLabel(role=Role.SECTION, wrap=True)
        self._sentence = TextLabel(wrap=True)
        steps = [step for step in FirstStep if step is not FirstStep.RATES or len(CURRENCIES) > 1]
        self.rows = {step: StepRow(session.theme, number, STEP_VIEWS[step]) for number, step in enumerate(steps, 1)}
        key = session.actions.key_text("finish_guide")
        self.done = IconButton(session.theme, icon="check", key=key, height=Size.PRIMARY, name="finish_guide")
        self.key_handlers = {"finish_guide": self.finish, "skip_step": self._skip_next, "back": self._later}
        for step, row in self.rows.items():
            row.requested.connect(partial(self.open, step))
            row.skipped.connect(partial(self._skip, step))
        self.done.clicked.connect(self.finish)
        self._lay_out()
        self.retranslate(session.translator)

    def entered(self) -> None:
        self.session.run_as(self.session.shop.office.first_steps, self._take)
        self._begin()

    def retranslate(self, tr: Translator) -> None:
        self._present(tr)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the button that has the focus."""
        button = self.focusWidget()
        if event.key() in ENTERS and isinstance(button, QAbstractButton):
            button.click()
        else:
            super().keyPressEvent(event)

    @property
    def left_to_do(self) -> list[FirstStep]:
        """The steps that are neither done nor skipped, in order."""
        later = self._later_steps()
        return [step for step in self.rows if step not in self._taken and step not in later]

    def open(self, step: FirstStep) -> None:
        """Open the page of a step."""
        view = STEP_VIEWS[step]
        self.opened.emit(step)
        self.session.go(view.screen_id)
        if view.option:
            self.setting_requested.emit(view.option)
        if step is FirstStep.STAFF:
            self.person_requested.emit()

    def finish(self) -> None:
        """End the guide for good; help can still open it."""
        self.session.memory.keep(guide="")
        self.finished.emit()
        self.session.go(CHECKOUT)

    def _later(self) -> None:
        """Go to work; the guide reappears at the next sign-in."""
        self.finished.emit()
        self.session.go(CHECKOUT)

    def _take(self, taken: frozenset[FirstStep]) -> None:
        self._taken = taken
        self._present(self.translator)
        self._begin()

    def _begin(self) -> None:
        """Focus the next step, or the end."""
        left = self.left_to_do
        (self.rows[left[0]].action_button if left else self.done).setFocus(Qt.FocusReason.OtherFocusReason)

    def _later_steps(self) -> set[str]:
        return set(self.session.memory.state.guide_later.split(","))

    def _skip(self, step: FirstStep) -> None:
        later = {*self._later_steps(), str(step)} - {""}
        self.session.memory.keep(guide_later=",".join(sorted(later)))
        self._present(self.translator)
        self._begin()

    def _skip_next(self) -> None:
        left = self.left_to_do
        if left:
            self._skip(left[0])

    def _present(self, tr: Translator) -> None:
        left, later = self.left_to_do, self._later_steps()
        for step, row in self.rows.items():
            state = StepState.DONE if step in self._taken else StepState.SKIPPED if step in later else StepState.TO_DO
            row.present(state, tr, is_next=bool(left) and step is left[0])
        if left:
            self._title.setText(tr("Welcome! A few steps to your first sale"))
            sentence = tr("Completed steps are ticked automatically. You can skip steps and change everything later.")
        else:
            is_whole = self._taken.issuperset(self.rows)
            self._title.setText(tr("Ready for the first sale") if is_whole else tr("Remaining steps skipped"))
            sentence = tr("Open the shift, count the drawer, and start scanning. F1 explains every page.")
        self._sentence.setText(sentence)
        self.done.set_kind(ButtonKind.SECONDARY if left else ButtonKind.PRIMARY)
        self.done.present(tr("Close guide") if left else tr("To the checkout"))

    def _lay_out(self) -> None:
        page = QWidget()
        page.setMaximumWidth(_WIDTH)
        column = vbox(
            self._title,
            self._sentence,
            Gap(Space.XS),
            spacing=Space.S,
            margins=(Space.L, Space.L, Space.L, Space.M),
            parent=page,
        )
        inside = QWidget()
        vbox(*self.rows.values(), Stretch(), spacing=Space.S, margins=0, parent=inside)
        column.addWidget(SeeThrough(inside), 1)
        foot = hbox(Stretch(), self.done)
        column.addLayout(foot)
        hbox(Stretch(), Stretched(page, 100), Stretch(), margins=0, parent=self)
