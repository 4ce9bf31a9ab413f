"""The line above every page at work: shop, user, shift, both clocks, faults, language and theme."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from pos.application.fiscal.fiscal_words import counts_text, problem_text, remedy_text
from pos.application.membership.refusals import CenterAway
from pos.application.text.formatting import number_text, time_text
from pos.application.text.names import name_of
from pos.application.text.partner_words import PROVIDERS
from pos.application.text.translator import N_
from pos.application.text.typography import labelled, noted
from pos.domain.border import border_in_force, in_language
from pos.ui.look.clock_tick import ClockTick
from pos.ui.look.theme import Mode, Size, Space, Theme, Type
from pos.ui.session.till_devices import PRINTER, SCALE, SCANNER
from pos.ui.shell.state_mark import StateMark
from pos.ui.widgets.buttons.icon_button import ButtonKind, IconButton
from pos.ui.widgets.buttons.language_choice import LanguageChoice
from pos.ui.widgets.drawing.drawing import draw_text, text_width
from pos.ui.widgets.drawing.layouts import Stretched, hbox, vbox
from pos.ui.widgets.drawing.plain_tip import plain_tip
from pos.ui.widgets.drawing.surface import Ground, Line, Surface
from pos.ui.widgets.drawing.tone import Tone

if TYPE_CHECKING:
    from pos.ui.session.session import Session

_IN_TROUBLE = {
    "paper_out": N_("No paper"),
    "cover_open": N_("Printer open"),
    "not_answering": N_("No printer"),
    "scanner_gone": N_("No scanner"),
    "scale_unplugged": N_("No scale"),
}
"""The word beside the icon of a device, by its fault."""

_AT_WORST = {PRINTER: N_("Printer problem"), SCANNER: N_("Scanner problem"), SCALE: N_("Scale problem")}


_DOT = "  ·  "
_ROOM_FOR_DEVICES = 1040
_ROOM_FOR_CLOCKS = (700, 860)
"""The widths of the line from which the words of the devices, and each clock, are shown."""
_ROOM_FOR_GAPS = 700
"""The width from which the groups stand apart."""


_THEMES = {
    Mode.LIGHT: ("sun", N_("Light theme")),
    Mode.DARK: ("moon", N_("Dark theme")),
    Mode.CONTRAST: ("contrast", N_("High contrast")),
}


class ThemeButton(IconButton):
    """The moon, the half circle or the sun: switches from theme to theme."""

    def __init__(self, session: Session) -> None:
        super().__init__(session.theme, kind=ButtonKind.QUIET, height=Size.SMALL_BUTTON, name="theme")
        self._session = session
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # what is being typed goes on
        self.clicked.connect(session.theme.toggle)
        self.setFixedWidth(Size.SMALL_BUTTON)
        session.theme_changed.connect(self.retranslate)
        session.language_changed.connect(self.retranslate)
        self.retranslate()

    def retranslate(self, _changed: object = None) -> None:
        """Show the icon and the name of the theme that follows."""
        icon, name = _THEMES[self._session.mode.following]
        self.present("", icon=icon, name=self._session.translator(name))


class PowerButton(IconButton):
    """Closes the program; shown where the window has no frame."""

    def __init__(self, session: Session) -> None:
        super().__init__(session.theme, kind=ButtonKind.QUIET, height=Size.SMALL_BUTTON, name="power")
        self._session = session
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setFixedWidth(Size.SMALL_BUTTON)
        session.language_changed.connect(self.retranslate)
        self.retranslate()
        self.hide()

    def retranslate(self, _changed: object = None) -> None:
        """Name it in another language."""
        self.present("", icon="power", name=self._session.translator("Close the program"))


class DeviceMarks(QWidget):
    """The store, the printer, a serial scanner and a scale if there are any, the center of a member shop, the fiscal
    register, a payment provider that is away, and failing backups; `long` adds the word *ready*.
    """

    def __init__(self, session: Session, *, long: bool = False) -> None:
        super().__init__()
        self._session = session
        self._long = long
        self.store = StateMark(session.theme, "database")
        self.printer = StateMark(session.theme, "printer")
        row = hbox(self.store, self.printer, spacing=Space.L if long else Space.M, margins=0, parent=self)
        self.scanner = StateMark(session.theme, "scan-barcode")
        self.scale = StateMark(session.theme, "scale")
        row.addWidget(self.scanner)
        row.addWidget(self.scale)
        self.center = StateMark(session.theme, "globe")
        row.addWidget(self.center)
        self.providers = StateMark(session.theme, "qr-code")
        row.addWidget(self.providers)
        self.fiscal = StateMark(session.theme, "receipt-text", leads=True)
        self.fiscal.clicked.connect(session.fiscal.wanted)
        row.addWidget(self.fiscal)
        self.backup = StateMark(session.theme, "archive")
        row.addWidget(self.backup)
        session.devices_changed.connect(self.retranslate)
        session.center.changed.connect(self._present_center)
        session.partners.line_changed.connect(self._present_providers)
        session.fiscal.changed.connect(self._present_fiscal)
        session.language_changed.connect(self.retranslate)
        self.retranslate()

    def set_short(self, short: bool) -> None:
        """Show the icons alone where nothing is wrong."""
        marks = (
            self.store,
            self.printer,
            self.scanner,
            self.scale,
            self.center,
            self.fiscal,
            self.providers,
            self.backup,
        )
        for mark in marks:
            mark.set_short(short)

    def retranslate(self, _changed: object = None) -> None:
        """Show the current states."""
        session, tr = self._session, self._session.translator
        is_ready = self._long and session.shop.is_open
        store = tr("Database ready") if is_ready else tr("Database")
        well = tr("Printer ready") if self._long and session.devices.is_well(PRINTER) else tr("Printer")
        trouble = session.store_trouble or session.disk_trouble
        if trouble:
            store = tr("Database problem") if session.store_trouble else tr("Disk nearly full")
        self.store.present(store, trouble)
        for device, mark, name in (
            (PRINTER, self.printer, well),
            (SCANNER, self.scanner, tr("Scanner")),
            (SCALE, self.scale, tr("Scale")),
        ):
            self._present_device(device, mark, name)
        self.backup.present(tr("Backup problem"), session.backup_trouble)
        self.backup.setVisible(bool(session.backup_trouble))
        self._present_center()
        self._present_providers()
        self._present_fiscal()

    def _present_providers(self) -> None:
        """A payment provider that does not answer; nothing while all do."""
        session, tr = self._session, self._session.translator
        away = session.partners.away
        self.providers.setVisible(bool(away))
        if not away:
            return
        since = min(away.values()).astimezone(session.settings.zone)
        names = tr(", ").join(name_of(PROVIDERS, name, tr) for name in away)
        text = tr("{provider} away since {time}", provider=names, time=time_text(since))
        detail = tr("The till asks again until it knows the result.")
        self.providers.present(text, detail, tone=Tone.NEARLY, brief=time_text(since))

    def _present_fiscal(self) -> None:
        """Nothing at all in a shop without a register; else what waits and what was refused."""
        tr, state = self._session.translator, self._session.fiscal.state
        self.fiscal.setVisible(state is not None)
        if state is None:
            return
        counts, name = counts_text(state.counts, tr), tr("Fiscal register")
        problem = problem_text(state.problem, state.detail, tr)
        if state.counts.refused or problem:
            number = number_text(state.counts.waiting + state.counts.refused, tr.language)
            self.fiscal.present(
                counts or name, problem or counts, remedy_text(state.problem, tr), tone=Tone.NEARLY, brief=number
            )
        else:
            self.fiscal.present(labelled(tr, name, counts) if counts else name, detail=counts)

    def _present_center(self) -> None:
        """Nothing at all where the shop has no center, or nothing is known of the line yet."""
        session, tr, line = self._session, self._session.translator, self._session.center
        self.center.setVisible(line.is_heard)
        if not line.is_heard:
            return
        waiting = tr.plural("{n} change to be sent", "{n} changes to be sent", line.waiting) if line.waiting else ""
        if line.away_since is not None:
            time = time_text(line.away_since.astimezone(session.settings.zone))
            text = tr("Center away since {time}", time=time)
            self.center.present(text, session.wording(CenterAway(line.what)), waiting, tone=Tone.NEARLY, brief=time)
        elif waiting:
            self.center.present(labelled(tr, tr("Center"), waiting), detail=tr("The center answers."))
        else:
            self.center.present(tr("Center answers") if self._long else tr("Center"), detail=tr("The center answers."))

    def _present_device(self, device: str, mark: StateMark, well: str) -> None:
        session, tr = self._session, self._session.translator
        wrong, detail = session.devices.trouble(device), session.devices.description(device)
        mark.setVisible(session.devices.has(device))
        if wrong is None:
            mark.present(well, detail=detail)
        else:
            mark.present(tr(_IN_TROUBLE.get(wrong.what, _AT_WORST[device])), session.wording(wrong), detail)


class StatusLine(Surface):
    """48 px: shop · till · person · shift on the left, the rest on the right."""

    def __init__(self, session: Session, clock: ClockTick) -> None:
        super().__init__(Ground.PANEL)
        self._session = session
        self.setFixedHeight(Size.STATUS_LINE)
        self._where = _Where(session.theme)
        self._clocks = {clock: _City(session.theme) for clock in border_in_force().clocks}
        self._instant = clock.now()
        self.devices = DeviceMarks(session)
        self.languages = LanguageChoice(session.theme, short=True)
        self.theme_button = ThemeButton(session)
        self.power = PowerButton(session)
        self.back, self.more = (
            IconButton(session.theme, icon=icon, kind=ButtonKind.QUIET, height=Size.SMALL_BUTTON, name=name)
            for icon, name in (("arrow-left", "back"), ("ellipsis", "more"))
        )
        for button in (self.back, self.more):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # what is being typed goes on
            button.setFixedWidth(Size.SMALL_BUTTON)
        self.saving = IconButton(
            session.theme, icon="download", kind=ButtonKind.QUIET, height=Size.SMALL_BUTTON, name="save_table"
        )
        self.saving.setFixedWidth(Size.SMALL_BUTTON)
        self.saving.hide()
        self._save: Callable[[], None] | None = None
        self.saving.clicked.connect(self._save_table)
        self._lay_out()
        self.languages.chosen.connect(session.speak)
        clock.ticked.connect(self._tick)
        for signal in (
            session.language_changed, session.person_changed, session.shift_changed, session.settings_changed,
        ):  # fmt: skip
            signal.connect(self.retranslate)
        self.retranslate()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """With little room the words of the devices go first, then the clock of the other side, then both, and gaps.

        Each button keeps the width of a finger.
        """
        super().resizeEvent(event)
        width = event.size().width()
        self.devices.set_short(width < _ROOM_FOR_DEVICES)
        for index, city in enumerate(self._clocks.values()):
            city.setVisible(width >= _ROOM_FOR_CLOCKS[index])
        self._row.setSpacing(Space.M if width >= _ROOM_FOR_GAPS else 0)
        for line in self._lines:
            line.setVisible(width >= _ROOM_FOR_GAPS)

    def retranslate(self, _changed: object = None) -> None:
        """Show everything again."""
        session, tr = self._session, self._session.translator
        person = "" if session.person is None else session.person.title
        shift = "" if session.shift is None else tr("Shift {number}", number=session.shift.number)
        self._where.present(session.settings.shop_name, tr("Till {till}", till=session.shop.till), person, shift)
        self.languages.present(tr("Language"), session.language)
        actions = session.actions
        self.saving.present("", name=noted(tr, actions.text("save_table", tr), actions.key_text("save_table")))
        self.back.present("", name=noted(tr, actions.text("back", tr), actions.key_text("back")))
        self.more.present("", name=tr("More actions"))
        self._tick(self._instant)

    def offer(self, save: Callable[[], None] | None) -> None:
        """Show a button that saves the table of the current page; none if the page has no table."""
        self._save = save
        self.saving.setVisible(save is not None)

    def _save_table(self) -> None:
        if self._save is not None:
            self._save()

    def _tick(self, instant: datetime) -> None:
        self._instant = instant
        for clock, city in self._clocks.items():
            title = in_language(clock.title, self._session.translator.language)
            city.present(title, time_text(instant.astimezone(clock.zone)))

    def _lay_out(self) -> None:
        self._lines = [Line(Qt.Orientation.Vertical) for _ in range(3)]
        self._row = row = hbox(
            self.back,
            Stretched(self._where),
            *self._clocks.values(),
            self.saving,
            self.more,
            spacing=Space.M,
            margins=(Space.S, 0, 12, 0),
        )
        for line, group in zip(self._lines, (self.devices, self.languages, self.theme_button), strict=True):
            line.setFixedHeight(20)
            row.addWidget(line)
            row.addWidget(group)
        row.addWidget(self.power)
        vbox(Stretched(row), Line(), spacing=0, margins=0, parent=self)


class _Where(QWidget):
    """Shop in bold, then till, person and shift separated by dots. In a narrow window the person stays longest."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._shop = self._till = self._person = self._shift = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setMinimumWidth(80)

    def present(self, shop: str, till: str, person: str, shift: str) -> None:
        self._shop, self._till, self._person, self._shift = shop, till, person, shift
        self.setAccessibleName(" · ".join(filter(None, (shop, till, person, shift))))
        self.setToolTip(plain_tip(self.accessibleName()))
        self.update()

    @property
    def shown(self) -> tuple[str, str]:
        """The shop, and the rest as it is written beside it; what has no room is left out whole."""
        choices = (
            (self._shop, (self._till, self._person, self._shift)),
            (self._shop, (self._till, self._person)),
            (self._shop, (self._person or self._till,)),
            ("", (self._till, self._person)),
            ("", (self._person or self._till,)),
        )
        texts = [(shop, (_DOT if shop else "") + _DOT.join(filter(None, rest))) for shop, rest in choices]
        return next((text for text in texts if self._wide(*text) <= self.width()), texts[-1])

    def _wide(self, shop: str, rest: str) -> int:
        return text_width(self._theme.font(Type.BODY, bold=True), shop) + text_width(self._theme.font(Type.LABEL), rest)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        colour = self._theme.colour
        shop, rest = self.shown
        box = QRect(0, 0, self.width(), self.height())
        x = draw_text(painter, box, shop, self._theme.font(Type.BODY, bold=True), colour("text")) if shop else 0
        box = QRect(x, 1, max(0, self.width() - x), self.height())
        draw_text(painter, box, rest, self._theme.font(Type.LABEL), colour("muted"))


class _City(QWidget):
    """The name of a city and its time."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._name = self._time = ""
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def present(self, name: str, time: str) -> None:
        self._name, self._time = name, time
        self.setAccessibleName(f"{name} {time}")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._width() + 6 + text_width(self._theme.font(Type.BODY, bold=True), "00:00"), Size.HEADER)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, colour = QPainter(self), self._theme.colour
        draw_text(painter, self.rect().adjusted(0, 1, 0, 1), self._name, self._theme.font(Type.LABEL), colour("muted"))
        box = self.rect().adjusted(self._width() + 6, 0, 0, 0)
        draw_text(painter, box, self._time, self._theme.font(Type.BODY, bold=True), colour("text"))

    def _width(self) -> int:
        return text_width(self._theme.font(Type.LABEL), self._name)
