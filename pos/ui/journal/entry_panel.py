"""One entry of the journal with every fact that was written."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pos.application.figures import instant_text, number_text
from pos.application.journal_ports import JournalEntry
from pos.application.journal_sentences import JournalTeller
from pos.application.words import Words
from pos.ui.theme import Space
from pos.ui.widgets.see_through import SeeThrough
from pos.ui.widgets.surface import Ground, Surface
from pos.ui.widgets.text_label import Role, TextLabel

_WIDE = 300
_MOST_FACTS = 40


class EntryPanel(Surface):
    """The sentence whole, when, who and where, then the facts."""

    def __init__(self) -> None:
        super().__init__(Ground.CARD)
        self.setFixedWidth(_WIDE)
        self._sentence = TextLabel(role=Role.TITLE, wrap=True)
        self._who = TextLabel(role=Role.LABEL, wrap=True)
        self._facts = TextLabel(wrap=True)
        self._facts.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(Space.M, Space.M, Space.M, Space.M)
        column.setSpacing(Space.S)
        for label in (self._sentence, self._who, self._facts):
            column.addWidget(label)
        column.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(1, 1, 1, 1)
        whole.addWidget(SeeThrough(inside))

    @property
    def text(self) -> str:
        """What it says."""
        return "\n".join(label.text() for label in (self._sentence, self._who, self._facts))

    def present(self, entry: JournalEntry | None, teller: JournalTeller, words: Words) -> None:
        """Show an entry; nothing for none."""
        self.setVisible(entry is not None)
        if entry is None:
            return
        at = instant_text(entry.at, teller.zone, words.language, seconds=True)
        number = number_text(entry.number, words.language)
        self._sentence.setText(teller.sentence(entry))
        self._who.setText(
            f"{teller.person(entry.person)}\n{at}\n" + words("{till}, entry {number}", till=entry.till, number=number)
        )
        facts = [f"{name}: {_breaking(text)}" for name, text in teller.facts(entry)[:_MOST_FACTS]]
        self._facts.setText("\n".join(facts) or words("Nothing more was written."))


def _breaking(text: str) -> str:
    """A long word that a narrow card can break."""
    return "\u200b".join(text[at : at + 24] for at in range(0, len(text), 24))
