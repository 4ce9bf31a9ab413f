"""Fields for devices: a list of known devices that accepts any other address as typed text."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QComboBox, QLineEdit, QVBoxLayout, QWidget

from pos.application.settings.device_addresses import ESCPOS, FILE, SCALES, SERIAL, SPOOL, can_be_spooled
from pos.application.settings.device_ports import KnownDevices
from pos.application.settings.setting_words import choice_text, printer_text
from pos.application.text.translator import N_, Translator
from pos.ui.look.theme import Space
from pos.ui.settings.editors import Choices, Editor, fill_list, narrow_list
from pos.ui.widgets.drawing.text_label import Role, TextLabel
from pos.ui.widgets.fields.combo_box import ComboBox

ChoicesOf = Callable[[KnownDevices | None, Translator], Choices]
"""The choices, None while they are unknown."""


class _Line(QLineEdit):
    """Selects all its text on focus, so that typing replaces it."""

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() is Qt.FocusReason.MouseFocusReason:
            QTimer.singleShot(0, self.selectAll)  # after the click that gave the focus
        else:
            self.selectAll()


class DeviceBox(ComboBox):
    """An editable list; `edited` is emitted on changes by the user."""

    edited = Signal()

    def __init__(self, *, typed: bool = True) -> None:
        super().__init__()
        narrow_list(self)
        self.activated.connect(lambda _index: self.edited.emit())
        if not typed:
            return
        line = _Line()
        self.setLineEdit(line)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setCompleter(None)  # type: ignore[arg-type] # takes none, which its stub does not say
        line.textEdited.connect(lambda _text: self.edited.emit())
        line.setMaxLength(300)

    def put(self, choices: Choices, chosen: str, said: str) -> None:
        """Offer these choices; a value that is none of them is shown as `said`. Text being typed is kept."""
        if self.value() == chosen and self.count() and chosen and self.findData(chosen) < 0:
            typed = self.currentText()
            fill_list(self, choices, chosen, said)
            self.setEditText(typed)
        else:
            fill_list(self, choices, chosen, said)
            line = self.lineEdit()
            if line is not None and line.hasFocus():
                line.selectAll()

    def value(self) -> str:
        """The chosen or typed value."""
        text = self.currentText()
        index = self.findText(text, Qt.MatchFlag.MatchExactly | Qt.MatchFlag.MatchCaseSensitive)
        return text.strip() if index < 0 else str(self.itemData(index) or "")


class PrinterEditor(Editor):
    """The folder, a system printer, or a printer by its address; a missing printer is marked."""

    def __init__(self) -> None:
        super().__init__()
        self.known: KnownDevices | None = None
        self.list = DeviceBox()
        self.list.edited.connect(self.edited)
        self.hold(self.list)

    def put(self, text: str, _choices: Choices, tr: Translator) -> None:
        self.list.put(printer_choices(self.known, tr), text, missing_printer(text, self.known, tr))

    def text(self) -> str:
        return self.list.value()

    def begin(self) -> None:
        super().begin()
        line = self.list.lineEdit()
        if line is not None:
            line.selectAll()


class TillDevicesEditor(Editor):
    """A device for each till of the shop, or the default."""

    def __init__(self, usual: str, choices: ChoicesOf, *, typed: bool = True) -> None:
        """`usual` is the message for a till without its own device; `typed` allows other addresses."""
        super().__init__()
        self.known: KnownDevices | None = None
        self.tills: Sequence[str] = ()
        self._usual, self._choices, self._typed = usual, choices, typed
        self._rows: dict[str, tuple[TextLabel, DeviceBox]] = {}
        inside = QWidget()
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(Space.XS)
        self._row.addWidget(inside)

    def put(self, text: str, _choices: Choices, tr: Translator) -> None:
        own = dict(pair.split("=", 1) for pair in text.split(",") if "=" in pair)
        tills = sorted({*self.tills, *own})
        for till in tills:
            if till not in self._rows:
                self._add(till)
        offered = [("", tr(self._usual)), *self._choices(self.known, tr)]
        for till, (label, box) in self._rows.items():
            where = own.get(till, "")
            label.setText(tr("Till {till}", till=till))
            box.setAccessibleName(tr("Till {till}", till=till))
            box.put(offered, where, missing_printer(where, self.known, tr))
            label.setVisible(till in tills)
            box.setVisible(till in tills)

    def text(self) -> str:
        chosen = ((till, box.value()) for till, (_, box) in sorted(self._rows.items()))
        return ",".join(f"{till}={where}" for till, where in chosen if where)

    def begin(self) -> None:
        first = next(iter(sorted(self._rows)), None)
        if first is not None:
            self._rows[first][1].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def box(self, till: str) -> DeviceBox:
        """The field of a till."""
        return self._rows[till][1]

    def _add(self, till: str) -> None:
        label, box = TextLabel(role=Role.LABEL), DeviceBox(typed=self._typed)
        box.edited.connect(self.edited)
        self._column.addWidget(label)
        self._column.addWidget(box)
        self._rows[till] = label, box


def printer_choices(known: KnownDevices | None, tr: Translator) -> Choices:
    """Printers to choose from: ours are listed by address, so that the user can edit it."""
    system = ["system:", *(f"system:{name}" for name in (known.printers if known else ()))]
    lines = [f"{ESCPOS}{SPOOL}:{name}" for name in (known.printers if known else ()) if can_be_spooled(name)]
    lines += [f"{ESCPOS}{FILE}:{line}" for line in (known.lines if known else ())]
    lines += [f"{ESCPOS}{SERIAL}:{port}" for port, _ in (known.ports if known else ())]
    return [*((where, printer_text(where, tr)) for where in ("folder", *system)), *((one, one) for one in lines)]


def port_choices(known: KnownDevices | None, _tr: Translator) -> Choices:
    """The serial ports."""
    return [(port, port) for port, _ in (known.ports if known else ())]


def scale_choices(known: KnownDevices | None, _tr: Translator) -> Choices:
    """Each protocol on each serial port."""
    return [(f"{one}:{port}",) * 2 for port, _ in (known.ports if known else ()) for one in SCALES]


class TillChoicesEditor(TillDevicesEditor):
    """One of the named `values` of a setting for each till of the shop, or the shop's."""

    def __init__(self) -> None:
        super().__init__(N_("Same as the shop"), self._named, typed=False)
        self.values: Sequence[str] = ()

    def _named(self, _known: KnownDevices | None, tr: Translator) -> Choices:
        return [(value, choice_text(value, tr)) for value in self.values]


def missing_printer(where: str, known: KnownDevices | None, tr: Translator) -> str:
    """The configured printer that is not in the list, offered all the same."""
    if not where.startswith("system:"):
        return where
    name = printer_text(where, tr)
    return name if known is None else tr("{printer} — not found", printer=name)
