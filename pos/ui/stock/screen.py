"""The stock page: stock documents, movements, expiring lots, and lot balances."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import partial
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QWidget

from pos.application.stock.move_stock import StockDocument, StockDocumentDraft, StockDocumentLine
from pos.application.stock.read_stock import ExpiringLot, ProductStock
from pos.application.stock.typed_scan import is_no_quantity, read_typed
from pos.application.tables.listing import Listing
from pos.application.text.translator import N_, Translator
from pos.application.text.typography import listed
from pos.domain.errors import BadField, RuleBroken
from pos.domain.stock.stock import QUARANTINE, LotBalance
from pos.domain.stock.stock_document import ADJUSTMENT, TRANSFER, WASTE
from pos.ui.input.actions import STOCK
from pos.ui.look.sounds import Sound
from pos.ui.look.theme import Space
from pos.ui.page.save_table import TableSaver
from pos.ui.page.screen import Screen
from pos.ui.page.unsaved_by_another import UnsavedByAnother
from pos.ui.session.on_the_way import OnTheWay
from pos.ui.session.rail_figures import EXPIRING_LOTS
from pos.ui.session.session import Session
from pos.ui.stock.lists import ExpiryPage, LotsPage, MovesPage
from pos.ui.stock.stock_document_page import StockDocumentPage
from pos.ui.stock.stock_messages import StockMessages
from pos.ui.widgets.buttons.segmented import Segment, Segmented
from pos.ui.widgets.drawing.layouts import Stretched, hbox, vbox
from pos.ui.widgets.drawing.text_label import Role, TextLabel
from pos.ui.widgets.drawing.tone import Tone

_STOCK_DOCUMENT, _MOVES, _EXPIRY, _LOTS = "document", "moves", "expiry", "lots"
_LISTS = (_STOCK_DOCUMENT, _MOVES, _EXPIRY, _LOTS)
T = TypeVar("T")
_DOCUMENT_NUMBER = re.compile(r"[ROCM]-[0-9]{6}", re.IGNORECASE)


class StockScreen(Screen):
    """A scan is added to the document, or filters the list on show by its product."""

    screen_id = STOCK
    rail = STOCK
    takes_scans = True

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._messages = StockMessages(session)
        self._is_recording = False
        self._finding, self._dropped = OnTheWay(session), 0
        self._scanned: list[tuple[ProductStock, int]] = []
        """What was scanned while a document was being recorded: it is for the next one."""
        self._title = TextLabel(role=Role.SECTION)
        self.lists = Segmented(session.theme, "")
        self.lists.chosen.connect(self.show_list)
        self.document = StockDocumentPage(session)
        self.document.typed.connect(self._typed_in_document)
        self.document.recorded.connect(self._record)
        self.moves = MovesPage(session)
        self.moves.typed.connect(self._typed)
        self.expiry = ExpiryPage(session, [("stock_aside", self._set_aside), ("stock_waste", self._write_off)])
        self.expiry.table.selectionModel().currentChanged.connect(lambda *_: self._chose_lot())
        self.lots = LotsPage(session, [("stock_print", self._print)])
        self.lots.typed.connect(self._typed)
        self.lots.opened.connect(self._open_lot)
        self.key_handlers: dict[str, Callable[[], None]] = {
            "stock_record": lambda: self._on(_STOCK_DOCUMENT, self.document.record),
            "stock_next_list": self._next_list,
            "stock_kind": lambda: self._on(_STOCK_DOCUMENT, self.document.next_kind),
            "stock_number": lambda: self._on(_STOCK_DOCUMENT, self.document.box.setFocus),
            "stock_from": lambda: self._on(_STOCK_DOCUMENT, self.document.next_location),
            "stock_to": lambda: self._on(_STOCK_DOCUMENT, self.document.next_goal),
            "stock_aside": lambda: self._on(_EXPIRY, self._set_aside),
            "stock_waste": lambda: self._on(_EXPIRY, self._write_off),
            "stock_remove": lambda: self._once_found(self.document.remove),
            "stock_reason": lambda: self._on(_MOVES, self.moves.reasons.step),
            "stock_place": lambda: self._on(_MOVES, self.moves.locations.step),
            "stock_on_hand": lambda: self._on(_LOTS, self.lots.kept.step),
            "stock_print": lambda: self._on(_LOTS, self._print),
            "undo": lambda: self._once_found(self.document.undo),
            "back": self._back,
        }
        TableSaver(self, self._listing)
        UnsavedByAnother(self)
        self._lay_out()

    # ── calls from the window ────────────────────────────────────────────────────────────────────────────────

    def entered(self) -> None:
        self._read()
        self._focus()

    @property
    def figures(self) -> frozenset[str]:
        return frozenset({EXPIRING_LOTS}) if self.on_show == _EXPIRY else frozenset()

    def follow_day(self) -> None:
        if self.on_show == _EXPIRY:
            self.expiry.read()

    def waiting(self) -> str:
        return self.translator("an unrecorded stock document") if self.document.is_begun else ""

    def emptied(self) -> None:
        self._dropped += 1
        self._finding.give_up()
        self._scanned = []
        self.document.discard()

    def retranslate(self, tr: Translator) -> None:
        self._title.setText(tr("Stock"))
        self.lists.setAccessibleName(tr("Which list"))
        self._present_lists()
        for page in (self.document, self.moves, self.expiry, self.lots):
            page.retranslate(tr)

    def scanned(self, text: str) -> None:
        if self.on_show == _STOCK_DOCUMENT:
            typed = read_typed(self.document.box.text())
            is_figure = typed.number is not None
            is_of_goods = self.document.has_last or bool(self._finding)  # of the last product, or of this scan
            if (is_figure and is_of_goods) or is_no_quantity(self.document.box.text()):
                self._insist()
                return
            if not is_figure:  # a figure before the first scan waits for its Enter
                self.document.box.clear()
            self._find_for_document(text, typed.times)
        elif self.on_show == _LOTS:
            self._find(text, self.lots.show_all)
        else:
            self.show_list(_MOVES)
            if _DOCUMENT_NUMBER.fullmatch(text.strip()):
                self.moves.show_all(document=text.strip().upper())
            else:
                self._find(text, self.moves.show_all)

    # ── lists ────────────────────────────────────────────────────────────────────────────────────────────────

    @property
    def on_show(self) -> str:
        """The list on show."""
        return _LISTS[self.pages.currentIndex()]

    def show_list(self, which: str) -> None:
        """Show a list, or the current document."""
        self.pages.setCurrentIndex(_LISTS.index(which))
        self._messages.forget()
        self._present_lists()
        self._read()
        self._focus()

    def _next_list(self) -> None:
        self.show_list(_LISTS[(_LISTS.index(self.on_show) + 1) % len(_LISTS)])

    def _present_lists(self) -> None:
        tr = self.translator
        names = {
            _STOCK_DOCUMENT: tr("Stock document"),
            _MOVES: tr("Movements"),
            _EXPIRY: tr("Expiry"),
            _LOTS: tr("Lots"),
        }
        self.lists.present([Segment(key, names[key]) for key in _LISTS], self.on_show)

    def _listing(self) -> Listing | None:
        page = self.pages.currentWidget()
        return page.listing() if isinstance(page, MovesPage | ExpiryPage | LotsPage) else None

    def _read(self) -> None:
        if self.on_show == _MOVES:
            self.moves.read()
        elif self.on_show == _EXPIRY:
            self.expiry.read()
        elif self.on_show == _LOTS:
            self.lots.read()
        else:
            self._renew()

    def _renew(self) -> None:
        """Sales and other tills have taken of the goods on the document since they were scanned."""
        read, products = self.session.shop.read_stock, self.document.products
        if products:
            self.session.run_as(lambda person: [read.of(person, one) for one in products], self.document.renew)

    def _focus(self) -> None:
        page = self.pages.currentWidget()
        if page is self.document:
            self.document.box.setFocus(Qt.FocusReason.OtherFocusReason)
        elif isinstance(page, MovesPage | ExpiryPage | LotsPage):
            page.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _typed(self, text: str) -> None:
        """A document number filters the list; anything else is a code."""
        text = text.strip()
        page = self.moves if self.on_show == _MOVES else self.lots
        page.box.clear()
        if page is self.moves and _DOCUMENT_NUMBER.fullmatch(text):
            self.moves.show_all(document=text.upper())
        elif not text:
            page.show_all()
        elif page is self.lots:
            person, read = self.session.person, self.session.shop.read_stock
            if person is not None:
                self._seek(
                    lambda: bool(read.lots(person, None, text, limit=1)),
                    lambda known: self.lots.show_all(entry=text) if known else self._find(text, self.lots.show_all),
                )
        else:
            self.scanned(text)

    def _open_lot(self) -> None:
        lot = self.lots.chosen
        if self.lots.is_behind:
            self.session.sounds.play(Sound.NOTE)
        elif lot is not None:
            self.moves.widen()
            self.moves.lot = lot
            self.show_list(_MOVES)

    # ── documents ────────────────────────────────────────────────────────────────────────────────────────────

    def _typed_in_document(self, text: str) -> None:
        typed = read_typed(text)
        if typed.number is not None and (self.document.is_sent or self._finding):
            self._insist()  # of which product it is, or of which document, is known as soon as the store has answered
        elif typed.number is not None and typed.number < 0 and self.document.kind != ADJUSTMENT:
            self._messages.refused(BadField("quantity", "negative", str(typed.number)))
        elif typed.number is not None and not self.document.has_last:
            self._messages.notify(Tone.NEARLY, N_("Scan a product first, then enter the quantity."), Sound.UNREAD)
        elif is_no_quantity(text):
            self._messages.refused(BadField("quantity", "not_a_number", text.strip()[:20]))
        elif typed.number is not None:
            self.document.box.clear()
            self.document.set_number(typed.number)
        elif typed.code:
            self.document.box.clear()
            self._find_for_document(typed.code, typed.times)

    def _find_for_document(self, text: str, times: int) -> None:
        dropped = self._dropped

        def done(product_stock: ProductStock) -> None:
            if dropped == self._dropped:  # else it was scanned for a document that is no more
                self._put(product_stock, times)

        person, read = self.session.person, self.session.shop.read_stock
        if person is not None:
            self._finding.run(lambda: read.show(person, text), done, self._messages.unknown)

    def _once_found(self, step: Callable[[], None]) -> None:
        """A step on the row of the last scan, which does not stand there while it is looked up."""
        self._on(_STOCK_DOCUMENT, partial(self._finding.unless_behind, step))

    def _find(self, text: str, then: Callable[[ProductStock], None]) -> None:
        person, read = self.session.person, self.session.shop.read_stock
        if person is not None:
            self._seek(lambda: read.show(person, text), then, self._messages.unknown)

    def _seek(
        self, call: Callable[[], T], then: Callable[[T], None], failed: Callable[[Exception], None] | None = None
    ) -> None:
        """Find out what narrows the list on show; until then its rows are those of before."""
        page = self.lots if self.on_show == _LOTS else self.moves
        page.sought.run(call, then, failed)

    def _put(self, product_stock: ProductStock, times: int) -> None:
        if self.document.is_sent:
            self._scanned.append((product_stock, times))
            return
        enough = self.document.take(product_stock, product_stock.pieces * times)
        self.session.sounds.play(Sound.ACCEPT if enough else Sound.OVER)

    def _record(self, draft: StockDocumentDraft) -> None:
        person, step = self.session.person, self.session.shop.move_stock
        if person is None or self._is_recording:
            return
        if self._finding:  # recorded as soon as all that was scanned for it stands on it
            self._finding.then(self.document.record, given_up=lambda: None)
            return
        if not draft.lines:
            return
        if self.document.box.text().strip():
            self._insist()
            return
        self._is_recording = True
        self.document.send(sent=True)

        def recorded(stock_document: StockDocument) -> None:
            self._is_recording = False
            self.session.sounds.play(Sound.COMPLETE)
            self.document.empty(draft.note)
            self._go_on()
            self.document.box.setFocus(Qt.FocusReason.OtherFocusReason)
            self._report_recorded((stock_document,))

        def refused(error: Exception) -> None:
            self._refused(error)
            self._go_on()
            if isinstance(error, RuleBroken):
                self._renew()

        self.session.run(lambda: step(person, draft), recorded, refused)

    def _go_on(self) -> None:
        """The document is answered: what was scanned meanwhile stands on the one on show now."""
        self.document.send(sent=False)
        scanned, self._scanned = self._scanned, []
        for product_stock, times in scanned:
            self._put(product_stock, times)

    def _insist(self) -> None:
        """Ask for the Enter of what is typed: the next step would lose it."""
        self.document.box.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._messages.notify(Tone.NEARLY, N_("Press Enter to accept this entry, or Esc to drop it."), Sound.UNREAD)

    def _report_recorded(self, documents: Sequence[StockDocument]) -> None:
        pieces = sum(one.pieces for one in documents)

        def text() -> str:
            names = listed(self.translator, (one.document for one in documents))
            return self.translator("{document} recorded. Pieces: {n}.", document=names, n=str(pieces))

        self._messages.say(Tone.WITHIN, text)

    # ── expiring lots ────────────────────────────────────────────────────────────────────────────────────────

    def _set_aside(self) -> None:
        self._clear_lot(TRANSFER, "")

    def _write_off(self) -> None:
        one = self.expiry.chosen
        if one is None:
            return
        key, words = self.session.actions.key_text("stock_waste"), self.session
        balance: LotBalance = one.balance
        if self._messages.sure(
            _waste_of(one),
            lambda: words.translator.plural(
                "{goods}, lot {lot}: write off {n} piece? Press {key} again to confirm.",
                "{goods}, lot {lot}: write off {n} pieces? Press {key} again to confirm.",
                balance.on_hand,
                goods=balance.name_in(words.language),
                lot=balance.lot.code,
                key=key,
            ),
        ):
            self._clear_lot(WASTE, "expired")

    def _chose_lot(self) -> None:
        one = self.expiry.chosen
        self._messages.forget_others("" if one is None else _waste_of(one))

    def _clear_lot(self, kind: str, reason: str) -> None:
        """Clear a lot from every location: set aside or written off, with one document for each place, all or none."""
        one, person, step = self.expiry.chosen, self.session.person, self.session.shop.move_stock
        if one is None or person is None or self._is_recording:
            return
        balance: LotBalance = one.balance
        lot = balance.lot
        locations = {
            location: n for location, n in balance.locations.items() if kind == WASTE or location != QUARANTINE
        }
        if not locations:
            self._messages.notify(Tone.NEARLY, N_("Already set aside."), Sound.REFUSE)
            return
        self._is_recording = True
        to = QUARANTINE if kind == TRANSFER else ""
        drafts = [
            StockDocumentDraft(kind, [StockDocumentLine(n, product=lot.product, lot_id=lot.id)], location, to, reason)
            for location, n in locations.items()
        ]

        def done(documents: Sequence[StockDocument]) -> None:
            self._is_recording = False
            self.session.sounds.play(Sound.ACCEPT)
            self.expiry.read()
            self._report_recorded(documents)

        def refused(error: Exception) -> None:
            self._refused(error)
            self.expiry.read()  # it may lie elsewhere by now

        self.session.run(lambda: step.all(person, drafts), done, refused)

    # ── shared ───────────────────────────────────────────────────────────────────────────────────────────────

    def _print(self) -> None:
        person, stock_document = self.session.person, self.session.shop.issue_stock
        product = None if self.lots.product_stock is None else self.lots.product_stock.product.id
        entry, on_hand = self.lots.entry, self.lots.on_hand
        if self.lots.is_behind:
            self.session.sounds.play(Sound.NOTE)
        elif person is not None:
            self.session.run(
                lambda: stock_document.lots(person, product, entry, on_hand=on_hand), self._messages.printed
            )

    def _on(self, which: str, step: Callable[[], None]) -> None:
        if self.on_show == which:
            step()

    def _back(self) -> None:
        self.document.box.clear()
        if self.on_show == _MOVES:
            self.moves.widen()
        elif self.on_show == _LOTS:
            self.lots.widen()
        self._focus()

    def _refused(self, error: Exception) -> None:
        self._is_recording = False
        self._messages.refused(error)

    def _lay_out(self) -> None:
        head = hbox(self._title, Stretched(self.lists), spacing=Space.L, margins=(Space.L, Space.S, Space.L, 0))
        self.pages = QStackedWidget()
        self.pages.currentChanged.connect(self.session.finishing.turned)
        for page in (self.document, self.moves, self.expiry, self.lots):
            self.pages.addWidget(page)
        vbox(head, Stretched(self.pages), spacing=0, margins=0, parent=self)


def _waste_of(one: ExpiringLot) -> str:
    """What the question is about, whether this lot is written off."""
    return f"waste{one.balance.lot.id}"
