"""The visitor: letter, masked name and number, age, visits, destination; or the request for a document."""

from __future__ import annotations

from collections.abc import Callable
from datetime import tzinfo

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from pos.application.sales.checkout_view import VisitorView
from pos.application.text.border_words import destination_text
from pos.application.text.formatting import date_text
from pos.application.text.names import DOCUMENTS, name_of
from pos.application.text.translator import Translator
from pos.domain.border import border_in_force
from pos.ui.look.theme import Size, Space, Theme
from pos.ui.quota.age_text import age_text
from pos.ui.quota.center_words import center_text, center_tone
from pos.ui.quota.party_words import called, declared_text, other_side_texts
from pos.ui.widgets.buttons.avatar import Avatar
from pos.ui.widgets.buttons.icon_button import ButtonKind, IconButton
from pos.ui.widgets.buttons.segmented import Segment, Segmented
from pos.ui.widgets.buttons.tool_button import ToolButton
from pos.ui.widgets.drawing.broken_label import BrokenLabel
from pos.ui.widgets.drawing.layouts import hbox, vbox
from pos.ui.widgets.drawing.text_label import Role, TextLabel
from pos.ui.widgets.drawing.tone import Tone
from pos.ui.widgets.spoken.announcements import Announcer, with_pauses

_ROOMY = 400
"""Pixels from which the first of three buttons has room for the cap of its key beside a long name."""
_OTHER_WIDTH = 78


