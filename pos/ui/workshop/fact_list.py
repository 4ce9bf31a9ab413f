"""Facts one below another: what each is about in bold, and its figures beneath, however long they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QVBoxLayout, QWidget

from pos.ui.look.theme import Space
from pos.ui.widgets.drawing.text_label import Role, TextLabel
from pos.ui.widgets.drawing.tone import Tone
from pos.ui.widgets.spoken.announcements import with_pauses


@dataclass(frozen=True, slots=True)
class Fact:
    """What a fact is about, its figures in words, and their tone."""

    head: str
    text: str = ""
    tone: Tone | None = None


class FactList(QWidget):
    """Shows facts; without any it takes no room. Its labels are reused, because new ones must be styled first."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[tuple[TextLabel, TextLabel]] = []
        self._facts: tuple[Fact, ...] = ()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(2)

    @property
    def texts(self) -> list[str]:
        """What is on show."""
        return [with_pauses([fact.head, fact.text]) for fact in self._facts]

    def present(self, name: str, facts: Sequence[Fact]) -> None:
        """Replace the facts; `name` is what a screen reader calls them."""
        self._facts = tuple(facts)
        while len(self._rows) < len(facts):
            head, text = TextLabel(role=Role.STRONG, wrap=True), TextLabel(role=Role.LABEL, wrap=True)
            self._column.addWidget(head)
            self._column.addWidget(text)
            self._column.addSpacing(Space.XS)
            self._rows.append((head, text))
        for index, (head, text) in enumerate(self._rows):
            fact = self._facts[index] if index < len(self._facts) else Fact("")
            head.setText(fact.head)
            head.setVisible(bool(fact.head))
            text.setText(fact.text)
            text.set_tone(fact.tone)
            text.setVisible(bool(fact.text))
        self.setAccessibleName(name)
        self.setAccessibleDescription(with_pauses(self.texts))
        self.setVisible(bool(facts))
