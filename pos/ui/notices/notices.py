"""Every kind of notice and question of the window: its cause, and with what it ends."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import count

from pos.ui.widgets.cards.notice_bar import Notice

Callback = Callable[[], None]
News = Callable[[], Notice]
"""Makes a notice in the current language, so that it can be repeated in another one."""


class Falls(StrEnum):
    """When a notice ends at the latest. Each also ends with its cause, if the caller passes `holds`."""

    QUESTION = "question"
    """A question. Ends with its page, with the person asked, with another notice, and after its time."""
    PAGE = "page"
    """About the content of a page, or what was done there: ends with the page, and with its reader."""
    STEP = "step"
    """Why a step was refused: ends as one of a page, and with the next step that succeeds."""
    PERSON = "person"
    """What goes on beside the pages, or what went wrong in a step: ends with the person who did it."""
    CAUSE = "cause"
    """What is wrong with the shop or the till: ends with its cause only."""


@dataclass(frozen=True, slots=True)
class NoticeKind:
    """A kind of notice; `cause` describes it in a few words, for readers of the table.

    `is_answered_by_back`: Esc asks it, and once more means yes; every other question Esc answers with no.
    """

    cause: str
    falls: Falls
    is_answered_by_back: bool = False

    @property
    def is_declined_by_back(self) -> bool:
        """Whether Esc means no."""
        return self.falls is Falls.QUESTION and not self.is_answered_by_back

    @property
    def is_of_page(self) -> bool:
        """Whether a change of page ends it."""
        return self.falls in (Falls.QUESTION, Falls.PAGE, Falls.STEP)

    @property
    def is_of_person(self) -> bool:
        """Whether it ends with the person at the till."""
        return self.falls is not Falls.CAUSE


def _question(cause: str, *, is_answered_by_back: bool = False) -> NoticeKind:
    return NoticeKind(cause, Falls.QUESTION, is_answered_by_back)


def _page(cause: str) -> NoticeKind:
    return NoticeKind(cause, Falls.PAGE)


def _step(cause: str) -> NoticeKind:
    return NoticeKind(cause, Falls.STEP)


def _beside(cause: str) -> NoticeKind:
    return NoticeKind(cause, Falls.PERSON)


def _wrong(cause: str) -> NoticeKind:
    return NoticeKind(cause, Falls.CAUSE)


TURN = count(1)
"""Numbers notices, keys, taps and scans: a step ends the notices that are older than its key."""


@dataclass(frozen=True, slots=True)
class ShownNotice:
    """A notice for the window: `action` is what its button does, `holds` returns whether its cause is still there.

    `about` is the subject of a question: the same key for the same subject answers it.
    """

    kind: str
    news: News
    action: Callback | None = None
    holds: Callable[[], bool] | None = None
    about: object = None
    turn: int = field(default_factory=lambda: next(TURN))


NOTICES: Mapping[str, NoticeKind] = {
    # everywhere
    "refused": _step("a step was refused"),
    "refused.code": _step("a code is unknown, or of another kind"),
    "trouble": _wrong("the store or the printer has a fault that lasts"),
    "trouble.once": _beside("a step has met a fault of a file, the disk or a device"),
    "unforeseen": _beside("an unexpected error happened"),
    "keys.two": _wrong("the till's own file assigns one key to two actions"),
    "scan.unread": _step("a scan has no meaning on the page"),
    "page.unsaved_by_another": _page("another person typed what stands on the page, and did not save it"),
    "approval.late": _page("something else was begun before an approval could be asked for"),
    "scan.nowhere": _page("no page that takes scans can be shown"),
    "person.rights": _page("the user may not enter the page before any more"),
    "person.ended": _page("another user has ended the session at the till"),
    "close.unfinished": _question("unfinished work would be lost when the program closes"),
    "close.refused": _step("a kiosk may not be closed by the person at the till"),
    "screen.small": _wrong("the screen is smaller than the pages"),
    "open.cannot": _wrong("the shop could not be read"),
    "training.opens": _beside("the training window is being started"),
    "table.none": _page("the page shows no table"),
    "table.saving": _beside("a table is being saved"),
    "table.saved": _page("a table was saved"),
    # services of the program
    "backup.trouble": _wrong("the last backup could not be made"),
    "disk.low": _wrong("little room is left on the disk"),
    "center.rules": _beside("the center's rules hold from now on"),
    "center.unreadable": _wrong("the program cannot read the center's rules"),
    "center.not_joined": _beside("a new shop could not join its center yet"),
    "center.rates": _wrong("a customs rate differs from the center's"),
    "found.at_start": _wrong("the start-up checks have found a problem"),
    "drawer.shut": _beside("the drawer did not open"),
    "receipt.none": _page("no receipt was printed here yet"),
    "receipt.printing": _beside("a receipt is being printed"),
    "receipt.printed": _beside("a receipt was printed"),
    "receipt.not_printed": _wrong("a receipt is recorded but not printed"),
    # checkout and payment
    "checkout.refused": _page("the basket or a visitor prevents a step"),
    "checkout.code": _step("a code is unknown, or what was scanned or typed could not be read"),
    "checkout.news": _page("a step was accepted with a warning"),
    "checkout.center": _page("a payment waits for the center"),
    "checkout.said": _step("the typed or scanned text had no effect"),
    "checkout.gap": _page("a product cannot be sold because data is missing"),
    "visitor.step": _page("a step on a visitor can be undone"),
    "visitor.left": _question("whether a visitor has left the center"),
    "visitor.said": _page("information about a visitor"),
    "parked.offer": _wrong("a basket was left at the till"),
    "parked.said": _page("a sale was parked or resumed"),
    "payment.charge": _page("a payment provider has declined, or a payment at it is cancelled"),
    "payment.asked": _page("a payment provider is asked for the same money"),
    "payment.open": _page("a payment provider is asked for money of the basket"),
    "payment.said": _page("a payment code cannot be used, or is asked for"),
    "payment.refund_refused": _wrong("a provider has refused to give money back"),
    "payment.late": _wrong("money came for a payment that was cancelled, and goes back"),
    "payment.not_paid": _beside("a payment that was open when the till stopped has come to nothing"),
    "payment.back": _beside("money has gone back through its payment provider"),
    "payment.look": _wrong("a payment at a provider has to be looked up by a person"),
    "payment.handed": _page("money that was given is returned to the customer"),
    "payment.kept": _wrong("money was given for a sale that is not paid yet"),
    # parked sales
    "parked.discard": _question("whether a parked sale is discarded"),
    "parked.refused": _step("a step on a parked sale was refused"),
    "parked.done": _page("a parked sale was changed"),
    # customer orders
    "pickup.done": _page("a step on a customer order was taken"),
    "pickup.scan": _step("a scan or a step does not fit the customer order on show"),
    "pickup.copied": _page("the message for a buyer was copied"),
    "pickup.give_back": _question("whether a deposit is given back"),
    "pickup.part_packed": _question("whether an order is packed of which a part was scanned"),
    "pickup.printed": _page("a paper of customer orders was printed"),
    "pickup.claim": _step("a claim was not taken"),
    "pickup.taken_back": _page("the last claim was taken back"),
    "pickup.importing": _beside("customer orders are being taken from a file"),
    "pickup.imported": _page("customer orders were taken from a file"),
    "pickup.first": _beside("a customer order was scanned while no basket can be filled, and the page changes"),
    "pickup.open": _question("whether an order is opened in a basket that has goods"),
    "pickup.closed": _page("an order in the basket was cancelled or picked up meanwhile"),
    "pickup.there": _step("an order that is in the basket was scanned again"),
    # returned goods, and carriers of goods
    "return.leave": _question("whether an unfinished return is dropped"),
    "return.kept": _beside("a return without receipt was left unfinished"),
    "return.said": _step("a step of a return was refused"),
    "void.kept": _wrong("whether a sale was voided is not known"),
    "void.said": _step("a sale cannot be voided, or a scan has no meaning"),
    "declaration.done": _page("a customs declaration was printed or saved"),
    "declaration.said": _step("a customs declaration was refused, or a scan has no meaning"),
    "visitors.ask": _question("whether something is recorded about a visitor"),
    "visitors.departed": _question("whether a visitor has left with the goods that are pending"),
    "visitors.moved": _page("a purchase was moved to another visitor"),
    "visitors.said": _page("a step on a visitor was recorded"),
    "visitors.unread": _step("a scan or a document could not be read"),
    # the shift
    "shift.empty_drawer": _question("whether the shift is opened with an empty drawer"),
    "shift.refused": _step("a step of the shift was refused"),
    "shift.drawer": _page("a step on the drawer was recorded"),
    "shift.printed": _page("the report was printed"),
    "shift.parked": _page("parked sales prevent the close"),
    "shift.parked_handed": _page("parked sales wait for the next shift"),
    "z.printing": _page("the Z is being printed"),
    "z.printed": _page("the Z was printed"),
    "z.not_printed": _wrong("the Z is recorded but not printed"),
    "z.written": _page("the files of the Z were written"),
    # goods
    "product.several": _page("several products were changed in one step, or this was taken back"),
    "product.none_marked": _page("no products are marked"),
    "product.saved": _page("a product was saved"),
    "product.unsaved": _page("changes of the product are not saved"),
    "product.drop": _question("whether unsaved changes are dropped", is_answered_by_back=True),
    "product.price": _question("whether a scheduled price of a product is cancelled"),
    "product.unlikely": _question("whether a price of ten times the one before, or a tenth of it, is meant"),
    "product.code_known": _step("a scanned code belongs to another product"),
    "gap.filled": _page("a product is complete"),
    "search.gap": _page("a product of the search is incomplete"),
    "label.none": _step("nothing was found for a label"),
    "label.said": _page("a step on the labels was taken"),
    "label.printed": _page("labels were printed"),
    "import.incomplete": _question("whether goods that lack data are imported all the same"),
    "import.template": _page("a template was saved"),
    "import.undo": _question("whether the last import is undone"),
    "import.undone": _page("an import was undone"),
    "import.interrupted": _beside("the database failed in the midst of an import or its undo"),
    "import.rejects": _page("the rejects were saved"),
    "reprice.confirm": _question("whether goods are sold below cost"),
    "reprice.withdraw": _question("whether scheduled prices are cancelled together"),
    "reprice.done": _page("prices were set or withdrawn"),
    "reprice.refused": _step("prices were not set"),
    "quick_keys.said": _page("a step on the quick keys was done"),
    "quick_keys.removed": _page("a quick key or a page was removed, and can be put back"),
    "quick_keys.drop": _question("whether unsaved quick keys are dropped", is_answered_by_back=True),
    "promotion.added": _page("a promotion was added"),
    "promotion.end": _question("whether a promotion ends"),
    "promotion.drop": _question("whether unsaved changes of a promotion are dropped", is_answered_by_back=True),
    "promotion.ended": _page("a promotion has ended"),
    "rates.recorded": _page("rates were recorded"),
    "rates.drop": _question("whether typed rates are dropped", is_answered_by_back=True),
    # stock
    "stock.said": _page("a step on the stock was recorded"),
    "stock.asked": _page("a sheet waits for the figure of goods"),
    "stock.working": _page("the differences of a stock-take are worked out"),
    "stock.refused": _step("a step on the stock was refused"),
    "stock.sure": _question("whether stock is written off, dropped or received at no cost"),
    "receive.lot": _step("a carton names no lot"),
    "receive.unknown": _step("a scanned code belongs to no product"),
    "receive.discard": _question("whether a delivery is discarded"),
    "receive.take_over": _question("whether a delivery is taken over from the till that counts it"),
    "receive.rest_closed": _page("nothing more of the order will come"),
    "receive.expired": _question("whether goods past their last day are received"),
    "receive.posted": _page("a delivery was posted with a warning"),
    "order.over": _page("an order was closed"),
    "order.end": _question("whether an order is closed or cancelled"),
    "order.made": _page("orders were made"),
    "order.written": _page("an order was printed or written"),
    "order.copied": _page("the text of an order was copied"),
    "supplier.saved": _page("a supplier was saved"),
    "workshop.said": _page("a step of the workshop was done"),
    "workshop.none": _step("nothing was found for a recipe, or no recipe makes what was scanned"),
    "workshop.sure": _question("whether a batch is started, finished or cancelled, or a recipe withdrawn"),
    "workshop.drop": _question("whether what is typed of a batch or a recipe is dropped", is_answered_by_back=True),
    # books and office
    "history.unopened": _page("the PDF of a receipt could not be opened"),
    "journal.whole": _page("the journal was verified"),
    "journal.broken": _wrong("the journal is not intact"),
    "customs.written": _page("the file for customs was written"),
    "customs.drafted": _page("the drafts for the single window were written"),
    "report.saving": _beside("a report is being saved"),
    "report.saved": _page("a report was saved"),
    "setting.backup_begun": _page("a backup is being made"),
    "setting.backup_made": _page("a backup was made"),
    "setting.said": _page("a setting was saved"),
    "setting.refused": _step("a setting was refused"),
    "setting.moved": _step("another person has changed the setting meanwhile"),
    "provider.tried": _page("a payment provider was set up, or its line was tried"),
    "fiscal.tried": _page("the fiscal register was signed in to, tried, or sent what waits"),
    "provider.pair": _question("whether a terminal is paired by the certificate that it shows"),
    "provider.forget": _question("whether a payment provider is removed from the till"),
    "center.tried": _page("the till joined a center, left it, or its line was tried"),
    "center.leave": _question("whether the till leaves its center"),
    "device.tried": _page("a device was tried"),
    "staff.drop_rights": _question("whether unsaved rights are dropped", is_answered_by_back=True),
    "staff.confirm": _question("whether a person gets a new PIN or is disabled"),
    "staff.done": _page("a person of the staff was changed"),
    "staff.refused": _step("a step on the staff was refused"),
}
"""All kinds by id; callers name the id."""
