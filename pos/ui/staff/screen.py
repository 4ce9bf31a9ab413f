"""The staff: the people who work here, their states, and the actions on a person beside the list."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from pos.application.ports.staff_ports import StaffRecord
from pos.application.staff.manage_staff import OneTimePin
from pos.application.staff.tables import staff
from pos.application.text.translator import Translator
from pos.domain.errors import MovedMeanwhile, RuleBroken
from pos.domain.staff.staff import Person
from pos.ui.input.actions import STAFF
from pos.ui.look.sounds import Sound
from pos.ui.look.theme import Size, Space
from pos.ui.notices.notice_factory import ENTER, News
from pos.ui.page.save_table import TableSaver
from pos.ui.page.screen import Screen
from pos.ui.page.unsaved_by_another import UnsavedByAnother
from pos.ui.session.session import Session
from pos.ui.staff.person_form import NOTHING_NEW, PersonForm
from pos.ui.staff.person_rows import PersonHeader, rows_of
from pos.ui.staff.pin_note import PinNote
from pos.ui.staff.rights_editor import RightsEditor
from pos.ui.staff.staff_words import StaffState, last_seen_text, state_of
from pos.ui.widgets.buttons.icon_button import ButtonKind, IconButton
from pos.ui.widgets.cards.notice_bar import Notice
from pos.ui.widgets.drawing.flow import Flow
from pos.ui.widgets.drawing.folding import Folding
from pos.ui.widgets.drawing.layouts import Stretched, hbox, vbox
from pos.ui.widgets.drawing.main_and_side import MainAndSide
from pos.ui.widgets.drawing.text_label import Role, TextLabel
from pos.ui.widgets.drawing.tone import Tone
from pos.ui.widgets.fields.key_positions import ENTERS
from pos.ui.widgets.tables.row_list import RowList

T = TypeVar("T")
_SECONDS = 12


_HALF, _LESS = 50, 40
"""The per cent of the height of a form, and of the panel of the rights, below in a narrow window."""
_TITLE = 180
"""The pixels that the title keeps beside the buttons."""


class StaffScreen(Screen):
    """Up and down choose a person, Enter goes to their form, Esc comes back. A one-time PIN stays until it is noted."""

    screen_id = STAFF

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        theme, actions = session.theme, session.actions
        self.records: Sequence[StaffRecord] = ()
        self._name = ""
        self._busy = False
        self.news = News(theme, session.translator)
        self.list = RowList(theme)
        self._header = PersonHeader(theme, self.list)
        self._title = TextLabel(role=Role.SECTION, wrap=True)
        self.add = IconButton(theme, icon="user-plus", key=actions.key_text("add_person"), kind=ButtonKind.TINTED)
        self.rights = IconButton(theme, icon="shield-check", key=actions.key_text("rights"), kind=ButtonKind.QUIET)
        self.form = PersonForm(theme, actions)
        self.note = PinNote(theme)
        self.editor = RightsEditor(self, self._run, self._back)
        self._left, self._side = QStackedWidget(), QStackedWidget()
        self._typed: dict[str, tuple[str | None, str | None]] = {}
        self._marked: frozenset[str] = frozenset()
        self._new = NOTHING_NEW
        self._is_adding = self._is_wanted = False
        self._asked_by = ""
        """Who asked for the PIN that waits to be noted."""
        self.key_handlers = {
            "add_person": self.ask_new,
            "rights": self.show_rights,
            "person_pin": self.give_pin,
            "disable_person": self.switch,
            "save_person": self.save,
            "rights_default": self.put_usual_rights,
            "back": self._back,
        }
        TableSaver(self, lambda: staff(session.shop.staff))
        UnsavedByAnother(self)
        self._lay_out()
        self._connect()

    def entered(self) -> None:
        """A PIN that was given after the page was left is for the person who asked for it."""
        person = self.session.person
        if self.note.pin and person is not None and person.name == self._asked_by:
            self._show(self.note)
            self._read()
            self.note.begin()
            return
        self.note.forget()
        self._free()
        if self._is_at_rights and self.editor.is_changed:  # left with unsaved rights on show, at a lock perhaps
            self.editor.begin()
            self._read()
            return
        self._show(self.form)
        self._read()
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def left(self) -> None:
        """Drop a PIN that was not noted."""
        self._is_wanted = False
        self.note.forget()
        self.news.clear()
        self._free()

    def waiting(self) -> str:
        self._keep_typed()
        is_typed = self._new != NOTHING_NEW or any(typed != (None, None) for typed in self._typed.values())
        tr = self.translator
        parts = (is_typed, tr("an unsaved staff member")), (self.editor.is_changed, tr("unsaved rights"))
        return tr(", ").join(text for is_there, text in parts if is_there)

    def emptied(self) -> None:
        self.editor.drop()
        self._typed.clear()
        self._new, self._is_adding = NOTHING_NEW, False
        self.form.present(None, "", self.translator)
        self._mark()

    def retranslate(self, tr: Translator) -> None:
        for part in (self.news, self._header, self.editor, self.form, self.note):
            part.retranslate(tr)
        self._title.setText(tr("Staff"))
        self.list.setAccessibleName(tr("Staff"))
        self.add.present(tr("Add staff member"))
        self.rights.present(tr("Roles and rights"))
        self._present(self._name)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """In the list Enter confirms the question, else goes to the person."""
        if event.key() not in ENTERS:
            super().keyPressEvent(event)
        elif self.news.notice is not None and self.news.notice.action:
            self.news.confirm()
        elif self._side.currentWidget() is self.form:
            self.form.begin()

    @property
    def chosen(self) -> StaffRecord | None:
        """The person of the chosen row."""
        return next((one for one in self.records if one.person.name == self._name), None)

    # ── display ──────────────────────────────────────────────────────────────────────────────────────────────

    def _read(self, name: str = "") -> None:
        staff = self.session.shop.staff

        def read(records: Sequence[StaffRecord]) -> None:
            self.records = records
            self.session.names = {one.person.name: one.person.title for one in records}  # for receipts and lists
            self._present(name or self._name)
            if self._is_wanted:
                self._is_wanted = False
                self.ask_new()

        self._run(staff.records, read)

    def _present(self, name: str) -> None:
        self._keep_typed()
        self._show_rows(name)
        if self._side.currentWidget() is self.form and not self._is_adding:
            self._fill_form()

    def _show_rows(self, name: str) -> None:
        self._marked = self._unsaved()
        rows = rows_of(self.records, self._state, self._last_seen, self._marked, self.translator)
        self._name = self.list.present(rows, name)

    def _unsaved(self) -> frozenset[str]:
        """Of whom another name or role is typed or chosen and not saved."""
        record = self.form.record
        here = {} if record is None else {record.person.name: self.form.typed}
        return frozenset(name for name, typed in (self._typed | here).items() if typed != (None, None))

    def _mark(self) -> None:
        """Mark the rows of those."""
        if self._unsaved() != self._marked:
            self._show_rows(self._name)

    def _fill_form(self) -> None:
        record = self.chosen
        if record is None:
            return
        zone = self.session.settings.zone
        seen = last_seen_text(record, zone, self.translator)
        if record.signed_in_at is not None:
            seen = self.translator("Last sign-in: {when}", when=seen)
        summary = "\n".join((record.person.name, self._state(record).spoken, seen))
        self.form.present(record, summary, self.translator)
        self._retype(record)
        mine = self.session.person is not None and self.session.person.name == record.person.name
        self.form.pin.setVisible(record.person.active and not mine)
        self.form.switch.setVisible(not mine)
        self._mark()

    def _keep_typed(self) -> None:
        """What is typed and not saved stays with its person while another row, page or language is on show."""
        record = self.form.record
        if record is not None:
            self._typed[record.person.name] = self.form.typed
        else:
            self._new = self.form.new

    def _retype(self, record: StaffRecord) -> None:
        """Put back what was typed, unless that is how the person is by now."""
        title, role = self._typed.pop(record.person.name, (None, None))
        saved = record.person
        self.form.retype(
            None if title is None or title.strip() == saved.title else title,
            None if role == saved.role else role,
            self.translator,
        )

    def _state(self, record: StaffRecord) -> StaffState:
        since, shop = record.one_time_since, self.session.shop
        lapses_at = None if since is None else since + self.session.settings.one_time_pin_holds
        return state_of(record, lapses_at, shop.now(), self.session.settings.zone, self.translator)

    def _last_seen(self, record: StaffRecord) -> str:
        return last_seen_text(record, self.session.settings.zone, self.translator)

    def _choose(self, name: str) -> None:
        self._keep_typed()
        self._name, self._is_adding = name, False
        self.news.clear()
        self._show(self.form)
        self._fill_form()

    def _show(self, side: QWidget) -> None:
        self._left.setCurrentIndex(0)
        self._side.setCurrentWidget(side)
        self._halves.share_below(_HALF)

    # ── steps ────────────────────────────────────────────────────────────────────────────────────────────────

    def want_new(self) -> None:
        """Open the form for a new person as soon as the page has its list."""
        self._is_wanted = True

    def ask_new(self) -> None:
        """Open the form for a new person."""
        if self._is_free:
            self.news.clear()
            self._keep_typed()
            self._show(self.form)
            if self.form.record is not None:
                self.form.present(None, "", self.translator)
                self.form.put_new(self._new, self.translator)
            self._is_adding = True
            self.form.begin()

    def show_rights(self) -> None:
        """Show the permissions of each role, or return to the person."""
        if not self._is_free:
            return
        self.news.clear()
        if self._is_at_rights:
            self._leave_rights()
            return
        self._keep_typed()
        self._left.setCurrentWidget(self.editor.table)
        self._side.setCurrentWidget(self.editor.panel)
        self._halves.share_below(_LESS)
        self.editor.begin()

    def put_usual_rights(self) -> None:
        """Change the rights to those of a new shop."""
        if self._is_at_rights:
            self.editor.put_usual()
        else:
            self.session.sounds.play(Sound.NOTE)

    def save(self) -> None:
        """Save the form: a new person, another name, another role; or the table of rights."""
        if self._is_free and self._is_at_rights:
            self.editor.save()
            return
        if not self._is_free or self._side.currentWidget() is not self.form:
            return
        form, staff = self.form, self.session.shop.staff
        name, title, role = form.name.text(), form.shown.text(), form.role.choice()
        record = form.record
        form.clear_errors()
        if record is None:
            sent = form.new

            def added(given: tuple[str, OneTimePin]) -> None:
                self._keep_typed()
                if self._new == sent:  # else another person is being typed by now
                    self._new, self._is_adding = NOTHING_NEW, False
                self._given(given)

            self._run(
                lambda by: (by.name, staff.add(by, name, title, role)), added, lambda error: self._refused(error, None)
            )
            return
        person = record.person

        new_title = None if title.strip() == person.title else title
        new_role = None if role == person.role else role
        if new_title is new_role is None:
            self._say_nothing_to_save()
            return
        self._run(
            lambda by: staff.change(by, person.name, new_title, new_role, person),
            lambda changed: self._done(changed, lambda tr: tr("Saved: {name}.", name=changed.title)),
            lambda error: self._refused(error, person.name),
        )

    def _say_nothing_to_save(self) -> None:
        """Nothing is typed of this person. What waits of the rights is shown, so that it is not taken for saved."""
        self.session.sounds.play(Sound.NOTE)
        if self.editor.is_changed:
            self.show_rights()
        else:
            self.news.notify("staff.done", lambda tr: Notice(Tone.INFO, tr("No unsaved changes."), seconds=_SECONDS))

    def give_pin(self) -> None:
        """Confirm first, then give a new one-time PIN."""
        record, staff = self.chosen, self.session.shop.staff
        if record is None or not self._is_free or self._is_at_rights or self.form.pin.isHidden():
            return
        person = record.person

        def asking(tr: Translator) -> Notice:
            text = tr("New one-time PIN for {name}? The old PIN will no longer work.", name=person.title)
            return Notice(Tone.INFO, text, "user-cog", tr("Create new PIN"), ENTER)

        self._ask(asking, lambda: self._run(lambda by: (by.name, staff.reset(by, person.name)), self._given))

    def switch(self) -> None:
        """Confirm first, then disable; or enable again at once."""
        record, staff = self.chosen, self.session.shop.staff
        if record is None or not self._is_free or self._is_at_rights or self.form.switch.isHidden():
            return
        person = record.person
        if not person.active:

            def enabled(tr: Translator) -> str:
                return tr("{name} can sign in again.", name=person.title)

            self._run(lambda by: staff.enable(by, person.name), lambda changed: self._done(changed, enabled))
            return

        def disabled(tr: Translator) -> str:
            return tr("{name} is disabled. Their till locks at the next step.", name=person.title)

        def asking(tr: Translator) -> Notice:
            text = tr(
                "Disable {name}? Their till locks at the next step. A manager must close their open shift.",
                name=person.title,
            )
            return Notice(Tone.NEARLY, text, "ban", tr("Disable"), ENTER)

        def disable() -> None:
            self._run(lambda by: staff.disable(by, person.name), lambda changed: self._done(changed, disabled))

        self._ask(asking, disable)

    # ── internal ─────────────────────────────────────────────────────────────────────────────────────────────

    @property
    def _is_free(self) -> bool:
        """Whether no step is under way, and no PIN waits to be noted."""
        return not self._busy and not self.note.pin

    @property
    def _is_at_rights(self) -> bool:
        return self._left.currentWidget() is self.editor.table

    def _leave_rights(self) -> None:
        """Show the person again; what was changed of the rights stays for later."""
        self._show(self.form)
        self._present(self._name)
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _ask(self, asking: Callable[[Translator], Notice], then: Callable[[], None]) -> None:
        self.news.notify("staff.confirm", asking, then)
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _run(
        self, call: Callable[[Person], T], done: Callable[[T], None], failed: Callable[[Exception], None] | None = None
    ) -> None:
        """Run a step as the current user."""
        person = self.session.person
        if person is None:
            return
        self._busy = True

        def worked(value: T) -> None:
            self._busy = False
            done(value)

        def broken(error: Exception) -> None:
            self._busy = False
            (failed or self._show_refusal)(error)
            self.report_elsewhere(error)

        self.session.run(lambda: call(person), worked, broken)

    def _given(self, answer: tuple[str, OneTimePin]) -> None:
        """The PIN that a person has asked for; it stays until it is noted."""
        self._asked_by, given = answer
        self.session.sounds.play(Sound.ACCEPT)
        self.news.clear()
        if self.form.record is None:  # the new person is in the list
            self.form.present(None, "", self.translator)
            self.form.put_new(self._new, self.translator)
        self.note.present(given, self.session.settings.zone, self.translator)
        self._show(self.note)
        self.list.setEnabled(False)
        self.session.finishing.turned()
        self.note.begin()
        self._read(given.person.name)

    def _noted(self) -> None:
        self._free()
        if self._is_adding and self._new != NOTHING_NEW:  # another person was typed before the PIN was given
            self._show(self.form)
            self.form.begin()
        else:
            self._back()

    def _free(self) -> None:
        self.list.setEnabled(True)

    def _done(self, person: Person, make_text: Callable[[Translator], str]) -> None:
        self.session.sounds.play(Sound.ACCEPT)
        self.news.notify("staff.done", lambda tr: Notice(Tone.WITHIN, make_text(tr), "check", seconds=_SECONDS))
        if self._name == person.name and self.form.record is not None:
            self._read(person.name)
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        else:  # another person was chosen while the store was busy
            self._read()

    def _refused(self, error: Exception, name: str | None) -> None:
        """The form of the person with this `name` was refused, None: of a new one; another may be on show by now."""
        if isinstance(error, MovedMeanwhile):
            self._read()
        record = self.form.record
        is_here = (None if record is None else record.person.name) == name
        if is_here and isinstance(error, RuleBroken) and self.form.complain(error, lambda: self.session.wording(error)):
            self.session.sounds.play(Sound.REFUSE)
        else:
            self._show_refusal(error)

    def _show_refusal(self, error: Exception) -> None:
        self.session.sounds.play(Sound.REFUSE)
        self.news.notify(
            "staff.refused", lambda _tr: Notice(Tone.NEARLY, self.session.wording(error), seconds=_SECONDS)
        )

    def _back(self) -> None:
        if self.note.pin:
            self.session.sounds.play(Sound.NOTE)
            return
        if self.news.kind == "staff.confirm":  # declined; what is typed was not asked about
            self.news.clear()
            return
        self.news.clear()
        if self._is_at_rights:  # looking at the rights gives nothing up of a person
            if self.editor.may_leave():
                self._leave_rights()
            return
        if self.form.record is None:
            self._new, self._is_adding = NOTHING_NEW, False
        else:
            self._typed.pop(self._name, None)
        self._fill_form()
        self._show(self.form)
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _connect(self) -> None:
        self.list.chosen.connect(self._choose)
        self.add.clicked.connect(self.ask_new)
        self.rights.clicked.connect(self.show_rights)
        self.form.edited.connect(self._mark)
        self.form.saved.connect(self.save)
        self.form.pin_requested.connect(self.give_pin)
        self.form.switched.connect(self.switch)
        self.note.noted.connect(self._noted)
        self.note.counts = self.session.finishing.counts
        self.editor.panel.saved.connect(self.save)

    def _lay_out(self) -> None:
        for side in (self.form, self.note, self.editor.panel):
            self._side.addWidget(side)
        top = Folding(Stretched(self._title), Flow(self.rights, self.add, aligns_right=True), room=_TITLE)
        left = vbox(hbox(top, margins=(Space.L, Space.M, Space.L, Space.M)), spacing=0)
        news = hbox(self.news, margins=(Space.L, 0, Space.L, 0))
        left.addLayout(news)
        people = QWidget()
        vbox(self._header, Stretched(self.list), spacing=0, margins=0, parent=people)
        self._left.addWidget(people)
        self._left.addWidget(self.editor.table)
        left.addWidget(self._left, 1)
        self._halves = MainAndSide(left, self._side, widest=Size.VISITOR_PANEL + 40)
        vbox(self._halves, spacing=0, margins=0, parent=self)
