"""Open a shift: the float in the drawer, counted note by note or entered as one total per currency."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from pos.application.text.border_words import currency_word
from pos.application.text.formatting import currency_symbol, money_text
from pos.application.text.typography import labelled, paragraph, strung
from pos.domain.errors import BadField
from pos.domain.money import CURRENCIES, Money
from pos.domain.payment.tender import notes_total
from pos.ui.input.actions import OPEN_SHIFT
from pos.ui.look.sounds import Sound
from pos.ui.look.theme import Size, Space
from pos.ui.notices.notice_factory import News
from pos.ui.page.screen import Screen
from pos.ui.session.typed_amount import typed_amount_text
from pos.ui.shifts.count_board import CountBoard
from pos.ui.widgets.buttons.icon_button import ButtonKind, IconButton
from pos.ui.widgets.cards.notice_bar import Notice
from pos.ui.widgets.drawing.flow import Flow
from pos.ui.widgets.drawing.folding import Folding
from pos.ui.widgets.drawing.layouts import Stretched, vbox
from pos.ui.widgets.drawing.text_label import Complaint, Role, TextLabel, Words
from pos.ui.widgets.drawing.tone import Tone
from pos.ui.widgets.fields.key_positions import ENTERS, digit_of
from pos.ui.widgets.fields.money_edit import MoneyEdit

if TYPE_CHECKING:
    from pos.application.text.translator import Translator
    from pos.domain.payment.banknotes import Drawer
    from pos.domain.shifts.shift import Shift
    from pos.ui.session.session import Session


_TITLE = 240
"""The pixels that the title keeps beside the buttons."""


class OpenShiftScreen(Screen):
    """Stands in the checkout's place while no shift is open; `opened` carries the Shift.

    In the foot of each currency a total can be typed. As soon as notes are counted there, it shows what they come to.
    What the last Z counted is proposed: a key fills it in. A float of nothing is asked about first. Another person
    counts for themselves.
    """

    screen_id = OPEN_SHIFT
    rail = "checkout"
    opened = Signal(object)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._busy = False
        self._counting = ""
        self._wrong: dict[str, Words] = {}
        """Of each currency what is wrong with its amount, if anything is."""
        self._counted: Drawer = {}
        self.amounts = {
            code: MoneyEdit(
                session.theme,
                code,
                currency,
                symbol=currency_symbol(currency),
                digit_of=digit_of,
                display=lambda typed: typed_amount_text(typed, self.session.language),
                height=Size.BUTTON,
            )
            for code, currency in CURRENCIES.items()
        }
        self.board = CountBoard(session, self.amounts)
        self._title = TextLabel(role=Role.SECTION, wrap=True)
        self._hint = TextLabel(wrap=True)
        self._hint.setProperty("tint", "muted")
        self._complaint = Complaint(Role.SMALL_STRONG)
        self.news = News(session.theme, session.translator)
        key = session.actions.key_text
        self.proposal = IconButton(session.theme, icon="clipboard-list", key=key("float_as_counted"))
        self.proposal.clicked.connect(self._as_counted)
        self.proposal.hide()
        self.button = IconButton(session.theme, icon="lock-open", key=key("open_shift"), kind=ButtonKind.PRIMARY)
        self.button.clicked.connect(self._open)
        self.key_handlers["float_as_counted"] = self._as_counted
        self.key_handlers["open_shift"] = self.button.click
        self.key_handlers["back"] = self._forget
        self.board.follow(session.settings.cash())
        self._connect()
        self._lay_out()

    def entered(self) -> None:
        person = self.session.person
        if person is not None and person.name != self._counting:
            self._counting = person.name
            self._empty()
        self._forget()
        next(iter(self.amounts.values())).setFocus()
        self.session.run_as(self.session.shop.open_shift.last_count, self._propose)

    def left(self) -> None:
        """Nothing is asked any more, and the next Z is another one."""
        self._counted = {}
        self._present_proposal()
        self._forget()

    def retranslate(self, tr: Translator) -> None:
        self._title.setText(tr("Open the shift"))
        self.button.present(tr("Open the shift"))
        self.news.retranslate(tr)
        self._present_proposal()
        self.board.retranslate(tr)
        for code, edit in self.amounts.items():
            name = strung(tr, (f"{code} · {currency_word(CURRENCIES[code], tr)}", tr("Total")))
            edit.present(name, CURRENCIES[code], symbol=currency_symbol(CURRENCIES[code]), hint=tr("Total"))
        self._present_wrong()

    def float_(self) -> Mapping[str, Money | Mapping[int, int]]:
        """What lies in the drawer, per currency: its notes where they were counted, else the total that was typed."""
        amounts: dict[str, Money | Mapping[int, int]] = {}
        for code, edit in self.amounts.items():
            notes = {value: count for value, count in self.board.columns[code].notes.items() if count}
            amounts[code] = notes or edit.amount()
        return amounts

    def complaint(self, code: str) -> str:
        """What is said to be wrong with the amount in a currency."""
        words = self._wrong.get(code)
        return "" if words is None else words()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """In a total Enter and Tab go on to the next total, never to a count of notes, where Up leads."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        edits = list(self.amounts.values())
        index = next((index for index, edit in enumerate(edits) if edit is watched), None)
        if index is None:
            return False
        key = event.key()
        if key in ENTERS:
            self._enter(index)
        elif key == Qt.Key.Key_Up:
            self.board.columns[list(self.amounts)[index]].shown[-1].setFocus(Qt.FocusReason.TabFocusReason)
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self._beside(index, -1 if key == Qt.Key.Key_Left else 1)
        elif key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            return self._beside(index, 1 if key == Qt.Key.Key_Tab else -1)
        else:
            return False
        return True

    def _enter(self, index: int) -> None:
        finishing, edit = self.session.finishing, list(self.amounts.values())[index]
        counts, is_empty = finishing.counts(), edit.is_empty()
        if is_empty and not counts:
            return  # the Enter of the PIN, pressed twice
        may_open = finishing.answers() if is_empty else counts  # or the Enter of the total before, pressed twice
        if not self._beside(index, 1) and may_open:
            self.button.click()

    def _beside(self, index: int, step: int) -> bool:
        """Go to the next total that can be typed; False where there is none."""
        edits = list(self.amounts.values())
        following = edits[index + 1 :] if step > 0 else edits[:index][::-1]
        next_edit = next((edit for edit in following if edit.isEnabled()), None)
        if next_edit is not None:
            next_edit.setFocus(Qt.FocusReason.TabFocusReason)
        return next_edit is not None

    def _follow_count(self, code: str) -> None:
        """A total is typed only where no note is counted."""
        blank, edit = self.board.columns[code].is_blank, self.amounts[code]
        if blank != edit.isEnabled():
            edit.clear()
            edit.setEnabled(blank)

    def _say_why(self, code: str, why: str) -> None:
        doubt = self.amounts[code].doubt
        if doubt is not None:
            self._complain(code, lambda: self.session.wording(doubt))
        else:
            self._complain(code, partial(self._why_text, why) if why else None)

    def _why_text(self, why: str) -> str:
        tr = self.translator
        return {
            "letter": tr("Only digits and one decimal separator are allowed."),
            "decimals": tr("This currency has fewer decimals."),
            "long": tr("This amount is too long."),
            "paste": tr("The copied text is not an amount."),
        }[why]

    def _complain(self, code: str, words: Words | None) -> None:
        if words is None:
            self._wrong.pop(code, None)
        else:
            self._wrong[code] = words
        self._present_wrong()

    def _present_wrong(self) -> None:
        for code, edit in self.amounts.items():
            edit.setAccessibleDescription(self.complaint(code))
        self._complaint.say(self._wrong_text if self._wrong else None)

    def _wrong_text(self) -> str:
        return "\n".join(labelled(self.translator, code, words()) for code, words in self._wrong.items())

    # ── what the last Z counted ──────────────────────────────────────────────────────────────────────────────

    def _propose(self, counted: Drawer) -> None:
        self._counted = counted
        self._present_proposal()

    def _present_proposal(self) -> None:
        tr = self.translator
        last_count = self._last_count(tr)
        self.proposal.present(tr("Same as the last Z report"))
        self.proposal.setVisible(bool(last_count))
        hint = tr("Count the notes in the drawer, or type one total for each currency. Leave missing ones empty.")
        last = tr("Counted in the last Z report: {amounts}.", amounts=last_count) if last_count else ""
        self._hint.setText(paragraph(tr, (hint, last)))

    def _last_count(self, tr: Translator) -> str:
        """The sums that the last Z counted; empty for none."""
        totals = (notes_total(notes, CURRENCIES[code]) for code, notes in self._counted.items())
        return tr(", ").join(money_text(amount, tr.language, cash=True) for amount in totals)

    def _as_counted(self) -> None:
        """Fill in what the last Z counted: the person who opens the shift checks that it is still there."""
        for code, notes in self._counted.items():
            cells = self.board.columns[code].cells
            for value, cell in cells.items():
                cell.set_value(notes.get(value))
        self.button.setFocus(Qt.FocusReason.OtherFocusReason)

    # ── the opening ──────────────────────────────────────────────────────────────────────────────────────────

    def _ask_whether_empty(self) -> None:
        """A float of nothing is mostly a key too many."""
        key, proposed = (self.session.actions.key_text(name) for name in ("open_shift", "float_as_counted"))

        def asking(tr: Translator) -> Notice:
            text = tr("No cash counted. Open the shift with an empty drawer?")
            if amounts := self._last_count(tr):
                last = tr("Counted in the last Z report: {amounts}.", amounts=amounts)
                text = paragraph(tr, (last, tr("{key} enters that.", key=proposed), text))
            return Notice(Tone.NEARLY, text, "circle-question-mark", tr("Open with empty drawer"), key)

        self.session.finishing.turned()
        self.news.notify("shift.empty_drawer", asking, partial(self._open_with, sure=True))

    def _empty(self) -> None:
        """Nothing is counted and no total typed."""
        self.board.clear()
        for edit in self.amounts.values():
            edit.clear()

    def _forget(self) -> None:
        """What is counted has changed, the question is left, or the page is."""
        self.news.clear()

    def _open(self) -> None:
        """F12; once more answers the question as long as it is on show."""
        self._open_with(sure=self.news.kind == "shift.empty_drawer")

    def _open_with(self, *, sure: bool) -> None:
        person = self.session.person
        if person is None or self._busy or self._is_in_doubt():
            return
        counted = self.float_()  # some currencies by their notes, others by a total
        if not any(counted.values()) and not sure:
            self._ask_whether_empty()
            return
        self._forget()
        self._set_busy(True)
        self.session.run(lambda: self.session.shop.open_shift(person, counted), self._opened, self._refuse)

    def _is_in_doubt(self) -> bool:
        """Whether a total could be read in two ways (1,000); the cursor goes to it, and no shift is opened."""
        code = next((code for code, edit in self.amounts.items() if edit.doubt is not None), None)
        if code is None:
            return False
        self._say_why(code, "decimals")
        self.amounts[code].setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def _opened(self, shift: Shift) -> None:
        self._set_busy(False)
        self._empty()
        self.opened.emit(shift)

    def _refuse(self, error: Exception) -> None:
        self._set_busy(False)
        code = error.field.split(".")[1] if isinstance(error, BadField) and "." in error.field else ""
        if code in self.amounts:
            self._complain(code, lambda: self.session.wording(error))
            self.amounts[code].setFocus()
            self.report_elsewhere(error)
        else:
            self.session.report(error)

    def _set_busy(self, busy: bool) -> None:
        self._busy = busy
        self.button.setEnabled(not busy)

    def _connect(self) -> None:
        self.session.settings_changed.connect(lambda settings: self.board.follow(settings.cash()))
        self.board.refused.connect(lambda: self.session.sounds.play(Sound.REFUSE))
        self.board.done.connect(self.button.setFocus)
        self.news.dismissed.connect(self._forget)
        self.board.changed.connect(self._forget)
        for code, edit in self.amounts.items():
            edit.refused.connect(partial(self._say_why, code))
            edit.changed.connect(lambda _amount, code=code: self._say_why(code, ""))
            edit.changed.connect(lambda _amount: self._forget())
            edit.installEventFilter(self)
            column = self.board.columns[code]
            column.changed.connect(partial(self._follow_count, code))

    def _lay_out(self) -> None:
        buttons = Flow(self.proposal, self.button, aligns_right=True)
        head = Folding(Stretched(self._title), buttons, room=_TITLE)
        vbox(
            head,
            self._hint,
            self._complaint,
            self.news,
            Stretched(self.board),
            spacing=Space.S,
            margins=(Space.M, Space.S, Space.M, Space.M),
            parent=self,
        )