class VisitorCard(QWidget):
    """The top of the visitor's panel. `asked` requests the form for a typed document, `leaves` carries another
    destination.

    `key` opens that form from the keyboard.
    """

    asked = Signal()
    leaves = Signal(str)
    dismissed = Signal()
    """The sale continues without this visitor."""
    history_asked = Signal()
    """What is on file of the visitor is to be shown."""

    def __init__(
        self, theme: Theme, key: str, history_key: str, zone: Callable[[], tzinfo], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._zone = zone
        self._shown: tuple[object, ...] = ()
        self._destination = ""
        self._key, self._history_key = key, history_key
        self._avatar = Avatar(theme, "A", chosen=True)
        self._name = BrokenLabel(Role.TITLE)
        self._second = TextLabel(role=Role.LABEL, wrap=True)
        self._third = TextLabel(role=Role.LABEL, wrap=True)
        self._center = TextLabel(role=Role.LABEL, wrap=True)
        self._expired = TextLabel(role=Role.SMALL_STRONG)
        self._expired.set_tone(Tone.NEARLY)
        self._other_side = TextLabel(role=Role.SMALL_STRONG, wrap=True)
        self._other_side.set_tone(Tone.NEARLY)
        self._other = IconButton(theme, icon="user-plus", key=key, kind=ButtonKind.DASHED, height=Size.SMALL_BUTTON)
        self._other.setFixedWidth(_OTHER_WIDTH)
        self._away = ToolButton(theme, "x", worded=False)
        self._away.clicked.connect(self.dismissed)
        self._history = ToolButton(theme, "history", worded=False)
        self._history.clicked.connect(self.history_asked)
        self._history.hide()
        self._call = IconButton(theme, icon="id-card", key=key, kind=ButtonKind.DASHED, height=Size.PRIMARY)
        self._call.setMinimumWidth(2 * Size.BUTTON)  # in a narrow panel its words are parted
        self._sides = Segmented(theme, "")
        self._other.clicked.connect(self.asked)
        self._call.clicked.connect(self.asked)
        self._sides.chosen.connect(self._leave)
        self._person = QWidget()
        self._announcer = Announcer(self)
        top = Qt.AlignmentFlag.AlignTop
        self._grid = grid = QGridLayout(self._person)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(0)
        grid.setColumnStretch(1, 1)
        grid.addWidget(self._avatar, 0, 0, 3, 1, top)
        grid.addWidget(self._second, 1, 1)
        grid.addWidget(self._third, 2, 1, 1, 2)
        grid.addWidget(self._center, 3, 1, 1, 2)
        grid.addWidget(self._expired, 4, 1, 1, 2)
        grid.addWidget(self._other_side, 5, 0, 1, 3)
        self._tools = QWidget()
        hbox(self._other, self._history, self._away, spacing=0, margins=0, parent=self._tools)
        self._is_long = False
        self._put_name()
        vbox(self._person, self._call, self._sides, spacing=Space.S, margins=0, parent=self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """With little room the name comes before the cap of a key."""
        super().resizeEvent(event)
        roomy = event.size().width() >= _ROOMY
        self._other.setFixedWidth(_OTHER_WIDTH if roomy else Size.SMALL_BUTTON)
        self._other.present("", key=self._key if roomy else "")
        self._fit_name()

    def _fit_name(self) -> None:
        """A name with a word too long for the room beside the buttons stands above them."""
        buttons = (self._other, self._history, self._away)
        taken = sum(one.sizeHint().width() for one in buttons if not one.isHidden())
        room = self.width() - self._avatar.sizeHint().width() - taken - 2 * self._grid.horizontalSpacing()
        if (is_long := self._name.longest > room) != self._is_long:
            self._is_long = is_long
            self._put_name()

    def _put_name(self) -> None:
        grid, is_long = self._grid, self._is_long
        grid.addWidget(self._name, 0, 1, 1, 2 if is_long else 1)
        grid.addWidget(self._tools, 1 if is_long else 0, 2, 1 if is_long else 2, 1, Qt.AlignmentFlag.AlignTop)

    @property
    def other_side(self) -> TextLabel:
        """The goods held for the other destination, which count here."""
        return self._other_side

    @property
    def center(self) -> TextLabel:
        """What the center has said; hidden in a shop without one."""
        return self._center

    @property
    def sides(self) -> Segmented:
        """The switch of the destination."""
        return self._sides

    @property
    def history(self) -> ToolButton:
        """The button that leads to what is on file of the visitor."""
        return self._history

    def offer_history(self, offered: bool) -> None:
        """Whether the person at the till may see what is on file of a visitor."""
        self._history.setVisible(offered)
        self._fit_name()

    @property
    def away(self) -> ToolButton:
        """The button that removes the visitor."""
        return self._away

    def present(self, visitor: VisitorView | None, destination: str | None, tr: Translator) -> None:
        """Show the visitor, or the request for a document if there is none."""
        if self._shown == (visitor, destination, tr):
            return
        self._shown = (visitor, destination, tr)
        self._person.setVisible(visitor is not None)
        self._call.setVisible(visitor is None)
        self._call.present(tr("Scan a passport or ID"))
        self._other.present("", name=tr("Companion's document"))
        self._sides.setAccessibleName(tr("Destination"))
        self._destination = destination or ""
        sides = [Segment(side, destination_text(side, tr), "arrow-right") for side in border_in_force().sides]
        self._sides.present(sides, self._destination)
        self._sides.setVisible(len(sides) > 1)  # with one way out there is nothing to choose
        if visitor is None:
            self._announcer.update("")
            return
        person = visitor.visitor
        self._avatar.present(person.label, chosen=True)
        self._away.present(tr("Remove {visitor}", visitor=called(person)))
        self._history.present(tr("Visitor's history"), self._history_key)
        self._name.present(person.name or person.masked)
        self._fit_name()
        kind = name_of(DOCUMENTS, person.kind, tr)
        self._second.setText(f"{kind} {person.masked}" if person.name else kind)
        self._third.setText(" · ".join(_details(visitor, tr)))
        said = center_text(visitor.center, self._zone(), tr)
        self._center.setText(said)
        self._center.set_tone(center_tone(visitor.center))
        self._center.setVisible(bool(said))
        self._other_side.setVisible(bool(visitor.other_side))
        self._other_side.setText("\n".join(other_side_texts(visitor, tr)))
        self._expired.setVisible(visitor.expired)
        if visitor.expired and person.expiry is not None:
            day = date_text(person.expiry, tr.language)
            self._expired.setText(tr("Document expired on {day}", day=day))
        self._announcer.update(self._spoken(visitor, destination, tr))

    def _spoken(self, visitor: VisitorView, destination: str | None, tr: Translator) -> str:
        """What a screen reader says: the visitor, and the side to which the sale goes."""
        expired = self._expired.text() if visitor.expired else ""
        side = destination_text(destination, tr)
        center, other_side = self._center.text(), self._other_side.text()
        texts = self._name.whole, self._second.text(), *_details(visitor, tr), center, other_side, expired, side
        return with_pauses([text.replace("\n", " ") for text in texts])

    def _leave(self, side: str) -> None:
        """A side is selected when the sale goes there, not by the press: the step may be refused."""
        self.leaves.emit(side)
        self._sides.select(self._destination)


def _details(visitor: VisitorView, tr: Translator) -> list[str]:
    details = []
    if age := age_text(visitor.age, visitor.oldest, tr):
        details.append(age)
    today = visitor.visits_today
    if visitor.visitor.declared:
        details.append(declared_text(visitor.visitor, tr))
    elif visitor.held:  # parked, or being paid at another till
        details.append(tr.plural("{n} piece held", "{n} pieces held", visitor.held))
    elif today:
        details.append(tr.plural("{n} purchase here today", "{n} purchases here today", today))
    elif today is not None:
        details.append(tr("no purchases here today"))
    return details
