"""Changes of the lines of a return by keys and scans: quantities and dispositions."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from pos.application.returns.return_draft import ReturnDraft
from pos.application.sales.serial_numbers import FoundPiece
from pos.application.text.translator import Translator
from pos.domain.catalogue.product import Product
from pos.domain.returns.goods_return import DISPOSITIONS
from pos.domain.sales.sale import SaleLine
from pos.ui.look.sounds import Sound
from pos.ui.returns.return_controller import ReturnController
from pos.ui.returns.work_page import WorkPage
from pos.ui.session.session import Session

Change = Callable[[Callable[[ReturnDraft], ReturnDraft]], None]
Refuse = Callable[[Callable[[Translator], str]], None]


class LineSteps(QObject):
    """Changes the ReturnController's draft line by line through `change`, which checks whether it may be changed."""

    def __init__(
        self,
        session: Session,
        controller: ReturnController,
        work: WorkPage,
        change: Change,
        refuse: Refuse,
        failed: Callable[[Exception], None],
    ) -> None:
        super().__init__(controller)
        self._session, self._controller, self._work = session, controller, work
        self._change, self._refuse, self._failed = change, refuse, failed
        self._awaited: FoundPiece | None = None

    def _line_of_key(self) -> SaleLine | None:
        """The chosen line for a key; None while goods are looked up, whose line is not chosen yet."""
        return None if self._controller.is_behind() else self._work.line

    def count(self, quantity: int) -> None:
        """Set the returned pieces of the chosen line."""
        line = self._line_of_key()
        if line is not None:
            self._change(lambda hand: hand.taking(line.line, quantity))

    def step(self, by: int) -> None:
        """Return one piece of the chosen line more or less."""
        line = self._line_of_key()
        if line is not None:
            self._change(lambda hand: hand.taking(line.line, hand.of_line(line.line).quantity + by))

    def all_of_line(self) -> None:
        """Return all remaining pieces of the chosen line."""
        line, hand = self._line_of_key(), self._controller.hand
        if line is not None and hand is not None:
            self.count(hand.left(line.line))

    def all_of_receipt(self) -> None:
        """Return all remaining pieces of every line."""
        self._change(ReturnDraft.everything)

    def send_to(self, disposition: str) -> None:
        """Set the disposition of the goods of the chosen line."""
        line = self._line_of_key()
        if line is not None:
            self._change(lambda hand: hand.going_to(line.line, disposition))

    def send_on(self) -> None:
        """Set the next disposition of the goods of the chosen line."""
        line, hand = self._line_of_key(), self._controller.hand
        if line is not None and hand is not None:
            self.send_to(DISPOSITIONS[(DISPOSITIONS.index(hand.of_line(line.line).to) + 1) % len(DISPOSITIONS)])

    def scan_piece(
        self, text: str, ask_to_leave: Callable[[Callable[[], None]], None], otherwise: Callable[[], None]
    ) -> None:
        """A GS1 code: add the line that sold this very piece, on any receipt; call `otherwise` if there is none."""
        find = self._session.shop.find_piece

        def take_piece(piece: FoundPiece | None) -> None:
            if piece is None:
                otherwise()
                return
            hand = self._controller.hand
            self._awaited = piece
            if hand is not None and hand.returnable.sale.receipt == piece.receipt:
                self.take_awaited()
            elif hand is not None and hand.pieces:
                self._session.sounds.play(Sound.NOTE)
                ask_to_leave(lambda: self._controller.open(piece.receipt))
            else:
                self._controller.open(piece.receipt)

        self._controller.find(lambda: find(text), take_piece, self._failed)

    def take_awaited(self) -> None:
        """Return the piece whose receipt was opened by its own code."""
        piece, self._awaited = self._awaited, None
        hand = self._controller.hand
        if piece is not None and hand is not None and hand.returnable.sale.receipt == piece.receipt:
            self._take_one(lambda line: line.line == piece.line, piece.receipt)

    def scan(self, code: str) -> None:
        """Scan goods of the open receipt: return one more piece of their line."""
        hand = self._controller.hand
        if hand is None:
            self._refuse(lambda tr: tr("Scan the receipt first."))
            return
        if any(line.code == code for line in hand.lines):
            self._take_any(lambda line: line.code == code, code)
            return
        shop = self._session.shop

        def look() -> tuple[Product, int | None]:
            product = shop.find.show(code).product
            return product, shop.find_piece.goods(code).piece.grams if product.by_weight else None

        def take_product(known: tuple[Product, int | None]) -> None:
            product, grams = known
            name = product.name_in(self._session.translator.language)
            if grams is None:
                self._take_any(lambda line: line.product_id == product.id, name)
            else:
                self._take_one(lambda line: line.product_id == product.id and line.grams == grams, name)

        self._controller.find(look, take_product, self._failed)

    def _take_any(self, is_it: Callable[[SaleLine], bool], name: str) -> None:
        """Return one more piece of a product; among serialised pieces only the piece's own code can decide."""
        hand = self._controller.hand
        lines = [] if hand is None else [line for line in hand.lines if is_it(line)]
        single = [line for line in lines if line.serial is not None or line.grams is not None]
        if len(single) < len(lines):
            self._take_one(lambda line: is_it(line) and line.serial is None and line.grams is None, name)
        elif len(single) > 1:
            self._refuse(lambda tr: tr("Several individual items of {goods}: scan the code on the item.", goods=name))
        else:
            self._take_one(is_it, name)

    def _take_one(self, is_it: Callable[[SaleLine], bool], name: str) -> None:
        """Return one more piece of the first of these lines with a remaining piece."""
        hand = self._controller.hand
        lines = [] if hand is None else [(index, line) for index, line in enumerate(hand.lines) if is_it(line)]
        if hand is None or not lines:
            self._refuse(lambda tr: tr("Not on this receipt: {goods}", goods=name))
            return
        open_lines = [one for one in lines if hand.of_line(one[1].line).quantity < hand.left(one[1].line)]
        index, line = (open_lines or lines)[0]
        self._work.table.choose(index)
        carriers = sorted({one.carrier or "" for _, one in open_lines})
        if len(carriers) > 1:  # the allowance goes back to the one whose goods they are
            self._refuse(lambda tr: tr("Rows of {visitors} have these goods. Choose one and press +.",
                                       visitors=tr(", ").join(carriers)))  # fmt: skip
            return
        if open_lines:
            self._session.sounds.play(Sound.ACCEPT)
        self._change(lambda hand: hand.taking(line.line, hand.of_line(line.line).quantity + 1))
