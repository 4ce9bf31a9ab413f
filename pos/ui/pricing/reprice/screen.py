"""Many prices in one step: chosen and looked at, set together, withdrawn together until they are in force."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from pos.application.pricing.change_prices import (
    MOST,
    PriceChangeMade,
    RepricedPage,
    RepricedTally,
    RepriceRequest,
)
from pos.application.pricing.tables import repriced
from pos.application.tables.listing import Listing
from pos.application.text.formatting import instant_text, money_text, number_text
from pos.application.text.translator import Translator
from pos.application.text.typography import paragraph
from pos.domain.errors import BadField, InfrastructureError, MovedMeanwhile, RuleBroken
from pos.domain.staff.staff import Person
from pos.ui.input.actions import REPRICE
from pos.ui.look.sounds import Sound
from pos.ui.look.theme import Size, Space
from pos.ui.notices.notice_factory import ENTER, News
from pos.ui.page.save_table import TableSaver
from pos.ui.page.screen import Screen
from pos.ui.pricing.reprice.reprice_form import RepriceForm
from pos.ui.pricing.reprice.reprice_table import RepriceHeader, RepriceModel, RepriceTable
from pos.ui.session.session import Session
from pos.ui.widgets.buttons.icon_button import IconButton
from pos.ui.widgets.cards.empty_state import EmptyState
from pos.ui.widgets.cards.notice_bar import Notice
from pos.ui.widgets.drawing.layouts import Aligned, Stretched, hbox, vbox
from pos.ui.widgets.drawing.main_and_side import MainAndSide
from pos.ui.widgets.drawing.text_label import Role, TextLabel
from pos.ui.widgets.drawing.tone import Tone
from pos.ui.widgets.fields.key_positions import ENTERS
from pos.ui.widgets.tables.rows_or_empty import RowsOrEmpty

_PAGE = 100
_PAUSE_MS = 200
_SECONDS = 10


class RepriceScreen(Screen):
    """What would change is asked again as one types. Setting asks once more where goods would sell below what they
    cost, or where it holds at once and cannot be taken back.
    """

    screen_id = REPRICE

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        theme, key = session.theme, session.actions.key_text
        self._question = 0
        self._request: RepriceRequest | None = None
        self._tally: RepricedTally | None = None
        self._next: int | None = None
        self._pending: Sequence[PriceChangeMade] = ()
        self._busy = self._is_loading = False
        self._title = TextLabel(role=Role.SECTION)
        self.news = News(theme, session.translator)
        self.form = RepriceForm(session)
        self.rows = RepriceModel(self)
        self.table = RepriceTable(theme, self.rows)
        self._header = RepriceHeader(theme, self.table)
        self.empty = EmptyState(theme)
        self.coming = TextLabel(role=Role.LABEL, wrap=True)
        self.withdraw_button = IconButton(theme, icon="undo-2", key=key("withdraw_prices"), height=Size.SMALL_BUTTON)
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(_PAUSE_MS)
        self.key_handlers = {"set_prices": self.submit, "withdraw_prices": self.withdraw, "back": self._back}
        TableSaver(self, self._listing)
        self._listen()
        self._lay_out()

    def entered(self) -> None:
        office, browse = self.session.shop.office, self.session.shop.browse

        def read(person: Person) -> tuple[Sequence[str], Sequence[PriceChangeMade]]:
            suppliers = browse.suppliers(person) if person.may("catalogue") else ()  # it is a right of its own
            return suppliers, office.change_prices.pending(person)

        def done(loaded: tuple[Sequence[str], Sequence[PriceChangeMade]]) -> None:
            self.form.present_suppliers(loaded[0])
            self._take_pending(loaded[1])

        self.session.run_as(read, done)
        self.form.follow_day()
        self.ask()
        self.form.begin()

    def _listing(self) -> Listing | None:
        request = self._request
        return None if request is None else repriced(self.session.shop.office.change_prices, request)

    @property
    def changes_at(self) -> datetime | None:
        return min((one.since for one in self._pending), default=None)

    def follow_day(self) -> None:
        self.form.follow_day()
        self.session.run_as(self.session.shop.office.change_prices.pending, self._take_pending)

    def left(self) -> None:
        self.news.clear()

    def retranslate(self, tr: Translator) -> None:
        self._title.setText(tr("Bulk price change"))
        self.news.retranslate(tr)
        self.form.retranslate(tr)
        self._header.retranslate(tr)
        self.rows.speak(tr)
        self.table.setAccessibleName(tr("Price changes"))
        self._present()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter in the table presses the button of the question."""
        if event.key() in ENTERS:
            self.news.confirm()
        else:
            super().keyPressEvent(event)

    # ── what would change ────────────────────────────────────────────────────────────────────────────────────

    def ask(self) -> None:
        """Ask what is typed would change."""
        self._wait.stop()
        self._question += 1
        question, step = self._question, self.session.shop.office.change_prices
        self._tally = None  # until it is counted again nothing on show is what would be set
        self.news.clear()
        self.form.clear_errors()
        try:
            request = self.form.request()
        except BadField as error:
            if self.form.value.text().strip():
                self._complain(error)
            self._show(None, None)
            return

        def shown(page: RepricedPage) -> None:
            if question == self._question:
                self._show(request, page)
                self.session.run_as(lambda person: step.tally(person, request), counted, failed)

        def counted(tally: RepricedTally) -> None:
            if question == self._question:
                self._tally = tally
                self._present()

        def failed(error: Exception) -> None:
            if question == self._question:
                self._show(None, None)
                self._say_why(error)

        self.session.run_as(lambda person: step.page(person, request, 0, _PAGE), shown, failed)

    def _typed(self) -> None:
        """A question was about what stood in the form before."""
        self.news.clear()
        self._wait.start()

    def _load_more(self) -> None:
        request, after, step = self._request, self._next, self.session.shop.office.change_prices
        if self._is_loading or after is None or request is None:
            return
        self._is_loading = True
        question = self._question

        def done(page: RepricedPage) -> None:
            self._is_loading = False
            if question == self._question:
                self._next = page.next
                self.rows.append(page.rows)
                self.table.look_ahead()

        self.session.run_as(lambda person: step.page(person, request, after, _PAGE), done, self._load_failed)

    def _load_failed(self, error: Exception) -> None:
        self._is_loading = False
        self._say_why(error)

    def _show(self, request: RepriceRequest | None, page: RepricedPage | None) -> None:
        """Show the first page; how many there are is counted after it."""
        self._request, self._tally = request, None
        self._next = None if page is None else page.next
        self.rows.present(() if page is None else page.rows)
        self._present()
        if page is not None:
            self.table.look_ahead()

    # ── what is done ─────────────────────────────────────────────────────────────────────────────────────────

    def submit(self) -> None:
        """Set the prices on show; where it cannot be taken back or goods would lose money, after one more look."""
        if self.news.notice is not None and self.news.notice.action_key == ENTER:
            self.news.confirm()
            return
        try:
            is_moved = self.form.settle()
        except BadField as error:
            self._refused(error)
            return
        if is_moved or self._wait.isActive():
            self.ask()
            return
        request, tally = self._request, self._tally
        if request is None or tally is None or not tally.goods or self._busy:
            return
        is_refused = bool(tally.impossible) or tally.goods > MOST  # the shop names what cannot be
        if is_refused or (request.since is not None and not tally.below_cost and not tally.unlikely):
            self._set(request, tally)
            return

        def asking(tr: Translator) -> Notice:
            below = tr.plural(
                "{n} price would be below cost.", "{n} prices would be below cost.", tally.below_cost
            )  # fmt: skip
            at_once = tr("The new prices are valid immediately. They cannot be cancelled together.")
            sentences = (below if tally.below_cost else "", at_once if request.since is None else "")
            said = paragraph(tr, (*sentences, self._unlikely_text(tally, tr)))
            return Notice(Tone.NEARLY, said, "triangle-alert", tr("Apply anyway"), ENTER)

        self.session.sounds.play(Sound.UNKNOWN)
        self.news.notify("reprice.confirm", asking, lambda: self._set(request, tally))
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def withdraw(self) -> None:
        """Take back the change that comes first, with all its prices: the first press asks, the second one does it."""
        step = self.session.shop.office.change_prices
        if not self._pending or self._busy:
            return
        change = self._pending[0]
        no, key = change.no, self.session.actions.key_text("withdraw_prices")

        def asking() -> Notice:
            tr = self.translator
            since = instant_text(change.since, self.session.settings.zone, tr.language)
            text = tr.plural(
                "Cancel {n} scheduled price from {since}? Press {key} again to confirm.",
                "Cancel {n} scheduled prices from {since}? Press {key} again to confirm.",
                change.goods,
                n=self._number(change.goods),
                since=since,
                key=key,
            )
            return Notice(Tone.NEARLY, text, seconds=_SECONDS)

        if not self.session.sure("reprice.withdraw", (no, change.goods), asking):
            return
        self._busy = True
        self.session.run_as(
            lambda person: (step.withdraw(person, no), step.pending(person)),
            lambda outcome: self._did(outcome[0], outcome[1]),
            self._not_withdrawn,
        )

    def _set(self, request: RepriceRequest, tally: RepricedTally) -> None:
        step = self.session.shop.office.change_prices
        if self._busy:
            return
        self._busy = True
        self.session.run_as(
            lambda person: (step(person, request, tally), step.pending(person)),
            lambda outcome: self._did(outcome[0], outcome[1], request),
            self._refused,
        )

    def _did(
        self, made: PriceChangeMade, pending: Sequence[PriceChangeMade], request: RepriceRequest | None = None
    ) -> None:
        """The change that was `wanted` is made; None: one was withdrawn."""
        withdrawn = request is None
        self._busy = False
        self.session.sounds.play(Sound.ACCEPT)
        if not withdrawn and self._request == request and not self._wait.isActive():  # else more was typed meanwhile
            self.form.clear()
        self.ask()
        self._take_pending(pending)

        def make_notice(tr: Translator) -> Notice:
            since = instant_text(made.since, self.session.settings.zone, tr.language)
            if withdrawn:
                text = tr.plural(
                    "{n} scheduled price cancelled.", "{n} scheduled prices cancelled.", made.goods
                )  # fmt: skip
            else:
                text = tr.plural(
                    "{n} new price from {since}.", "{n} new prices from {since}.", made.goods, since=since
                )  # fmt: skip
            return Notice(Tone.WITHIN, text, "check", seconds=_SECONDS)

        self.news.notify("reprice.done", make_notice)

    def _not_withdrawn(self, error: Exception) -> None:
        """What is scheduled is read again: another manager may have withdrawn it, or it is in force."""
        self._refused(error)
        self.session.run_as(self.session.shop.office.change_prices.pending, self._take_pending)

    def _refused(self, error: Exception) -> None:
        self._busy = False
        self._say_why(error)

    def _say_why(self, error: Exception) -> None:
        self.session.sounds.play(Sound.REFUSE)
        self.report_elsewhere(error)
        if isinstance(error, MovedMeanwhile):
            self.ask()  # what would change by now
        if isinstance(error, BadField):
            self._complain(error)
        elif isinstance(error, RuleBroken | InfrastructureError):
            self.news.notify(
                "reprice.refused", lambda _tr: Notice(Tone.NEARLY, self.session.wording(error), seconds=_SECONDS)
            )

    def _complain(self, error: BadField) -> None:
        def words() -> str:
            return self.session.wording(BadField(self.form.name_of_field(error.field), error.what, error.value))

        self.form.complain(error, words)

    def _take_pending(self, pending: Sequence[PriceChangeMade]) -> None:
        self._pending = pending
        next_one = pending[0] if pending else None
        if self.session.question != ("reprice.withdraw", next_one and (next_one.no, next_one.goods)):
            self.session.withdraw("reprice.withdraw")  # the question was about another change
        self._present()

    def _back(self) -> None:
        if self.news.notice is not None:
            self.news.clear()
        else:
            self.form.clear()
        self.form.begin()

    # ── words and layout ─────────────────────────────────────────────────────────────────────────────────────

    def _present(self) -> None:
        tr, tally = self.translator, self._tally
        goods = 0 if tally is None or tally.goods > MOST or tally.impossible else tally.goods
        self._pages.present(is_empty=not self.rows.rowCount())
        if self._request is None:
            self.empty.present(
                "badge-percent",
                tr("Enter the change"),
                tr("Type a percentage or an amount. The changes are shown here before you apply them."),
            )
        else:
            self.empty.present("tag", tr("No price changes"), tr("Choose other products or another change."))
        setting = tr.plural("Apply {n} price", "Apply {n} prices", goods, n=self._number(goods))
        self.form.button.present(setting if goods else tr("Apply new prices"))
        self.form.button.setEnabled(bool(goods))
        self.form.summary.setText("" if tally is None else self._summary_text(tally, tr))
        self.form.summary.setVisible(tally is not None)
        self.coming.setVisible(bool(self._pending))
        self.withdraw_button.setVisible(bool(self._pending))
        if self._pending:
            n = self._pending[0].goods
            text = tr.plural("Cancel {n} scheduled price", "Cancel {n} scheduled prices", n, n=self._number(n))
            self.withdraw_button.present(text)
        self.coming.setText("\n".join(self._line(one) for one in self._pending[:3]))

    def _start_text(self, tr: Translator) -> str:
        """From when the prices will be valid: its field may be scrolled out of sight."""
        request = self._request
        if request is None:
            return ""
        if request.since is None:
            return tr("Valid immediately.")
        return tr("Valid from {since}.", since=instant_text(request.since, self.session.settings.zone, tr.language))

    def _summary_text(self, tally: RepricedTally, tr: Translator) -> str:
        if tally.goods > MOST:
            return tr("At most {most} prices can be changed at once.", most=self._number(MOST))
        parts = [tr("Changes: {n}.", n=self._number(tally.goods - tally.impossible)), self._start_text(tr)]
        if tally.below_cost:
            parts.append(tr("Below cost: {n}.", n=self._number(tally.below_cost)))
        if tally.impossible:
            n = self._number(tally.impossible)
            parts.append(tr("Not possible: {n}. Nothing is applied until they are left out.", n=n))
        return paragraph(tr, parts)

    def _unlikely_text(self, tally: RepricedTally, tr: Translator) -> str:
        """How many prices look like a slip, with an example; empty for none."""
        example = tally.example
        if example is None:
            return ""
        return tr.plural(
            "{n} price would change tenfold or more. {goods}: {new} instead of {old}.",
            "{n} prices would change tenfold or more, such as {goods}: {new} instead of {old}.",
            tally.unlikely,
            n=self._number(tally.unlikely),
            goods=example.good.name_in(tr.language),
            new=money_text(example.new, tr.language),
            old=money_text(example.good.price, tr.language),
        )

    def _line(self, one: PriceChangeMade) -> str:
        tr = self.translator
        since = instant_text(one.since, self.session.settings.zone, tr.language)
        who = self.session.names.get(one.person, one.person)
        return tr("From {since}, new prices: {n} · {person}", since=since, n=self._number(one.goods), person=who)

    def _number(self, n: int) -> str:
        return number_text(n, self.translator.language)

    def _listen(self) -> None:
        self._wait.timeout.connect(self.ask)
        self.form.changed.connect(self._typed)
        self.form.submitted.connect(self.submit)
        self.table.wants_more.connect(self._load_more)
        self.withdraw_button.clicked.connect(self.withdraw)

    def _lay_out(self) -> None:
        self._pages = RowsOrEmpty(self._header, self.table, self.empty)
        coming = hbox(Stretched(self.coming), Aligned(self.withdraw_button, Qt.AlignmentFlag.AlignTop), spacing=Space.M)
        main = vbox(
            self._title,
            self.news,
            Stretched(self._pages),
            coming,
            spacing=Space.S,
            margins=(Space.L, Space.M, Space.L, Space.M),
        )
        vbox(MainAndSide(main, self.form), spacing=0, margins=0, parent=self)
