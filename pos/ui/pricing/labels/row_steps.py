"""What a clerk makes of the chosen label: that of a carton, of another lot, or of no lot at all."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from pos.application.pricing.label_queue import DueLabel
from pos.application.text.words import N_, Words
from pos.ui.look.sounds import Sound
from pos.ui.look.theme import Space
from pos.ui.pricing.labels.label_rows import LabelModel, LabelTable
from pos.ui.session.session import Session
from pos.ui.widgets.buttons.key_hint import KeyHint
from pos.ui.widgets.cards.notice_bar import Notice
from pos.ui.widgets.drawing.tone import Tone

_NO_CARTON = N_("{goods}: no carton code on file. Add one on the product page.")
_NO_LOT = N_("{goods}: no lots on hand.")


class LabelRowOperations(QWidget):
    """The keys beneath the rows; `changed`: the rows are others now."""

    changed = Signal()

    def __init__(self, session: Session, rows: LabelModel, table: LabelTable) -> None:
        super().__init__()
        self._session, self._rows, self._table = session, rows, table
        self._lots: bool | None = None  # as the shop wants it, until somebody says otherwise
        self.steps: dict[str, Callable[[], None]] = {
            "label_pack": self.next_pack,
            "label_lots": self.turn_lots,
            "label_lot": self.next_lot,
        }
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.XS)
        self._hints: dict[str, KeyHint] = {}
        for action, step in self.steps.items():
            key = session.actions.key_text(action)
            hint = self._hints[action] = KeyHint(session.theme, key, "", checkable=action == "label_lots")
            hint.clicked.connect(step)
            row.addWidget(hint)
        row.addStretch(1)

    @property
    def names_lots(self) -> bool:
        """Whether labels bear the lot of the goods where it is known."""
        return self._session.settings.label_lots if self._lots is None else self._lots

    def dressed(self, due: DueLabel) -> DueLabel:
        """A label with the only lot there is of its goods, where lots are wanted."""
        return due.of_lot(due.only_lot if self.names_lots else None)

    def next_pack(self) -> None:
        """The label of a carton of the same goods, or of a single piece again."""
        due = self._chosen
        if due is not None and due.packs:
            self._change(due.of_next_pack())
        elif due is not None:
            self._tell(_NO_CARTON, due)

    def next_lot(self) -> None:
        """The next lot of the same goods, at last none."""
        due = self._chosen
        if due is not None and due.lots:
            self._change(due.of_next_lot())
        elif due is not None:
            self._tell(_NO_LOT, due)

    def turn_lots(self) -> None:
        """Lots stand on the labels, or no longer do; which of several was chosen is forgotten."""
        self._lots = not self.names_lots
        place = self._table.place
        self._rows.present([self.dressed(due) for due in self._rows.rows])
        self._table.choose(min(place, self._rows.rowCount() - 1))
        self.present()
        self.changed.emit()

    def present(self) -> None:
        """Show whether lots are wanted."""
        self._hints["label_lots"].setChecked(self.names_lots)

    def retranslate(self, words: Words) -> None:
        """Say everything in another language."""
        for action, hint in self._hints.items():
            hint.present(self._session.actions.key_text(action), self._session.actions.text(action, words))

    @property
    def _chosen(self) -> DueLabel | None:
        place = self._table.place
        return self._rows.rows[place] if 0 <= place < self._rows.rowCount() else None

    def _change(self, due: DueLabel) -> None:
        self._table.choose(self._rows.change(self._table.place, due))
        self.changed.emit()

    def _tell(self, sentence: str, due: DueLabel) -> None:
        self._session.sounds.play(Sound.REFUSE)

        def notice() -> Notice:
            words = self._session.words
            return Notice(Tone.NEARLY, words(sentence, goods=due.product.name_in(words.language)), seconds=8)

        self._session.tell("label.said", notice)
