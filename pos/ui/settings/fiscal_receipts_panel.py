"""Fiscal receipts that wait or were refused, beside the settings: why, in words, and what a person can do."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import tzinfo

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit

from pos.application.fiscal.fiscal_words import counts_text, kind_text, problem_text, remedy_text
from pos.application.text.formatting import instant_text, money_text
from pos.application.text.translator import Translator
from pos.domain.fiscal.document import FiscalDocument, Standing
from pos.domain.shifts.shift import LONGEST_REASON
from pos.ui.look.theme import Size, Space, Theme
from pos.ui.page.form_page import FormRow
from pos.ui.settings.fiscal_rows import RECEIPTS_ROW, TITLES, FiscalShown
from pos.ui.widgets.buttons.icon_button import ButtonKind, IconButton
from pos.ui.widgets.drawing.layouts import Stretched, vbox
from pos.ui.widgets.drawing.surface import Ground, Surface
from pos.ui.widgets.drawing.text_label import Role, TextLabel
from pos.ui.widgets.tables.columns import RowColumn
from pos.ui.widgets.tables.line_table import Cell, LineModel, LineRow, LineTable

_COLUMNS = (RowColumn(share=1, least=120),)


class FiscalReceiptsPanel(Surface):
    """`again` carries the name of a refused document, `given_up` its name and the reason; `sending` carries nothing."""

    again = Signal(str)
    given_up = Signal(str, str)
    sending = Signal()

    def __init__(self, theme: Theme, key: str) -> None:
        """`key` saves a setting; here it sends what waits."""
        super().__init__(Ground.PANEL)
        self._documents: Sequence[FiscalDocument] = ()
        self._tr = Translator.english()
        self._is_busy = False
        self._title = TextLabel(role=Role.TITLE, wrap=True)
        self.state = TextLabel(role=Role.STRONG, wrap=True)
        self.rows = LineModel(self)
        self.table = LineTable(theme, self.rows, _COLUMNS)
        self.why = TextLabel(wrap=True)
        self.reason = QLineEdit()
        self.reason.setMaxLength(LONGEST_REASON)
        self.row = FormRow(self.reason)
        small = Size.SMALL_BUTTON
        self.again_button = IconButton(theme, icon="rotate-ccw", height=small, name="fiscal_again")
        self.give_up_button = IconButton(theme, icon="x", height=small, name="fiscal_give_up")
        self.send = IconButton(theme, icon="upload", key=key, kind=ButtonKind.PRIMARY, name="fiscal_send")
        self.table.selectionModel().currentChanged.connect(lambda *_: self._present_chosen())
        self.again_button.clicked.connect(self._ask_again)
        self.give_up_button.clicked.connect(self._ask_to_give_up)
        self.send.clicked.connect(self.sending)
        vbox(
            self._title, self.state, Stretched(self.table), self.why, self.row, self.again_button,
            self.give_up_button, self.send,
            spacing=Space.S, margins=(Space.M, Space.M, Space.M, Space.M), parent=self,
        )  # fmt: skip

    @property
    def chosen(self) -> FiscalDocument | None:
        """The document of the chosen row."""
        index = self.table.current_row
        return self._documents[index] if 0 <= index < len(self._documents) else None

    @property
    def is_begun(self) -> bool:
        """Whether a reason is typed."""
        return bool(self.reason.text())

    def present(self, shown: FiscalShown, zone: tzinfo, tr: Translator, *, is_busy: bool) -> None:
        """Show what waits and what was refused, the refused first."""
        self._tr, self._is_busy = tr, is_busy
        self._documents = sorted(shown.documents, key=lambda one: (one.standing is not Standing.REFUSED, one.id))
        state = shown.state
        problem, remedy = problem_text(state.problem, state.detail, tr), remedy_text(state.problem, tr)
        said = counts_text(state.counts, tr) or tr("No fiscal receipt waits.")
        self._title.setText(tr(TITLES[RECEIPTS_ROW]))
        self.state.setText("\n".join(filter(None, (said, problem, remedy))))
        self.table.setAccessibleName(tr(TITLES[RECEIPTS_ROW]))
        rows = [_row(one, zone, tr) for one in self._documents]
        self.table.renew(lambda: self.rows.exchange(rows), self.rows.key)
        self.table.setVisible(bool(rows))
        self.row.present(tr("Why it is not registered here"))
        self.again_button.present(tr("Send again"))
        self.give_up_button.present(tr("Set aside with this reason"))
        self.send.present(tr("Send what waits"))
        self.send.setEnabled(not is_busy)
        self._present_chosen()

    def begin(self) -> None:
        """Focus the rows."""
        (self.table if self._documents else self.send).setFocus()

    def forget(self) -> None:
        """A typed reason is dropped."""
        self.reason.clear()
        self.row.excuse()

    def _present_chosen(self) -> None:
        """Why the chosen one is refused, and what can be done; of one that waits nothing is to be decided."""
        one, tr = self.chosen, self._tr
        is_refused = one is not None and one.standing is Standing.REFUSED
        why = ""
        if one is not None and is_refused:
            said = problem_text(one.attempt.reason, one.problem, tr)
            why = "\n".join(filter(None, (said, remedy_text(one.attempt.reason, tr))))
        self.why.setText(why)
        for part in (self.why, self.row, self.again_button, self.give_up_button):
            part.setVisible(is_refused)
            part.setEnabled(not self._is_busy)

    def _ask_again(self) -> None:
        if self.chosen is not None:
            self.again.emit(self.chosen.name)

    def _ask_to_give_up(self) -> None:
        if self.chosen is None:
            return
        if self.reason.text().strip():
            self.given_up.emit(self.chosen.name, self.reason.text().strip())
        else:
            self.row.complain(lambda: self._tr("It cannot be empty."))
            self.reason.setFocus()


def _row(one: FiscalDocument, zone: tzinfo, tr: Translator) -> LineRow:
    is_refused = one.standing is Standing.REFUSED
    what = f"{one.name} · {kind_text(one.kind, tr)}"
    amount = money_text(one.attempt.amount, tr.language)
    second = " · ".join((amount, instant_text(one.at, zone, tr.language)))
    cell = Cell(what, second, bold=True, second_token="nearly" if is_refused else "muted")
    return LineRow(one.id, "triangle-alert" if is_refused else "hourglass", (cell,), warns=is_refused)
