"""The board of customer orders: lists by state, a search, the chosen order and its steps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QWidget

from pos.application.pickup.order_allowance import CarriesAlone, OrderToJudge
from pos.application.pickup.tables import orders
from pos.application.ports.pickup_ports import OrderFilter
from pos.application.tables.listing import Listing
from pos.application.text.formatting import number_text
from pos.application.text.translator import Translator
from pos.domain.errors import RuleBroken
from pos.domain.pickup.customer_order import CustomerOrder, OrderState
from pos.domain.pickup.pickup_code import is_pickup_scan, read_pickup_code
from pos.ui.input.actions import PICKUP, TAKE_ORDERS
from pos.ui.look.sounds import Sound
from pos.ui.look.theme import Size, Space
from pos.ui.page.save_table import TableSaver
from pos.ui.page.screen import Screen
from pos.ui.pickup.order_list import OrderList
from pos.ui.pickup.order_panel import PickupPanel
from pos.ui.pickup.order_words import LISTS, TELL, advice_lines
from pos.ui.pickup.orders_from_file import OrdersFromFile
from pos.ui.pickup.steps import PickupSteps
from pos.ui.session.rail_figures import ORDERS_READY, ORDERS_TO_TELL
from pos.ui.session.session import Session
from pos.ui.widgets.buttons.badge import Badge
from pos.ui.widgets.buttons.icon_button import ButtonKind, IconButton
from pos.ui.widgets.buttons.segmented import Segment
from pos.ui.widgets.buttons.tab_strip import TabStrip
from pos.ui.widgets.cards.notice_bar import Notice
from pos.ui.widgets.drawing.flow import Flow
from pos.ui.widgets.drawing.folding import Folding
from pos.ui.widgets.drawing.layouts import Stretched, vbox
from pos.ui.widgets.drawing.main_and_side import MainAndSide
from pos.ui.widgets.drawing.text_label import Role, TextLabel
from pos.ui.widgets.drawing.tone import Tone

_TITLE = 240
"""The pixels that the title keeps beside the buttons."""
_ADVICE_MS = 250
"""Milliseconds for which an order stands on show before it is judged."""


class PickupScreen(Screen):
    """A scanned QR finds its order, and goods that are scanned while an order is packed are counted off.

    `hand_out_requested` carries the code of an order whose basket is to be opened at the checkout.
    """

    screen_id = PICKUP
    rail = PICKUP
    takes_scans = True
    takes_pickups = True
    hand_out_requested = Signal(str)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._counts: Mapping[str, int] = {}
        self._advice: Sequence[CarriesAlone] = ()
        self._advised = ""
        """The code of the order about which something is said beforehand."""
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_ADVICE_MS)
        self._soon.timeout.connect(self._judge)
        self._title = TextLabel(role=Role.SECTION)
        self.tabs = TabStrip(session.theme, "")
        self.tabs.chosen.connect(self.show_list)
        small = Size.SMALL_BUTTON
        self.take_button = IconButton(
            session.theme, icon="zap", key=session.actions.key_text("take_orders"), kind=ButtonKind.TINTED, height=small
        )
        self.list_button = IconButton(
            session.theme, icon="clipboard-list", key=session.actions.key_text("print_pick_list"), height=small
        )
        self.import_button = IconButton(
            session.theme, icon="file-up", key=session.actions.key_text("import_pickups"), height=small
        )
        self.take_button.clicked.connect(self._take_orders)
        self.panel = PickupPanel(session)
        self.list = OrderList(session)
        self.list.table.sideways.connect(self._beside)
        self.list.opened.connect(self._open)
        self.list.chose.connect(self._chose)
        self.steps = PickupSteps(session, self.panel)
        self.list.unfinished = lambda: self.steps.unfinished
        self.list.stayed.connect(self.steps.say_unfinished)
        self.list_button.clicked.connect(self.steps.print_list)
        self.steps.changed.connect(self._changed)
        self.steps.handed.connect(self._hand_out)
        self.panel.requested.connect(self.steps.request)
        self.panel.asking.connect(self._keep)
        self.key_handlers = {
            "find_pickup": self._find,
            "take_orders": self._take_orders,
            "next_pickup_list": lambda: self._beside(1, around=True),
            **self.steps.handlers,
            "back": self._back,
        }
        saver = TableSaver(self, self._listing)
        self.orders_file = OrdersFromFile(self, saver)
        self.orders_file.taken.connect(self.read)
        self.key_handlers["import_pickups"] = self.orders_file.choose
        self.import_button.clicked.connect(self.orders_file.choose)
        for question in self.panel.questions:
            question.left.connect(self._focus)
        session.minute_began.connect(lambda _at: self._follow_minute())
        self._lay_out()

    @property
    def figures(self) -> frozenset[str]:
        return frozenset({ORDERS_TO_TELL, ORDERS_READY})

    def entered(self) -> None:
        self.read()
        self.list.box.setFocus(Qt.FocusReason.OtherFocusReason)
        self.list.box.field.selectAll()  # what is typed next is another search

    def follow_day(self) -> None:
        self._follow_minute()

    def retranslate(self, tr: Translator) -> None:
        self._title.setText(tr("Customer orders"))
        self.tabs.setAccessibleName(tr("Which list"))
        self.take_button.present(tr("Take orders"))
        self.list_button.present(tr("Pick-up list"))
        self.import_button.present(tr("Import"))
        self.list.retranslate(tr)
        self.panel.retranslate(tr)
        self._present_advice()
        self._present_tabs()

    def scanned(self, text: str) -> None:
        """The QR of an order finds it; goods are counted off while an order is packed."""
        if is_pickup_scan(text):
            self._find_scanned(text)
        elif self.steps.is_packing:
            self.steps.packing.scan(text)
        else:
            self.notify_unread(lambda: self.translator("Choose an order and pack it first, then scan its goods."))

    def show_order(self, code: str) -> None:
        """Show one order, of whatever list."""
        self.list.seek(code, choosing=code)

    def read(self) -> None:
        """Read counts and rows again."""
        board = self.session.shop.pickup.find
        self.session.run_as(board.counts, self._take_counts)
        self.list.read()

    def show_list(self, which: str) -> None:
        """Show another list; a question about the order on show is answered or left before."""
        if self.panel.asked is not None and (which != self.list.which or self.steps.unfinished):
            self.steps.say_unfinished()
            self._present_tabs()
            return
        self.list.show_list(which)
        self._present_tabs()
        self.list.table.choose(0)

    # ── keys ─────────────────────────────────────────────────────────────────────────────────────────────────

    def _find(self) -> None:
        self.list.box.field.selectAll()
        self.list.box.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _find_scanned(self, text: str) -> None:
        try:
            code = read_pickup_code(text).signs
        except RuleBroken as error:
            self.session.sounds.play(Sound.UNREAD)
            self.session.report(error)
            return
        if self.steps.unfinished not in ("", code):
            self.steps.say_unfinished()
            return
        self.session.sounds.play(Sound.ACCEPT)
        self.show_order(code)
        self._present_tabs()

    def _take_orders(self) -> None:
        self.session.go(TAKE_ORDERS)

    def _beside(self, step: int, *, around: bool = False) -> None:
        lists = list(LISTS)
        at = lists.index(self.list.which) + step
        if around:
            at %= len(lists)
        if 0 <= at < len(lists):
            self.show_list(lists[at])

    def _open(self) -> None:
        """Enter on a row: the cursor goes to the lines of the order."""
        order = self.panel.order
        if order is not None:
            self.panel.lines.setFocus(Qt.FocusReason.OtherFocusReason)

    def _hand_out(self, code: str) -> None:
        person = self.session.person
        if person is not None and person.may("sell"):
            self.hand_out_requested.emit(code)
        else:
            self.session.sounds.play(Sound.REFUSE)
            self.session.notify(
                "pickup.scan",
                lambda: Notice(
                    Tone.NEARLY, self.translator("Orders are handed out at the checkout, by a cashier."), seconds=10
                ),
            )

    def _back(self) -> None:
        asked = self.panel.asked
        if asked is not None:
            asked.close_down()
        elif self.list.is_search:
            self.show_list(self.list.which)
            self.list.box.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.list.table.choose(0)

    # ── display ──────────────────────────────────────────────────────────────────────────────────────────────

    def _focus(self) -> None:
        if self.isVisible():
            self.list.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _follow_minute(self) -> None:
        if self.isVisible() and not self.session.is_away and self.panel.asked is None:
            self.read()

    def _chose(self, order: CustomerOrder | None) -> None:
        if order is None and self.list.is_behind:
            return
        before = self.panel.order
        if before is not None and (order is None or order.code != before.code):
            self.session.withdraw("pickup.give_back")  # it is asked of the order on show
        self.panel.present(order, self.translator)
        if order is None or before is None or before.code != order.code:
            self._advise(order)

    def _advise(self, order: CustomerOrder | None) -> None:
        """Say beforehand where one person may not carry it; the allowance is judged at the pick-up."""
        self._advice, self._advised = (), "" if order is None or not order.is_open else order.code
        self._present_advice()
        if self._advised:
            self._soon.start()  # a cursor that goes through the rows asks for none of them
        else:
            self._soon.stop()

    def _judge(self) -> None:
        order, session, allowance = self.panel.order, self.session, self.session.shop.pickup.allowance
        if order is None or order.code != self._advised:
            return
        code = order.code

        def unsaid(_error: Exception) -> None:
            """It is advice: the order can be handed out without it."""

        def advised(advice: Sequence[CarriesAlone]) -> None:
            if code == self._advised:
                self._advice = advice
                self._present_advice()

        def read(to_judge: OrderToJudge) -> None:
            if code == self._advised:
                session.think(to_judge.judged, advised, unsaid)

        session.run_as(lambda person: allowance.read(order, person), read, unsaid)

    def _present_advice(self) -> None:
        self.panel.advise(advice_lines(self._advice, self.translator))

    def _listing(self) -> Listing:
        """The list on show; of a search all orders."""
        which = self.list.which
        if self.list.is_search:
            shown = OrderFilter()
        else:
            shown = OrderFilter(to_tell=True) if which == TELL else OrderFilter(states=(OrderState(which),))
        return orders(self.session.shop.pickup.find, shown)

    def _changed(self, order: CustomerOrder | None) -> None:
        """A step was answered: the order on show stays, though its row may stand in another list by now."""
        shown = self.panel.order
        if order is None and shown is not None:  # it was refused: another person may have changed the order
            code, find = shown.code, self.session.shop.pickup.find
            self.session.run_as(lambda person: find.show(code, person), self._present_again, lambda _error: None)
        elif order is not None and shown is not None and shown.code == order.code:
            self._keep()
            self._present_again(order)
        self.read()

    def _keep(self) -> None:
        if self.panel.order is not None:
            self.list.keep(self.panel.order.code)

    def _present_again(self, order: CustomerOrder) -> None:
        """Show the order as it is by now, where it is still on show."""
        if self.panel.order is not None and self.panel.order.code == order.code:
            self.panel.present(order, self.translator)

    def _take_counts(self, counts: Mapping[str, int]) -> None:
        self._counts = counts
        self.session.figures.take(ORDERS_TO_TELL, counts.get(TELL, 0))
        self.session.figures.take(ORDERS_READY, counts.get("ready", 0))
        self._present_tabs()

    def _present_tabs(self) -> None:
        tr = self.translator
        segments = []
        for key, text in LISTS.items():
            count = self._counts.get(key, 0)
            name, n = tr(text), number_text(count, tr.language)
            badge = Badge(count, n, is_urgent=key == TELL) if count else Badge()
            segments.append(Segment(key, name, badge=badge, spoken=f"{name}, {n}" if count else name))
        self.tabs.present(segments, "" if self.list.is_search else self.list.which)

    def _lay_out(self) -> None:
        head = Folding(
            Stretched(self._title),
            Flow(self.import_button, self.list_button, self.take_button, spacing=Space.S),
            room=_TITLE,
        )
        holder, beside = QWidget(), QWidget()
        vbox(Stretched(self.panel), margins=(0, Space.S, Space.L, Space.S), parent=beside)
        work = MainAndSide(self.list, beside, share=55, gap=0)
        vbox(head, spacing=Space.S, margins=(Space.L, Space.M, Space.L, 0), parent=holder)
        vbox(holder, self.tabs, Stretched(work), spacing=Space.S, margins=0, parent=self)
        self.retranslate(self.translator)
