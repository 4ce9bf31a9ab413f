"""The stock page: goods moved by papers, what has moved, what expires, and the accounts of lots."""

from __future__ import annotations

import re
from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from pos.application.listing import Listing
from pos.application.move_stock import PaperLine, StockPaper, WantedPaper
from pos.application.read_stock import ProductStock
from pos.application.typed_scan import read_typed
from pos.application.words import N_, Words
from pos.domain.stock import QUARANTINE, LotBalance
from pos.domain.stock_paper import TRANSFER, WASTE
from pos.ui.actions import STOCK
from pos.ui.save_table import TableSaver
from pos.ui.screen import Screen
from pos.ui.session import Session
from pos.ui.sounds import Sound
from pos.ui.stock.lists import ExpiryPage, LotsPage, MovesPage
from pos.ui.stock.paper_page import PaperPage
from pos.ui.stock.telling import Telling
from pos.ui.theme import Space
from pos.ui.widgets.segmented import Segment, Segmented
from pos.ui.widgets.text_label import Role, TextLabel
from pos.ui.widgets.tone import Tone

_PAPER, _MOVES, _EXPIRY, _LOTS = "paper", "moves", "expiry", "lots"
_LISTS = (_PAPER, _MOVES, _EXPIRY, _LOTS)
_DOCUMENT = re.compile(r"[ROCM]-[0-9]{6}", re.IGNORECASE)


