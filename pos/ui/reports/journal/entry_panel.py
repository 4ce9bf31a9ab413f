"""One journal entry: its sentence, when, who and where, whether its chain is intact, and every fact in words."""

from __future__ import annotations

import json
import re

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from pos.application.ports.journal_ports import JournalEntry
from pos.application.reports.journal_fields import entry_fields
from pos.application.reports.journal_formatter import JournalFormatter
from pos.application.text.formatting import instant_text, number_text
from pos.application.text.translator import Translator
from pos.ui.look.theme import Size, Space
from pos.ui.session.session import Session
from pos.ui.widgets.buttons.icon_button import IconButton
from pos.ui.widgets.drawing.layouts import Gap, Stretched, hbox, vbox
from pos.ui.widgets.drawing.see_through import SeeThrough
from pos.ui.widgets.drawing.surface import Ground, Surface
from pos.ui.widgets.drawing.text_label import Role, TextLabel
from pos.ui.widgets.drawing.tone import Tone

ENTRY_WIDTH = 320
_MOST_FIELDS = 40
_MARK = 8
"""Characters of a chain mark that are shown: enough to compare with a printout."""
_LONGEST_WORD = 24
"""Characters of a word that a narrow card shows in one line."""
_CHINESE_POINT = re.compile("(?<=[，。、；：）])")


class EntryPanel(Surface):
    """The full sentence, then the facts; the recorded text, letter by letter, only on request."""

    def __init__(self, session: Session) -> None:
        super().__init__(Ground.CARD)
        self._entry: JournalEntry | None = None
        self._holds: bool | None = None
        self._sentence = TextLabel(role=Role.TITLE, wrap=True)
        self._who = TextLabel(role=Role.LABEL, wrap=True)
        self._chain = TextLabel(role=Role.SMALL_STRONG, wrap=True)
        self._rows: list[tuple[TextLabel, TextLabel]] = []
        self._recorded = TextLabel(role=Role.SMALL, wrap=True)
        self._recorded.hide()
        self.button = IconButton(
            session.theme, icon="eye", key=session.actions.key_text("journal_recorded"), height=Size.SMALL_BUTTON
        )
        self.button.clicked.connect(self.turn)
        inside = QWidget()
        column = vbox(
            self._sentence,
            self._who,
            self._chain,
            Gap(Space.XS),
            spacing=Space.S,
            margins=(Space.M, Space.M, Space.M, Space.M),
            parent=inside,
        )
        self._nothing = TextLabel(role=Role.LABEL, wrap=True)
        self._fields_box = QWidget()
        self._column = QVBoxLayout(self._fields_box)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(Space.S)
        column.addWidget(self._fields_box)
        column.addWidget(self._nothing)
        column.addWidget(self._recorded)
        column.addStretch(1)
        foot = hbox(Stretched(self.button), margins=(Space.M, 0, Space.M, Space.M))
        vbox(Stretched(SeeThrough(inside)), foot, margins=(1, 1, 1, 1), parent=self)
        _let_copy(self._recorded)

    @property
    def text(self) -> str:
        """The text on show."""
        lines = [f"{name.text()}: {value.text()}" for name, value in self._rows if name.text()]
        head = [label.text() for label in (self._sentence, self._who, self._chain)]
        return "\n".join([*head, *(lines if self._recorded.isHidden() else [self._recorded.text()])])

    @property
    def entry(self) -> JournalEntry | None:
        """The entry on show."""
        return self._entry

    def present(self, entry: JournalEntry | None, formatter: JournalFormatter, tr: Translator) -> None:
        """Show an entry; nothing for None."""
        self.setVisible(entry is not None)
        if entry is None:
            self._entry = None
            return
        if self._entry is None or entry.id != self._entry.id:
            self._holds = None
            self._show_recorded(shown=False)
        self._entry = entry
        at = instant_text(entry.at, formatter.zone, tr.language, seconds=True)
        number = number_text(entry.number, tr.language)
        self._sentence.setText(_breaking(formatter.sentence(entry)))
        self._who.setText(
            f"{formatter.person(entry.person)}\n{at}\n" + tr("{till}, entry {number}", till=entry.till, number=number)
        )
        fields = entry_fields(entry, formatter)[:_MOST_FIELDS]
        self._nothing.setText("" if fields else tr("No further details."))
        self._nothing.setVisible(not fields)
        self._present_fields(fields)
        self._say_chain(tr)
        self._say_button(tr)

    def show_chain(self, entry: JournalEntry, holds: bool, tr: Translator) -> None:
        """Show whether the entry on show is unchanged; results about another entry are ignored."""
        if self._entry is not None and entry.id == self._entry.id:
            self._holds = holds
            self._say_chain(tr)

    def turn(self) -> None:
        """Show or hide the recorded text, letter by letter."""
        if self._entry is None:
            return
        self._recorded.setText(_breaking(_letters(self._entry)))
        self._show_recorded(self._recorded.isHidden())

    def _present_fields(self, fields: list[tuple[str, str]]) -> None:
        while len(self._rows) < len(fields):
            name, value = TextLabel(role=Role.SMALL), TextLabel(wrap=True)
            name.setProperty("tint", "muted")
            _let_copy(value)
            pair = vbox(name, value, spacing=0)
            self._column.addLayout(pair)
            self._rows.append((name, value))
        for index, (name, value) in enumerate(self._rows):
            is_used = index < len(fields)
            name.setVisible(is_used)
            value.setVisible(is_used)
            name.setText(fields[index][0] if is_used else "")
            value.setText(_breaking(fields[index][1]) if is_used else "")

    def _show_recorded(self, shown: bool) -> None:
        """Show the recorded text in place of the facts, or the facts again."""
        self._recorded.setVisible(shown)
        self._fields_box.setVisible(not shown)
        self.button.present(self.button.text(), icon="eye-off" if shown else "eye")

    def _say_chain(self, tr: Translator) -> None:
        entry = self._entry
        if entry is None:
            return
        drawn = f"{entry.mac[:_MARK]}…"
        if self._holds is None:
            self._chain.setText(tr("Chain: {mark}", mark=drawn))
            self._chain.set_tone(None)
        elif self._holds:
            self._chain.setText(tr("Chain: intact · {mark}", mark=drawn))
            self._chain.set_tone(Tone.WITHIN)
        else:
            self._chain.setText(tr("Chain: broken here · {mark}", mark=drawn))
            self._chain.set_tone(Tone.OVER)

    def _say_button(self, tr: Translator) -> None:
        self.button.present(tr("Details as recorded"), icon="eye" if self._recorded.isHidden() else "eye-off")


def _letters(entry: JournalEntry) -> str:
    details = json.dumps(entry.details, ensure_ascii=False, indent=1)
    return f"{entry.event} · {entry.person} · {entry.at.isoformat()}\n{details}\n{entry.mac}"


def _let_copy(label: QLabel) -> None:
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    label.setFocusPolicy(Qt.FocusPolicy.NoFocus)


def _breaking(text: str) -> str:
    """Allow breaks in words that are wider than a narrow card, first behind the points of Chinese; all others stay
    unchanged, and figures stay whole.
    """
    return "\n".join(" ".join(_broken(word) for word in line.split(" ")) for line in text.split("\n"))


def _broken(word: str) -> str:
    parts = [word] if len(word) <= _LONGEST_WORD else _CHINESE_POINT.split(word)
    pieces = (part[at : at + _LONGEST_WORD] for part in parts for at in range(0, len(part), _LONGEST_WORD))
    return "\u200b".join(pieces)
