"""The sheet of the stream: numbers, goods, prices and free pieces, and the question which goods come onto it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from pos.application.pickup.claimed_goods import SeveralSheetNumbers, read_number, read_times
from pos.application.pickup.papers import CARD_PAPERS
from pos.application.pickup.stream import StreamGoods
from pos.application.ports.pickup_ports import StreamItem
from pos.application.text.translator import LANGUAGE_NAMES, Translator
from pos.domain.errors import BadField, MovedMeanwhile, RuleBroken
from pos.domain.money import CURRENCIES
from pos.ui.look.sounds import Sound
from pos.ui.look.theme import Size, Space
from pos.ui.page.amount_in_currency import AmountInCurrency
from pos.ui.pickup.claim_rows import sheet_row
from pos.ui.pickup.paper_news import Papers
from pos.ui.pickup.questions import Question
from pos.ui.session.session import Session
from pos.ui.widgets.buttons.icon_button import IconButton
from pos.ui.widgets.cards.empty_state import EmptyState
from pos.ui.widgets.drawing.cells import Cells
from pos.ui.widgets.drawing.layouts import Stretched, hbox, vbox
from pos.ui.widgets.drawing.text_label import Role, TextLabel
from pos.ui.widgets.fields.combo_box import ComboBox
from pos.ui.widgets.fields.key_positions import ENTERS
from pos.ui.widgets.tables.choices import offer
from pos.ui.widgets.tables.columns import RowColumn
from pos.ui.widgets.tables.line_table import LineHeader, LineModel, LineTable
from pos.ui.widgets.tables.rows_or_empty import RowsOrEmpty

_LONGEST = 40
_FREE = 64
"""The width of the free pieces, in pixels: that of their heading in every language."""
_BUTTON = 150
"""The least width of a button, in pixels."""


class SheetQuestion(Question):
    """Asks for goods and their price in the stream; an empty price is that on file."""

    def __init__(self, session: Session) -> None:
        self.goods = QLineEdit()
        self.goods.setMaxLength(_LONGEST)
        self.goods.setFixedHeight(Size.BUTTON)
        self.number = QLineEdit()
        self.number.setMaxLength(3)
        self.number.setFixedSize(Size.BUTTON * 3 // 2, Size.BUTTON)
        self.money = AmountInCurrency(session)
        self.price, self.currency = self.money.amount, self.money.currency
        super().__init__(
            session,
            hbox(self.number, Stretched(self.goods), spacing=Space.S),
            self.money,
        )
        self.money.entered.connect(self.given)
        self.before: StreamItem | None = None
        """What is changed, as it stood on the sheet; None for goods that come onto it."""
        self._goes_on = False
        self.goods.returnPressed.connect(lambda: self._go_on(self.price))
        self.number.returnPressed.connect(lambda: self._go_on(self.goods))

    @property
    def first(self) -> QWidget:
        return self.goods

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter in the code or the number only goes on to the next field."""
        if event.key() in ENTERS and (self.goods.hasFocus() or self.number.hasFocus() or self._goes_on):
            self._goes_on = False
            event.accept()
            return
        super().keyPressEvent(event)

    def _go_on(self, to: QWidget) -> None:
        self._goes_on = True  # the field that has the cursor by now gets this Enter, too
        to.setFocus(Qt.FocusReason.OtherFocusReason)

    def ask(self, row: StreamGoods | None = None) -> None:
        """Ask for goods; those of a `row` stand in the fields."""
        self.before = None if row is None else row.item
        self.goods.setText("" if row is None else row.product.code)
        self.number.setText("" if row is None else str(row.number))
        before = row.price if row is not None and row.is_of_stream else None
        self.money.begin(CURRENCIES[self.currency.currentText()], before)
        self.open("sheet")
        self.goods.selectAll()

    def reword(self, tr: Translator) -> None:
        """Show everything in another language; what is typed stays."""
        self.present(
            tr("Which goods come onto the sheet?"), tr("On the sheet"), tr,
            tr("Scan or type a code or its last signs. Without a price they cost what is on file."),
        )  # fmt: skip
        self.goods.setAccessibleName(tr("Goods"))
        self.goods.setPlaceholderText(tr("Code"))
        self.number.setAccessibleName(tr("Number on the sheet"))
        self.number.setPlaceholderText("№")
        self.money.present(tr("Price"), tr, tr("on file"))

    @property
    def typed(self) -> tuple[object, ...]:
        """What stands in the fields, to be compared."""
        price = "" if self.price.is_empty() or self.price.doubt is not None else str(self.price.amount())
        return self.before, self.goods.text().strip(), self.number.text().strip(), price, self.currency.currentText()

    def typed_number(self) -> int | None:
        """The number; None for the next free one. Raises BadField."""
        text = self.number.text().strip()
        if not text:
            return None
        if not (text.isascii() and text.isdigit()):
            raise BadField("number", "not_a_number", text)
        return int(text)