class StockScreen(Screen):
    """A scan goes where the list on show has a use for it: onto the paper, or it narrows the list to its product."""

    place = STOCK
    rail = STOCK
    takes_scans = True

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._telling = Telling(session)
        self._is_recording = False
        self._title = TextLabel(role=Role.SECTION)
        self.lists = Segmented(session.theme, "")
        self.lists.chosen.connect(self.show_list)
        self.paper = PaperPage(session)
        self.paper.typed.connect(self._typed_on_paper)
        self.paper.recorded.connect(self._record)
        self.moves = MovesPage(session)
        self.moves.typed.connect(self._typed)
        self.expiry = ExpiryPage(session, [("stock_aside", self._set_aside), ("stock_waste", self._write_off)])
        self.lots = LotsPage(session, [("stock_print", self._print)])
        self.lots.typed.connect(self._typed)
        self.lots.opened.connect(self._open_lot)
        self.steps: dict[str, Callable[[], None]] = {
            "stock_record": lambda: self._on(_PAPER, self.paper.record),
            "stock_next_list": self._next_list,
            "stock_kind": lambda: self._on(_PAPER, self.paper.next_kind),
            "stock_number": lambda: self._on(_PAPER, self.paper.box.setFocus),
            "stock_from": lambda: self._on(_PAPER, self.paper.next_place),
            "stock_to": lambda: self._on(_PAPER, self.paper.next_goal),
            "stock_aside": lambda: self._on(_EXPIRY, self._set_aside),
            "stock_waste": lambda: self._on(_EXPIRY, self._write_off),
            "stock_remove": lambda: self._on(_PAPER, self.paper.remove),
            "stock_reason": lambda: self._on(_MOVES, self.moves.reasons.step),
            "stock_place": lambda: self._on(_MOVES, self.moves.places.step),
            "stock_on_hand": lambda: self._on(_LOTS, self.lots.kept.step),
            "stock_print": lambda: self._on(_LOTS, self._print),
            "undo": lambda: self._on(_PAPER, self.paper.take_back),
            "back": self._back,
        }
        TableSaver(self, self._listing)
        self._lay_out()

    # ── what the window says ─────────────────────────────────────────────────────────────────────────────────

    def entered(self) -> None:
        """Override Screen.entered."""
        self._read()
        self._focus()

    def retranslate(self, words: Words) -> None:
        """Override Screen.retranslate."""
        self._title.setText(words("Stock"))
        self.lists.setAccessibleName(words("Which list"))
        self._present_lists()
        for page in (self.paper, self.moves, self.expiry, self.lots):
            page.retranslate(words)

    def scanned(self, text: str) -> None:
        """Override Screen.scanned."""
        if self.on_show == _PAPER:
            typed = read_typed(self.paper.box.text())
            self.paper.box.clear()
            self._find(text, lambda found: self._put(found, typed.times))
        elif self.on_show == _LOTS:
            self._find(text, self.lots.show_all)
        else:
            self.show_list(_MOVES)
            self._find(text, self.moves.show_all)

    # ── lists ────────────────────────────────────────────────────────────────────────────────────────────────

    @property
    def on_show(self) -> str:
        """The list on show."""
        return _LISTS[self.pages.currentIndex()]

    def show_list(self, which: str) -> None:
        """Show a list (or the paper in hand)."""
        self.pages.setCurrentIndex(_LISTS.index(which))
        self._telling.forget()
        self._present_lists()
        self._read()
        self._focus()

    def _next_list(self) -> None:
        self.show_list(_LISTS[(_LISTS.index(self.on_show) + 1) % len(_LISTS)])

    def _present_lists(self) -> None:
        words = self.words
        names = {
            _PAPER: words("Stock document"),
            _MOVES: words("Movements"),
            _EXPIRY: words("Expiry"),
            _LOTS: words("Lots"),
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

    def _focus(self) -> None:
        page = self.pages.currentWidget()
        if page is self.paper:
            self.paper.box.setFocus(Qt.FocusReason.OtherFocusReason)
        elif isinstance(page, MovesPage | ExpiryPage | LotsPage):
            page.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _typed(self, text: str) -> None:
        """A document narrows the list, else it is a code."""
        text = text.strip()
        page = self.moves if self.on_show == _MOVES else self.lots
        page.box.clear()
        if page is self.moves and _DOCUMENT.fullmatch(text):
            self.moves.show_all(document=text.upper())
        elif not text:
            page.show_all()
        elif page is self.lots:
            person, read = self.session.person, self.session.shop.read_stock
            if person is not None:
                self.session.run(
                    lambda: bool(read.lots(person, None, text, limit=1)),
                    lambda known: self.lots.show_all(entry=text) if known else self.scanned(text),
                )
        else:
            self.scanned(text)

    def _open_lot(self) -> None:
        lot = self.lots.chosen
        if lot is not None:
            self.moves.widen()
            self.moves.lot = lot
            self.show_list(_MOVES)

    # ── papers ───────────────────────────────────────────────────────────────────────────────────────────────

    def _typed_on_paper(self, text: str) -> None:
        typed = read_typed(text)
        if typed.number is not None:
            self.paper.box.clear()
            self.paper.set_number(typed.number)
        elif typed.code:
            self.paper.box.clear()
            self._find(typed.code, lambda found: self._put(found, typed.times))

    def _find(self, text: str, then: Callable[[ProductStock], None]) -> None:
        person, read = self.session.person, self.session.shop.read_stock
        if person is not None:
            self.session.run(lambda: read.show(person, text), then, self._telling.unknown)

    def _put(self, found: ProductStock, times: int) -> None:
        enough = self.paper.take(found, found.pieces * times)
        self.session.sounds.play(Sound.ACCEPT if enough else Sound.OVER)

    def _record(self, wanted: WantedPaper) -> None:
        person, step = self.session.person, self.session.shop.move_stock
        if person is None or self._is_recording or not wanted.lines:
            return
        self._is_recording = True

        def recorded(paper: StockPaper) -> None:
            self._is_recording = False
            self.session.sounds.play(Sound.COMPLETE)
            self.paper.empty()
            self.paper.box.setFocus(Qt.FocusReason.OtherFocusReason)
            self._tell_recorded(paper)

        self.session.run(lambda: step(person, wanted), recorded, self._refused)

    def _tell_recorded(self, paper: StockPaper) -> None:
        document, pieces = paper.document, paper.pieces
        self._telling.say(
            Tone.WITHIN,
            lambda: self.words("{document} recorded. Pieces: {n}.", document=document, n=str(pieces)),
        )

    # ── what expires ─────────────────────────────────────────────────────────────────────────────────────────

    def _set_aside(self) -> None:
        self._clear_lot(TRANSFER, "")

    def _write_off(self) -> None:
        one = self.expiry.chosen
        if one is None:
            return
        key, words = self.session.actions.key_text("stock_waste"), self.session
        balance: LotBalance = one.balance
        if self._telling.sure(
            f"waste{balance.lot.id}",
            lambda: words.words(
                "{goods}, lot {lot}: write off {n} pieces? Press {key} again to confirm.",
                goods=balance.name_in(words.language),
                lot=balance.lot.code,
                n=str(balance.on_hand),
                key=key,
            ),
        ):
            self._clear_lot(WASTE, "expired")

    def _clear_lot(self, kind: str, reason: str) -> None:
        """Take a lot away from every place where it lies: set aside, or written off; a paper for each place."""
        one, person, step = self.expiry.chosen, self.session.person, self.session.shop.move_stock
        if one is None or person is None or self._is_recording:
            return
        balance: LotBalance = one.balance
        places = {place: n for place, n in balance.places.items() if kind == WASTE or place != QUARANTINE}
        if not places:
            self._telling.tell(Tone.NEARLY, N_("Already set aside."), Sound.REFUSE)
            return
        self._is_recording = True

        def call() -> StockPaper:
            paper: StockPaper | None = None
            for place, n in places.items():
                line = PaperLine(n, product=balance.lot.product, lot_id=balance.lot.id)
                to = QUARANTINE if kind == TRANSFER else ""
                paper = step(person, WantedPaper(kind, [line], place, to, reason))
            assert paper is not None, "there is a place"
            return paper

        def done(paper: StockPaper) -> None:
            self._is_recording = False
            self.session.sounds.play(Sound.ACCEPT)
            self.expiry.read()
            self._tell_recorded(paper)

        self.session.run(call, done, self._refused)

    # ── everywhere ───────────────────────────────────────────────────────────────────────────────────────────

    def _print(self) -> None:
        person, paper = self.session.person, self.session.shop.issue_stock
        product = None if self.lots.found is None else self.lots.found.product.id
        entry, on_hand = self.lots.entry, self.lots.on_hand
        if person is not None:
            self.session.run(lambda: paper.lots(person, product, entry, on_hand=on_hand), self._telling.printed)

    def _on(self, which: str, step: Callable[[], None]) -> None:
        if self.on_show == which:
            step()

    def _back(self) -> None:
        self._telling.forget()
        if self.on_show == _MOVES:
            self.moves.widen()
        elif self.on_show == _LOTS:
            self.lots.widen()
        self._focus()

    def _refused(self, error: Exception) -> None:
        self._is_recording = False
        self._telling.refused(error)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(Space.L, Space.S, Space.L, 0)
        head.setSpacing(Space.L)
        head.addWidget(self._title)
        head.addWidget(self.lists, 1)
        self.pages = QStackedWidget()
        self.pages.currentChanged.connect(self.session.finishing.turned)
        for page in (self.paper, self.moves, self.expiry, self.lots):
            self.pages.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.pages, 1)
