"""The selected line with its large count, lot and expiry, and missing product data."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from pos.application.purchasing.delivery_view import CountRow, LastScan
from pos.application.text.formatting import date_text, number_text, time_text
from pos.application.text.translator import Translator
from pos.domain.errors import BadField
from pos.domain.purchasing.goods_receipt import DeliveryOutcome
from pos.ui.input.actions import Actions
from pos.ui.look.theme import Space, Theme
from pos.ui.purchasing.receive.ask_line import AskLine
from pos.ui.purchasing.receive.outcome_words import ICONS, outcome_text
from pos.ui.widgets.buttons.icon_button import IconButton
from pos.ui.widgets.buttons.key_hint import KeyHint
from pos.ui.widgets.cards.scan_figure import ScanFigure
from pos.ui.widgets.drawing.fitting_column import FittingColumn
from pos.ui.widgets.drawing.layouts import Stretched, hbox, vbox
from pos.ui.widgets.drawing.surface import Ground, Line, Surface
from pos.ui.widgets.drawing.text_label import Role, TextLabel, Words
from pos.ui.widgets.drawing.tone import Tone
from pos.ui.widgets.fields.input_hints import NUMBERS

_HINTS = ("keep_unordered", "close_short", "close_rest", "another_lot", "piece_cost", "delivery_papers", "undo")

_DIGITS = len("20270531")


def read_day(text: str) -> date | None:
    """A typed day: 2027-05-31, 31.05.2027 or 20270531; None for an empty text. Raises BadField `expiry`.

    Fewer digits without marks between them may be several days.
    """
    text = text.strip()
    if not text:
        return None
    for form in ("%Y%m%d",) if len(text) == _DIGITS and text.isdigit() else ("%Y-%m-%d", "%d.%m.%Y"):
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007 # a day has no zone
        except ValueError:
            continue
    raise BadField("expiry", "not_a_date", text[:20])


def write_day(day: date, language: str) -> str:
    """A day in a numeric form of the language that `read_day` reads."""
    return date_text(day, language) if language in ("ru", "kk") else day.isoformat()


class CountPanel(Surface):
    """Presents a CountRow. `corrected` carries a difference in pieces, `lot_said` lot and day, `weighed` kilograms."""

    corrected = Signal(int)
    lot_said = Signal(str, str)
    lot_left = Signal(int, str, str)
    """Another line is chosen while lot or day of this one are typed and not entered yet."""
    weighed = Signal(str)
    weight_left = Signal(int, str)
    """Other goods are chosen while the weight of these, by the id of the product, is typed and not entered yet."""
    action_pressed = Signal(str)

    def __init__(self, theme: Theme, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(Ground.PANEL, parent)
        self._theme, self._actions = theme, actions
        self.row: CountRow | None = None
        self._packs: dict[int, int] = {}
        """The pieces of the carton that was scanned last, by the id of its product."""
        self._caption = TextLabel(role=Role.LABEL)
        self._name = TextLabel(role=Role.TITLE, wrap=True)
        self._code = TextLabel(role=Role.LABEL)
        self._figure = ScanFigure(theme, has_bar=True)
        self.fewer, self.more, self.many, self.typed = (
            IconButton(theme, icon="minus"),
            IconButton(theme, icon="plus"),
            IconButton(theme, icon="plus"),
            IconButton(theme, key=actions.key_text("type_count")),
        )
        keeping = self.many.sizePolicy()
        keeping.setRetainSizeWhenHidden(True)  # no other button moves under the finger
        self.many.setSizePolicy(keeping)
        self.fewer.clicked.connect(lambda: self.corrected.emit(-1))
        self.more.clicked.connect(lambda: self.corrected.emit(1))
        self.many.clicked.connect(lambda: self.corrected.emit(self._pack))
        self.typed.clicked.connect(lambda: self.action_pressed.emit("type_count"))
        self.ask = AskLine(theme)
        self.ask.left.connect(self._show_missing)
        self._lot_label, self._expiry_label = TextLabel(role=Role.LABEL), TextLabel(role=Role.LABEL)
        self.lot, self.expiry = QLineEdit(), QLineEdit()
        self._lot_shown = self._lot_before = ("", "")
        self.answers: Callable[[], bool] = lambda: True
        """Whether the key being handled is no second press of the one before, which was for another field."""
        self.lot.returnPressed.connect(self.expiry.setFocus)
        self.expiry.returnPressed.connect(self._say_lot)
        self._missing = Surface(Tone.NEARLY)
        self._missing_title, self._missing_why = TextLabel(role=Role.STRONG), TextLabel(role=Role.LABEL, wrap=True)
        self._missing_title.set_tone(Tone.NEARLY)
        self.weight = QLineEdit()
        self.weight.setInputMethodHints(NUMBERS)
        self.weight.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.weight.returnPressed.connect(self._say_weight)
        self.save_weight = IconButton(theme)
        self.save_weight.clicked.connect(self._say_weight)
        self.hints = {name: KeyHint(theme, actions.key_text(name), "") for name in _HINTS}
        self.hints["undo"].gives_way = True  # the step before is the next to be undone
        for name, hint in self.hints.items():
            hint.clicked.connect(lambda _checked=False, name=name: self.action_pressed.emit(name))
        self._keys = FittingColumn(list(self.hints.values()), 0)
        self._lay_out()

    def present(self, row: CountRow | None, last: LastScan | None, zone_time: datetime | None, tr: Translator) -> None:
        """Show a row; `last` is the newest scan if it was of this row, at `zone_time` of the shop's clock."""
        same = self.row is not None and row is not None and _key(self.row) == _key(row)
        left = None if same else self.typed_lot()
        weight = None if same or self.row is None or not _is_typed(self.weight) else (self.row, self.weight.text())
        if not same and not self.ask.is_typed:
            self.ask.close_down()
        self.row = row
        self.setEnabled(row is not None)
        counted = row is not None and row.line is not None
        for button in (self.fewer, self.more, self.many, self.typed, self.lot, self.expiry):
            button.setEnabled(counted)
        if row is None:
            self._caption.setText("")
            self._name.setText(tr("Scan the first piece"))
            self._code.setText("")
            self._figure.present("0", "", "", 0.0, "muted")
            self._missing.hide()
            return
        language = tr.language
        self._caption.setText(self._said(last, zone_time, tr))
        self._name.setText(row.product.name_in(language))
        self._code.setText(f"{row.product.code} · {outcome_text(row, tr)}")
        of = "" if row.expected is None else tr("of {n}", n=number_text(row.expected, language))
        step = "" if last is None else f"{'+' if last.pieces > 0 else '−'} {number_text(abs(last.pieces), language)}"
        share = 1.0 if row.expected == 0 else min(1.0, row.together / (row.expected or row.together or 1))
        self._figure.present(number_text(row.together, language), of, step, share, ICONS[row.outcome][1])
        if last is not None and last.pack > 1:
            self._packs[last.product] = last.pack
        self._name_buttons(tr)
        line = row.line
        if not same or self.typed_lot() is None:
            self.lot.setText("" if line is None else line.lot)
            self.expiry.setText("" if line is None or line.expiry is None else write_day(line.expiry, language))
            self.lot_is_said()
        self._lot_label.set_tone(Tone.NEARLY if row.lacks_lot else None)
        self._show_missing()
        if not same:
            self.weight.setText("")  # clear() would be an edit that is not entered yet, and Esc would undo it
        if left is not None:
            self.lot_left.emit(*left)
        if weight is not None:
            self.weight_left.emit(weight[0].product.id, weight[1])

    def retranslate(self, tr: Translator) -> None:
        """Show all texts in another language."""
        self._lot_label.setText(tr("Lot"))
        self._expiry_label.setText(tr("Last day"))
        self.expiry.setPlaceholderText(tr("YYYY-MM-DD"))
        self.lot.setAccessibleName(tr("Lot"))
        self.expiry.setAccessibleName(tr("Last day"))
        self._missing_title.setText(tr("Gross weight missing"))
        self._missing_why.setText(tr("Without it, the allowance cannot be checked where weight counts."))
        self.weight.setAccessibleName(tr("Gross weight per piece, kg"))
        self.weight.setPlaceholderText(tr("kg"))
        self.save_weight.present(tr("Save weight"))
        self.ask.retranslate(tr)
        self._name_buttons(tr)
        for name, hint in self.hints.items():
            text = tr("Undo the last scan") if name == "undo" else self._actions.text(name, tr)
            hint.present(self._actions.key_text(name), text)
        self._keys.reposition()

    def typed_lot(self) -> tuple[int, str, str] | None:
        """The line, its lot and its day as they are typed and not entered yet."""
        line = None if self.row is None else self.row.line
        typed = (self.lot.text(), self.expiry.text())
        return None if line is None or typed == self._lot_shown else (line.no, *typed)

    def lot_is_said(self) -> None:
        """What stands in the fields is entered."""
        for field in (self.lot, self.expiry):
            field.setModified(False)
        self._lot_before, self._lot_shown = self._lot_shown, (self.lot.text(), self.expiry.text())

    def lot_is_refused(self, line: int, lot: str, day: str) -> None:
        """What was typed for a line is not entered: it is still to be, if it stands there."""
        here = None if self.row is None or self.row.line is None else self.row.line
        if here is not None and here.no == line and (self.lot.text(), self.expiry.text()) == (lot, day):
            self._lot_shown = self._lot_before
            for field in (self.lot, self.expiry):
                field.setModified(True)

    def type_lot(self, lot: str, day: str) -> None:
        """Show a lot and a day as typed and not entered, with the cursor in the day."""
        for field, text in ((self.lot, lot), (self.expiry, day)):
            if field.text() != text:
                field.selectAll()
                field.insert(text)  # Esc takes it back, as what was typed
        self.expiry.setFocus(Qt.FocusReason.OtherFocusReason)
        self.expiry.selectAll()

    def ask_lot(self) -> None:
        """Focus the lot field."""
        self.lot.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def ask_for(self, asks: Words, said: str, tr: Translator, take: Callable[[str], None]) -> None:
        """Ask a question about the line, in place of the missing product data."""
        self._missing.hide()
        self.ask.ask(asks, said, tr, take)

    def _show_missing(self) -> None:
        row = self.row
        lacks = row is not None and row.product.attributes.gross_kg is None and row.outcome is not DeliveryOutcome.WRONG
        self._missing.setVisible(lacks and self.ask.isHidden())

    def insist(self, words: Words) -> QLineEdit | None:
        """The field whose typed text is not entered yet, with the cursor in it; an open question says `words`."""
        if self.ask.insist(words):
            return self.ask.field
        if not _is_typed(self.weight):
            return None
        self.weight.setFocus(Qt.FocusReason.ShortcutFocusReason)
        return self.weight

    def drop_typed(self) -> bool:
        """Esc: take typed text back; False if there is none."""
        typed = [field for field in (self.lot, self.expiry, self.weight) if _is_typed(field)]
        for field in typed:
            while field.isUndoAvailable():
                field.undo()
            field.setModified(False)
        return bool(typed)

    def _say_weight(self) -> None:
        self.weight.setModified(False)
        self.weighed.emit(self.weight.text())

    def _say_lot(self) -> None:
        if not self.expiry.text().strip() and not self.answers():
            return  # the Enter of the lot, pressed twice
        self.lot_said.emit(self.lot.text(), self.expiry.text())

    def _said(self, last: LastScan | None, at: datetime | None, tr: Translator) -> str:
        if last is None or at is None:
            return tr("Selected line")
        parts = [tr("Last scan"), time_text(at, seconds=True)]
        if not last.code:
            parts[0] = tr("Manual correction")
        elif last.pieces > 1:
            parts.append(tr("{n} pieces in one scan", n=number_text(last.pieces, tr.language)))
        return " · ".join(parts)

    @property
    def _pack(self) -> int:
        return 1 if self.row is None else self._packs.get(self.row.product.id, 1)

    def _name_buttons(self, tr: Translator) -> None:
        pack = self._pack
        many = number_text(pack, tr.language)
        self.fewer.present("1", name=tr("One piece less"))
        self.more.present("1", name=tr("One piece more"))
        self.many.present(many, name=tr.plural("{n} piece more", "{n} pieces more", pack, n=many))
        self.many.setVisible(pack > 1)
        self.typed.present("", name=tr("Enter count"))

    def _lay_out(self) -> None:
        buttons = hbox(
            *(Stretched(button) for button in (self.fewer, self.more, self.many, self.typed)), spacing=Space.S
        )
        lots = QHBoxLayout()
        lots.setSpacing(Space.M)
        for label, field in ((self._lot_label, self.lot), (self._expiry_label, self.expiry)):
            pair = vbox(label, field, spacing=Space.XS)
            lots.addLayout(pair, 1)
        weigh = hbox(Stretched(self.weight), Stretched(self.save_weight), spacing=Space.S)
        vbox(
            self._missing_title,
            self._missing_why,
            weigh,
            spacing=Space.XS,
            margins=(Space.M, Space.S, Space.M, 12),
            parent=self._missing,
        )
        column = vbox(
            self._caption,
            self._name,
            self._code,
            self._figure,
            buttons,
            self.ask,
            Line(),
            lots,
            self._missing,
            Stretched(self._keys),
            spacing=Space.S,
            margins=(Space.L, Space.M, Space.L, Space.S),
            parent=self,
        )
        column.setSpacing(6)


def _key(row: CountRow) -> tuple[int, int]:
    return row.product.id, 0 if row.line is None else row.line.no


def _is_typed(field: QLineEdit) -> bool:
    return field.isVisible() and field.isModified()
