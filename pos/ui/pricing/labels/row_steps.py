"""Changes to the selected label: a carton's label, another lot, or no lot."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from pos.application.pricing.label_queue import DueLabel
from pos.application.text.translator import N_, Translator
from pos.ui.look.sounds import Sound
from pos.ui.look.theme import Size, Space
from pos.ui.pricing.labels.label_rows import LabelModel, LabelTable
from pos.ui.session.session import Session
from pos.ui.widgets.buttons.icon_button import IconButton
from pos.ui.widgets.buttons.key_hint import KeyHint
from pos.ui.widgets.cards.notice_bar import Notice
from pos.ui.widgets.drawing.flow import Flow
from pos.ui.widgets.drawing.layouts import vbox
from pos.ui.widgets.drawing.tone import Tone

_NO_CARTON = N_("{goods}: no carton code on file. Add one on the product page.")
_NO_LOT = N_("{goods}: no lots on hand.")
_SEVERAL_LOTS = N_("{goods}: not all pieces are of one lot. {key} chooses the lot of the label.")


class LabelRowOperations(QWidget):
    """The keys beneath the rows; `changed`: the rows have changed. `turned`: lots are shown now, or no longer."""

    changed = Signal()
    turned = Signal()

    def __init__(self, session: Session, rows: LabelModel, table: LabelTable) -> None:
        super().__init__()
        self._session, self._rows, self._table = session, rows, table
        self._lots: bool | None = None  # the setting of the shop, until the clerk chooses otherwise
        self.key_handlers: dict[str, Callable[[], None]] = {
            "label_pack": self.next_pack,
            "label_lots": self.turn_lots,
            "label_lot": self.next_lot,
        }
        self.fewer, self.more = (
            IconButton(session.theme, icon=icon, height=Size.SMALL_BUTTON) for icon in ("minus", "plus")
        )
        for button, by in ((self.fewer, -1), (self.more, 1)):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the rows keep it, for the keys that change them
            button.clicked.connect(partial(self._count, by))
        self._hints: dict[str, KeyHint] = {}
        for action, step in self.key_handlers.items():
            key = session.actions.key_text(action)
            hint = self._hints[action] = KeyHint(session.theme, key, "", checkable=action == "label_lots")
            hint.clicked.connect(step)
        vbox(Flow(self.fewer, self.more, *self._hints.values(), spacing=Space.XS), spacing=0, margins=0, parent=self)

    @property
    def names_lots(self) -> bool:
        """Whether labels show the lot of the goods where it is known."""
        return self._session.settings.label_lots if self._lots is None else self._lots

    def dressed(self, due: DueLabel) -> DueLabel:
        """The label with the lot of its goods, if lots are shown and there is exactly one."""
        return due.of_lot(due.only_lot if self.names_lots else None)

    def next_pack(self) -> None:
        """Switch between the label of a carton of the same goods and that of a single piece."""
        due = self._chosen
        if due is not None and due.packs:
            self._change(due.of_next_pack())
        elif due is not None:
            self._notify(_NO_CARTON, due)

    def next_lot(self) -> None:
        """Switch to the next lot of the same goods, after the last one to none."""
        due = self._chosen
        if due is not None and due.lots:
            self._change(due.of_next_lot())
        elif due is not None:
            self._notify(_NO_LOT, due)

    def turn_lots(self) -> None:
        """Turn lots on labels on or off; the choice between several lots is forgotten."""
        self._lots = not self.names_lots
        index = self._table.current_row
        self._rows.present(self.all_dressed(self._rows.rows))
        self._table.choose(min(index, self._rows.rowCount() - 1))
        self.present()
        self.turned.emit()
        self.changed.emit()
        due = self._chosen
        if self._lots and due is not None and due.lots and not due.label.lot:
            self._notify(_SEVERAL_LOTS, due, None)

    def all_dressed(self, labels: Iterable[DueLabel]) -> list[DueLabel]:
        """The labels with the lots that are known of them, each of its own, or with none."""
        return [one for due in labels for one in (due.of_known_lots() if self.names_lots else (due.of_lot(None),))]

    def present(self) -> None:
        """Show whether lots are on."""
        self._hints["label_lots"].setChecked(self.names_lots)

    def retranslate(self, tr: Translator) -> None:
        """Show all texts in another language."""
        for action, hint in self._hints.items():
            hint.present(self._session.actions.key_text(action), self._session.actions.text(action, tr))
        self.fewer.present("", name=self._session.actions.text("fewer_labels", tr))
        self.more.present("", name=self._session.actions.text("more_labels", tr))

    def _count(self, by: int, _on: bool = False) -> None:
        self._table.more.emit(by)

    @property
    def _chosen(self) -> DueLabel | None:
        index = self._table.current_row
        return self._rows.rows[index] if 0 <= index < self._rows.rowCount() else None

    def _change(self, due: DueLabel) -> None:
        self._table.choose(self._rows.change(self._table.current_row, due))
        self.changed.emit()

    def _notify(self, sentence: str, due: DueLabel, sound: Sound | None = Sound.REFUSE) -> None:
        if sound is not None:
            self._session.sounds.play(sound)
        key = self._session.actions.key_text("label_lot")

        def notice() -> Notice:
            tr = self._session.translator
            return Notice(Tone.NEARLY, tr(sentence, goods=due.product.name_in(tr.language), key=key), seconds=8)

        self._session.notify("label.said", notice)
