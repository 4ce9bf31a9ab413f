"""New rates for all currencies at once: Enter moves from field to field; an empty field keeps its rate."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from PySide6.QtCore import QDate, QDateTime, QEvent, QMargins, QObject, Qt, QTime, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QSizePolicy

from pos.application.pricing.set_rates import RateDraft
from pos.application.pricing.show_rate_board import CurrencyRates, RateBoard
from pos.application.text.formatting import currency_name, currency_symbol, read_number
from pos.application.text.translator import Translator
from pos.domain.errors import BadField
from pos.domain.money import CURRENCIES
from pos.ui.look.theme import Space
from pos.ui.pricing.rates.figure_field import FigureField
from pos.ui.pricing.rates.rate_offer import OfferCard
from pos.ui.pricing.rates.rate_words import figure_text, mean_text
from pos.ui.session.session import Session
from pos.ui.widgets.buttons.icon_button import ButtonKind, IconButton
from pos.ui.widgets.buttons.segmented import Segment, Segmented
from pos.ui.widgets.drawing.layouts import Gap, Stretch, vbox
from pos.ui.widgets.drawing.surface import Ground, Surface
from pos.ui.widgets.drawing.text_label import Complaint, Role, TextLabel
from pos.ui.widgets.fields.day_box import InstantBox
from pos.ui.widgets.fields.key_positions import ENTERS
from pos.ui.widgets.fields.scrolled_fields import scroll_over
from pos.ui.widgets.fields.sent_fields import SentFields

SIDES = ("buy", "sell", "customs")
_DECIMALS = 9
_NOW, _LATER = "now", "later"
_MEAN = ("-", "–", "−")
"""Typed in place of a customs rate to use the mean."""


_BESIDE = 380
"""The least width in which the code of a currency stands beside its fields."""


class RateForm(Surface):
    """Fields for each currency and the start time. `submitted` asks to record the rates, `importing` asks for a file.

    `wanted` reads the typed rates.
    """

    submitted = Signal()
    importing = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__(Ground.PANEL)
        self._session = session
        self._lines: Sequence[CurrencyRates] = ()
        self._zone = session.settings.zone
        theme = session.theme
        self._title = TextLabel(role=Role.TITLE, wrap=True)
        self._hint = TextLabel(role=Role.LABEL, wrap=True)
        self._heads = [TextLabel(role=Role.LABEL) for _ in SIDES]
        self._codes = [TextLabel(role=Role.STRONG) for _ in range(len(CURRENCIES) - 1)]
        self.fields = [{side: FigureField() for side in SIDES} for _ in self._codes]
        self._grid = QGridLayout()
        self._is_beside = True
        self._when = TextLabel(role=Role.LABEL)
        self.since = Segmented(theme, "")
        self.instant = InstantBox()
        self._wrong = Complaint(Role.SMALL_STRONG)
        self._error: Exception | str | None = None
        keys = session.actions
        self.button = IconButton(theme, icon="check", key=keys.key_text("record_rates"), kind=ButtonKind.PRIMARY)
        self.file_button = IconButton(theme, icon="file-up", key=keys.key_text("import_rates"))
        self.offer = OfferCard(session)
        for button in (self.button, self.file_button):
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._connect()
        self._lay_out()
        self.since.present([Segment(_NOW, ""), Segment(_LATER, "")], _NOW)
        self._choose_since(_NOW)

    # ── typed values ─────────────────────────────────────────────────────────────────────────────────────────

    def drafts(self, zone: ZoneInfo) -> list[RateDraft]:
        """The typed rates; raises BadField, whose field is CODE.side, or `rates` if none was typed."""
        since = self._since(zone)
        drafts = []
        for line, fields in zip(self._lines, self.fields):
            typed = {side: field.text().strip() for side, field in fields.items()}
            if any(typed.values()):
                drafts.append(self._one(line, typed, since))
        if not drafts:
            raise BadField("rates", "missing")
        return drafts

    def _one(self, line: CurrencyRates, typed: Mapping[str, str], since: datetime | None) -> RateDraft:
        where, language = f"{line.currency.code}.", self._session.language

        current = line.before(since)

        def read(side: str) -> Decimal:
            if not typed[side] and current is not None:  # an empty field keeps its rate
                return Decimal(getattr(current, side))
            return read_number(typed[side], language, digits=_DECIMALS, field=f"{where}{side}")

        known = None if current is None else current.customs
        customs = known if not typed["customs"] else None if typed["customs"] in _MEAN else read("customs")
        return RateDraft(line.currency, read("buy"), read("sell"), customs, since, where)

    def _since(self, zone: ZoneInfo) -> datetime | None:
        if self.since.choice() != _LATER:
            return None
        self.instant.settle("since")
        return self._instant(zone)

    def _chosen_instant(self) -> datetime | None:
        """The instant on show; None for now."""
        return self._instant(self._zone) if self.since.choice() == _LATER else None

    def _instant(self, zone: ZoneInfo) -> datetime:
        at = self.instant.dateTime()
        day, time = at.date(), at.time()
        return datetime(day.year(), day.month(), day.day(), time.hour(), time.minute(), tzinfo=zone)

    def set_instant(self, at: datetime) -> None:
        """Show a time of day, in any zone, as the start of the rates."""
        day, time = QDate(at.year, at.month, at.day), QTime(at.hour, at.minute)
        self.instant.setDateTime(QDateTime(day, time, self.instant.timeZone()))

    @property
    def sent(self) -> SentFields:
        """What stands in the fields as it is sent."""
        return SentFields(field for fields in self.fields for field in fields.values())

    def follow(self, sent: SentFields) -> None:
        """What was `sent` is recorded; what was typed since stays."""
        sent.clear()
        if self.is_empty():
            self.clear()

    def clear(self) -> None:
        """Empty all fields."""
        for fields in self.fields:
            for field in fields.values():
                field.clear()
        self.since.present(self._segments(self._session.translator), _NOW)
        self._choose_since(_NOW)
        self.instant.forget_typed()
        self.complain(None)

    def is_empty(self) -> bool:
        """Whether all fields are empty."""
        return not self.figures

    @property
    def figures(self) -> tuple[str, ...]:
        """What is typed, field by field."""
        return tuple(text for fields in self.fields for field in fields.values() if (text := field.text().strip()))

    def complain(self, error: Exception | str | None) -> None:
        """Show an error, or a message, and focus its field; None takes it away."""
        self._error = error
        self._say_error()
        field = self._field(*_code_and_side(error))
        if field is not None:
            field.setFocus(Qt.FocusReason.OtherFocusReason)
            field.selectAll()

    def _start_changed(self) -> None:
        """What was said of a start goes when another is typed or chosen."""
        if isinstance(self._error, BadField) and self._error.field == "since":
            self.complain(None)
        self._propose_all(self._session.translator)

    def _say_error(self) -> None:
        self._wrong.say(None if self._error is None else self._error_text)

    def _error_text(self) -> str:
        error, tr = self._error, self._session.translator
        assert error is not None, "an error is on show"
        code, side = _code_and_side(error)
        if isinstance(error, str):
            sentence = tr(error)
        elif isinstance(error, BadField) and error.field == "rates":
            sentence = tr("Type the new buying and selling rates first.")
        else:
            own = error
            if isinstance(error, BadField) and (code or error.field == "since"):
                own = replace(error, field=side or tr("Valid from"))
            sentence = self._session.wording(own)
        return f"{code} · {sentence}" if code else sentence

    def says(self, message: str) -> bool:
        """Whether this message is on show."""
        return self._error == message

    @property
    def sentence(self) -> str:
        """The error on show."""
        return self._wrong.text()

    def field(self, code: str, side: str) -> QLineEdit:
        """One of the fields."""
        edit = self._field(code, side)
        assert edit is not None, f"{code}.{side}"
        return edit

    def _field(self, code: str, side: str) -> QLineEdit | None:
        for line, fields in zip(self._lines, self.fields):
            if line.currency.code == code:
                return fields.get(side)
        return None

    def choose_later(self) -> None:
        """Ask for the start time."""
        self.since.present(self._segments(self._session.translator), _LATER)
        self._choose_since(_LATER)

    def begin(self) -> None:
        """Focus the first field."""
        self.fields[0]["buy"].setFocus(Qt.FocusReason.OtherFocusReason)

    def set_busy(self, busy: bool) -> None:
        """Disable input while the store works."""
        self.button.setEnabled(not busy)
        self.file_button.setEnabled(not busy)
        self.offer.button.setEnabled(not busy)

    # ── presentation ─────────────────────────────────────────────────────────────────────────────────────────

    def present(self, board: RateBoard, zone: ZoneInfo, tr: Translator) -> None:
        """Show the current rates as placeholders."""
        self._lines, self._zone = board.lines, zone
        at = board.at.astimezone(zone)
        if self.since.choice() != _LATER:
            self.set_instant(at)
        for line, code in zip(board.lines, self._codes):
            code.setText(currency_name(line.currency))
        self._propose_all(tr)

    def _propose_all(self, tr: Translator) -> None:
        """Show slanted what an empty field keeps: the rates of the instant from which the new ones are to be valid."""
        for line, fields in zip(self._lines, self.fields):
            self._propose(line, fields, tr)

    def _propose(self, line: CurrencyRates, fields: Mapping[str, FigureField], tr: Translator) -> None:
        rate, language = line.before(self._chosen_instant()), tr.language
        names = {"buy": tr("Buy"), "sell": tr("Sell"), "customs": tr("Customs")}
        for side, field in fields.items():
            known = None if rate is None else getattr(rate, side)
            mean = "" if rate is None else mean_text(rate, language)  # of a customs rate that is not set
            field.propose(mean if known is None else figure_text(known, language))
            field.setAccessibleName(f"{line.currency.code} {names[side]}")

    def retranslate(self, tr: Translator) -> None:
        """Show all texts in another language; typed values stay."""
        self._title.setText(tr("New rates"))
        base = currency_symbol(self._session.settings.base)
        self._hint.setText(tr("{sign} for one unit. Empty fields keep the rate shown in them.", sign=base))
        for head, text in zip(self._heads, (tr("Buy"), tr("Sell"), tr("Customs"))):
            head.setText(text)
        self._when.setText(tr("Valid"))
        self.since.setAccessibleName(tr("Valid"))
        self.since.present(self._segments(tr), self.since.choice())
        self.instant.present(tr("Valid from"), tr.language)
        self.button.present(tr("Save rates"))
        self.file_button.present(tr("Import a file"))
        self._say_error()

    def _segments(self, tr: Translator) -> list[Segment]:
        return [Segment(_NOW, tr("from now on")), Segment(_LATER, tr("from a time"))]

    def _choose_since(self, key: str) -> None:
        self.instant.setVisible(key == _LATER)
        self._propose_all(self._session.translator)
        if key == _LATER and self.isVisible():
            self.instant.setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter moves on and skips a currency that is left empty."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent) or event.key() not in ENTERS:
            return False
        flat = [field for fields in self.fields for field in fields.values()]
        position = next((position for position, field in enumerate(flat) if field is watched), None)
        if position is None:
            if self._session.finishing.answers():
                self.submitted.emit()
            return True
        skips = position % len(SIDES) == 0 and not flat[position].text().strip()
        step = len(SIDES) if skips else 1
        if position + step < len(flat):
            flat[position + step].setFocus(Qt.FocusReason.TabFocusReason)
        elif self.instant.isVisible() and watched is not self.instant:
            self.instant.setFocus(Qt.FocusReason.TabFocusReason)
        elif (
            flat[position].text().strip() or self._session.finishing.answers()
        ):  # or the Enter of the rate before, pressed twice
            self.submitted.emit()
        return True

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_beside = event.size().width() >= _BESIDE
        if is_beside != self._is_beside:
            self._is_beside = is_beside
            self._arrange()

    def _arrange(self) -> None:
        """The code of a currency beside its fields, or over them where they need the width."""
        grid, is_beside = self._grid, self._is_beside
        first = 1 if is_beside else 0
        for position, head in enumerate(self._heads, first):
            grid.addWidget(head, 0, position)
        for line, (code, fields) in enumerate(zip(self._codes, self.fields)):
            row = 1 + 2 * line
            grid.addWidget(code, row, 0, 1, 1 if is_beside else len(SIDES))
            for position, field in enumerate(fields.values(), first):
                grid.addWidget(field, row if is_beside else row + 1, position)
        for column in range(len(SIDES) + 1):
            grid.setColumnStretch(column, 1 if first <= column < first + len(SIDES) else 0)
        grid.setColumnMinimumWidth(0, 48 if is_beside else 0)

    def _connect(self) -> None:
        self.button.clicked.connect(self.submitted)
        self.file_button.clicked.connect(self.importing)
        self.since.chosen.connect(self._choose_since)
        self.instant.installEventFilter(self)
        self.instant.dateTimeChanged.connect(lambda _at: self._start_changed())
        self.instant.lineEdit().textEdited.connect(lambda _text: self._start_changed())
        for fields in self.fields:
            for field in fields.values():
                field.installEventFilter(self)
                field.textEdited.connect(lambda _text: self.complain(None))

    def _lay_out(self) -> None:
        grid = self._grid
        grid.setHorizontalSpacing(Space.S)
        grid.setVerticalSpacing(Space.S)
        for head in self._heads:
            head.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._arrange()
        when = QHBoxLayout()
        when.addWidget(self.since, 1)
        column = vbox(
            self._title,
            self._hint,
            grid,
            Gap(Space.S),
            self._when,
            when,
            self.instant,
            self._wrong,
            Stretch(),
            self.offer,
            self.file_button,
            spacing=Space.S,
            margins=0,
        )
        scroll_over(column, self.button, QMargins(Space.M, Space.M, Space.M, Space.M), self, Space.S)


def _code_and_side(error: Exception | str | None) -> tuple[str, str]:
    """The currency and the side that an error is about; both are empty where it is about a file."""
    code, _, side = error.field.rpartition(".") if isinstance(error, BadField) else ("", "", "")
    return (code, side) if code in CURRENCIES else ("", "")
