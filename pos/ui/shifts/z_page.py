"""The Z of the shift just closed: shown, printed automatically, and again on request; an X is shown here too."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QWidget

from pos.application.shifts.issue_shift import SHEET
from pos.application.text.translator import Translator
from pos.domain.shifts.shift_report import ShiftReport, ZReport
from pos.ui.look.theme import Size, Space
from pos.ui.notices.notice_factory import News
from pos.ui.session.session import Session
from pos.ui.shifts.report_view import ReportView
from pos.ui.shifts.report_words import head_text
from pos.ui.widgets.buttons.icon_button import ButtonKind, IconButton
from pos.ui.widgets.cards.notice_bar import Notice
from pos.ui.widgets.drawing.layouts import Stretched, vbox
from pos.ui.widgets.drawing.plain_tip import plain_tip
from pos.ui.widgets.drawing.text_label import Role, TextLabel
from pos.ui.widgets.drawing.tone import Tone
from pos.ui.widgets.fields.key_positions import ENTERS

_SECONDS = 8


class ZPage(QWidget):
    """Shows a Z, or an X. Its buttons are in the head of the screen; `done` when it is confirmed."""

    done = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._names: Mapping[str, str] = {}
        theme, key = session.theme, session.actions.key_text
        self.report: ShiftReport | None = None
        self.news = News(theme, session.translator)
        self._whose = TextLabel(role=Role.LABEL, wrap=True)
        self.view = ReportView()
        self.again = IconButton(theme, icon="printer", key=key("reprint"), height=Size.SMALL_BUTTON)
        self.finish = IconButton(
            theme, icon="check", key=key("shift_closed"), kind=ButtonKind.PRIMARY, height=Size.SMALL_BUTTON
        )
        self.sheet = IconButton(theme, icon="file-text", height=Size.SMALL_BUTTON)
        self.sheet.setToolTip(plain_tip(key("reprint_a4")))
        self.again.clicked.connect(self.print_again)
        self.sheet.clicked.connect(self.print_sheet)
        self.finish.clicked.connect(self.done)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # Tab goes to what can be pressed or read
        vbox(self._whose, self.news, Stretched(self.view), spacing=Space.S, margins=0, parent=self)
        self.clear()

    @property
    def buttons(self) -> tuple[IconButton, ...]:
        """The buttons for the head of the screen."""
        return self.sheet, self.again, self.finish

    @property
    def title(self) -> str:
        """The number of the Z as printed; for an X its till and shift."""
        if self.report is None:
            return ""
        if self.report.z_name is not None:
            return f"Z · {self.report.z_name}"
        number = self._session.translator("Shift {number}", number=self.report.number)
        return f"X · {self.report.till} · {number}"

    def look_at(self, report: ShiftReport, names: Mapping[str, str]) -> None:
        """Show a Z, or an X, which is printed on a strip only."""
        self.report, self._names = report, names
        for button in self.buttons:
            button.setVisible(button is not self.sheet or report.z_number is not None)
        self.retranslate(self._session.translator)

    def show_z(self, z: ZReport, names: Mapping[str, str]) -> None:
        """Show a Z just made, print it, and write its queued files; an unavailable folder is reported."""
        self.look_at(z.report, names)
        report, shop = z.report, self._session.shop
        self._notify_printing()
        self._session.run(
            lambda: shop.issue_shift(report), lambda _path: self._printed(report), partial(self._not_printed, report)
        )
        # the folder may have been chosen at another till since the sign-in here
        self._session.run(lambda: (shop.z_files.everything(), shop.settings().export_folder), self._filed)

    def _filed(self, done: tuple[Sequence[str], str]) -> None:
        names, folder = done
        if names:
            self._session.notify(
                "z.written",
                lambda: Notice(
                    Tone.WITHIN, self._session.translator("Saved to {folder}.", folder=folder), "save", seconds=_SECONDS
                ),
            )

    def print_again(self) -> None:
        """Print the shown Z as a copy, on the paper chosen in the settings; an X as it was read."""
        report, issue = self.report, self._session.shop.issue_shift
        if report is not None and report.z_number is None:
            self._session.run(lambda: issue(report), lambda _path: self._x_printed())
        else:
            self._print_copy(None)

    def print_sheet(self) -> None:
        """Print the shown Z as a copy on a sheet of A4."""
        if self.report is not None and self.report.z_number is not None:
            self._print_copy(SHEET)

    def _print_copy(self, paper: str | None) -> None:
        report, person, issue = self.report, self._session.person, self._session.shop.issue_shift
        if report is None or person is None:
            return
        self._notify_printing()
        self._session.run(
            lambda: issue.again(person, report.z_number, paper, till=report.till),
            lambda _path: self._printed(report),
            partial(self._not_printed, report),
        )

    def clear(self) -> None:
        """Remove the Z."""
        self.report = None
        self.news.clear()
        self.view.hide()
        for button in self.buttons:
            button.hide()

    def retranslate(self, tr: Translator) -> None:
        """Show everything in another language."""
        self.news.retranslate(tr)
        is_x = self.report is not None and self.report.z_number is None
        self.again.present(tr("Print") if is_x else tr("Print again"))
        self.sheet.present("A4", name=tr("Print on A4"))
        self.finish.present(tr("Done"))
        for part in (self, self.view):
            part.setAccessibleName(self.title)
        if self.report is not None:
            zone = self._session.settings.zone
            self._whose.setText(head_text(self.report, self._names, zone, tr))
            self.view.present(self.report, self._names, zone, tr)
            self.view.show()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Arrow keys scroll at once."""
        super().focusInEvent(event)
        self.view.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter confirms it."""
        if event.key() in ENTERS:
            if self._session.finishing.counts():
                self.done.emit()
        else:
            super().keyPressEvent(event)

    def _notify_printing(self) -> None:
        name = "" if self.report is None else self.report.z_name or ""
        self.news.notify("z.printing", lambda tr: Notice(Tone.INFO, tr("{z} is printing.", z=name), "printer"))

    def _printed(self, report: ShiftReport) -> None:
        self._session.receipt_printed()
        if self.report is not None:
            self.news.notify("z.printed", partial(_out, report.z_name or ""))

    def _x_printed(self) -> None:
        self._session.receipt_printed()
        self.news.notify(
            "shift.printed",
            lambda tr: Notice(Tone.WITHIN, tr("Report printed."), "printer", seconds=_SECONDS),
        )

    def _not_printed(self, report: ShiftReport, error: Exception) -> None:
        if self.report is None or self.report.z_name != report.z_name:  # it cannot be printed again from here
            self._session.report(error)
            return
        name, key = report.z_name or "", self._session.actions.key_text("reprint")

        def make_notice(tr: Translator) -> Notice:
            reason = self._session.wording(error)
            text = tr("{z} is recorded but not printed. {reason}", z=name, reason=reason)
            return Notice(Tone.NEARLY, text, "printer", tr("Print again"), key)

        self.news.notify("z.not_printed", make_notice, self.print_again)


def _out(name: str, tr: Translator) -> Notice:
    return Notice(Tone.WITHIN, tr("{z} printed.", z=name), "printer", seconds=_SECONDS)
