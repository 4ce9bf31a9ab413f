"""First start: the shop's name, its border, its time zone, its first manager."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from zoneinfo import available_timezones

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from pos.application.settings.found_shop import AlreadyFounded, PinsDiffer
from pos.application.text.typography import paragraph
from pos.domain.border import border_in_force
from pos.domain.errors import BadField, InfrastructureError, RuleBroken
from pos.ui.input.actions import FIRST_START
from pos.ui.look.event_loop import call_soon
from pos.ui.page.form_page import FormPage, FormRow
from pos.ui.page.screen import Screen
from pos.ui.settings.first_start.border_row import BorderRow
from pos.ui.settings.first_start.center_row import NO_PASS, CenterRow
from pos.ui.settings.first_start.founding import Founding
from pos.ui.settings.first_start.zones import clock_zones, zone_choices, zone_text
from pos.ui.widgets.cards.notice_bar import Notice
from pos.ui.widgets.drawing.layouts import vbox
from pos.ui.widgets.drawing.tone import Tone
from pos.ui.widgets.fields.combo_box import ComboBox
from pos.ui.widgets.fields.key_positions import digit_of
from pos.ui.widgets.fields.pin_field import PinField

if TYPE_CHECKING:
    from pos.application.settings.offer_borders import BordersToChoose
    from pos.application.text.translator import Translator
    from pos.domain.staff.staff import Person
    from pos.ui.session.session import Session


class FirstStartScreen(Screen):
    """Asks until the shop is created; `founded` carries its first manager, who is signed in already.

    A process works at one border. The shop of another one is created by a window that stands there: `elsewhere`
    carries what it needs.
    """

    screen_id = FIRST_START
    founded = Signal(object)
    elsewhere = Signal(object)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._busy = False
        self._refusal: Exception | None = None
        theme = session.theme
        self.shop = QLineEdit()
        self.shop.setMaxLength(60)
        self.borders = BorderRow(session.wording)
        self.zone = ComboBox()
        self.zone.setMaxVisibleItems(12)
        self.zone.setSizeAdjustPolicy(ComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.zone.setMinimumContentsLength(5)
        self.manager = QLineEdit()
        self.manager.setMaxLength(40)
        self.pin = PinField(theme, "PIN", digit_of=digit_of)
        self.again = PinField(theme, "PIN", digit_of=digit_of)
        self._rows = {
            "shop_name": FormRow(self.shop),
            "border": self.borders,
            "time_zone": FormRow(self.zone),
            "manager": FormRow(self.manager),
            "pin": FormRow(self.pin),
            "again": FormRow(self.again),
        }
        self.center = CenterRow(theme)
        self.form = FormPage(theme, "store", session.actions.key_text("found"))
        shop, border, zone, manager, pin, again = self._rows.values()
        self._rows["pass"] = self.center
        self.pin.changed.connect(again.excuse)
        self.form.fill(shop, border, (zone, manager), (pin, again))
        self.form.add_optional(self.center)
        self.center.setVisible(session.shop.is_open and session.shop.at_center is not None)
        self.center.tested.connect(self._test_center)
        self.center.open.clicked.connect(lambda: call_soon(self, self._show_all))
        self.borders.chosen.connect(self._turn_to_border)
        self.form.button.clicked.connect(self._submit)
        self.key_handlers["found"] = self.form.button.click
        vbox(self.form, margins=0, parent=self)
        self._turn_to_border()

    def entered(self) -> None:
        self.shop.setFocus()
        self.session.run(self.session.shop.offer_borders, self._offer)

    def left(self) -> None:
        """Clear the PIN."""
        self.pin.clear()
        self.again.clear()
        self.center.fill("")

    def retranslate(self, tr: Translator) -> None:
        self.form.present(
            tr("A new shop"),
            tr("Enter the shop and its first manager. Everything but the border can be changed later."),
            tr("Create the shop"),
        )
        self._rows["shop_name"].present(tr("Shop name"))
        self._rows["time_zone"].present(tr("Time zone"))
        self._rows["manager"].present(tr("Name of the first manager"))
        self._rows["pin"].present(tr("PIN of the manager, 6 to 12 digits"))
        self._rows["again"].present(tr("Repeat the PIN"))
        self.borders.retranslate(tr)
        self.center.retranslate(tr)
        self._name_zones(tr)

    def fill(self, founding: Founding) -> None:
        """Put the answers in that were given in another window."""
        self.borders.choose(founding.border)
        self.shop.setText(founding.shop)
        self.zone.setCurrentIndex(max(0, self.zone.findData(founding.zone)))
        self.manager.setText(founding.manager)
        self.pin.push(founding.pin)
        self.again.push(founding.again)
        self.center.fill(founding.center_pass)

    def submit(self) -> None:
        """Create the shop, or show what is wrong with the answers."""
        self._submit()

    def _offer(self, offer: BordersToChoose) -> None:
        self.borders.offer(offer, self.translator)

    def _turn_to_border(self) -> None:
        """Offer the zones of the chosen border first, and its own of them all."""
        border = self.borders.border
        self.zone.clear()
        for zone in zone_choices(available_timezones(), clock_zones(border)):
            self.zone.addItem(zone, zone)
        self.zone.setCurrentIndex(max(0, self.zone.findData(border.time_zone)))
        self.borders.present_chosen(self.translator)
        self._name_zones(self.translator)

    def _name_zones(self, tr: Translator) -> None:
        border = self.borders.border
        for index in range(len(border.clocks)):
            self.zone.setItemText(index, zone_text(str(self.zone.itemData(index)), border, tr))

    def complaint(self, field: str) -> str:
        """The error of a field: shop_name, border, time_zone, manager, pin or again."""
        return self._rows[field].complaint

    def _submit(self) -> None:
        if self._busy:
            return
        self._refusal = None
        self._complain()
        zone = str(self.zone.currentData())
        answers = Founding(
            self.borders.border.id, self.shop.text(), zone, self.manager.text(), self.pin.pin(), self.again.pin(),
            self.center.text,
        )  # fmt: skip
        if answers.border != border_in_force().id:
            self._go_there(answers)
            return
        self._set_busy(True)
        self.session.run(lambda: self._create_and_sign_in(answers), self._welcome, self._refuse)

    def _go_there(self, answers: Founding) -> None:
        """Leave the shop of another border to a window that stands there; what no border allows is said here."""
        try:
            self._check_pass(answers)
            self.session.shop.found_shop.check(answers.shop, answers.zone, answers.manager, answers.pin, answers.again)
        except RuleBroken as error:
            self._refuse(error)
        else:
            self._set_busy(True)
            self.elsewhere.emit(answers)

    def _check_pass(self, answers: Founding) -> None:
        """Raises BadField for what is no pass of a till: nothing is created then."""
        center = self.session.shop.at_center
        if answers.center_pass and center is not None:
            center.join.read(answers.center_pass)

    def _create_and_sign_in(self, answers: Founding) -> tuple[Person, Exception | None]:
        """Runs on the worker thread. It also signs in, because the manager has just typed the PIN twice.

        A center that does not answer keeps no shop from being created: the till joins it later.
        """
        shop, why = self.session.shop, None
        self._check_pass(answers)
        person = shop.found_shop(answers.shop, answers.zone, answers.manager, answers.pin, answers.again)
        person = shop.sign_in(person.name, answers.pin)
        if answers.center_pass and shop.at_center is not None:
            try:
                shop.at_center.join(answers.center_pass, person)
            except (RuleBroken, InfrastructureError) as error:
                why = error
        return person, why

    def _welcome(self, came: tuple[Person, Exception | None]) -> None:
        person, why = came
        self._set_busy(False)
        self.founded.emit(person)
        self.session.center.look_again.emit()
        if why is not None:
            self.session.notify("center.not_joined", lambda: self._not_joined(why))

    def _not_joined(self, why: Exception) -> Notice:
        tr = self.translator
        said = [self.session.wording(why), tr("The shop is created. Join the center in the settings.")]
        return Notice(Tone.NEARLY, paragraph(tr, said), "unplug")

    def _show_all(self) -> None:
        """The opened row has pushed the button down: it is scrolled into view with it."""
        self.form.ensureWidgetVisible(self.form.button)

    def _test_center(self, text: str) -> None:
        """Ask the center for something that changes nothing; no one is signed in yet."""
        center = self.session.shop.at_center
        if center is None or self._busy:
            return
        self.center.excuse()
        self.center.say(lambda tr: tr("Asking the center …"))
        self._set_busy(True)

        def answered(_given: object) -> None:
            self._set_busy(False)
            self.center.say(lambda tr: tr("The center answers."), Tone.WITHIN)

        def refused(error: Exception) -> None:
            self._set_busy(False)
            if isinstance(error, BadField):
                self.center.say(None)
                self._refuse(error)
            else:
                self.center.say(lambda _tr: self.session.wording(error), Tone.NEARLY)

        self.session.read_file(lambda: center.join.try_pass(text), answered, refused)

    def _refuse(self, error: Exception) -> None:
        if isinstance(error, AlreadyFounded):  # by another till, perhaps at another border
            self.elsewhere.emit(Founding(""))
            return
        self._set_busy(False)
        self._refusal = error
        row = self._complain()
        if row is None:
            self.session.report(error)
        else:
            row.field.setFocus()

    def _complain(self) -> FormRow | None:
        """Show the last refusal beneath its field; that row, if there is one."""
        self.form.clear_errors()
        error = self._refusal
        field = "again" if isinstance(error, PinsDiffer) else error.field if isinstance(error, BadField) else ""
        row = self._rows.get(field)
        if row is not None and error is not None:
            row.complain(lambda: self._sentence(error, row.label.text()))
        return row

    def _sentence(self, error: Exception, field: str) -> str:
        if isinstance(error, BadField) and error.field == "pass":
            return self.translator(NO_PASS)
        return self.session.wording(replace(error, field=field) if isinstance(error, BadField) else error)

    def _set_busy(self, busy: bool) -> None:
        self._busy = busy
        self.form.button.setEnabled(not busy)
        self.center.test.setEnabled(not busy)
