"""One option: its effect, its valid values, its field, and the error of the typed value."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from pos.application.settings.device_ports import KnownDevices
from pos.application.settings.setting_kinds import (
    CashStep,
    Folder,
    Kind,
    LanguagePair,
    Logo,
    Names,
    OneOf,
    ParcelRegimeId,
    Permissions,
    Printer,
    ProductFields,
    RegimeId,
    Scopes,
    TillChoices,
    TillPrinters,
    TillScales,
    TillScanners,
    TimeZone,
    WholeNumber,
    Written,
    YesNo,
)
from pos.application.settings.setting_words import group_of, name_of_setting, typed_text, unit_text, value_text
from pos.application.settings.settings import Settings
from pos.application.text.translator import N_, Translator
from pos.ui.input.actions import Actions
from pos.ui.look.theme import Space, Theme
from pos.ui.page.form_page import FormRow
from pos.ui.settings.device_editors import (
    PrinterEditor,
    TillChoicesEditor,
    TillDevicesEditor,
    port_choices,
    printer_choices,
    scale_choices,
)
from pos.ui.settings.device_trials import DRAWER, PAGE, SCAN, WEIGH
from pos.ui.settings.editors import ChoiceEditor, Choices, Editor, EitherEditor, LineEditor, NumberEditor
from pos.ui.settings.logo_editor import LogoEditor
from pos.ui.settings.several_editors import (
    FolderEditor,
    LanguagesEditor,
    ScopesEditor,
)
from pos.ui.widgets.buttons.icon_button import ButtonKind as Look
from pos.ui.widgets.buttons.icon_button import IconButton
from pos.ui.widgets.drawing.layouts import Stretch, Stretched, vbox
from pos.ui.widgets.drawing.surface import Ground, Surface
from pos.ui.widgets.drawing.text_label import Role, TextLabel, Words
from pos.ui.widgets.fields.key_positions import ENTERS
from pos.ui.widgets.fields.scrolled_fields import ScrolledFields


class SettingForm(Surface):
    """Each type of option has its own field. `typed` reports a changed value; the other signals ask for an action.

    `saved` and `reset` apply to the option, `file_requested` asks to read a picture, `backup_requested` to make a
    backup, `trial_requested` to test a device, `display_requested` to show the customer display.
    """

    saved = Signal()
    reset = Signal()
    typed = Signal()
    file_requested = Signal(object)
    trial_requested = Signal(str)
    backup_requested = Signal()
    display_requested = Signal()

    def __init__(self, theme: Theme, actions: Actions) -> None:
        super().__init__(Ground.PANEL)
        self.name = ""
        self._title = TextLabel(role=Role.TITLE, wrap=True)
        self._does = TextLabel(wrap=True)
        self.line, self.list, self.either, self.number = (
            LineEditor(),
            ChoiceEditor(),
            EitherEditor(theme),
            NumberEditor(),
        )
        self.languages, self.scopes, self.logo = LanguagesEditor(), ScopesEditor(), LogoEditor(theme)
        self.printer, self.folder = PrinterEditor(), FolderEditor(theme)
        self.till_printers = TillDevicesEditor(N_("Same as the shop"), printer_choices)
        self.till_scanners = TillDevicesEditor(N_("Keyboard scanner"), port_choices)
        self.till_scales = TillDevicesEditor(N_("No scale"), scale_choices)
        self.till_choices = TillChoicesEditor()
        self.editors: tuple[Editor, ...] = (
            self.line, self.list, self.either, self.number, self.languages, self.scopes, self.logo, self.printer,
            self.till_printers, self.till_scanners, self.till_scales,
            self.till_choices, self.folder,
        )  # fmt: skip
        self.rows = tuple(FormRow(editor) for editor in self.editors)
        self._takes = TextLabel(role=Role.LABEL, wrap=True)
        self._shipped = TextLabel(role=Role.LABEL, wrap=True)
        self._known = TextLabel(role=Role.LABEL, wrap=True)
        self._holds = TextLabel(role=Role.LABEL, wrap=True)
        icons = {PAGE: "printer", DRAWER: "inbox", SCAN: "scan-barcode", WEIGH: "scale"}
        self.trials = {one: IconButton(theme, icon=icon, name=f"trial_{one}") for one, icon in icons.items()}
        for trial, button in self.trials.items():
            button.clicked.connect(lambda _on=False, trial=trial: self.trial_requested.emit(trial))
        self._devices = (self.printer, self.till_printers, self.till_scanners, self.till_scales)
        printers: tuple[Editor, ...] = self._devices[:2]
        self._tried: dict[str, tuple[Editor, ...]] = {
            PAGE: printers, DRAWER: printers, SCAN: (self.till_scanners,), WEIGH: (self.till_scales,),
        }  # fmt: skip
        self.save = IconButton(theme, icon="save", key=actions.key_text("save_setting"), kind=Look.PRIMARY)
        self.default = IconButton(theme, icon="rotate-ccw", key=actions.key_text("setting_default"))
        self.backup = IconButton(theme, icon="archive", name="backup_now")
        self.display = IconButton(theme, icon="tv", name="display_test")
        self.backup.clicked.connect(self.backup_requested)
        self.display.clicked.connect(self.display_requested)
        self.save.clicked.connect(self.saved)
        self.default.clicked.connect(self.reset)
        self.logo.requested.connect(self.file_requested)
        for editor in self.editors:
            editor.edited.connect(self._excuse)
            editor.edited.connect(self.typed)
        self._lay_out()

    def know(self, devices: KnownDevices | None, tills: Sequence[str]) -> None:
        """Take the devices of this machine, None while they are unknown, and the shop's tills."""
        self.printer.known = devices
        for editor in (self.till_printers, self.till_scanners, self.till_scales):
            editor.known, editor.tills = devices, tills
        self.till_choices.tills = tills

    def present(
        self,
        settings: Settings,
        name: str,
        text: str,
        choices: Choices,
        tr: Translator,
        known: str = "",
        *,
        keeping: bool = False,
    ) -> None:
        """Show an option with `text` in its field; `known` is its effect in this shop. `keeping` an error on show."""
        self.name = name
        kind = Settings.kind(name)
        chosen = self.editor(name)
        called = name_of_setting(name, tr)
        for row in self.rows:
            row.setVisible(row.field is chosen)
            if not keeping:
                row.excuse()
            row.present(tr.context("setting", "Value"))
        chosen.setAccessibleName(called)
        if isinstance(kind, WholeNumber):
            self.number.bound(kind, unit_text(name, settings.price, tr))
        self.line.longest = kind.longest if isinstance(kind, Written) else 400
        if isinstance(kind, TillChoices):
            self.till_choices.values = kind.values
        chosen.put(text, choices, tr)
        self._name_field(chosen, called)
        self._title.setText(called)
        self._does.setText(tr(Settings.sentence(name)))
        self._takes.setText(typed_text(name, tr))
        self._present_takes()
        for trial, button in self.trials.items():
            button.setVisible(chosen in self._tried[trial])
        self._present_trials(tr)
        self._known.setText(known)
        self._known.setVisible(bool(known))
        shipped = Settings()
        self._shipped.setText(tr("Default: {value}", value=value_text(shipped, name, tr)))
        self._holds.setText(
            tr("Applies immediately at all tills. Other tills update their screens at the next sign-in.")
        )
        self.backup.setVisible(group_of(name) == "backup")
        self.backup.present(tr("Back up now"))
        self.display.setVisible(name in ("customer_display", "till_displays"))
        self.display.present(tr("Show a preview"))
        self.save.present(tr("Save"))
        self.default.present(tr("Default"))
        self.offer_default(settings, text)

    def offer_default(self, settings: Settings, text: str) -> None:
        """Offer the default while the option, or what is typed for it, is another value."""
        shipped = Settings().text(self.name)
        self.default.setEnabled(settings.text(self.name) != shipped or text != shipped)

    def _present_trials(self, tr: Translator) -> None:
        for trial, text in (
            (PAGE, tr("Print a test page")),
            (DRAWER, tr("Open the drawer")),
            (SCAN, tr("Test scanner")),
            (WEIGH, tr("Weigh")),
        ):
            self.trials[trial].present(text)

    def _present_takes(self) -> None:
        """A list shows its own values, and an error says them already."""
        is_open = self.editor(self.name) in (self.line, self.number, *self._devices)
        self._takes.setVisible(is_open and not self.complaint)

    def _excuse(self) -> None:
        """Another value is in the field: the error was about the one before."""
        if self.complaint:
            self._row().excuse()
            self._present_takes()

    def _row(self) -> FormRow:
        return next(row for row in self.rows if row.field is self.editor(self.name))

    def text(self) -> str:
        """The value of the field in the form that `with_text` reads."""
        return self.editor(self.name).text()

    def complain(self, words: Words) -> None:
        """Show an error beneath the field and focus it."""
        self._row().complain(words)
        self._present_takes()
        self.begin()

    @property
    def complaint(self) -> str:
        """The error on show."""
        return next((row.complaint for row in self.rows if not row.isHidden()), "")

    def begin(self) -> None:
        """Focus the field."""
        self.editor(self.name).begin()

    def editor(self, name: str) -> Editor:
        """The field of an option."""
        return self._fields[type(Settings.kind(name))]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter saves."""
        if event.key() in ENTERS:
            self.saved.emit()
        else:
            super().keyPressEvent(event)

    @staticmethod
    def _name_field(editor: Editor, called: str) -> None:
        field = editor.focusProxy()
        if field is not None and not field.accessibleName().startswith(called):  # one field serves many options
            field.setAccessibleName(called)

    def _lay_out(self) -> None:
        fields: dict[type[Kind], Editor] = {
            YesNo: self.either, WholeNumber: self.number, OneOf: self.list, RegimeId: self.list, TimeZone: self.list,
            ParcelRegimeId: self.list,
            CashStep: self.list, LanguagePair: self.languages, Scopes: self.scopes, Printer: self.printer,
            TillPrinters: self.till_printers, TillScanners: self.till_scanners, TillScales: self.till_scales,
            TillChoices: self.till_choices, Logo: self.logo, Folder: self.folder, Names: self.scopes,
            Permissions: self.scopes, ProductFields: self.scopes,
        }  # fmt: skip
        self._fields = {
            kind: fields.get(kind, self.line) for kind in {type(Settings.kind(n)) for n in Settings.names()}
        }
        inside = QWidget()
        vbox(
            self._title,
            self._does,
            *self.rows,
            self._takes,
            self._shipped,
            self._known,
            Stretch(),
            self._holds,
            spacing=12,
            margins=0,
            parent=inside,
        )
        vbox(
            Stretched(ScrolledFields(inside)),
            *self.trials.values(),
            self.backup,
            self.display,
            self.default,
            self.save,
            spacing=12,
            margins=(Space.M, Space.M, Space.M, Space.M),
            parent=self,
        )
