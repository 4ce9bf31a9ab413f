"""Steps on a count sheet: each entry is a separate step in the store, and the page shows its result."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, Qt, Signal

from pos.application.stock.count_stock import OnSheet, OpenSheet
from pos.application.stock.post_count import CountReview
from pos.application.stock.typed_scan import is_no_quantity, read_typed
from pos.application.text.translator import N_
from pos.domain.errors import OutcomeUnknown
from pos.domain.staff.staff import Person
from pos.domain.stock.stock_count import CountOver
from pos.ui.look.sounds import Sound
from pos.ui.session.on_the_way import OnTheWay
from pos.ui.session.session import Session
from pos.ui.stock.counting.sheet_page import SheetPage, ShownSheet
from pos.ui.stock.stock_messages import StockMessages
from pos.ui.widgets.drawing.tone import Tone

_ROWS = 200
_SOUNDS = {Tone.OVER: Sound.OVER, Tone.NEARLY: Sound.REVIEW}


class SheetSteps(QObject):
    """Counts on one sheet at a time. `opened`: a sheet is on show; `not_opened` carries the refusal, `finished` the
    CountReview, `over` why nothing is counted on the sheet on show any more.

    Input typed while a scan is being stored waits for it: it concerns that product.
    """

    opened = Signal()
    not_opened = Signal(object)
    finished = Signal(object)
    over = Signal(object)

    def __init__(self, session: Session, page: SheetPage, messages: StockMessages, parent: QObject) -> None:
        super().__init__(parent)
        self._session, self._page, self._messages = session, page, messages
        self.on_show: OpenSheet | None = None
        self._undo: list[OnSheet] = []
        self._last: OnSheet | None = None
        self._on_the_way = OnTheWay(session)
        self._is_finishing = False

    def take(self, number: int) -> None:
        """Open one's own sheet of a stock-take."""
        person, step = self._session.person, self._session.shop.count_stock
        if person is not None:
            self._session.run(lambda: step.take_sheet(person, number), self._show_awaited, self.not_opened.emit)

    def _show_awaited(self, opened: OpenSheet) -> None:
        if self._session.is_awaited:
            self.show(opened)

    def show(self, opened: OpenSheet) -> None:
        """Show a sheet; for the same sheet the last scan stays."""
        if self.on_show is None or self.on_show.sheet != opened.sheet:
            self._undo.clear()
            self._last = None
            self._on_the_way.give_up()  # what was typed on the sheet before is none of this one
            self._page.forget()
            self._page.box.clear()
        self.on_show = opened
        self.opened.emit()
        self._page.box.setFocus()
        self.read()
        if opened.again:
            self._messages.notify(Tone.NEARLY, N_("You counted this before. Another person should do the recount."))

    def is_of(self, person: Person | None) -> bool:
        """Whether the sheet on show is this person's."""
        return self.on_show is not None and person is not None and self.on_show.sheet.person == person.name

    def read(self) -> None:
        """Read the sheet again."""
        opened, person, step = self.on_show, self._session.person, self._session.shop.count_stock
        if opened is not None and person is not None:
            number, sheet, find = opened.count.number, opened.sheet.number, self._session.shop.find
            last = None if self._page.shown is None else self._page.shown.last

            def call() -> ShownSheet:
                known = () if last is None else find.with_codes([last.product.code])
                renewed = next((replace(last, product=product) for product in known if last is not None), None)
                return ShownSheet(step.sheet(person, number, sheet, _ROWS), renewed)

            def done(shown: ShownSheet) -> None:
                if self._is_on_show(opened):
                    try:
                        shown.sheet.count.check_open()
                    except CountOver as error:
                        self._refused(opened, self._messages.refused, error)
                        return
                    is_same = self._page.shown is not None and self._page.shown.last is last
                    self._page.present(shown if is_same else ShownSheet(shown.sheet))

            self._session.run(call, done)

    def _is_on_show(self, opened: OpenSheet) -> bool:
        """Whether it is still this sheet that is counted on."""
        return self.on_show is not None and self.on_show.sheet == opened.sheet

    def scanned(self, text: str) -> None:
        """Count a scan, times the number typed before it (5 *). A bare number waits for its Enter."""
        typed = read_typed(self._page.box.text())
        is_figure = typed.number is not None
        is_of_goods = self._last is not None or bool(self._on_the_way)  # of the last product, or of this scan
        if self._is_unfinished((is_figure and is_of_goods) or is_no_quantity(self._page.box.text())):
            return
        if not is_figure:  # a figure before the first scan waits for its Enter
            self._page.box.clear()
        self._count(text, typed.times)

    def typed(self, text: str) -> None:
        """A number is the count of the last product; anything else is a code."""
        if self._on_the_way:
            self._once_counted(partial(self.typed, text))
            self._page.box.clear()
            return
        typed, last, step = read_typed(text), self._last, self._session.shop.count_stock
        if typed.number is not None and last is None:
            self._messages.notify(Tone.NEARLY, N_("Scan a product first, then enter the quantity."), Sound.UNREAD)
            return
        if typed.number is None and not typed.code:
            return
        self._page.box.clear()
        if typed.number is None:
            self._count(typed.code, typed.times)
        elif last is not None:
            lot, product, number = _lot(last), last.product.id, typed.number
            self._enter(
                lambda person, count, sheet: step.set(person, count, sheet, product, lot, number), undoable=True
            )

    def change(self, by: int) -> None:
        """Add one to the count of the last product, or take one off."""
        self._once_counted(partial(self._change, by))

    def _once_counted(self, step: Callable[[], None]) -> None:
        """Do `step` when every entry is answered: it concerns the goods of the last one."""
        self._on_the_way.then(step, given_up=lambda: None)

    def _change(self, by: int) -> None:
        last, step = self._last, self._session.shop.count_stock
        if last is not None:
            lot, product = _lot(last), last.product.id
            self._enter(lambda person, count, sheet: step.add(person, count, sheet, product, lot, by), undoable=True)

    def undo(self) -> None:
        """Undo the last entry."""
        self._once_counted(self._take_back)

    def _take_back(self) -> None:
        if self._undo:
            step, undo, opened = self._session.shop.count_stock, self._undo, self.on_show
            entry = undo.pop()

            def refused(error: Exception) -> None:
                """The same entry is the next to be undone, and not the one before."""
                if opened is not None and self._is_on_show(opened) and not isinstance(error, OutcomeUnknown):
                    undo.append(entry)

            self._enter(lambda person, count, sheet: step.take_back(person, count, sheet, entry), refused)

    def ask_number(self) -> None:
        """Ask for the count of the last product."""
        if read_typed(self._page.box.text()).number is None:  # the figure that is asked for may stand there already
            self._page.box.clear()
        self._page.box.setFocus()
        self._once_counted(self._say_whose)

    def _say_whose(self) -> None:
        last, words = self._last, self._session
        if last is None:
            self._messages.notify(Tone.NEARLY, N_("Scan a product first, then enter the quantity."))
            return
        self._messages.ask(
            lambda: words.translator(
                "{goods}: enter the quantity, then press Enter.", goods=last.product.name_in(words.language)
            )
        )

    def recount_product(self) -> None:
        """Remove the last product from the sheet, to count it again."""
        self._once_counted(self._strike)

    def _strike(self) -> None:
        opened, last = self.on_show, self._last
        session, person, step = self._session, self._session.person, self._session.shop.count_stock
        if opened is None or last is None or person is None:
            return
        number, sheet = opened.count.number, opened.sheet.number

        def call() -> ShownSheet:
            step.strike(person, number, sheet, last.product.id)
            return ShownSheet(step.sheet(person, number, sheet, _ROWS))

        def struck(shown: ShownSheet) -> None:
            if not self._is_on_show(opened):
                return
            self._last = None
            self._undo.clear()
            self._page.forget()
            self._page.present(shown)
            self._messages.say(
                Tone.INFO,
                lambda: session.translator(
                    "{goods} removed from the sheet. Count it again.", goods=last.product.name_in(session.language)
                ),
            )

        session.run(call, struck, partial(self._refused, opened, self._messages.refused))

    def finish(self) -> None:
        """Finish the sheet."""
        self._once_counted(self._finish)  # a figure for goods that are being counted belongs to the sheet

    def _finish(self) -> None:
        opened, person, shop = self.on_show, self._session.person, self._session.shop
        if opened is None or person is None or self._is_finishing:
            return
        if self._is_unfinished(bool(self._page.box.text().strip())):
            return
        self._is_finishing = True
        number, sheet = opened.count.number, opened.sheet.number

        def call() -> CountReview:
            shop.count_stock.finish_sheet(person, number, sheet)
            return shop.post_count.review(person, number)

        def finished(review: CountReview) -> None:
            self._is_finishing = False
            self._session.sounds.play(Sound.COMPLETE)
            if self._is_on_show(opened):
                self._messages.asked()
                self.on_show = None
                self.finished.emit(review)

        def refused(error: Exception) -> None:
            self._is_finishing = False
            self._refused(opened, self._messages.refused, error)

        self._session.run(call, finished, refused)

    def _is_unfinished(self, is_typed: bool) -> bool:
        """Ask for the Enter of what is typed and not entered: the next step would lose it."""
        if is_typed:
            self._page.box.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self._messages.notify(Tone.NEARLY, N_("Press Enter to accept this entry, or Esc to drop it."), Sound.UNREAD)
        return is_typed

    def _count(self, text: str, times: int) -> None:
        step = self._session.shop.count_stock
        self._on_the_way.in_turn(
            lambda: self._enter(
                lambda person, count, sheet: step.scan(person, count, sheet, text, times), undoable=True
            )
        )

    def _enter(
        self,
        write: Callable[..., OnSheet],
        failed: Callable[[Exception], None] = lambda _error: None,
        *,
        undoable: bool = False,
    ) -> None:
        """Store an entry and show the resulting sheet."""
        opened, person, step = self.on_show, self._session.person, self._session.shop.count_stock
        if opened is None or person is None:
            return
        self._messages.forget()  # whether the stock-take is discarded was asked about fewer pieces
        number, sheet = opened.count.number, opened.sheet.number

        def call() -> ShownSheet:
            answer = write(person, number, sheet)
            return ShownSheet(step.sheet(person, number, sheet, _ROWS), answer)

        def entered(shown: ShownSheet) -> None:
            if not self._is_on_show(opened):
                return
            last = shown.last
            assert last is not None, "every entry is answered"
            self._messages.asked()
            self._last = last
            if undoable:
                self._undo.append(last)
            tone = Tone.OVER if last.outside else Tone.NEARLY if last.moved or last.unknown_lot else Tone.WITHIN
            self._session.sounds.play(_SOUNDS.get(tone, Sound.ACCEPT))
            self._page.present(shown)

        def refused(error: Exception) -> None:
            self._refused(opened, self._messages.unknown, error)
            failed(error)

        self._on_the_way.run(call, entered, refused)

    def _refused(self, opened: OpenSheet, say: Callable[[Exception], None], error: Exception) -> None:
        """Say why; where the stock-take itself is over, the sheet is left."""
        if isinstance(error, CountOver) and self._is_on_show(opened):
            self._on_the_way.give_up()
            self.over.emit(error)
            self.on_show = None
        else:
            say(error)


def _lot(last: OnSheet) -> str:
    return "" if last.lot is None else last.lot.code
