"""The pieces that are scanned while an order is packed: counted off by line, with their marking codes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QObject

from pos.application.text.formatting import number_text
from pos.application.text.translator import Translator
from pos.domain.catalogue.product import Product
from pos.domain.pickup.customer_order import CustomerOrder, CustomerOrderLine
from pos.ui.look.sounds import Sound
from pos.ui.pickup.order_panel import PickupPanel
from pos.ui.session.on_the_way import OnTheWay
from pos.ui.session.session import Session
from pos.ui.widgets.cards.notice_bar import Notice
from pos.ui.widgets.drawing.tone import Tone

_SECONDS = 10


class Packing(QObject):
    """Of the order on show in the panel, which shows how many pieces are scanned."""

    def __init__(self, session: Session, panel: PickupPanel) -> None:
        super().__init__(panel)
        self._session, self._panel = session, panel
        self._on_the_way = OnTheWay(session)
        """Pieces that are looked up."""
        self._marks: dict[int, list[str]] = {}
        """The marking codes by line that were scanned since the packing began."""
        panel.place.left.connect(lambda: session.withdraw("pickup.part_packed"))

    @property
    def has_counted(self) -> bool:
        """Whether pieces are counted off, or looked up, that would be lost with the question."""
        return self._panel.place.is_open and (bool(self._panel.packed) or bool(self._on_the_way))

    def begin(self) -> None:
        """None is scanned yet."""
        self._marks, self._panel.packed = {}, {}

    def when_answered(self, step: Callable[[], None], given_up: Callable[[], None]) -> None:
        """Do `step` behind the pieces that are looked up; `given_up` instead where one of them is refused."""
        self._on_the_way.then(step, given_up)

    def scan(self, text: str) -> None:
        """A piece of the order, or a pack of them, is counted off; a marking code is kept with its line."""
        order, find, read = self._panel.order, self._session.shop.find_piece, self._session.shop.read_scan
        if order is None:
            return

        def call() -> tuple[Product, int, str]:
            named = find.goods(text)
            return named.product, named.pieces, text if read(text).serial is not None else ""

        def found(named: tuple[Product, int, str]) -> None:
            if not self._count_off(order.code, *named):
                self._on_the_way.give_up()  # who has pressed Enter meanwhile has not heard it

        self._on_the_way.run(call, found, self._not_found)

    def has_enough(self, order: CustomerOrder, again: Callable[[], None]) -> bool:
        """Whether all pieces are scanned, or none because they are packed by eye. A part of them is asked about:
        `again` is the step of the answer.
        """
        session, scanned = self._session, sum(self._panel.packed.values())
        if scanned in (0, order.pieces):
            return True

        def question() -> Notice:
            tr = session.translator
            n, every = number_text(scanned, tr.language), number_text(order.pieces, tr.language)
            said = tr(
                "Scanned: {n} of {all}. Press {key} again if the other pieces are packed, too.",
                n=n, all=every, key="Enter",
            )  # fmt: skip
            return Notice(Tone.NEARLY, said, "package-check", tr("Pack"), seconds=12)

        is_sure = session.sure("pickup.part_packed", (order.code, scanned), question, again)
        if not is_sure:
            session.sounds.play(Sound.NOTE)
        return is_sure

    def marks_of(self, order: CustomerOrder) -> dict[int, tuple[str, ...]]:
        """The marking codes by line that are others now: those scanned, and of those known before as many as the pieces
        that were not scanned leave room for.
        """
        marks, again = {}, {mark for new in self._marks.values() for mark in new}
        for line in order.lines:
            new = self._marks.get(line.no, ())
            room = max(0, line.quantity - self._panel.packed.get(line.no, 0))
            kept = [mark for mark in line.marks if mark not in again][:room]
            if new:
                marks[line.no] = (*kept, *new)
        return marks

    def _count_off(self, code: str, product: Product, pieces: int, mark: str) -> bool:
        """Whether the pieces belong to the order that is packed, and no more of them than were ordered."""
        panel, session = self._panel, self._session
        order = panel.order
        if order is None or order.code != code or not panel.place.is_open:
            session.sounds.play(Sound.NOTE)
            return False
        name = product.name_in(session.language)
        lines = [line for line in order.lines if line.product == product.id]
        left = sum(line.quantity - panel.packed.get(line.no, 0) for line in lines)
        if not lines:
            self._refuse(Tone.OVER, lambda tr: tr("{goods} does not belong to this order.", goods=name))
        elif mark and any(mark in kept for kept in self._marks.values()):
            self._refuse(Tone.NEARLY, lambda tr: tr("This piece was scanned already."))
        elif not left:
            self._refuse(Tone.NEARLY, lambda tr: tr("{goods}: all pieces of the order are packed.", goods=name))
        elif pieces > left:
            self._refuse(Tone.NEARLY, lambda tr: _too_many(name, pieces, left, tr))
        else:
            self._take(lines, pieces, mark)
            is_all = sum(panel.packed.values()) == order.pieces
            session.withdraw("pickup.scan")
            session.sounds.play(Sound.COMPLETE if is_all else Sound.ACCEPT)
            return True
        return False

    def _take(self, lines: Sequence[CustomerOrderLine], pieces: int, mark: str) -> None:
        for _ in range(pieces):
            line = _line_for(mark, lines, self._panel.packed)
            self._panel.pack_piece(line.no)
            if mark:
                self._marks.setdefault(line.no, []).append(mark)

    def _refuse(self, tone: Tone, text: Callable[[Translator], str]) -> None:
        session = self._session
        session.sounds.play(Sound.REFUSE)
        session.notify("pickup.scan", lambda: Notice(tone, text(session.translator), seconds=_SECONDS))

    def _not_found(self, error: Exception) -> None:
        self._session.sounds.play(Sound.REFUSE)
        self._session.report_foreseen(error)


def _line_for(mark: str, lines: Sequence[CustomerOrderLine], packed: Mapping[int, int]) -> CustomerOrderLine:
    """The line to which a scanned piece belongs: that of its marking code, or else one with pieces without codes."""

    def place(line: CustomerOrderLine) -> tuple[bool, bool]:
        return mark not in line.marks, packed.get(line.no, 0) + len(line.marks) >= line.quantity

    return min((line for line in lines if packed.get(line.no, 0) < line.quantity), key=place)


def _too_many(name: str, pieces: int, left: int, tr: Translator) -> str:
    return tr(
        "{goods}: this code is a pack of {n}. To be packed: {left}. Scan the pieces.",
        goods=name, n=number_text(pieces, tr.language), left=number_text(left, tr.language),
    )  # fmt: skip