class CardsQuestion(Question):
    """Asks on which paper and in which languages price cards are printed."""

    def __init__(self, session: Session) -> None:
        self.paper, self.languages = ComboBox(), ComboBox()
        super().__init__(session, self.paper, self.languages)

    @property
    def first(self) -> QWidget:
        return self.paper

    def reword(self, tr: Translator) -> None:
        """Show everything in another language; what is chosen stays."""
        self.present(tr("Price cards for the goods of the sheet"), tr("Print"), tr)
        self.paper.setAccessibleName(tr("Paper"))
        self.languages.setAccessibleName(tr("Languages"))
        offer(self.paper, [(one, one.upper()) for one in CARD_PAPERS], str(self.paper.currentData() or CARD_PAPERS[0]))
        every = tuple(self.session.shop.translators)
        pair = self.session.settings.receipt_languages
        choices = dict.fromkeys((pair, every, *((one,) for one in every)))
        shown = [(",".join(one), " · ".join(LANGUAGE_NAMES[code] for code in one)) for one in choices]
        offer(self.languages, shown, str(self.languages.currentData() or ",".join(pair)))

    @property
    def chosen(self) -> tuple[str, tuple[str, ...]]:
        """The paper, and the languages in their order."""
        return str(self.paper.currentData()), tuple(str(self.languages.currentData()).split(","))


