"""Who works at the till, in which language and light: what every screen is given and hears of."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Signal

from pos.application.goods_for_sale import UnknownCode
from pos.application.settings import Settings
from pos.domain.barcode import BadCode
from pos.domain.errors import OutcomeUnknown, PrinterTrouble, RuleBroken, StoreAway, StoreTrouble, Trouble
from pos.domain.staff import Person
from pos.ui.devices_at_hand import PRINTER, DevicesAtHand
from pos.ui.failure_text import failure_text
from pos.ui.finishing_keys import FinishingKeys
from pos.ui.goods_names import GoodsNames
from pos.ui.meanwhile import Meanwhile
from pos.ui.notices import TURN, Act, News, Told
from pos.ui.refusal_facts import ends_work_of, told_by
from pos.ui.sale_news import SaleNews
from pos.ui.till_memory import TillMemory
from pos.ui.troubles import Troubles
from pos.ui.widgets.notice_bar import Notice
from pos.ui.widgets.tone import Tone

if TYPE_CHECKING:
    from pos.application.checkout_view import CheckoutView
    from pos.application.shop import Shop
    from pos.application.words import Words
    from pos.domain.shift import Shift
    from pos.ui.actions import Actions
    from pos.ui.background import Background
    from pos.ui.sounds import Sounds
    from pos.ui.theme import Mode, Theme

T = TypeVar("T")


class Session(QObject):
    """The till as the screens see it. Everything here belongs to the GUI thread; steps of the shop go through `run`.

    `language_changed` carries the new Words, `theme_changed` the Mode, `person_changed` a Person or None (locked),
    `shift_changed` a Shift or None, `settings_changed` the Settings, `told` a Told, `broke` an exception that nobody
    foresaw.
    """

    language_changed = Signal(object)
    theme_changed = Signal(object)
    person_changed = Signal(object)
    shift_changed = Signal(object)
    settings_changed = Signal(object)
    devices_changed = Signal()
    scan_coming = Signal()
    """What stands in the field since a moment is the beginning of a scan, it seems."""
    told = Signal(object)
    taken_back = Signal(object)
    """The kinds of notices that are to go, if one of them is on show."""
    answered = Signal()
    """A step was answered: what holds of the notice on show may be over."""
    stepped = Signal(int)
    """A step that a hand has asked for was taken; the number of its key, tap or scan."""
    broke = Signal(object)
    place_wanted = Signal(str)
    page_shown = Signal(str)
    """The place of the page that is on show now."""
    tour_wanted = Signal()
    """Somebody wants to be led through a first sale."""
    ended = Signal(object)
    """The refusal for which whoever was at the till is there no more; what is in the basket stays."""
    lock_wanted = Signal()
    away_changed = Signal(bool)
    """Whether the database server does not answer."""
    display_wanted = Signal()
    """Somebody wants to see the customer's display, wherever it may be shown."""
    closed = Signal()
    """The window is closed, and nothing that was asked of the store is still to come."""
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
        """Makes copies of the store, beside the store's own thread."""
        self.theme = theme
        self.sounds = sounds
        self.actions = actions
        self.finishing = FinishingKeys(actions, self)
        """Which presses of the keys that record something count."""
        self.page_shown.connect(self.finishing.show_page)
        self.settings = Settings()
        self.person: Person | None = None
        self.names: Mapping[str, str] = {}
        """The shown names of the people by their short ones, as the sign-in page last read them."""
        self.shift: Shift | None = None
        self.sale: CheckoutView | None = None
        """The sale in progress as the checkout shows it, for pages that ask what would fit."""
        self.sale_news = SaleNews(self)
        """What happens to it."""
        self.words: Words = shop.words[language]
        self._goods = GoodsNames(lambda codes: self.shop.find.with_codes(codes))  # noqa: PLW0108 # it is made when asked
        self._troubles = Troubles()
        self.memory = TillMemory()
        """What this till remembers beyond its end."""
        self.place = ""
        """The place of the page on show."""
        self.is_away = False
        """Whether the database did not answer when it was asked last."""
        self._away: StoreTrouble | None = None
        self._for_another, self._by_hand = Meanwhile(), Meanwhile()
        self.question: tuple[str, object] | None = None
        """The kind of the notice on show, and what it asks about."""
        self.devices = DevicesAtHand(self)
        """The printer, the scanner and the scale of this till."""
        self.devices.changed.connect(self.devices_changed)
        theme.changed.connect(lambda: self.theme_changed.emit(theme.mode))

    @property
    def language(self) -> str:
        """The language of the moment: en, zh, ru or kk."""
        return self.words.language

    @property
    def mode(self) -> Mode:
        """Light or dark."""
        return self.theme.mode

    @property
    def shift_is_foreign(self) -> bool:
        """Whether the till's open shift is somebody else's, on which the person at the till may not work."""
        return self.shift is not None and self.person is not None and not self.shift.lets(self.person)

    # ── what is wrong, in a sentence of the language of the moment; empty for nothing ───────────────────────────

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
        return self._troubles.disk(self.words)

    # ── what changes ─────────────────────────────────────────────────────────────────────────────────────────

    def speak(self, language: str) -> None:
        """Change every word on the screen to `language` at once."""
        if language != self.language:
            self.words = self.shop.words[language]
            self.language_changed.emit(self.words)

    def take_person(self, person: Person | None) -> None:
        """Somebody has signed in; None locks the till. What is in the basket stays."""
        if person != self.person:
            self.person = person
            self.person_changed.emit(person)

    def take_shift(self, shift: Shift | None) -> None:
        """The till's open shift is this one now."""
        if shift != self.shift:
            self.shift = shift
            self.shift_changed.emit(shift)

    def take_settings(self, settings: Settings) -> None:
        """The shop's options were read anew."""
        if settings != self.settings:
            self.settings = settings
            self.settings_changed.emit(settings)

    def take_disk(self, free: int | None) -> None:
        """So many bytes are left on the disk; None where there are enough."""
        if self._troubles.take_disk(free):
            self.devices_changed.emit()

    def go(self, place: str) -> None:
        """Ask the window for another screen, by its place: `session.go("payment")`."""
        self.place_wanted.emit(place)

    def sign_out(self) -> None:
        """Ask the window to lock the till."""
        self.lock_wanted.emit()

    # ── steps of the shop, and what came of them ─────────────────────────────────────────────────────────────

    def run(
        self,
        call: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[Exception], None] | None = None,
        *,
        asks_itself: bool = False,
    ) -> None:
        """Run a step on the worker thread. What fails is told in the notice bar, unless `failed` does it better.

        What nobody foresaw is always told and logged, and `failed` hears of it as well, to give its buttons back.
        Before each step is asked whether whoever is at the till still works here, and in which role; a step that
        `asks_itself` has something to write down where the answer is no.
        """
        person, begun, asked = self.person, self._by_hand.holds or self.finishing.turn, self.finishing.ask()
        found: list[Person] = []

        def guarded() -> T:
            if self._away is not None:  # of a dozen scans none waits for what the first has found out
                raise StoreAway(self._away.where, self._away.detail)
            if person is not None and not asks_itself:
                found.append(self.shop.sign_in.still(person))
            try:
                return call()
            except RuleBroken as error:
                self._goods.learn(error)
                raise
            except (StoreAway, OutcomeUnknown) as error:
                self._away = error
                raise

        def take_found() -> None:
            if found and self.person is person:
                self.take_person(found[0])

        def worked(value: T) -> None:
            self.finishing.answer(asked)
            self.store_answers()
            take_found()
            if begun:
                self.stepped.emit(begun)
            with self._speaking_for(person):
                done(value)
            self.answered.emit()

        def broken(error: Exception) -> None:
            self.finishing.answer(asked)
            self.note_trouble(error)
            take_found()  # who may do less now goes where she still may, and is told so there
            with self._speaking_for(person):
                told(error)

        def told(error: Exception) -> None:
            ends = ends_work_of(self.person, error)
            if not ends and (failed is None or not isinstance(error, (RuleBroken, Trouble))):
                self.report(error)
            if failed is not None:
                failed(error)
            if ends:
                self.ended.emit(error)

        self.background.run(guarded, worked, broken)

    def by_hand(self) -> AbstractContextManager[None]:
        """What is begun meanwhile was asked for by a hand with a scanner; that of a key or a tap is known."""
        return self._by_hand.so(holds=next(TURN))

    def _speaking_for(self, person: Person | None) -> AbstractContextManager[None]:
        """What is told meanwhile is for the `person` who began the step."""
        here = self.person
        return self._for_another.so(holds=person is not None and here is not None and here.name != person.name)

    def run_as(
        self, call: Callable[[Person], T], done: Callable[[T], None], failed: Callable[[Exception], None] | None = None
    ) -> None:
        """Run a step of whoever is at the till; when nobody is there nothing happens."""
        person = self.person
        if person is not None:
            self.run(lambda: call(person), done, failed)

    def think(self, call: Callable[[], T], done: Callable[[T], None], failed: Callable[[Exception], None]) -> None:
        """Search beside the store's thread: `call` touches nothing but what it was given. Failures as in `run`."""
        self._beside(self.thinking, call, done, failed)

    def read_file(self, call: Callable[[], T], done: Callable[[T], None], failed: Callable[[Exception], None]) -> None:
        """Read a file that anybody may have made, however long it takes: no scan and no sale waits for it."""
        self._beside(self.saving, call, done, failed)

    def _beside(
        self,
        thread: Background,
        call: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[Exception], None],
    ) -> None:
        def broken(error: Exception) -> None:
            if not isinstance(error, (RuleBroken, Trouble)):
                self.report(error)
            failed(error)

        thread.run(call, done, broken)

    def wording(self, error: Exception) -> str:
        """One sentence for a refusal or a trouble; a general one for what nobody foresaw."""
        if isinstance(error, RuleBroken):
            error = self._goods.told(told_by(error, self.settings.zone, self.names), self.words, self.sale)
        return failure_text(error, self.shop.refusal_text, self.words)

    def report(self, error: Exception) -> None:
        """Tell a failure in the notice bar; what nobody foresaw goes to the log too."""
        if isinstance(error, RuleBroken):
            kind = "refused.code" if isinstance(error, UnknownCode | BadCode) else "refused"
            self.tell(kind, lambda: Notice(Tone.NEARLY, self.wording(error), seconds=12))
        elif isinstance(error, Trouble):
            self.tell("trouble", lambda: Notice(Tone.OVER, self.wording(error)), holds=lambda: self._lasts(error))
        else:
            self.broke.emit(error)

    def _lasts(self, error: Trouble) -> bool:
        """Whether a trouble is not known to be over."""
        if isinstance(error, StoreAway | OutcomeUnknown):
            return self.is_away
        return not isinstance(error, PrinterTrouble) or self.devices.trouble(PRINTER) is not None

    def report_foreseen(self, error: Exception) -> None:
        """Tell a refusal or a trouble that `run` has left to a `failed`; what nobody foresaw it has told itself."""
        if isinstance(error, RuleBroken | Trouble):
            self.report(error)

    def tell(self, kind: str, news: News, act: Act | None = None, *, holds: Callable[[], bool] | None = None) -> None:
        """Show news of a kind of `notices.py` in the notice bar of the window; `act` is what its button does.

        What came of a step of somebody who has left is no news for whoever is at the till now.
        """
        if not self._for_another.holds:
            self.told.emit(Told(kind, news, act, holds))

    def sure(self, kind: str, about: object, news: News) -> bool:
        """Whether the question on show asks about the very same, so that the same key answers it; else it asks."""
        if self.question == (kind, about):
            self.take_back(kind)
            return True
        self.told.emit(Told(kind, news, about=about))
        return False

    def take_back(self, *kinds: str) -> None:
        """Such a notice has no cause any more."""
        self.taken_back.emit(kinds)

    def receipt_printed(self) -> None:
        """A receipt came out: the printer is well again."""
        self.devices.take(PRINTER, None)

    def take_backup_trouble(self, error: Exception | None) -> None:
        """What is wrong with the backups; None for nothing."""
        if self._troubles.take_backup(error):
            self.devices_changed.emit()

    def store_answers(self) -> None:
        """The store has done what it was asked for: whatever was wrong with it is over."""
        self._take_store_trouble(None)
        was_away, self.is_away = self.is_away, False
        if was_away:
            self.away_changed.emit(False)
            self.came_back.emit()

    def look_for_store(self) -> None:
        """On the store's thread: ask it for something small, whatever is known of it. Raises Trouble."""
        try:
            self.shop.settings()
        except (StoreAway, OutcomeUnknown) as error:
            self._away = error
            raise
        self._away = None

    def note_trouble(self, error: Exception) -> None:
        """Keep in mind what a step has found out about a device or the store, so that the window can show it."""
        if isinstance(error, PrinterTrouble):
            self.devices.take(PRINTER, error)
        elif isinstance(error, StoreTrouble):
            self._take_store_trouble(error)
            if isinstance(error, StoreAway | OutcomeUnknown) and not self.is_away:
                self.is_away = True
                self.away_changed.emit(True)

    def _take_store_trouble(self, error: Exception | None) -> None:
        if self._troubles.take_store(error):
            self.devices_changed.emit()
