"""The settings of the shop: a searchable list, and beside it the field of the selected option."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from pos.application.maintenance.keep_backups import LastBackup
from pos.application.settings.set_setting import SettingChange, SettingFixed
from pos.application.settings.setting_kinds import Folder, Logo
from pos.application.settings.setting_words import name_of_setting, typed_text, value_text
from pos.application.settings.settings import Settings
from pos.application.text.translator import N_, Translator
from pos.application.text.typography import paragraph
from pos.domain.errors import BadField, InfrastructureError, MovedMeanwhile, RuleBroken
from pos.ui.input.actions import SETTINGS
from pos.ui.look.sounds import Sound
from pos.ui.look.theme import Space
from pos.ui.notices.notice_factory import News
from pos.ui.page.screen import Screen
from pos.ui.page.unsaved_by_another import UnsavedByAnother
from pos.ui.session.rail_entries import may_enter
from pos.ui.session.session import Session
from pos.ui.settings.center_panel import CenterPanel
from pos.ui.settings.center_row import CENTER_ROW
from pos.ui.settings.center_steps import CenterSteps
from pos.ui.settings.device_trials import DeviceTrials
from pos.ui.settings.fiscal_login_panel import FiscalLoginPanel
from pos.ui.settings.fiscal_receipts_panel import FiscalReceiptsPanel
from pos.ui.settings.fiscal_rows import LOGIN_ROW, RECEIPTS_ROW, TITLES
from pos.ui.settings.fiscal_steps import FiscalSteps
from pos.ui.settings.known_visitors import KnownHere
from pos.ui.settings.logo_file import read_logo
from pos.ui.settings.provider_panel import ProviderPanel
from pos.ui.settings.provider_steps import ProviderSteps
from pos.ui.settings.provider_words import provider_name
from pos.ui.settings.setting_form import SettingForm
from pos.ui.settings.setting_rows import OfCenter, setting_rows
from pos.ui.widgets.cards.empty_state import EmptyState
from pos.ui.widgets.cards.notice_bar import Notice
from pos.ui.widgets.drawing.layouts import Stretched, vbox
from pos.ui.widgets.drawing.main_and_side import MainAndSide
from pos.ui.widgets.drawing.text_label import Role, TextLabel
from pos.ui.widgets.drawing.tone import Tone
from pos.ui.widgets.fields.key_positions import ENTERS
from pos.ui.widgets.fields.search_box import SearchBox
from pos.ui.widgets.spoken.chosen_row import read_chosen
from pos.ui.widgets.tables.row_list import RowList
from pos.ui.widgets.tables.rows_or_empty import RowsOrEmpty

_SECONDS = 10
_NO_LOGO = {
    "not_readable": N_("{file} cannot be read."),
    "too_large": N_("{file} is too large for a logo."),
    "not_a_picture": N_("{file} cannot be used as a logo. Use a PNG, a JPEG, or a self-contained SVG."),
}
_ITS_OWN_REASON = frozenset({"weight_or_price", "is_first_backup_folder"})
"""What is a value of its kind, but not beside the other settings: the values that are possible do not say why."""
_MOVES = {Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown}


class SettingsScreen(Screen):
    """Letters search, up and down choose, Enter goes to the field and saves there, Esc discards the typed value.

    Unsaved values stay with their option while others are on show.
    """

    screen_id = SETTINGS

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        theme = session.theme
        self.settings = Settings()
        self._drafts: dict[str, str] = {}
        self._name = ""
        self._busy = False
        self._saved_now: tuple[str, str] | None = None
        """The change that the notice is about: a second press on the key that saved it does not hide it."""
        self._title = TextLabel(role=Role.SECTION)
        self.search = SearchBox(theme, "", "", key=session.actions.key_text("find_setting"), icon="settings")
        self.news = News(theme, session.translator)
        self.list = RowList(theme)
        read_chosen(self.list)
        self.form = SettingForm(theme, session.actions)
        self.center = CenterPanel(theme, session.actions.key_text("save_setting"))
        self.center_steps = CenterSteps(session, self.center, self.news)
        self.provider = ProviderPanel(theme, session.actions.key_text("save_setting"))
        self.provider_steps = ProviderSteps(session, self.provider, self.news)
        save_key = session.actions.key_text("save_setting")
        self.fiscal_login, self.fiscal = FiscalLoginPanel(theme, save_key), FiscalReceiptsPanel(theme, save_key)
        self.fiscal_steps = FiscalSteps(session, self.fiscal_login, self.fiscal, self.news)
        self.empty = EmptyState(theme)
        self.key_handlers = {
            "find_setting": self._find, "save_setting": self.save, "setting_default": self.reset, "back": self._back,
        }  # fmt: skip
        UnsavedByAnother(self)
        self._lay_out()
        self.search.typed.connect(lambda _text: self._present())
        self.search.field.installEventFilter(self)
        self.list.chosen.connect(self._choose)
        self.form.typed.connect(self._keep)
        self.form.saved.connect(self.save)
        self.form.reset.connect(self.reset)
        self.form.file_requested.connect(self.take_logo)
        self.form.backup_requested.connect(self.back_up)
        self.form.display_requested.connect(session.display_requested)
        self._here = KnownHere(session, self._know)
        self._trials = DeviceTrials(session, self.news, self)
        self.form.trial_requested.connect(self._try)
        self.center_steps.changed.connect(self._present_rows)
        self.provider_steps.changed.connect(self._present_rows)
        self.fiscal_steps.changed.connect(self._fiscal_changed)
        session.fiscal.wanted.connect(self._to_fiscal)

    def entered(self) -> None:
        self._read(self.session.settings)  # as this till knows them, until the store has answered
        self.session.run_as(self.session.shop.office.set_setting.show, self._read)
        self.center_steps.read()
        self.provider_steps.read()
        self.fiscal_steps.read()
        self._here.ask()
        self._find()
        if not self.form.backup.isEnabled():
            self._say_backup_begun()

    def left(self) -> None:
        self.news.clear()
        self._trials.stop()
        self.center.forget()
        self.provider.forget()
        self.fiscal_login.forget()
        self.fiscal.forget()

    def waiting(self) -> str:
        return self.translator("unsaved settings") if self._drafts else ""

    def emptied(self) -> None:
        self._drafts.clear()

    def retranslate(self, tr: Translator) -> None:
        self.news.retranslate(tr)
        self._title.setText(tr("Settings"))
        key = self.session.actions.key_text("find_setting")
        self.search.present(tr("Search"), tr("Search settings"), key)
        self.list.setAccessibleName(tr("Settings"))
        self.empty.present("search", tr("No matching setting"), tr("Try another word, or part of one."))
        self._present_rows()
        self._present_form(keeping=True)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """In the search field arrows move in the list, Enter goes to the field."""
        if watched is self.search.field and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in _MOVES:
                self.list.keyPressEvent(event)
                return True
            if event.key() in ENTERS:
                self._to_field()
                return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """In the list Enter goes to the field, letters search."""
        if event.key() in ENTERS:
            self._to_field()
        elif self.list.hasFocus() and event.text().isprintable() and event.text():
            self.search.set_text(self.search.text() + event.text())
            self._find(all_chosen=False)
            self._present()
        else:
            super().keyPressEvent(event)

    # ── actions ──────────────────────────────────────────────────────────────────────────────────────────────

    def look_at(self, name: str) -> None:
        """Select an option and focus its field."""
        self.search.clear()
        self._name = name
        self._present()
        self._to_field()

    def save(self) -> None:
        """Set the selected option to the value of its field."""
        if self._name == CENTER_ROW:
            self.center.ask_to_join()
            return
        if provider_name(self._name):
            self.provider.ask_to_save()
            return
        if self._name == LOGIN_ROW:
            self.fiscal_login.ask_to_save()
            return
        if self._name == RECEIPTS_ROW:
            self.fiscal_steps.send()
            return
        name, text = self._name, self.form.text()
        if not name or self._busy:
            return
        self._busy, seen = True, self.settings.text(name)
        step = self.session.shop.office.set_setting
        self.session.run_as(
            lambda person: (step.change(person, name, text, seen), _lacks_folder(name, text)),
            lambda made: self._saved(name, text, *made),
            lambda error: self._refused(name, text, error),
        )

    def reset(self) -> None:
        """Put the default into the field; it is saved like any other value."""
        if self._name in Settings.names():
            self._drafts[self._name] = Settings().text(self._name)
            self._present()
            self.form.begin()

    def _try(self, what: str) -> None:
        self._trials.start(what, self._name, self.form.text(), self.settings)

    def back_up(self) -> None:
        """Make a backup now, off the store's thread: the till continues to work."""
        person, session = self.session.person, self.session
        if person is None or not self.form.backup.isEnabled():
            return
        self.form.backup.setEnabled(False)
        keep = session.shop.office.keep_backups
        self._say_backup_begun()
        session.saving.run(lambda: keep.now_by(person), self._backed_up, self._not_backed_up)

    def _say_backup_begun(self) -> None:
        self.news.notify("setting.backup_begun", lambda tr: Notice(Tone.INFO, tr("Making a backup …"), "archive"))

    def _backed_up(self, made: LastBackup) -> None:
        self.form.backup.setEnabled(True)
        self.session.take_backup_trouble(None)
        self._here.take_backup(made)
        self.news.notify(
            "setting.backup_made",
            lambda tr: Notice(Tone.WITHIN, tr("Backup complete."), "check", seconds=_SECONDS),
        )

    def _not_backed_up(self, error: Exception) -> None:
        self.form.backup.setEnabled(True)
        self.news.clear()
        session = self.session
        if isinstance(error, InfrastructureError):
            session.take_backup_trouble(error)
            news = lambda: Notice(Tone.OVER, session.wording(error))  # noqa: E731 # what makes a notice
            session.notify("backup.trouble", news, holds=lambda: bool(session.backup_trouble))
        else:
            session.report(error)
        self._here.ask()  # the first folder may have its copy, and have lost older ones

    def take_logo(self, path: Path) -> None:
        """Read a picture file into the field; it is saved like any other value.

        A file that comes late does not undo another choice made since, and is nothing for the next person.
        """
        session, person, before = self.session, self.session.person, self._drafts.get("logo")

        def is_wanted() -> bool:
            return session.person == person and self._drafts.get("logo") == before

        def taken(text: str) -> None:
            if not is_wanted():
                return
            if self._name == "logo":
                self.form.logo.take(text)
            else:  # another option is on show by now
                self._drafts["logo"] = text
                self._present_rows()

        def failed(error: Exception) -> None:
            if is_wanted():
                self._no_logo(error)

        session.read_file(lambda: read_logo(path), taken, failed)

    def _no_logo(self, error: Exception) -> None:
        if isinstance(error, BadField) and self._name == "logo":
            self.session.sounds.play(Sound.REFUSE)
            why, file = _NO_LOGO.get(error.what, _NO_LOGO["not_a_picture"]), error.value
            self.form.complain(lambda: self.translator(why, file=file))
        else:
            self.session.report_foreseen(error)

    def _fiscal_changed(self) -> None:
        """A row that has gone with its register leaves its place to another one."""
        self._present_rows()
        if self._name in TITLES:
            self._present_form()

    def _to_fiscal(self) -> None:
        """The mark in the status line leads to what waits and what was refused."""
        person = self.session.person
        if person is not None and may_enter(person, SETTINGS) and self.session.settings.register_kind is not None:
            self._name = RECEIPTS_ROW
            self.session.go(SETTINGS)
            self.look_at(RECEIPTS_ROW)

    def _know(self) -> None:
        """Printers, tills or the longest retention are known now."""
        self.form.know(self._here.devices, self._here.tills)
        self._present_form()

    def _read(self, settings: Settings) -> None:
        self.settings = settings
        self._present()

    def _saved(self, name: str, text: str, made: SettingChange, lacks_folder: bool) -> None:
        self._busy, after = False, made.after
        if self._drafts.get(name) == text:  # else more was typed while the store was busy
            self._drafts.pop(name)
        self.settings = after
        self.session.sounds.play(Sound.NOTE if made.is_none else Sound.ACCEPT)
        self.session.take_settings(after)
        self._present()
        if name == self._name and name not in self._drafts:  # else another value is being typed by now
            self._find()

        if made.is_none and self._saved_now == (name, text) and self.news.kind == "setting.said":
            return
        self._saved_now = None if made.is_none else (name, text)

        def news(tr: Translator) -> Notice:
            setting, value = name_of_setting(name, tr), value_text(after, name, tr)
            if made.is_none:
                unchanged = tr("{setting}: {value}. No change.", setting=setting, value=value)
                return Notice(Tone.INFO, unchanged, seconds=_SECONDS)
            saved_text = tr("{setting}: {value}. In force now.", setting=setting, value=value)
            if lacks_folder:
                sentences = (saved_text, tr("This till does not find the folder now."))
                return Notice(Tone.NEARLY, paragraph(tr, sentences), "triangle-alert")
            return Notice(Tone.WITHIN, saved_text, "check", seconds=_SECONDS)

        self.news.notify("setting.said", news)

    def _refused(self, name: str, text: str, error: Exception) -> None:
        self._busy = False
        self.session.sounds.play(Sound.REFUSE)
        called = name_of_setting(name, self.translator)
        self.report_elsewhere(replace(error, field=called) if isinstance(error, BadField) else error)
        if isinstance(error, BadField):
            if name != self._name:  # another option was chosen while the store was busy
                if not self.session.is_awaited:
                    self._show_refusal(replace(error, field=called))
                    return
                self.look_at(name)
            self.form.complain(lambda: self._field_text(name, text, error))
        elif isinstance(error, MovedMeanwhile):
            self._look_again(name, error)
        elif isinstance(error, RuleBroken):
            self._show_refusal(error)
        else:
            self.session.report_foreseen(error)

    def _field_text(self, name: str, text: str, error: BadField) -> str:
        """Why a setting does not take a text."""
        tr = self.translator
        if error.what in _ITS_OWN_REASON:
            return self.session.wording(replace(error, field=name_of_setting(name, tr)))
        is_empty = not text or isinstance(Settings.kind(name), Logo)
        problem = tr("It cannot be empty.") if is_empty else tr("“{value}” is not valid.", value=text)
        return f"{problem} {typed_text(name, tr)}"

    def _show_refusal(self, error: RuleBroken) -> None:
        self.news.notify("setting.refused", lambda _tr: Notice(Tone.NEARLY, self._wording(error), seconds=_SECONDS))

    def _look_again(self, name: str, error: MovedMeanwhile) -> None:
        """Another person has set it: say to what, with what is typed still in the field."""

        def read(now: Settings) -> None:
            self.settings = now
            self._present()

            def news(tr: Translator) -> Notice:
                setting, value = name_of_setting(name, tr), value_text(now, name, tr)
                said = tr("{setting}: {value}. In force now.", setting=setting, value=value)
                return Notice(Tone.NEARLY, paragraph(tr, (self.session.wording(error), said)), seconds=_SECONDS)

            self.news.notify("setting.moved", news)

        self.session.run_as(self.session.shop.office.set_setting.show, read)

    def _wording(self, error: RuleBroken) -> str:
        if isinstance(error, SettingFixed):
            error = replace(error, setting=name_of_setting(error.setting, self.translator))
        return self.session.wording(error)

    def _keep(self) -> None:
        """Keep the typed value with its option."""
        name, text = self._name, self.form.text()
        if text == self.settings.text(name):
            self._drafts.pop(name, None)
        else:
            self._drafts[name] = text
        self.form.offer_default(self.settings, text)
        self._present_rows()

    def _choose(self, name: str) -> None:
        self._name = name
        self._present_form()

    def _to_field(self) -> None:
        if self._name:
            self._beside().begin()

    def _find(self, *, all_chosen: bool = True) -> None:
        self.search.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        if all_chosen:
            self.search.field.selectAll()

    def _back(self) -> None:
        """Discard the typed value, then the search."""
        if self._name == CENTER_ROW and (self.center.is_begun or self.center.row.complaint):
            self.center.forget()
        elif self._name in TITLES and self.fiscal_steps.panel(self._name).is_begun:
            self.fiscal_steps.panel(self._name).forget()
        elif provider_name(self._name) and self.provider.is_begun:
            self.provider_steps.present(provider_name(self._name), afresh=True)
        elif self._name in self._drafts or self.form.complaint:
            self._drafts.pop(self._name, None)
        elif self.search.text():
            self.search.clear()
        self.news.clear()
        self._present()
        self._find()

    # ── current view ─────────────────────────────────────────────────────────────────────────────────────────

    def _present(self) -> None:
        self._present_rows()
        self._present_form()

    def _present_rows(self) -> None:
        center = OfCenter(self.center_steps.is_offered, self.center_steps.shown)
        providers = self.provider_steps.shown
        rows = setting_rows(
            self.settings, self.search.text(), self._drafts, self.translator, center, providers, self.fiscal_steps.shown
        )
        chosen = self.list.present(rows, self._name)
        self._pages.present(is_empty=not rows)
        if chosen != self._name:
            self._choose(chosen)

    def _present_form(self, *, keeping: bool = False) -> None:
        self._side.setVisible(bool(self._name))
        self._side.setCurrentWidget(self._beside())
        if self._name == CENTER_ROW:
            self.center_steps.present()
        elif provider_name(self._name):
            self.provider_steps.present(provider_name(self._name))
        elif self._name in TITLES:
            self.fiscal_steps.present(self._name)
        elif self._name:
            text = self._drafts.get(self._name, self.settings.text(self._name))
            choices = self._here.choices(self._name, self.translator)
            known = self._here.effect_text(self._name, text, self.translator)
            self.form.present(self.settings, self._name, text, choices, self.translator, known, keeping=keeping)

    def _beside(self) -> SettingForm | CenterPanel | ProviderPanel | FiscalLoginPanel | FiscalReceiptsPanel:
        if self._name in TITLES:
            return self.fiscal_steps.panel(self._name)
        if provider_name(self._name):
            return self.provider
        return self.center if self._name == CENTER_ROW else self.form

    def _lay_out(self) -> None:
        self._pages = RowsOrEmpty(None, self.list, self.empty)
        main = vbox(
            self._title,
            self.search,
            self.news,
            Stretched(self._pages),
            spacing=Space.S,
            margins=(Space.L, Space.M, Space.L, Space.M),
        )
        self._side = QStackedWidget()
        for side in (self.form, self.center, self.provider, self.fiscal_login, self.fiscal):
            self._side.addWidget(side)
        vbox(MainAndSide(main, self._side), spacing=0, margins=0, parent=self)


def _lacks_folder(name: str, text: str) -> bool:
    """Whether the option names a folder that this till does not find: a stick may be out, or a letter wrong.

    Not asked on the thread of the window: a folder of another computer may take long to answer.
    """
    return bool(text) and isinstance(Settings.kind(name), Folder) and not Path(text).is_dir()
