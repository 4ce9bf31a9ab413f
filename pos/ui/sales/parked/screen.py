"""Parked sales to resume or discard, and money to be given back."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pos.application.outside_partners.settle_attempts import UnsettledMoney
from pos.application.sales.parked_sales import ParkedSale
from pos.application.sales.tables import OpenBasket, parked
from pos.application.tables.listing import Listing
from pos.application.text.formatting import money_text
from pos.application.text.translator import Translator
from pos.domain.outside_partners.attempt import PartnerAttempt
from pos.domain.payment.pending_refund import PendingRefund
from pos.ui.input.actions import CHECKOUT, PARKED
from pos.ui.look.sounds import Sound
from pos.ui.look.theme import Size, Space
from pos.ui.notices.notice_factory import News
from pos.ui.page.save_table import TableSaver
from pos.ui.page.screen import Screen
from pos.ui.sales.parked.basket_file import AutosavedBasket
from pos.ui.sales.parked.parked_table import ParkedHeader, ParkedModel, ParkedTable
from pos.ui.sales.parked.parking import Parking, discard_text
from pos.ui.sales.parked.row_text import ParkedRowText, RowContext, autosaved_row, owed_row, parked_row
from pos.ui.sales.parked.unsettled import Answer, answers, unsettled_row
from pos.ui.session.rail_figures import LEFT_BASKETS, PARKED_SALES, REFUNDS
from pos.ui.session.session import Session
from pos.ui.widgets.buttons.icon_button import ButtonKind, IconButton
from pos.ui.widgets.cards.empty_state import EmptyState
from pos.ui.widgets.cards.notice_bar import Notice
from pos.ui.widgets.drawing.flow import Flow
from pos.ui.widgets.drawing.folding import Folding
from pos.ui.widgets.drawing.layouts import Stretched, vbox
from pos.ui.widgets.drawing.text_label import Role, TextLabel
from pos.ui.widgets.drawing.tone import Tone
from pos.ui.widgets.tables.rows_or_empty import RowsOrEmpty, rows_card

_Parts = tuple[Sequence[ParkedSale], Sequence[PendingRefund], Mapping[str, str], Sequence[UnsettledMoney]]
_EVERY = 20_000
"""Milliseconds after which the remaining minutes are refreshed."""
_SECONDS = 12


_TITLE = 290
"""The pixels that the title keeps beside the buttons."""


class ParkedScreen(Screen):
    """Reads the parked sales and pending refunds each time it is entered: baskets above, tenders below if there are
    any.
    """

    screen_id = PARKED
    rail = PARKED
    refunded = Signal(object)
    """The ids of tenders that were recorded as given back."""

    def __init__(self, session: Session, parking: Parking, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        theme, key = session.theme, session.actions.key_text
        self._controller = parking.controller
        self._autosave = parking.autosave
        parking.counter.refused.connect(self._not_resumed)
        self._parts: _Parts | None = None
        self._asked: object | None = None
        self._is_answered = False
        self._title, self._owed_title = TextLabel(role=Role.SECTION), TextLabel(role=Role.SECTION)
        self._hint = TextLabel(role=Role.LABEL, wrap=True)
        self.news = News(theme, session.translator)
        self.baskets, self.tenders = (ParkedTable(theme, ParkedModel(self)) for _ in range(2))
        self._headers = tuple(ParkedHeader(theme, table) for table in (self.baskets, self.tenders))
        self.empty = EmptyState(theme)
        small = Size.SMALL_BUTTON
        self.resume_button = IconButton(theme, icon="shopping-cart", key="Enter", kind=ButtonKind.PRIMARY, height=small)
        self.discard_button = IconButton(theme, icon="trash-2", key=key("discard_parked"), height=small)
        self.settle_button = IconButton(theme, icon="check", key=key("settle_tender"), height=small)
        self.other_button = IconButton(theme, key=key("settle_other"), height=small)
        self.key_handlers = {
            "discard_parked": self.discard,
            "settle_tender": self.settle,
            "settle_other": self.settle_otherwise,
            "back": self._back,
        }
        TableSaver(self, self._listing)
        self._tick = QTimer(self)
        self._tick.setInterval(_EVERY)
        self._lay_out()
        self._connect()

    @property
    def figures(self) -> frozenset[str]:
        return frozenset({PARKED_SALES, REFUNDS})

    def entered(self) -> None:
        self._is_answered = False
        self._present()
        self.read()
        self._tick.start()
        self.baskets.setFocus()

    def left(self) -> None:
        self._tick.stop()
        self._asked = None
        self.news.clear()

    def emptied(self) -> None:
        """The current basket was discarded on purpose."""
        self._autosave.empty()

    def retranslate(self, tr: Translator) -> None:
        self.news.retranslate(tr)
        self._headers[0].retranslate(tr)
        self._headers[1].retranslate(tr, pieces=False)
        self._title.setText(tr("Parked sales"))
        self._hint.setText(tr("Card or QR payments of refused sales, and what is not settled at payment providers."))
        self.resume_button.present(tr("Resume"))
        self.discard_button.present(tr("Discard"))
        self.baskets.setAccessibleName(tr("Parked sales"))
        self.tenders.setAccessibleName(tr("To refund"))
        key = self.session.actions.key_text("park")
        hint = tr("{key} at the checkout parks the basket. Goods and allowance are held for a limited time.", key=key)
        self.empty.present("pause", tr("No parked sales"), hint)
        self._present()

    def read(self) -> None:
        """Read the parked sales and pending refunds."""
        shop = self.session.shop

        def read_all() -> _Parts:
            owed = shop.owed_money.all()
            known = {one.tender for one in owed}
            unsettled = [one for one in shop.open_attempts(everywhere=True) if one.attempt.number not in known]
            return shop.parked_sales.all(), owed, shop.sign_in.names(), unsettled

        self.session.run(read_all, self._take)
        for basket in self._autosave.baskets:  # of what was given back meanwhile nothing is received any more
            self._autosave.look_at_money(basket)

    # ── keys and buttons ─────────────────────────────────────────────────────────────────────────────────────

    def resume(self) -> None:
        """Enter: resume the chosen basket."""
        item, person, sales = self._chosen(), self.session.person, self.session.shop.parked_sales
        if isinstance(item, AutosavedBasket):
            self._autosave.resume(item)
        elif isinstance(item, ParkedSale) and person is not None:
            self._controller.resume(partial(sales.resume, item.basket.key, person))

    def discard(self) -> None:
        """Del: ask, and discard the chosen basket with a second Del."""
        item = self._chosen()
        if not isinstance(item, (ParkedSale, AutosavedBasket)):
            return
        if self._asked == item and self.news.kind == "parked.discard":
            self._discard(item)
            return
        self._asked = item
        self.session.sounds.play(Sound.NOTE)
        basket = item.basket if isinstance(item, ParkedSale) else item.summary
        amount, key = basket.total, self.session.actions.key_text("discard_parked")
        given = item.given if isinstance(item, AutosavedBasket) else None

        def make_notice(tr: Translator) -> Notice:
            return Notice(Tone.NEARLY, discard_text(amount, given, tr), "trash-2", tr("Discard"), key)

        self.news.notify("parked.discard", make_notice, lambda: self._discard(item))

    def settle(self) -> None:
        """Record that the chosen tender was given back; of money at a provider, its first answer."""
        person, owed = self.session.person, self.session.shop.owed_money
        tender = self._chosen_tender()
        if isinstance(tender, UnsettledMoney):
            self._answer(answers(tender, self.session.shop)[0])
            return
        if not isinstance(tender, PendingRefund) or person is None:
            return

        def settled(_done: None) -> None:
            self.session.sounds.play(Sound.ACCEPT)
            self.refunded.emit({tender.tender})
            self.session.finishing.turned()  # another refund takes its row
            self._notify(
                Tone.WITHIN,
                "check",
                lambda tr: tr("{amount} recorded as refunded.", amount=money_text(tender.amount, tr.language)),
            )
            self.read()

        self.session.run(lambda: owed.settle(tender, person), settled, self._refused)

    def settle_otherwise(self) -> None:
        """The second answer about money at a provider."""
        tender = self._chosen_tender()
        if isinstance(tender, UnsettledMoney):
            self._answer(answers(tender, self.session.shop)[1])

    def _answer(self, answer: Answer | None) -> None:
        def answered(after: object) -> None:
            self.session.sounds.play(Sound.ACCEPT)
            self.session.finishing.turned()
            if isinstance(after, PartnerAttempt):
                self.session.partners.take(after, self.session.shop.now())
            self.session.partners.look_again.emit()
            self.read()

        if answer is None:
            self.session.sounds.play(Sound.NOTE)
        else:
            self.session.run_as(answer.step, answered, self._refused)

    def _chosen_tender(self) -> object | None:
        model, index = self.tenders.model(), max(self.tenders.current_row, 0)
        return model.thing(index) if isinstance(model, ParkedModel) and index < model.rowCount() else None

    def _present_answers(self) -> None:
        """The words of the buttons are those of the chosen row."""
        tender, tr = self._chosen_tender(), self.translator
        of_row = answers(tender, self.session.shop) if isinstance(tender, UnsettledMoney) else (None, None)
        first = tr("Mark as refunded") if isinstance(tender, PendingRefund) else ""
        for button, answer, said in zip((self.settle_button, self.other_button), of_row, (first, "")):
            said = said if answer is None else tr(answer.text)
            button.present(said)
            button.setVisible(bool(said))

    def _settle_by_enter(self) -> None:
        """Enter on a refund records it as F9 does: pressed twice it is one press."""
        finishing = self.session.finishing
        if finishing.counts():
            finishing.finish()
            self.settle()

    def _discard(self, item: ParkedSale | AutosavedBasket) -> None:
        person, sales = self.session.person, self.session.shop.parked_sales
        self._asked = None
        self.news.clear()
        if isinstance(item, AutosavedBasket):
            self._autosave.discard(item)
        elif person is not None:
            key = item.basket.key
            self.session.run(lambda: sales.discard(key, person), self._discarded, self._refused)

    def _discarded(self, _done: None) -> None:
        self.session.sounds.play(Sound.ACCEPT)
        self._notify(Tone.WITHIN, "trash-2", lambda tr: tr("Basket discarded."))
        self.read()

    def _refused(self, error: Exception) -> None:
        self.session.sounds.play(Sound.REFUSE)
        self.news.notify(
            "parked.refused", lambda _tr: Notice(Tone.NEARLY, self.session.wording(error), seconds=_SECONDS)
        )
        self.read()

    def _notify(self, tone: Tone, icon: str, text: Callable[[Translator], str]) -> None:
        self.news.notify("parked.done", lambda tr: Notice(tone, text(tr), icon, seconds=_SECONDS))

    def _chosen(self) -> object | None:
        model = self.baskets.model()
        return model.thing(self.baskets.current_row) if isinstance(model, ParkedModel) else None

    def _chose_basket(self) -> None:
        """A question about another row goes with it."""
        if self.news.kind == "parked.discard" and self._chosen() != self._asked:
            self._asked = None
            self.news.clear()

    def _back(self) -> None:
        if self.news.notice is not None:
            self._asked = None
            self.news.clear()
        else:
            self.session.go(CHECKOUT)

    # ── display ──────────────────────────────────────────────────────────────────────────────────────────────

    def _take(self, parts: _Parts) -> None:
        self._parts, self._is_answered = parts, True
        self.session.figures.take(PARKED_SALES, len(parts[0]))
        self.session.figures.take(REFUNDS, len(parts[1]) + sum(one.needs_person for one in parts[3]))
        self._present()

    def _present(self) -> None:
        tr, session = self.translator, self.session
        parked, owed, names, unsettled = self._parts or ((), (), {}, ())
        of_center = session.center.is_member
        context = RowContext(session.shop.now(), session.settings.zone, session.shop.till, names, of_center)
        baskets: list[tuple[object, ParkedRowText]] = [
            (one, autosaved_row(one, context, tr)) for one in self._autosave.baskets
        ]
        baskets += [(one, parked_row(one, context, tr)) for one in parked]
        stays = self.baskets.present(baskets)
        tenders: list[tuple[object, ParkedRowText]] = [(one, owed_row(one, context, tr)) for one in owed]
        tenders += [(one, unsettled_row(one, context, tr)) for one in unsettled]
        stays = self.tenders.present(tenders) and stays
        if not stays and self.isVisible():
            session.finishing.turned()  # the same key would take the row that stands there now
        self._pages.present(is_empty=self._is_answered and not baskets)
        for button in (self.resume_button, self.discard_button):
            button.setVisible(bool(baskets))
        self._owed_title.setText(tr("Not settled") if unsettled else tr("To refund"))
        self._owed_part.setVisible(bool(tenders))
        self.tenders.setFixedHeight(min(len(tenders), 4) * Size.ROW)
        self._present_answers()

    def _listing(self) -> Listing:
        shop = self.session.shop
        left = [OpenBasket(one.at, shop.till, one.person, one.summary) for one in self._autosave.baskets]
        return parked(shop.parked_sales, shop.owed_money, left)

    def _count_left(self) -> None:
        self.session.figures.take(LEFT_BASKETS, len(self._autosave.baskets))

    def _resumed(self, _resumed: object, _total: object) -> None:
        if self.isVisible():
            self.session.go(CHECKOUT)

    def _not_resumed(self, error: Exception) -> None:
        if self.isVisible():
            self._refused(error)

    def _connect(self) -> None:
        self.baskets.opened.connect(self.resume)
        self.baskets.selectionModel().currentChanged.connect(lambda *_: self._chose_basket())
        self.resume_button.clicked.connect(self.resume)
        self.discard_button.clicked.connect(self.discard)
        self.settle_button.clicked.connect(self.settle)
        self.other_button.clicked.connect(self.settle_otherwise)
        self.tenders.selectionModel().currentChanged.connect(lambda *_: self._present_answers())
        self.session.partners.changed.connect(lambda _attempt: self.read() if self.isVisible() else None)
        self.tenders.opened.connect(self._settle_by_enter)
        self._tick.timeout.connect(self.read)
        self._autosave.changed.connect(self._present)
        self._autosave.changed.connect(self._count_left)
        self.session.center.changed.connect(self._present)
        self._count_left()
        self._controller.resumed.connect(self._resumed)

    def _lay_out(self) -> None:
        buttons = Flow(self.discard_button, self.resume_button, aligns_right=True)
        head = Folding(Stretched(self._title), buttons, room=_TITLE, spacing=Space.S)
        self._pages = RowsOrEmpty(self._headers[0], self.baskets, self.empty)
        self._owed_part = QWidget()
        owed = QVBoxLayout(self._owed_part)
        owed.setContentsMargins(0, Space.S, 0, 0)
        owed.setSpacing(0)
        owed_head = QHBoxLayout()
        owed_head.setSpacing(Space.S)
        names = vbox(self._owed_title, self._hint, spacing=0)
        owed_head.addLayout(names, 1)
        owed_head.addWidget(self.other_button)
        owed_head.addWidget(self.settle_button)
        owed.addLayout(owed_head)
        owed.addWidget(rows_card(self._headers[1], self.tenders))
        vbox(
            head,
            self.news,
            Stretched(self._pages),
            self._owed_part,
            spacing=Space.S,
            margins=(Space.M, Space.S, Space.M, Space.S),
            parent=self,
        )
