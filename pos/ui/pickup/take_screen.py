"""Orders taken while a streamer speaks: two fields for each claim, Enter twice, and the next one can be typed."""

from __future__ import annotations

import re

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget

from pos.application.pickup.claimed_goods import SeveralSheetNumbers
from pos.application.text.formatting import money_text, number_text
from pos.application.text.names import name_of
from pos.application.text.pickup_words import CHANNELS
from pos.application.text.translator import LANGUAGE_NAMES, Translator
from pos.application.text.typography import labelled
from pos.domain.errors import BadField, RuleBroken
from pos.domain.pickup.buyer import read_called
from pos.domain.pickup.customer_order import OrderState
from pos.ui.input.actions import PICKUP, TAKE_ORDERS
from pos.ui.look.sounds import Sound
from pos.ui.look.theme import Size, Space
from pos.ui.page.screen import Screen
from pos.ui.page.unsaved_by_another import UnsavedByAnother
from pos.ui.pickup.claim_rows import claim_row
from pos.ui.pickup.claims import Claim, Claims, ClaimState
from pos.ui.pickup.live_view import LiveView
from pos.ui.pickup.sheet_panel import SheetPanel
from pos.ui.session.session import Session
from pos.ui.widgets.buttons.icon_button import ButtonKind, IconButton
from pos.ui.widgets.cards.empty_state import EmptyState
from pos.ui.widgets.cards.notice_bar import Notice
from pos.ui.widgets.drawing.flow import Flow
from pos.ui.widgets.drawing.folding import Folding
from pos.ui.widgets.drawing.layouts import Stretched, hbox, vbox
from pos.ui.widgets.drawing.main_and_side import MainAndSide
from pos.ui.widgets.drawing.text_label import Role, TextLabel
from pos.ui.widgets.drawing.tone import Tone
from pos.ui.widgets.fields.combo_box import ComboBox
from pos.ui.widgets.spoken.announcements import announce
from pos.ui.widgets.tables.choices import offer
from pos.ui.widgets.tables.columns import RowColumn
from pos.ui.widgets.tables.line_table import LineHeader, LineModel, LineTable
from pos.ui.widgets.tables.rows_or_empty import RowsOrEmpty

_TITLE = 130
_SHEET = 460
"""The width of the sheet beside the claims, in pixels, where there is room."""
_LONGEST_GOODS, _LONGEST_BUYER = 60, 100
_NAME_AND_PHONE = re.compile(r"[^\W\d_]+( [^\W\d_]+)*( \+?[0-9]{4,15}| [^\W\d_]+)")
"""A name with a phone behind it, or a name of several words."""


