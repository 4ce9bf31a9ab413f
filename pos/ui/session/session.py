"""The user, the language and the theme of the till: what every screen gets, with signals for changes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, TypeVar

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QApplication, QWidget

from pos.application.settings.settings import Settings
from pos.application.text.countries import CountryNames
from pos.domain.catalogue.barcode import BadCode
from pos.domain.errors import (
    InfrastructureError,
    OutcomeUnknown,
    PrinterError,
    RuleBroken,
    StoreError,
    StoreUnavailable,
)
from pos.domain.outside_partners.providers import with_statements
from pos.domain.staff.staff import Person
from pos.ui.input.finishing_keys import FinishingKeys
from pos.ui.notices.notices import TURN, Callback, News, ShownNotice
from pos.ui.session.failure_text import failure_text
from pos.ui.session.goods_names import GoodsNames
from pos.ui.session.rail_figures import RailFigures
from pos.ui.session.refusal_facts import ends_work_of, with_shop_terms
from pos.ui.session.sale_news import SaleNews
from pos.ui.session.step_name import step_of
from pos.ui.session.steps_under_way import StepsUnderWay
from pos.ui.session.temporary_state import Meanwhile
from pos.ui.session.till_center import TillCenter
from pos.ui.session.till_devices import PRINTER, TillDevices
from pos.ui.session.till_fiscal import TillFiscal
from pos.ui.session.till_memory import TillMemory
from pos.ui.session.till_partners import TillPartners
from pos.ui.session.troubles import Troubles
from pos.ui.widgets.cards.notice_bar import Notice
from pos.ui.widgets.drawing.tone import Tone

if TYPE_CHECKING:
    from pos.application.sales.checkout_view import CheckoutView
    from pos.application.shop.shop import Shop
    from pos.application.text.translator import Translator
    from pos.domain.money import Money
    from pos.domain.sales.sale import Sale
    from pos.domain.shifts.shift import Shift
    from pos.ui.input.actions import Actions
    from pos.ui.look.sounds import Sounds
    from pos.ui.look.theme import Mode, Theme
    from pos.ui.session.background import Background

T = TypeVar("T")


class Session(QObject):
    """The till as the screens see it. It lives on the GUI thread; steps of the shop go through `run`.

    `language_changed` carries the new Translator, `theme_changed` the Mode, `person_changed` a Person or None (locked),
    `shift_changed` a Shift or None, `settings_changed` the Settings, `notified` a ShownNotice, `broke` an unexpected
    exception.
    """

    language_changed = Signal(object)
    theme_changed = Signal(object)
    demo_pins_changed = Signal()
    person_changed = Signal(object)
    shift_changed = Signal(object)
    settings_changed = Signal(object)
    devices_changed = Signal()
    scan_coming = Signal()
    """The text that has just appeared in the field seems to be the beginning of a scan."""
    notified = Signal(object)
    withdrawn = Signal(object)
    """The kinds of notices to remove, if one of them is shown."""
    answered = Signal()
    """A step was answered: the cause of the shown notice may be gone."""
    touched = Signal()
    """A finger was lifted: what is on show gets room for it."""
    stepped = Signal(int)
    """A step that the user requested has succeeded; the number of its key, tap or scan."""
    broke = Signal(object)
    minute_began = Signal(object)
    """The instant, at the start of each minute."""
    day_began = Signal()
    """It is another day in the shop than a minute ago."""
    screen_requested = Signal(str)
    page_shown = Signal(str)
    """The place of the page that is shown now."""
    tour_requested = Signal()
    """The user asked for the tour of a first sale."""
    ended = Signal(object)
    """The refusal that ended the user's work at the till; the basket stays."""
    lock_requested = Signal()
    away_changed = Signal(bool)
    """Whether the database server does not answer."""
    order_found = Signal(str)
    """The code of a customer order that was scanned by a person who may not sell: the board shows it."""
    display_requested = Signal()
    """The user asked to see the customer's display, on any screen."""
    closed = Signal()
    """The window is closed, and no answer of the store is outstanding."""
    came_back = Signal()
    """The database answers again, after it did not."""

    def __init__(
        self,
        shop: Shop,
        background: Background,
        thinking: Background,
        saving: Background,
        theme: Theme,
        sounds: Sounds,
        actions: Actions,
        language: str = "en",
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.shop = shop
        self.background = background
        self.thinking = thinking
        self.saving = saving
        """Makes copies of the store, outside the store's own thread."""
        self.theme = theme
        self.sounds = sounds
        self.actions = actions
        self.finishing = FinishingKeys(actions, self)
        """Decides which presses of finishing keys count."""
        self.page_shown.connect(self.finishing.show_page)
        self.under_way = StepsUnderWay(self.finishing.clock, self)
        """The steps for whose answers the keys wait."""
        self.by_finger = False
        """Whether the last that came was a finger, and neither a key nor a mouse."""
        self.settings = Settings()
        self.person: Person | None = None
        self.names: Mapping[str, str] = {}
        """The display names of people by their short ones, also of who has left, as the sign-in or the page of the
        staff last read them.
        """
        self.demo_pins: Mapping[str, str] = {}
        """PINs by sign-in name that the sign-in page of a demo shows; a changed one is not among them."""
        self.shift: Shift | None = None
        self.sale: CheckoutView | None = None
        """The sale in progress as the checkout shows it, for pages that check what would fit."""
        self.sale_news = SaleNews(self)
        """Events of the sale."""
        self.figures = RailFigures(self)
        """What waits on the pages of the rail."""
        self.center = TillCenter(self)
        """What is known of the center, where the shop is a member of one."""
        self.partners = TillPartners(self)
        """What becomes of money asked of payment providers."""
        self.fiscal = TillFiscal(self)
        """What is known of the fiscal register, where the shop has one."""
        self.kept_cash: Callable[[], Sequence[Money]] = lambda: ()
        """The cash that was received for a sale that is not recorded yet: it lies in the drawer and in no book."""
        self.open_order: Callable[[str], bool] = lambda _text: False
        """Opens the customer order of a scanned QR; False where the page on show takes it as any scan."""
        self.translator: Translator = shop.translators[language]
        self.country = CountryNames(shop.translators.values()).code
        """The country that a typed name or code means, in any language of the window."""
        self._goods = GoodsNames(lambda codes: self.shop.find.with_codes(codes))  # noqa: PLW0108 # it is made when asked
        self._troubles = Troubles()
        self.memory = TillMemory()
        """What this till remembers after it closes."""
        self.screen_id = ""
        """The place of the page shown."""
        self.is_away = False
        """Whether the database did not answer the last request."""
        self._away: StoreError | None = None
        self._step: object = None
        """The step whose failure is being shown."""
        self._succeeded: dict[object, int] = {}
        """When each step succeeded last, as a number of TURN."""
        self._for_another, self._by_hand, self._answering = Meanwhile(), Meanwhile(), Meanwhile()
        self.question: tuple[str, object] | None = None
        """The kind of the notice shown, and the subject of its question."""
        self.devices = TillDevices(self, parent=self)
        """The printer, the scanner and the scale of this till."""
        self.devices.changed.connect(self.devices_changed)
        self.settings_changed.connect(self.devices.obey)
        self._day: date | None = None
        self.minute_began.connect(self._follow_day)
        theme.changed.connect(lambda: self.theme_changed.emit(theme.mode))

    @property
    def language(self) -> str:
        """The current language: en, zh, ru or kk."""
        return self.translator.language

    @property
    def mode(self) -> Mode:
        """The theme."""
        return self.theme.mode

    @property
    def shift_is_anothers(self) -> bool:
        """Whether the till's open shift belongs to another cashier, so that the user may not work on it."""
        return self.shift is not None and self.person is not None and not self.shift.lets(self.person)

    @property
    def today(self) -> date:
        """The shop's day."""
        return self.shop.now().astimezone(self.settings.zone).date()

    def _follow_day(self, _instant: object) -> None:
        before, self._day = self._day, self.today
        if before is not None and before != self._day:
            self.day_began.emit()

    @property
    def statement_providers(self) -> Sequence[str]:
        """The payment providers of the shop that give a file of a day. A training, a demo and a simulation have none:
        their practice moves no money.
        """
        named = with_statements((*self.settings.provider_qr, *self.settings.provider_card))
        return () if not named or self.shop.offered_providers.providers.is_practice else named

    # ── faults, in a sentence of the current language; empty for none ───────────────────────────────────────────

    @property
    def store_trouble(self) -> str:
        """With the database."""
        return self._troubles.store(self.wording)

    @property
    def printer_trouble(self) -> str:
        """With the receipt printer."""
        trouble = self.devices.trouble(PRINTER)
        return "" if trouble is None else self.wording(trouble)

    @property
    def backup_trouble(self) -> str:
        """With the backups."""
        return self._troubles.backup(self.wording)

    @property
    def disk_trouble(self) -> str:
        """With the room on the shop's disk."""
        return self._troubles.disk(self.translator)

    # ── changes ──────────────────────────────────────────────────────────────────────────────────────────────

    def speak(self, language: str) -> None:
        """Switch every text on the screen to `language` at once."""
        if language != self.language:
            self.translator = self.shop.translators[language]
            self.language_changed.emit(self.translator)

    def take_person(self, person: Person | None) -> None:
        """Take the user who has signed in; None locks the till. The basket stays."""
        if person != self.person:
            self.person = person
            if person is not None:  # the first manager of a shop was in no list of people yet
                self.names = {**self.names, person.name: person.title}
            self.person_changed.emit(person)

    def show_demo_pins(self, pins: Mapping[str, str]) -> None:
        """Show these PINs of a demo, by sign-in name, where a person signs in."""
        if pins != self.demo_pins:
            self.demo_pins = pins
            self.demo_pins_changed.emit()

    def voids(self, sale: Sale) -> bool:
        """Whether a sale was made in the shift that runs at this till, and stands whole: only then it can be voided."""
        shift = self.shift
        is_its = shift is not None and shift.id == sale.shift and sale.till == self.shop.till
        return is_its and sale.voided_by is None and not sale.returns

    def take_shift(self, shift: Shift | None) -> None:
        """Take the till's open shift."""
        if shift != self.shift:
            self.shift = shift
            self.shift_changed.emit(shift)

    def take_settings(self, settings: Settings) -> None:
        """Take new settings of the shop."""
        if settings != self.settings:
            before, self.settings = self.settings, settings
            self.settings_changed.emit(settings)
            if settings.backup_folder != before.backup_folder and self._troubles.leave_folder(before.backup_folder):
                self.devices_changed.emit()

    def take_disk(self, free: int | None) -> None:
        """Take the bytes left on the disk; None if there are enough."""
        if self._troubles.take_disk(free):
            self.devices_changed.emit()

    def go(self, screen_id: str) -> None:
        """Ask the window for another screen, by its place: `session.go("payment")`."""
        self.screen_requested.emit(screen_id)

    def sign_out(self) -> None:
        """Ask the window to lock the till."""
        self.lock_requested.emit()

    # ── steps of the shop, and their results ─────────────────────────────────────────────────────────────────

    def run(
        self,
        call: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[Exception], None] | None = None,
        *,
        asks_itself: bool = False,
        step: object = None,
    ) -> None:
        """Run a step on the worker thread. A failure is shown in the notice bar, unless `failed` shows it.

        An unexpected error is always shown and logged, and `failed` gets it as well, to enable its buttons again.
        Before each step the user's employment and role are checked again; a step that `asks_itself` has something to
        record even if the check fails.

        The answer keeps to what it was asked for: see `is_awaited`.
        """
        person, begun, asked = self.person, self._by_hand.holds or self.finishing.turn, self.finishing.ask()
        checked: list[Person] = []
        step, since = step or step_of(call), self._last_begun

        def guarded() -> T:
            if self._away is not None:  # after the first of a dozen scans has failed, the others need not wait
                raise StoreUnavailable(self._away.where, self._away.detail)
            if person is not None and not asks_itself:
                checked.append(self.shop.sign_in.still(person))
            try:
                return call()
            except RuleBroken as error:
                self._goods.learn(error)
                raise
            except (StoreUnavailable, OutcomeUnknown) as error:
                self._away = error
                raise

        def take_checked() -> None:
            if checked and self.person is person:
                self.take_person(checked[0])

        def worked(value: T) -> None:
            self.finishing.answer(asked)
            self.store_answers()
            take_checked()
            self._succeeded[step] = next(TURN)
            if begun:
                self.stepped.emit(begun)
            with self._speaking_for(person), self._answer_to(since):
                done(value)
            self.answered.emit()

        def broken(error: Exception) -> None:
            self.finishing.answer(asked)
            if asked:
                self.finishing.turned()  # the same key would agree to what the refusal has just brought up
            self.note_trouble(error)
            take_checked()  # a user with fewer permissions first goes to an allowed page, and reads the refusal there
            self._step = step
            with self._speaking_for(person), self._answer_to(since):
                deliver_failure(error)
            self._step = None

        def deliver_failure(error: Exception) -> None:
            ends = ends_work_of(self.person, error)
            if not ends and (failed is None or not isinstance(error, (RuleBroken, InfrastructureError))):
                self.report(error)
            if failed is not None:
                failed(error)
            if ends:
                self.ended.emit(error)

        self.background.run(guarded, worked, broken)

    def by_hand(self) -> AbstractContextManager[None]:
        """What begins meanwhile was caused by a scanner; keys and taps are known already."""
        return self._by_hand.so(holds=self.finishing.scan())

    @property
    def is_awaited(self) -> bool:
        """Whether the user still waits for what is answered now: no key, tap or scan has begun anything since it was
        asked for. An answer opens a page, a panel or a question only then. What no answer does is always awaited.
        """
        return self._answering.holds in (0, self.finishing.begun)

    @property
    def _last_begun(self) -> int:
        """What an answer asks for in its turn is as old as what it answers."""
        return self._answering.holds or self.finishing.begun

    @contextmanager
    def _answer_to(self, since: int) -> Iterator[None]:
        """An answer to what was asked when this was begun. The cursor stays where the user types by then."""
        cursor = QApplication.focusWidget()
        with self._answering.so(holds=since):
            yield
            if cursor is not None and not self.is_awaited and self.finishing.is_typing:
                _put_back(cursor)

    def _speaking_for(self, person: Person | None) -> AbstractContextManager[None]:
        """Notices in this context are for `person`, who began the step."""
        here = self.person
        return self._for_another.so(holds=person is not None and here is not None and here.name != person.name)

    def run_as(
        self, call: Callable[[Person], T], done: Callable[[T], None], failed: Callable[[Exception], None] | None = None
    ) -> None:
        """Run a step of the current user; without one do nothing."""
        person = self.person
        if person is not None:
            self.run(lambda: call(person), done, failed, step=step_of(call))

    def think(self, call: Callable[[], T], done: Callable[[T], None], failed: Callable[[Exception], None]) -> None:
        """Search outside the store's thread: `call` uses only its own data. Failures as in `run`."""
        self._beside(self.thinking, call, done, failed)

    def read_file(self, call: Callable[[], T], done: Callable[[T], None], failed: Callable[[Exception], None]) -> None:
        """Read a file from any source, however long it takes: no scan and no sale waits for it."""
        self._beside(self.saving, call, done, failed)

    def keep_file(self, call: Callable[[], object], failed: Callable[[Exception], None]) -> None:
        """Write a file of the till on the store's thread, also while the database is away. Failures as in `run`."""
        self._beside(self.background, call, lambda _done: None, failed)

    def _beside(
        self,
        thread: Background,
        call: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[Exception], None],
    ) -> None:
        since = self._last_begun

        def worked(value: T) -> None:
            with self._answer_to(since):
                done(value)

        def broken(error: Exception) -> None:
            with self._answer_to(since):
                if not isinstance(error, (RuleBroken, InfrastructureError)):
                    self.report(error)
                failed(error)

        thread.run(call, worked, broken)

    def wording(self, error: Exception) -> str:
        """One sentence for a refusal or an infrastructure error; a general one for an unexpected error."""
        if isinstance(error, RuleBroken):
            error = self._goods.with_goods_names(
                with_shop_terms(error, self.settings.zone, self.names), self.translator, self.sale
            )
        return failure_text(error, self.shop.refusal_text, self.translator)

    def report(self, error: Exception) -> None:
        """Show a failure in the notice bar; an unexpected error is logged too."""
        from pos.domain.sales.goods_for_sale import UnknownCode  # not needed for the first picture

        if isinstance(error, RuleBroken):
            kind = "refused.code" if isinstance(error, UnknownCode | BadCode) else "refused"
            self.notify(kind, lambda: Notice(Tone.NEARLY, self.wording(error), seconds=12))
        elif isinstance(error, InfrastructureError):
            self._report_trouble(error)
        else:
            self.broke.emit(error)

    def _report_trouble(self, error: InfrastructureError) -> None:
        """A fault of the store or the printer stays while it lasts; another is its step's, and its person's."""

        def news() -> Notice:
            return Notice(Tone.OVER, self.wording(error))

        if self._lasts(error):
            self.notify("trouble", news, holds=lambda: self._lasts(error))
            return
        step, at = self._step, next(TURN)
        self.notify("trouble.once", news, holds=lambda: self._succeeded.get(step, 0) < at)

    def _lasts(self, error: InfrastructureError) -> bool:
        """Whether a fault goes on by itself."""
        if isinstance(error, StoreUnavailable | OutcomeUnknown):
            return self.is_away
        return isinstance(error, PrinterError) and self.devices.trouble(PRINTER) is not None

    def report_foreseen(self, error: Exception) -> None:
        """Show a refusal or an infrastructure error that `run` has left to a `failed`; `run` reports unexpected
        errors itself.
        """
        if isinstance(error, RuleBroken | InfrastructureError):
            self.report(error)

    def report_if_hidden(self, widget: QWidget, error: Exception) -> None:
        """Report a refusal that `widget` shows: it was closed meanwhile, or another page is on show by now."""
        if not widget.isVisible():
            self.report_foreseen(error)

    def notify(
        self, kind: str, news: News, action: Callback | None = None, *, holds: Callable[[], bool] | None = None
    ) -> None:
        """Show a notice of a kind of `notices.py` in the notice bar of the window; `action` is what its button does.

        The result of a step of a user who has left is not shown to the current user.
        """
        if not self._for_another.holds:
            self.notified.emit(ShownNotice(kind, news, action, holds))

    def sure(self, kind: str, about: object, news: News, again: Callback | None = None) -> bool:
        """Whether the shown question has the same subject, so that the same key answers it; else ask it.

        `again` is the step of that key: where it is given, the button of the notice answers, too. A key that has just
        asked is no answer: pressed twice in a moment it asks.
        """
        if self.question == (kind, about) and self.finishing.counts():
            self.withdraw(kind)
            return True

        answer = None if again is None else partial(self._answer, (kind, about), again)
        self.notified.emit(ShownNotice(kind, news, answer, about=about))
        return False

    def _answer(self, question: tuple[str, object], again: Callback) -> None:
        """The button of a question was pressed: as the key that asked it, pressed again."""
        self.question = question
        again()

    def withdraw(self, *kinds: str) -> None:
        """The cause of these notices is gone: remove them."""
        self.withdrawn.emit(kinds)

    def receipt_printed(self) -> None:
        """A receipt was printed: the printer has no fault."""
        self.devices.take(PRINTER, None)

    def take_backup_trouble(self, error: Exception | None) -> None:
        """Take the fault of the backups; None for none."""
        if self._troubles.take_backup(error):
            self.devices_changed.emit()

    def store_answers(self) -> None:
        """The store has done a step: its fault is over."""
        self._take_store_trouble(None)
        was_away, self.is_away = self.is_away, False
        if was_away:
            self.away_changed.emit(False)
            self.came_back.emit()

    def look_for_store(self) -> None:
        """On the store's thread: make a small request, whatever is known of its state. Raises InfrastructureError."""
        try:
            self.shop.settings()
        except (StoreUnavailable, OutcomeUnknown) as error:
            self._away = error
            raise
        self._away = None

    def note_trouble(self, error: Exception) -> None:
        """Keep a fault of a device or of the store that a step has met, so that the window can show it."""
        if isinstance(error, PrinterError):
            self.devices.take(PRINTER, error)
        elif isinstance(error, StoreError):
            self._take_store_trouble(error)
            if isinstance(error, StoreUnavailable | OutcomeUnknown) and not self.is_away:
                self.is_away = True
                self.away_changed.emit(True)

    def _take_store_trouble(self, error: Exception | None) -> None:
        if self._troubles.take_store(error):
            self.devices_changed.emit()


def _put_back(cursor: QWidget) -> None:
    if shiboken6.isValid(cursor) and cursor.isVisible() and cursor.isEnabled() and not cursor.hasFocus():
        cursor.setFocus(Qt.FocusReason.OtherFocusReason)