class SheetPanel(QWidget):
    """`read_again` carries the rows after each reading."""

    read_again = Signal(object)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session, self._papers = session, Papers(session)
        self.rows_of: Sequence[StreamGoods] = ()
        self._is_answered = self._is_reading = self._is_stale = False
        self._sent: list[tuple[object, ...]] = []
        """What was typed and is not answered yet: Enter pressed again does not put it there twice."""
        self._title = TextLabel(role=Role.STRONG)
        self.rows = LineModel(self)
        columns = (
            RowColumn(32),
            RowColumn(share=1, least=120, gap=Space.S),
            RowColumn(_FREE, right=True, gap=Space.S),
        )
        self.table = LineTable(session.theme, self.rows, columns, has_pictures=False)
        self.table.opened.connect(self.change)
        self.header = LineHeader(session.theme, self.table)
        self.empty = EmptyState(session.theme)
        self.question = SheetQuestion(session)
        self.question.given.connect(self._put)
        self.cards = CardsQuestion(session)
        self.cards.given.connect(self._print_cards)
        small, key = Size.SMALL_BUTTON, session.actions.key_text
        self.add = IconButton(session.theme, icon="plus", key=key("sheet_add"), height=small)
        self.off = IconButton(session.theme, icon="trash-2", key=key("sheet_remove"), height=small)
        self.print = IconButton(session.theme, icon="printer", key=key("print_stream"), height=small)
        self.print_cards = IconButton(session.theme, icon="tag", key=key("print_cards"), height=small)
        self.print.clicked.connect(self.print_sheet)
        self.print_cards.clicked.connect(self.ask_cards)
        self.add.clicked.connect(self.ask)
        self.off.clicked.connect(self.remove)
        self._pages = RowsOrEmpty(self.header, self.table, self.empty)
        self._pages.setMinimumHeight(1)  # on a low screen all room is for what is asked
        self._acts = Cells(self.add, self.off, self.print, self.print_cards, least=_BUTTON, most=2, gap=Space.S)
        for question in (self.question, self.cards):
            question.opened.connect(self._make_room)
            question.left.connect(self._make_room)
        vbox(
            self._title,
            Stretched(self._pages),
            self.question,
            self.cards,
            self._acts,
            spacing=Space.S,
            margins=0,
            parent=self,
        )

    def retranslate(self, tr: Translator) -> None:
        """Show everything in another language."""
        self._title.setText(tr("Sheet of the stream"))
        self.table.setAccessibleName(tr("Sheet of the stream"))
        self.header.name("№", tr("Goods"), tr("Free"))
        self.add.present(tr("Goods on the sheet"))
        self.off.present(tr("Off the sheet"))
        self.empty.present("list", tr("The sheet is empty"), tr("Give the goods of the stream a number and a price."))
        self.print.present(tr("Print"))
        self.print_cards.present(tr("Price cards"))
        self.question.reword(tr)
        self.cards.reword(tr)
        self.present()

    def read(self) -> None:
        """Read the sheet again: claims, sales and other tills have taken of its goods. While a reading is not answered
        one more waits, however often it is asked for.
        """
        if not self.rows_of and self._is_answered:  # that there was nothing is no answer to what is asked now
            self._is_answered = False
            self.present()
        person, stream = self._session.person, self._session.shop.pickup.stream
        if person is None:
            return
        if self._is_reading:
            self._is_stale = True
            return
        self._is_reading, self._is_stale = True, False

        def done(rows: Sequence[StreamGoods]) -> None:
            self._is_reading = False
            self._take(rows)
            if self._is_stale:
                self.read()

        def failed(error: Exception) -> None:
            self._is_reading = False
            self._session.report_foreseen(error)

        self._session.run(lambda: stream.goods(person), done, failed)

    def meant(self, text: str) -> StreamGoods | None:
        """The goods that have the number or the code that was typed for a claim, with pieces or without. Raises
        SeveralSheetNumbers.
        """
        goods = read_times(text)[0]
        number = read_number(goods)
        rows = [row for row in self.rows_of if row.number == number]
        rows = rows or [row for row in self.rows_of if goods.upper() in row.product.codes]
        if len({row.item.price for row in rows}) > 1:
            raise SeveralSheetNumbers(rows[0].product.code, tuple(row.number for row in rows))
        return rows[0] if rows else None

    def present(self) -> None:
        """Show the rows that were read."""
        tr = self._session.translator
        self.table.renew(lambda: self.rows.exchange([sheet_row(row, tr) for row in self.rows_of]), self.rows.key)
        self._pages.present(is_empty=self._is_answered and not self.rows_of and not self._is_asking)

    def ask(self) -> None:
        """Which goods come onto the sheet."""
        if not self.question.is_open:
            self.cards.close_down()
            self.question.ask()

    def close_down(self) -> bool:
        """Close what is asked; return whether something was."""
        return self.question.close_down() or self.cards.close_down()

    @property
    def _is_asking(self) -> bool:
        return self.question.is_open or self.cards.is_open

    def _make_room(self) -> None:
        """What is asked takes the place of the buttons, and of the words about an empty sheet."""
        self._acts.setHidden(self._is_asking)
        self.present()

    def print_sheet(self) -> None:
        """The sheet for the streamer."""
        self._papers.print("sheet", self._session.shop.print_pickups.stream_sheet)

    def ask_cards(self) -> None:
        """On which paper, and in which languages."""
        self.question.close_down()
        self.cards.open("cards")

    def _print_cards(self) -> None:
        paper, languages = self.cards.chosen
        papers = self._session.shop.print_pickups
        self.cards.close_down()
        self._papers.print(("cards", paper, languages), lambda person: papers.price_cards(paper, languages, person))

    def change(self) -> None:
        """Enter on a row: another price or number."""
        row = self._chosen()
        if row is not None:
            self.question.ask(row)

    def remove(self) -> None:
        """Take the chosen goods off the sheet."""
        row = self._chosen()
        if row is None:
            self._session.sounds.play(Sound.NOTE)
            return
        item, stream = row.item, self._session.shop.pickup.stream
        self._session.run_as(lambda person: stream.take_off(item, person), self._take, self._look_again)

    def _chosen(self) -> StreamGoods | None:
        index = self.table.current_row
        return self.rows_of[index] if 0 <= index < len(self.rows_of) else None

    def _put(self) -> None:
        question, stream = self.question, self._session.shop.pickup.stream
        goods = question.goods.text().strip()
        try:
            price, number = question.money.typed(), question.typed_number()
            if not goods:
                raise BadField("goods", "missing")
        except RuleBroken as error:
            self._complain(error)
            return

        typed, before = question.typed, question.before
        if typed in self._sent:
            self._session.sounds.play(Sound.NOTE)
            return
        self._sent.append(typed)

        def put(rows: Sequence[StreamGoods]) -> None:
            self._sent.remove(typed)
            self._session.sounds.play(Sound.ACCEPT)
            if question.is_open and question.typed == typed:
                question.ask()  # the next goods
            self._take(rows)

        def failed(error: Exception) -> None:
            self._sent.remove(typed)
            if isinstance(error, RuleBroken) and question.is_open and question.typed == typed:
                self._complain(error)
                if isinstance(error, MovedMeanwhile):
                    self.read()
            else:
                self._look_again(error)

        self._session.run_as(lambda person: stream.put_line(goods, price, number, person, before), put, failed)

    def _complain(self, error: RuleBroken) -> None:
        self._session.sounds.play(Sound.REFUSE)
        self.question.complaint.say(lambda: self._session.wording(error))

    def _look_again(self, error: Exception) -> None:
        """A step was refused: another person may have changed the sheet."""
        self._session.sounds.play(Sound.REFUSE)
        self._session.report_foreseen(error)
        if isinstance(error, MovedMeanwhile):
            self.read()

    def _take(self, rows: Sequence[StreamGoods]) -> None:
        self.rows_of, self._is_answered = rows, True
        self.present()
        self.read_again.emit(rows)
