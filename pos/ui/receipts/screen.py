"""The history page: every receipt, its printout, a copy of it, and the way to its return."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices

from pos.application.text.translator import Translator
from pos.domain.catalogue.barcode import read_code
from pos.domain.declarations.papers import is_to_declare
from pos.domain.errors import BadInput
from pos.domain.returns.goods_return import GoodsReturn
from pos.domain.sales.parcel import Recipient
from pos.domain.sales.sale import Sale
from pos.domain.staff.staff import Person
from pos.ui.input.actions import HISTORY
from pos.ui.look.sounds import Sound
from pos.ui.look.theme import Space
from pos.ui.page.save_table import TableSaver
from pos.ui.page.screen import Screen
from pos.ui.receipts.finder import HistoryFinder
from pos.ui.receipts.receipt_panel import ReceiptPanel
from pos.ui.receipts.receipt_words import NO_MOVE, ReceiptDetails
from pos.ui.receipts.receipts import ReceiptPrinting
from pos.ui.session.session import Session
from pos.ui.widgets.cards.notice_bar import Notice
from pos.ui.widgets.drawing.layouts import Aligned, Stretched, hbox, vbox
from pos.ui.widgets.drawing.main_and_side import MainAndSide
from pos.ui.widgets.drawing.text_label import Role, TextLabel
from pos.ui.widgets.drawing.tone import Tone

_PANEL = 372
"""The width of the panel with the receipt, in pixels."""


def _open(file: Path) -> bool:
    return QDesktopServices.openUrl(QUrl.fromLocalFile(str(file)))


class HistoryScreen(Screen):
    """The list with the chosen receipt beside it. `return_requested` carries the receipt whose goods are returned,
    `void_requested` that which is voided, `declaration_requested` that whose customs declarations are asked for.

    `open_file` opens a file with the system's program for it, and returns whether it could.
    """

    screen_id = HISTORY
    rail = HISTORY
    takes_scans = True
    return_requested = Signal(str)
    void_requested = Signal(str)
    declaration_requested = Signal(str)

    def __init__(self, session: Session, receipts: ReceiptPrinting) -> None:
        super().__init__(session)
        self._receipts = receipts
        self._question = 0
        self.open_file: Callable[[Path], bool] = _open
        self.recorded: Sale | GoodsReturn | None = None
        self._moved: Mapping[str, str] = NO_MOVE
        self._recipient: Recipient | None = None
        self._title = TextLabel(role=Role.SECTION)
        self._hint = TextLabel(role=Role.LABEL, wrap=True)
        self.finder = HistoryFinder(session)
        self.panel = ReceiptPanel(session)
        self.finder.picked.connect(self._look)
        self.finder.refused.connect(self._refused)
        self.panel.pdf.clicked.connect(self.open_pdf)
        self.panel.again.clicked.connect(self.print_again)
        self.panel.back.clicked.connect(self.return_from)
        self.panel.void.clicked.connect(self.void_it)
        self.panel.declare.clicked.connect(self.declare_it)
        self._came_from = ""
        """The page that requested the shown receipt."""
        self.key_handlers = {
            "history_find": self.finder.begin,
            "history_kind": self.finder.kinds.step,
            "history_cashier": self.finder.people.step,
            "history_period": self.finder.periods.step,
            "history_till": self.finder.tills.step,
            "open_pdf": self.open_pdf,
            "reprint": self.print_again,
            "return_from": self.return_from,
            "void_sale": self.void_it,
            "declare": self.declare_it,
            "back": self._back,
        }
        TableSaver(self, self.finder.listing)
        self._lay_out()
        self.retranslate(session.translator)

    # ── the window's calls ───────────────────────────────────────────────────────────────────────────────────

    def retranslate(self, tr: Translator) -> None:
        self._title.setText(tr("History"))
        self._hint.setText(tr("Scan a receipt, goods or a document, or type details: 24.11 14:30 honey."))
        self.panel.retranslate(tr)
        self.finder.retranslate(tr)
        self._present()

    def entered(self) -> None:
        shop = self.session.shop

        def call(person: Person) -> tuple[Mapping[str, str], Sequence[str]]:
            return shop.find_receipts.people(person), shop.read_journal.tills(person)

        self.session.run_as(call, lambda known: self.finder.offer(*known))
        self.finder.begin()

    def follow_day(self) -> None:
        if self.finder.periods.key:
            self.finder.seek()

    def left(self) -> None:
        """The visitors of receipts are not for the next user, and a receipt that is still read is none of theirs."""
        self._question += 1
        self.finder.document = None
        self._came_from = ""
        self._show(None)

    def look_up(self, receipt: str) -> None:
        """Another page requests a receipt: show it, and lead back there."""
        came_from = self.session.screen_id
        self.session.go(HISTORY)
        self._came_from = came_from if self.session.screen_id == HISTORY != came_from else ""
        self.finder.narrow_nothing()
        self.finder.show_text(receipt)

    def scanned(self, text: str) -> None:
        """A receipt, or goods."""
        self.session.sounds.play(Sound.ACCEPT)
        try:
            self.finder.show_text(read_code(text.strip()).canonical)
        except BadInput:
            self.finder.show_text(text.strip())

    def document_scanned(self, text: str) -> None:
        """Show the visitor's receipts."""
        self.session.sounds.play(Sound.ACCEPT)
        self.finder.show_document(text)

    # ── steps ────────────────────────────────────────────────────────────────────────────────────────────────

    def open_pdf(self) -> None:
        """Open the printout of the chosen receipt; if its file is gone it is drawn again, as a copy."""
        recorded = self._chosen
        if recorded is None:
            self.session.sounds.play(Sound.NOTE)
            return
        issue, receipt = self.session.shop.issue_receipt, recorded.receipt
        self.session.run_as(
            lambda person: issue.on_file(receipt, person) or issue(receipt, person, to_paper=False).path,
            self._opened,
            self._refused,
        )

    def print_again(self) -> None:
        """Print a copy of the chosen receipt."""
        recorded = self._chosen
        if recorded is None:
            self.session.sounds.play(Sound.NOTE)
        else:
            self._receipts.copy(recorded.receipt)

    def return_from(self) -> None:
        """Open the chosen receipt on the returns page."""
        recorded = self._chosen
        if isinstance(recorded, Sale):
            self.return_requested.emit(recorded.receipt)
        else:
            self.session.sounds.play(Sound.NOTE)

    def void_it(self) -> None:
        """Open the chosen receipt on the page that voids it, if it is one of the running shift."""
        recorded = self._chosen
        if recorded is not None and self._can_void(recorded):
            self.void_requested.emit(recorded.receipt)
        else:
            self.session.sounds.play(Sound.NOTE)

    def declare_it(self) -> None:
        """Open the customs declarations of the chosen receipt."""
        recorded = self._chosen
        if isinstance(recorded, Sale) and is_to_declare(recorded):
            self.declaration_requested.emit(recorded.receipt)
        else:
            self.session.sounds.play(Sound.NOTE)

    def _can_void(self, recorded: Sale | GoodsReturn) -> bool:
        return isinstance(recorded, Sale) and self.session.voids(recorded)

    # ── results ──────────────────────────────────────────────────────────────────────────────────────────────

    @property
    def _chosen(self) -> Sale | GoodsReturn | None:
        """The receipt of the chosen row; None while it is still read or other ones are sought."""
        recorded, finder = self.recorded, self.finder
        is_on_show = recorded is not None and recorded.receipt == finder.chosen and not finder.is_behind
        return recorded if is_on_show else None

    def _look(self) -> None:
        """Read the chosen receipt; a late answer for another one is dropped."""
        self._question += 1
        question, receipt, show = self._question, self.finder.chosen, self.session.shop.show_sale
        if not receipt:
            self._show(None)
            return

        def read(person: Person) -> tuple[Sale | GoodsReturn, Mapping[str, str], Recipient | None]:
            recorded = show.recorded(receipt, person)
            to = show.recipient(recorded, person) if isinstance(recorded, Sale) and recorded.parcel else None
            return recorded, show.moved(receipt, person), to

        def show_recorded(answer: tuple[Sale | GoodsReturn, Mapping[str, str], Recipient | None]) -> None:
            if question == self._question:
                self._show(*answer)

        self.session.run_as(read, show_recorded)

    def _show(
        self, recorded: Sale | GoodsReturn | None, moved: Mapping[str, str] = NO_MOVE, to: Recipient | None = None
    ) -> None:
        self.recorded, self._moved, self._recipient = recorded, moved, to
        self._present()

    def _present(self) -> None:
        recorded, session = self.recorded, self.session
        text = None
        if recorded is not None:
            known = self._moved, self._recipient
            text = ReceiptDetails.of(recorded, session.settings.zone, session.names, self.translator, *known)
        returns = isinstance(recorded, Sale) and recorded.voided_by is None
        voids = recorded is not None and self._can_void(recorded)
        declares = isinstance(recorded, Sale) and is_to_declare(recorded)
        self.panel.present(text, self.translator, returns=returns, voids=voids, declares=declares)

    def _opened(self, file: Path) -> None:
        if self.session.is_awaited and not self.open_file(file):
            self.session.notify("history.unopened", lambda: Notice(Tone.NEARLY, self._unopened(file), seconds=15))

    def _unopened(self, file: Path) -> str:
        return self.translator("No program can open it. The file is {file}.", file=str(file))

    def _refused(self, error: Exception) -> None:
        self.session.sounds.play(Sound.REFUSE)
        self.session.report_foreseen(error)

    def _back(self) -> None:
        if self._came_from:
            self.session.go(self._came_from)
            return
        self.finder.widen()
        self.finder.begin()

    # ── layout ───────────────────────────────────────────────────────────────────────────────────────────────

    def _lay_out(self) -> None:
        head = hbox(self._title, Aligned(self._hint, Qt.AlignmentFlag.AlignVCenter, share=1), spacing=Space.L)
        both = MainAndSide(self.finder, self.panel, widest=_PANEL, share=40, gap=Space.M)
        vbox(head, Stretched(both), spacing=Space.S, margins=(Space.L, Space.S, Space.L, Space.S), parent=self)