class TakeOrdersScreen(Screen):
    """Claims above, the sheet of the stream beside them. A scan is the goods of the next claim."""

    screen_id = TAKE_ORDERS
    rail = PICKUP
    takes_scans = True

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        theme, key = session.theme, session.actions.key_text
        self.claims = Claims(session, self)
        self.claims.changed.connect(self._present_claims)
        self.claims.taken.connect(self._taken)
        self.claims.refused.connect(self._refused)
        self.claims.undone.connect(self._undone)
        self.claims.stays.connect(self._stays)
        self._title = TextLabel(role=Role.SECTION)
        self.channel, self.language = ComboBox(), ComboBox()
        for box in (self.channel, self.language):
            box.setFixedHeight(Size.SMALL_BUTTON)
        self.goods, self.buyer = QLineEdit(), QLineEdit()
        for field, longest in ((self.goods, _LONGEST_GOODS), (self.buyer, _LONGEST_BUYER)):
            field.setMaxLength(longest)
            field.setFixedHeight(Size.FIELD)
        self.goods.returnPressed.connect(self._goods_entered)
        self.buyer.returnPressed.connect(self._take)
        self.goods.textEdited.connect(lambda _text: self._present_hint())
        self.hint = TextLabel(role=Role.STRONG, wrap=True)
        self.count = TextLabel(role=Role.LABEL, wrap=True)
        self.rows = LineModel(self)
        columns = (
            RowColumn(44),
            RowColumn(share=2, least=120),
            RowColumn(share=1, least=90),
            RowColumn(152, drops=1, joins=True),
        )
        self.table = LineTable(theme, self.rows, columns, has_pictures=False)
        self.table.opened.connect(self._correct)
        self.table.selectionModel().currentChanged.connect(lambda *_: self._row_chosen())
        self._newest = 0
        """The number of the claim that was entered last."""
        self._chosen: int | None = None
        """The number of a claim that a person has chosen to correct it; None while the newest one is in sight."""
        self._is_renewing = False
        self.header = LineHeader(theme, self.table)
        self.empty = EmptyState(theme)
        small = Size.SMALL_BUTTON
        self.back_button = IconButton(theme, icon="undo-2", key=key("undo"), height=small)
        self.live_button = IconButton(theme, icon="monitor", key=key("live_view"), kind=ButtonKind.TINTED, height=small)
        self.back_button.clicked.connect(self.take_back)
        self.live_button.clicked.connect(self.open_live)
        self._chosen_before: tuple[str, str] | None = None
        """The channel and the language that were chosen before a refused claim with its own was corrected."""
        self.sheet = SheetPanel(session)
        self.live: LiveView | None = None
        self.sheet.read_again.connect(self._sheet_read)
        for question in (self.sheet.question, self.sheet.cards):
            question.left.connect(self._focus)
        self.key_handlers = {
            "undo": self.take_back,
            "sheet_add": self.sheet.ask,
            "sheet_remove": self.sheet.remove,
            "print_stream": self.sheet.print_sheet,
            "print_cards": self.sheet.ask_cards,
            "claim_channel": lambda: _step(self.channel),
            "claim_language": lambda: _step(self.language),
            "live_view": self.open_live,
            "live_next": lambda: self._turn(1),
            "live_previous": lambda: self._turn(-1),
            "back": self._back,
        }
        session.person_changed.connect(lambda _person: self._present_claims())
        session.minute_began.connect(lambda _at: self._follow_minute())
        UnsavedByAnother(self, is_there=lambda: bool(self._fields))
        self._lay_out()

    def entered(self) -> None:
        self.sheet.read()
        self.claims.follow()
        self._focus()

    def follow_day(self) -> None:
        self.sheet.read()

    @property
    def _fields(self) -> str:
        """What is typed and not entered."""
        return self.goods.text().strip() + self.buyer.text().strip()

    def waiting(self) -> str:
        n = len(self.claims.open) + bool(self._fields)
        count = number_text(n, self.translator.language)
        return self.translator.plural("{n} claim not recorded", "{n} claims not recorded", n, n=count) if n else ""

    def emptied(self) -> None:
        self.claims.forget()
        self.goods.clear()
        self.buyer.clear()
        self._end_correction()

    def retranslate(self, tr: Translator) -> None:
        self._title.setText(tr("Take orders"))
        offer(self.channel, [(one, name_of(CHANNELS, one, tr)) for one in CHANNELS], self._channel)
        self.channel.setAccessibleName(tr("Channel"))
        languages = [(one, LANGUAGE_NAMES[one]) for one in self.session.shop.translators]
        offer(self.language, languages, self._language)
        self.language.setAccessibleName(tr("Language of the buyer"))
        self.goods.setAccessibleName(tr("Goods"))
        self.buyer.setAccessibleName(tr("Buyer"))
        self.goods.setPlaceholderText(tr("Goods: number or code"))
        self.buyer.setPlaceholderText(tr("Buyer: name or phone"))
        self.table.setAccessibleName(tr("Claims"))
        self.header.name("№", tr("Goods"), tr("Buyer"), tr("State"))
        self.empty.present("zap", tr("No claims yet"), tr("Type the goods, Enter, the buyer, Enter."))
        self.back_button.present(tr.context("claim", "Withdraw"))
        self.live_button.present(tr("Streamer's view"))
        self.sheet.retranslate(tr)
        self._present_hint()
        self._present_claims()

    def scanned(self, text: str) -> None:
        """Goods of the next claim, or of the sheet while it asks for some."""
        if self.sheet.question.is_open:
            self.sheet.question.goods.setText(text)
            self.sheet.question.price.setFocus(Qt.FocusReason.OtherFocusReason)
            self.session.sounds.play(Sound.ACCEPT)
        elif self.buyer.hasFocus() and _NAME_AND_PHONE.fullmatch(text):  # of a very fast hand, as no scanner reads it
            self.buyer.insert(text)
            self._take()
        elif self.goods.text().strip():
            self.session.sounds.play(Sound.UNREAD)
            self.session.notify(
                "pickup.claim",
                lambda: Notice(
                    Tone.NEARLY, self.translator("Finish the claim first, then scan the next goods."), seconds=8
                ),
            )
        else:
            self.goods.setText(text)
            self._present_hint()
            if self._goods_are_clear():
                self.buyer.setFocus(Qt.FocusReason.OtherFocusReason)
                self.session.sounds.play(Sound.ACCEPT)

    # ── claims ───────────────────────────────────────────────────────────────────────────────────────────────

    @property
    def _channel(self) -> str:
        return str(self.channel.currentData() or next(iter(CHANNELS)))

    @property
    def _language(self) -> str:
        return str(self.language.currentData() or self.session.language)

    def _goods_entered(self) -> None:
        if not self.goods.text().strip():
            self.session.sounds.play(Sound.NOTE)
        elif self._goods_are_clear():
            self.buyer.setFocus(Qt.FocusReason.TabFocusReason)
            self.buyer.selectAll()

    def _goods_are_clear(self) -> bool:
        """Whether what is typed has one price on the sheet; else its number is typed over it, as the hint says."""
        try:
            self.sheet.meant(self.goods.text())
        except SeveralSheetNumbers:
            self.session.sounds.play(Sound.REFUSE)
            self.goods.setFocus(Qt.FocusReason.OtherFocusReason)
            self.goods.selectAll()
            return False
        return True

    def _take(self) -> None:
        """Enter in the second field: the claim is kept, and the fields are free for the next one."""
        goods, buyer, person = self.goods.text().strip(), self.buyer.text().strip(), self.session.person
        if person is None:
            return
        if not goods:
            self.session.sounds.play(Sound.NOTE)
            self.goods.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        try:
            if not buyer:
                raise BadField("buyer", "missing")
            read_called(buyer, self._language)
        except RuleBroken as error:
            self._say_refused(error)
            return
        self.session.withdraw("pickup.claim")
        self.goods.clear()
        self.buyer.clear()
        self._present_hint()
        self.claims.add(goods, buyer, self._channel, self._language, person)
        self._end_correction()
        self.goods.setFocus(Qt.FocusReason.OtherFocusReason)

    def take_back(self) -> None:
        """The last claim is none; its goods are free again. The key pressed twice in a moment is one press."""
        if self.session.finishing.is_double() or self.claims.take_back() is None:
            self.session.sounds.play(Sound.NOTE)

    def _undone(self, claim: Claim) -> None:
        self.session.sounds.play(Sound.ACCEPT)

        def notice() -> Notice:
            said = self.translator("Withdrawn: {goods}, {buyer}.", goods=claim.goods, buyer=claim.buyer)
            return Notice(Tone.INFO, said, "undo-2", seconds=10)

        self.session.notify("pickup.taken_back", notice)
        self.sheet.read()

    def _stays(self, claim: Claim, error: Exception) -> None:
        if isinstance(error, RuleBroken):
            self._say_refused(error, claim)
        else:
            self.session.sounds.play(Sound.REFUSE)
            self.session.report_foreseen(error)

    def _correct(self) -> None:
        """Enter on a refused claim: its words stand in the fields again. One that was set aside is sent again."""
        index = self.table.current_row
        shown = list(reversed(self.claims.all))
        claim = shown[index] if 0 <= index < len(shown) else None
        if claim is not None and claim.is_aside:
            self.claims.send_again()
            return
        if claim is None or claim.state is not ClaimState.REFUSED:
            self.session.sounds.play(Sound.NOTE)
            return
        if self._fields:
            self._focus()
            self.session.sounds.play(Sound.NOTE)
            return
        self.goods.setText(claim.goods)
        self.buyer.setText(claim.buyer)
        self._chosen_before = self._channel, self._language
        self._choose(claim.channel, claim.language)
        self.claims.drop(claim)
        self.goods.selectAll()
        self._present_hint()
        self._focus()

    def _choose(self, channel: str, language: str) -> None:
        self.channel.setCurrentIndex(self.channel.findData(channel))
        self.language.setCurrentIndex(self.language.findData(language))

    def _end_correction(self) -> None:
        """The next claims are of the channel and the language that were chosen before one was corrected."""
        if self._chosen_before is not None:
            self._choose(*self._chosen_before)
            self._chosen_before = None

    def _taken(self, claim: Claim) -> None:
        order = claim.order
        is_waiting = order is not None and order.state is OrderState.WAITING
        self.session.sounds.play(Sound.UNKNOWN if is_waiting else Sound.ACCEPT)
        if not self.claims.unsent:
            self.sheet.read()

    def _refused(self, claim: Claim) -> None:
        if isinstance(claim.error, RuleBroken):
            self._say_refused(claim.error, claim)

    def _say_refused(self, error: RuleBroken, claim: Claim | None = None) -> None:
        self.session.sounds.play(Sound.REFUSE)

        def notice() -> Notice:
            said = self.session.wording(error)
            if claim is not None:
                said = labelled(self.translator, f"{claim.goods} · {claim.buyer}", said)
            return Notice(Tone.NEARLY, said, seconds=20)

        self.session.notify("pickup.claim", notice)

    # ── the streamer's view ──────────────────────────────────────────────────────────────────────────────────

    def open_live(self) -> None:
        """Show the streamer's view, in a window of its own."""
        if self.live is None:
            self.live = LiveView(self.session, self)
            self.live.due.connect(self.sheet.read)
        self.live.take(self.sheet.rows_of)
        self.live.open()

    def _turn(self, step: int) -> None:
        if self.live is None or not self.live.isVisible():
            self.open_live()
        else:
            self.live.turn(step)

    def _sheet_read(self, _rows: object) -> None:
        if self.live is not None:
            self.live.take(self.sheet.rows_of)
        self._present_hint()

    # ── display ──────────────────────────────────────────────────────────────────────────────────────────────

    def _follow_minute(self) -> None:
        if self.isVisible() and not self.session.is_away:
            self.claims.follow()

    def _focus(self) -> None:
        if self.isVisible():
            self.goods.setFocus(Qt.FocusReason.OtherFocusReason)

    def _back(self) -> None:
        if self.sheet.close_down():
            return
        if self.goods.text() or self.buyer.text():
            self.goods.clear()
            self.buyer.clear()
            self._end_correction()
            self._present_hint()
            self._focus()
        else:
            self.session.go(PICKUP)

    def _present_hint(self) -> None:
        """The goods that a typed number means, before the buyer is typed."""
        said = self._hint_text()
        if said != self.hint.text():
            self.hint.setText(said)
            self.hint.setVisible(bool(said))
            if said:
                announce(self.goods, said)

    def _hint_text(self) -> str:
        tr = self.translator
        try:
            row = self.sheet.meant(self.goods.text())
        except SeveralSheetNumbers as error:
            return self.session.wording(error)
        if row is None:
            return ""
        price = money_text(row.price, tr.language)
        free = tr("free: {n}", n=number_text(max(0, row.free), tr.language))
        return " · ".join(part for part in (row.product.name_in(tr.language), price, free) if part)

    def _present_claims(self) -> None:
        tr = self.translator
        rows = [
            claim_row(claim, self.session.wording, self._name_of_other(claim), tr)
            for claim in reversed(self.claims.all)
        ]
        self._is_renewing = True
        try:
            self.table.renew(lambda: self.rows.exchange(rows), self.rows.key)
            self._keep_in_sight()
        finally:
            self._is_renewing = False
        self._pages.present(is_empty=not rows)
        states = [claim.state for claim in self.claims.all]
        typed = states.count(ClaimState.TYPED)
        refused = states.count(ClaimState.REFUSED)
        said = [tr("Recorded: {n}", n=number_text(self.claims.recorded, tr.language))]
        if typed:
            said.append(tr("not recorded yet: {n}", n=number_text(typed, tr.language)))
        if refused:
            said.append(tr("refused: {n}", n=number_text(refused, tr.language)))
        self.count.setText(" · ".join(said))
        self.count.set_tone(Tone.NEARLY if typed or refused else None)
        self.back_button.setEnabled(self.claims.last is not None)

    def _name_of_other(self, claim: Claim) -> str:
        """Who typed a claim that is not recorded; empty for the person who is there."""
        here = self.session.person
        is_others = claim in self.claims.open and here is not None and claim.person.name != here.name
        return self.session.names.get(claim.person.name, claim.person.title) if is_others else ""

    def _row_chosen(self) -> None:
        """A row that is chosen by hand stays chosen while there is something to correct or to send again."""
        if not self._is_renewing and self.table.current_row >= 0:
            self._chosen = self.claims.all[-1 - self.table.current_row].number

    def _keep_in_sight(self) -> None:
        """The newest claim is chosen, so that what becomes of it is read without a hand at the list."""
        every = self.claims.all
        chosen = next((one for one in every if one.number == self._chosen), None)
        is_new, self._newest = bool(every) and every[-1].number != self._newest, every[-1].number if every else 0
        if chosen is not None and (chosen.state is ClaimState.REFUSED or chosen.is_aside):
            return
        if is_new:
            self._chosen = None
        if self._chosen is None:
            self.table.choose(0)

    def _lay_out(self) -> None:
        self._pages = RowsOrEmpty(self.header, self.table, self.empty)
        fields = hbox(Stretched(self.goods), Stretched(self.buyer), spacing=Space.M)
        tools = Flow(self.channel, self.language, self.back_button, self.live_button, spacing=Space.S)
        work = vbox(
            fields,
            self.hint,
            Stretched(self._pages),
            self.count,
            spacing=Space.S,
            margins=0,
        )
        vbox(
            Folding(Stretched(self._title), tools, room=_TITLE),
            Stretched(MainAndSide(work, self.sheet, widest=_SHEET, share=40, gap=Space.M)),
            spacing=Space.S,
            margins=(Space.L, Space.M, Space.L, Space.S),
            parent=self,
        )
        self.retranslate(self.translator)


def _step(box: ComboBox) -> None:
    """The next option of a box; behind the last comes the first."""
    box.setCurrentIndex((box.currentIndex() + 1) % max(1, box.count()))
