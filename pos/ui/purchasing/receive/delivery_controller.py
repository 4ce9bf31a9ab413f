"""The delivery being counted, and the steps on it shared by keys, scanner and panel."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from pos.application.purchasing.delivery_view import CountedChange, CountRow, CountView
from pos.application.purchasing.receive_goods import ReceiveGoods
from pos.application.text.translator import Translator
from pos.application.text.typography import labelled
from pos.domain.errors import BadField
from pos.domain.purchasing.goods_receipt import DeliveryOver, receipt_name
from pos.domain.staff.staff import Person
from pos.ui.look.sounds import Sound
from pos.ui.purchasing.receive.count_page import CountPage
from pos.ui.purchasing.receive.outcome_words import SOUNDS
from pos.ui.session.on_the_way import OnTheWay
from pos.ui.session.session import Session
from pos.ui.widgets.cards.notice_bar import Notice
from pos.ui.widgets.drawing.tone import Tone


class DeliveryController(QObject):
    """Runs steps on the store's thread and shows their answers on the count page.

    `opened`: another delivery is being counted. `closed`: none is; show the list of deliveries. `posted`: none is; show
    a posted receipt.
    """

    opened = Signal()
    closed = Signal()
    posted = Signal()

    def __init__(self, session: Session, page: CountPage, parent: QObject) -> None:
        super().__init__(parent)
        self.session = session
        self.page = page
        self.number: int | None = None
        """The current delivery."""
        self.on_the_way = OnTheWay(session)
        self.on_the_way.selected = lambda: page.table.current_row

    @property
    def translator(self) -> Translator:
        """The current language."""
        return self.session.translator

    @property
    def receive(self) -> ReceiveGoods:
        """The use cases of receiving."""
        return self.session.shop.deliveries.receive

    def count(self, view: CountView) -> None:
        """Start counting this delivery."""
        self.number = view.receipt.number
        self.opened.emit()
        self.page.present(view, self.translator)
        self.on_the_way.follow()
        self.page.ready()

    def close(self) -> None:
        """Stop counting and return to the list of deliveries."""
        self._stop()
        self.closed.emit()

    def show_posted(self) -> None:
        """Stop counting and show the page of a posted receipt."""
        self._stop()
        self.posted.emit()

    def _stop(self) -> None:
        self.number = None
        self.session.withdraw("receive.rest_closed")  # it offers a key of the delivery that was counted

    def chosen_row(self) -> CountRow | None:
        """The selected row while a delivery is counted."""
        return self.page.panel.row if self.number is not None else None

    def perform(
        self,
        step: Callable[[int, Person], CountedChange],
        done: Callable[[CountedChange], None],
        failed: Callable[[Exception], None] | None = None,
    ) -> None:
        """Run a step on the current delivery; an answer about another delivery is dropped."""
        number, person = self.number, self.session.person
        if number is None or person is None:
            return

        def answered(counted: CountedChange) -> None:
            if counted.receipt.number == self.number:
                done(counted)

        def refused(error: Exception) -> None:
            (failed or self.refuse)(error)
            self._end_with(error)

        self.on_the_way.run(lambda: step(number, person), answered, refused)

    def take(self, counted: CountedChange) -> None:
        """Show the changes of one step."""
        self.page.take(counted, self.translator)

    def take_beside(self, counted: CountedChange) -> None:
        """Show the changes of a step on another line than the chosen one."""
        self.page.take(counted, self.translator, beside=True)

    def take_scan(self, counted: CountedChange) -> None:
        """Show the changes of a scan, with its sound; ask for the lot if it is missing."""
        outcome = counted.outcome
        self.session.sounds.play(SOUNDS.get(outcome, Sound.COUNTED) if outcome is not None else Sound.COUNTED)
        self.take(counted)
        if any(row.lacks_lot for row in counted.rows):
            self.session.notify(
                "receive.lot",
                lambda: Notice(
                    Tone.NEARLY, self.translator("Type the lot and the last day from the carton."), seconds=8
                ),
            )

    def correct(self, by: int) -> None:
        """Change the count of the selected line, or of the goods scanned just before where no hand has chosen another
        line since, by a number of pieces.
        """
        number = self.number

        def correct() -> None:
            row = self.chosen_row()
            if number == self.number and row is not None and row.line is not None:
                self.correct_line(row.line.no, by)

        if self.on_the_way and not self.on_the_way.is_meant:
            correct()
        else:
            self.on_the_way.then(correct, self.give_up)

    def give_up(self) -> None:
        """What a key was pressed for is not there."""
        self.session.sounds.play(Sound.NOTE)

    def correct_line(self, line: int, by: int) -> None:
        """Change the count of a line by a number of pieces."""
        self.perform(lambda number, person: self.receive.correct(number, line, by, person), self.take_scan)

    def ask(self, question: str, said: str, take: Callable[[str], None]) -> None:
        """Ask a question, in English, about the selected goods beside the rows; one half answered comes first."""
        row = self.chosen_row()
        if row is None or self.is_typing():
            return
        product = row.product

        def asks() -> str:
            tr = self.translator
            return labelled(tr, product.name_in(tr.language), tr(question))

        self.page.panel.ask_for(asks, said, self.translator, take)

    def refuse_answer(self, error: BadField) -> None:
        """What is wrong with the answer stands below it."""
        self.page.panel.ask.show_error(lambda: self.session.wording(error))

    def ask_behind(self, question: str, asking: Callable[[], None]) -> None:
        """Ask by `asking` about the goods scanned last, or the line chosen since. While those are on their way only the
        question stands there, and what is typed and entered meanwhile is their answer.
        """
        field, begun = self.page.panel.ask, self.session.finishing.begun
        is_entered = False

        def enter(_text: str) -> None:
            nonlocal is_entered
            is_entered = True

        def counted() -> None:
            is_open, text = field.is_for(enter), field.field.text()
            if not is_open and (not field.isHidden() or begun != self.session.finishing.begun):
                return  # another question, or Esc
            field.close_down()
            asking()
            if is_open and not field.isHidden():
                field.fill_in(text, enter=is_entered)

        def given_up() -> None:
            if field.close_down():
                self.page.ready()
            self.give_up()

        row = self.chosen_row()
        line = None if row is None or row.line is None else row.line.no

        def again() -> None:
            """The answer to the scan has chosen its row, and an empty question fell with the one before."""
            if field.isHidden() and row is not None and begun == self.session.finishing.begun:
                self.page.table.choose(self.page.rows.index_of(row.product.id, line))
                asking()

        if not self.on_the_way.is_meant:
            asking()
            if self.on_the_way and not field.isHidden():
                self.on_the_way.then(again)
        elif self.number is not None and not self.is_typing():
            self.page.panel.setEnabled(True)
            self.page.panel.ask_for(lambda: self.translator(question), "", self.translator, enter)
            self.on_the_way.then(counted, given_up)

    def is_typing(self) -> bool:
        """Whether text is typed beside the rows that is not entered yet; then say so."""
        panel = self.page.panel
        field = panel.insist(self._entry_text)
        if field is None:
            return False
        if field is panel.ask.field:
            self.session.sounds.play(Sound.REFUSE)
        else:
            self.ask_to_enter()
        return True

    def ask_to_enter(self) -> None:
        """Say that what is typed waits for its Enter."""
        self.session.sounds.play(Sound.REFUSE)
        self.session.notify("refused", lambda: Notice(Tone.NEARLY, self._entry_text(), seconds=10))

    def _entry_text(self) -> str:
        return self.translator("Press Enter to accept this entry, or Esc to drop it.")

    def answered(self) -> None:
        """The question is answered: accept scans again."""
        self.page.panel.ask.close_down()
        self.page.ready()

    def refuse(self, error: Exception) -> None:
        """Report a refusal with a sound and a sentence."""
        self.session.sounds.play(Sound.REFUSE)
        self.session.report_foreseen(error)
        self._end_with(error)

    def _end_with(self, error: Exception) -> None:
        """Leave a delivery that another person has posted or discarded: nothing of it is counted any more."""
        if isinstance(error, DeliveryOver) and self.number is not None and error.receipt == receipt_name(self.number):
            self.close()
