"""Every kind of notice and question of the window: its cause, and with what it ends."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import count

from pos.ui.widgets.cards.notice_bar import Notice

Act = Callable[[], None]
News = Callable[[], Notice]
"""Makes a notice in the current language, so that it can be repeated in another one."""


class Falls(StrEnum):
    """When a notice ends at the latest. Each also ends with its cause, if the caller passes `holds`."""

    QUESTION = "question"
    """A question. Ends with its page, with the person asked, with another notice, and after its time."""
    PAGE = "page"
    """About the content of a page: ends with the page, and with its reader."""
    STEP = "step"
    """Why a step was refused: ends as one of a page, and with the next step that succeeds."""
    PERSON = "person"
    """What was done: ends with the person who did it."""
    CAUSE = "cause"
    """What is wrong with the shop or the till: ends with its cause only."""


@dataclass(frozen=True, slots=True)
class NoticeKind:
    """A kind of notice; `cause` describes it in a few words, for readers of the table."""

    cause: str
    falls: Falls

    @property
    def is_of_page(self) -> bool:
        """Whether a change of page ends it."""
        return self.falls in (Falls.QUESTION, Falls.PAGE, Falls.STEP)

    @property
    def is_of_person(self) -> bool:
        """Whether it ends with the person at the till."""
        return self.falls is not Falls.CAUSE


def _question(cause: str) -> NoticeKind:
    return NoticeKind(cause, Falls.QUESTION)


def _page(cause: str) -> NoticeKind:
    return NoticeKind(cause, Falls.PAGE)


def _step(cause: str) -> NoticeKind:
    return NoticeKind(cause, Falls.STEP)


def _done(cause: str) -> NoticeKind:
    return NoticeKind(cause, Falls.PERSON)


def _wrong(cause: str) -> NoticeKind:
    return NoticeKind(cause, Falls.CAUSE)


TURN = count(1)
"""Numbers notices, keys, taps and scans: a step ends the notices that are older than its key."""


@dataclass(frozen=True, slots=True)
class ShownNotice:
    """A notice for the window: `act` is what its button does, `holds` returns whether its cause is still there.

    `about` is the subject of a question: the same key for the same subject answers it.
    """

    kind: str
    news: News
    act: Act | None = None
    holds: Callable[[], bool] | None = None
    about: object = None
    turn: int = field(default_factory=lambda: next(TURN))


NOTICES: Mapping[str, NoticeKind] = {
    # everywhere
    "refused": _step("a step was refused"),
    "refused.code": _page("a code means nothing, or not this"),
    "trouble": _wrong("the store, the disk or a device does not do what it should"),
    "unforeseen": _wrong("something went wrong that nobody foresaw"),
    "keys.two": _wrong("the till's own file gives two actions one key"),
    "scan.unread": _page("a scan has no place on the page"),
    "scan.nowhere": _page("no page for scans can be shown"),
    "person.ended": _page("somebody else has ended what the person at the till may do"),
    "close.unfinished": _question("something that is begun would be lost at the end of the program"),
    "open.cannot": _wrong("the shop could not be read"),
    "training.opens": _done("the training window is being started"),
    "table.none": _page("the page shows no table"),
    "table.saving": _done("a table is being saved"),
    "table.saved": _done("a table was saved"),
    # services of the program
    "backup.trouble": _wrong("the last backup could not be made"),
    "disk.low": _wrong("little room is left on the disk"),
    "found.at_start": _wrong("a till before this one has left something undone"),
    "drawer.shut": _done("the drawer did not open"),
    "receipt.none": _page("no receipt was printed here yet"),
    "receipt.printing": _done("a receipt is being printed"),
    "receipt.printed": _done("a receipt was printed"),
    "receipt.not_printed": _wrong("a receipt is recorded and not printed"),
    # checkout and payment
    "checkout.refused": _page("something in the basket, or of who buys, does not let a step go on"),
    "checkout.news": _page("a step was taken, and something of it should be known"),
    "checkout.said": _page("what was typed or scanned did nothing"),
    "checkout.gap": _page("a product lacks what it needs to be sold"),
    "visitor.step": _page("something was done about a visitor and can be undone"),
    "visitor.left": _question("whether a visitor has left the center"),
    "visitor.said": _page("something is known of the visitor"),
    "parked.offer": _wrong("a basket was left at the till"),
    "parked.said": _page("a sale was parked or taken up"),
    "payment.handed": _page("money that was given goes back to the buyer"),
    "payment.kept": _wrong("money was given for a sale that is not paid yet"),
    # parked sales
    "parked.discard": _question("whether a parked sale is discarded"),
    "parked.refused": _step("a step about a parked sale was refused"),
    "parked.done": _page("something was done about a parked sale"),
    # returned goods, and carriers of goods
    "return.leave": _question("whether what is chosen of a return is given up"),
    "return.said": _step("a step of a return cannot be taken"),
    "visitors.ask": _question("whether something is recorded about a visitor"),
    "visitors.departed": _question("whether a visitor has left with the goods that are pending"),
    "visitors.moved": _page("a purchase was moved to another visitor"),
    "visitors.said": _page("something was done about a visitor"),
    "visitors.unread": _step("a scan or a document could not be read"),
    # the shift
    "shift.empty_drawer": _question("whether the shift is opened with an empty drawer"),
    "shift.refused": _step("a step of the shift was refused"),
    "shift.drawer": _page("something was done about the drawer"),
    "shift.printed": _page("the report was printed"),
    "shift.parked": _page("parked sales are in the way of the close"),
    "shift.parked_handed": _page("parked sales wait for the next shift"),
    "z.printing": _page("the Z is being printed"),
    "z.printed": _page("the Z was printed"),
    "z.not_printed": _wrong("the Z is recorded and not printed"),
    "z.written": _done("the files of the Z were written"),
    # goods
    "product.saved": _done("a product was saved"),
    "product.unsaved": _page("what is typed on the product is not saved"),
    "product.drop": _question("whether what is not saved is dropped"),
    "product.code_known": _page("a scanned code belongs to another product"),
    "gap.filled": _page("a product has all that it needs"),
    "search.gap": _page("a found product lacks what it needs"),
    "label.none": _page("nothing was found for a label"),
    "label.said": _page("something was done about the labels"),
    "label.printed": _done("labels were printed"),
    "import.undo": _question("whether the last import is undone"),
    "import.undone": _done("an import was undone"),
    "import.rejects": _done("the rejects were saved"),
    "reprice.confirm": _question("whether goods are sold below what they cost"),
    "reprice.done": _page("prices were set or withdrawn"),
    "reprice.refused": _step("prices were not set"),
    "promotion.added": _done("a promotion was added"),
    "promotion.end": _question("whether a promotion ends"),
    "promotion.ended": _done("a promotion has ended"),
    "rates.recorded": _done("rates were recorded"),
    # stock
    "stock.said": _page("something was done about the stock"),
    "stock.refused": _step("a step about the stock cannot be taken yet"),
    "stock.sure": _question("whether something of the stock is written off, dropped or taken for nothing"),
    "receive.lot": _page("a carton names no lot"),
    "receive.unknown": _page("a scanned code is of no product"),
    "receive.discard": _question("whether a delivery is discarded"),
    "receive.rest_closed": _page("nothing more of the order will come"),
    "receive.posted": _done("a delivery was posted, and something of it should be known"),
    "order.over": _done("an order is over"),
    "order.end": _question("whether an order ends or is given up"),
    "order.made": _done("orders were made"),
    "order.written": _done("an order was printed or written"),
    "supplier.saved": _done("a supplier was saved"),
    # books and office
    "history.unopened": _page("the PDF of a receipt could not be opened"),
    "journal.whole": _page("the journal was verified"),
    "journal.broken": _wrong("the journal is not whole"),
    "customs.written": _done("the file for customs was written"),
    "report.saving": _done("a report is being saved"),
    "report.saved": _done("a report was saved"),
    "setting.backup_begun": _page("a backup is being made"),
    "setting.backup_made": _page("a backup was made"),
    "setting.said": _page("a setting was saved"),
    "setting.refused": _step("a setting was refused"),
    "device.tried": _page("a device was tried"),
    "staff.confirm": _question("whether somebody gets another PIN or is disabled"),
    "staff.done": _page("something was done about somebody of the staff"),
    "staff.refused": _step("a step about the staff was refused"),
}
"""All kinds by id; callers name the id."""
