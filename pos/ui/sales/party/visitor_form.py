"""A travel document typed by hand, where no scanner reads it: the same checks, in words beside the fields."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from pos.application.text.names import DOCUMENTS, name_of
from pos.application.text.translator import Translator
from pos.domain.visitors.document import ISSUER_OF_KIND, KINDS, contradicts_birth_date
from pos.domain.visitors.half_known_date import as_dashes
from pos.ui.look.theme import Size, Space, Theme
from pos.ui.widgets.buttons.icon_button import ButtonKind, IconButton
from pos.ui.widgets.drawing.layouts import Gap, Stretched, hbox, vbox
from pos.ui.widgets.drawing.surface import Ground, Surface
from pos.ui.widgets.drawing.text_label import Complaint, Role, TextLabel, Words
from pos.ui.widgets.fields.combo_box import ComboBox
from pos.ui.widgets.fields.input_hints import LATIN
from pos.ui.widgets.fields.key_positions import ENTERS

_KINDS_WITH_BIRTH_DATE = ("cn-id",)


class VisitorForm(Surface):
    """Takes kind, number, country and birth date. `typed` carries the four as text, `left` comes when it is given up.

    A birth date that differs from the one in the IIN is `asked` about once: it is no fault, but nearly always a slip.
    """

    typed = Signal(str, str, str, str)
    asked = Signal()
    left = Signal()
    dismissed = Signal()

    def __init__(self, theme: Theme, today: Callable[[], date], parent: QWidget | None = None) -> None:
        super().__init__(Ground.PANEL, parent)
        self._today = today
        self._translator = Translator.english()
        self._asked_of: tuple[str, str, str, str] | None = None
        self._submitted: tuple[str, str, str, str] | None = None
        self.counts: Callable[[], bool] = lambda: True
        """Whether the key or the tap that is being handled counts as a press of its own."""
        self.answers: Callable[[], bool] = lambda: True
        """Whether it is, besides, no second press of the key just before, which was for another field."""
        self._title = TextLabel(role=Role.TITLE)
        self._hint = TextLabel(role=Role.LABEL, wrap=True)
        self._kind = ComboBox()
        self._number, self._country, self._born = QLineEdit(), QLineEdit(), QLineEdit()
        self._labels = [TextLabel(role=Role.LABEL) for _ in range(4)]
        self._wrong = Complaint(Role.SMALL_STRONG, keeps_room=True)
        self._take = IconButton(theme, icon="check", key="Enter", kind=ButtonKind.TINTED)
        self._leave = IconButton(theme, key="Esc", kind=ButtonKind.SECONDARY)
        self._without = IconButton(theme, icon="x", kind=ButtonKind.QUIET, height=Size.SMALL_BUTTON)
        self._number.setMaxLength(24)
        self._country.setMaxLength(3)
        self._born.setMaxLength(10)
        for field in (self._number, self._country, self._born):
            field.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
            field.setInputMethodHints(LATIN)
        self._kind.currentIndexChanged.connect(self._kind_chosen)
        self._take.clicked.connect(self._submit)
        self._leave.clicked.connect(self.left)
        self._without.clicked.connect(self.dismissed)
        self._lay_out()

    @property
    def sentence(self) -> str:
        """What was wrong with the document typed last; empty when nothing was."""
        return self._wrong.text()

    @property
    def is_begun(self) -> bool:
        """Whether a number or a birth date was typed."""
        return bool(self._number.text().strip() or self._born.text().strip())

    @property
    def is_submitted(self) -> bool:
        """Whether what stands in the fields was passed on as it is, and its answer is awaited."""
        return self._submitted == self._typed()

    def ask_to_finish(self) -> None:
        """Put the cursor back into the number."""
        self._number.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def open(self, *, alone: bool) -> None:
        """Begin with empty fields. Where one visitor stands there `alone`, the sale can also go on without them."""
        for field in (self._number, self._country, self._born):
            field.clear()
            _mark(field, False)
        self._wrong.say(None)
        self._asked_of = self._submitted = None
        self._without.setVisible(alone)
        self._kind_chosen()
        self._number.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def show_error(self, words: Words, field: str) -> None:
        """Say what cannot be taken; the field named is marked and has the focus."""
        self._wrong.say(words)
        fields = {"number": self._number, "iin": self._number, "country": self._country, "birth_date": self._born}
        for edit in (self._number, self._country, self._born):
            _mark(edit, False)
        edit = fields.get(field, self._number)
        _mark(edit, True)
        edit.setFocus(Qt.FocusReason.OtherFocusReason)
        edit.selectAll()

    def retranslate(self, tr: Translator) -> None:
        """Say everything in another language; what was typed stays."""
        self._translator = tr
        self._title.setText(tr("Enter a document"))
        self._hint.setText(
            tr("A scanner fills in this form: scan the machine-readable lines at the bottom of the page.")
        )
        chosen = max(self._kind.currentIndex(), 0)
        self._kind.blockSignals(True)
        self._kind.clear()
        for kind in KINDS:
            self._kind.addItem(name_of(DOCUMENTS, kind, tr), kind)
        self._kind.setCurrentIndex(chosen)
        self._kind.blockSignals(False)
        names = (
            tr("Document type"),
            tr("Number"),
            tr("Issuing country, such as CHN"),
            tr("Date of birth, as 1990-12-31, 1990-12 or 1990"),
        )
        for label, field, name in zip(self._labels, (self._kind, self._number, self._country, self._born), names):
            label.setText(name)
            field.setAccessibleName(name)
        self._take.present(tr("Add this visitor"))
        self._leave.present(tr("Back"))
        self._without.present(tr("Remove this visitor"))
        self._wrong.reword()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on to what is empty, then takes; Esc leaves.

        A field hands its Enter on to here, so that one press is heard once.
        """
        if event.key() in ENTERS:
            self._next()
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _kind_chosen(self) -> None:
        kind = self._kind.currentData()
        country = ISSUER_OF_KIND.get(kind, "")
        self._country.setEnabled(not country)
        if country:
            self._country.setText(country)
        elif self._country.text() in ISSUER_OF_KIND.values():
            self._country.clear()
        self._born.setEnabled(kind not in _KINDS_WITH_BIRTH_DATE)

    def _next(self) -> None:
        for field in (self._number, self._country, self._born):
            if field.isEnabled() and not field.text().strip() and not field.hasFocus() and field is not self._born:
                field.setFocus(Qt.FocusReason.TabFocusReason)
                return
        if self._born.isEnabled() and not self._born.text():
            if not self._born.hasFocus():
                self._born.setFocus(Qt.FocusReason.TabFocusReason)
                return
            if not self.answers():
                return  # the Enter of the field before, pressed twice
        self._submit()

    def _typed(self) -> tuple[str, str, str, str]:
        kind = str(self._kind.currentData() or KINDS[0])
        born = as_dashes(self._born.text().strip()) if self._born.isEnabled() else ""
        return kind, self._number.text().strip(), self._country.text().strip(), born

    def _submit(self) -> None:
        typed = self._typed()
        if typed == self._asked_of:
            if not self.counts():
                return
        elif contradicts_birth_date(*typed, self._today()):
            self._ask(typed)
            return
        self._submitted = typed
        self.typed.emit(*typed)

    def _ask(self, typed: tuple[str, str, str, str]) -> None:
        self._asked_of = typed
        self.show_error(self._question, "birth_date")
        self.asked.emit()

    def _question(self) -> str:
        return self._translator(
            "The date in this IIN differs from the date of birth entered. Compare it with the document. "
            "Press Enter again to keep the date entered."
        )

    def _lay_out(self) -> None:
        column = vbox(
            self._title,
            self._hint,
            Gap(Space.S),
            spacing=Space.XS,
            margins=(Space.L, Space.M, Space.L, Space.M),
            parent=self,
        )
        for label, field in zip(self._labels, (self._kind, self._number, self._country, self._born)):
            column.addWidget(label)
            column.addWidget(field)
            column.addSpacing(Space.S)
        column.addWidget(self._wrong)
        column.addStretch(1)
        column.addWidget(self._without)
        buttons = hbox(self._leave, Stretched(self._take), spacing=Space.S)
        column.addLayout(buttons)


def _mark(field: QWidget, wrong: bool) -> None:
    if bool(field.property("wrong")) != wrong:
        field.setProperty("wrong", wrong)
        field.style().unpolish(field)  # a style sheet reads properties only when polishing
        field.style().polish(field)
