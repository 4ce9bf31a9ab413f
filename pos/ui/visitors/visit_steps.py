"""The rare steps of a visit: a departure, documents that belong together or do not, a sale of another visitor."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject

from pos.application.access.approvals import REVIEW
from pos.application.ports.visitor_ports import AllowanceMove, KnownVisitor, LedgerLine
from pos.application.text.formatting import money_text
from pos.application.text.names import VERDICTS, name_of
from pos.application.text.translator import Translator
from pos.application.text.typography import noted, paragraph
from pos.application.visitors.link_documents import NotLinked
from pos.application.visitors.move_quota import MovedQuota
from pos.application.visitors.record_departure import Departure
from pos.domain.quota.rule import Verdict
from pos.domain.sales.sale import Sale
from pos.domain.staff.staff import Approval
from pos.domain.visitors.document import Document
from pos.domain.visitors.visitor import Visitor
from pos.ui.approval.approval_panel import ApprovalPanel, Needs
from pos.ui.look.sounds import Sound
from pos.ui.notices.notice_factory import ENTER, News
from pos.ui.quota.verdict_words import icon_of, over_sentence, sound_of, tone_of
from pos.ui.session.session import Session
from pos.ui.visitors.step_bar import ReceiptForm, StepBar
from pos.ui.visitors.visitor_controller import VisitorController
from pos.ui.widgets.cards.notice_bar import Notice
from pos.ui.widgets.drawing.tone import Tone

_SECONDS = 15
_MOST_SENTENCES = 2
Then = Callable[[Approval | None], None]


@dataclass(frozen=True, slots=True)
class _Linking:
    """The next document scanned is another one of this visitor."""

    to: Visitor


@dataclass(frozen=True, slots=True)
class _Moving:
    """The next document is that of the visitor who should have had what `label` carries of a sale."""

    receipt: str
    label: str


@dataclass(frozen=True, slots=True)
class _Found:
    """How many pieces that `label` carries of a sale can move to another visitor."""

    receipt: str
    label: str
    pieces: int


def called(shown: Visitor | Document, tr: Translator) -> str:
    """A visitor as this page names them: masked name and masked number."""
    name = shown.masked_name if isinstance(shown, Document) else shown.name
    return noted(tr, name, shown.masked) if name else shown.masked


class VisitSteps(QObject):
    """Asks for what a step needs, has it approved where it must be, does it, and reports the result."""

    def __init__(
        self,
        session: Session,
        controller: VisitorController,
        news: News,
        bar: StepBar,
        receipt: ReceiptForm,
        review: ApprovalPanel,
    ) -> None:
        super().__init__(controller)
        self._session = session
        self._controller = controller
        self._news = news
        self._bar = bar
        self._receipt = receipt
        self._review = review
        self._waits: _Linking | _Moving | None = None
        self._then: Then | None = None
        self._begun = 0
        receipt.receipt_given.connect(self._find_sale)
        review.approved.connect(self._approved)

    def take(self, document: Document) -> bool:
        """Whether a step was waiting for this document."""
        waits, self._waits = self._waits, None
        self._begun += 1
        self._bar.cancel()
        if isinstance(waits, _Linking):
            self._link(document, waits.to)
        elif isinstance(waits, _Moving):
            self._ask_move(waits, document)
        return waits is not None

    def cancel(self) -> bool:
        """Give up the step; whether there was one."""
        begun = self._waits is not None or self._then is not None or not self._receipt.isHidden()
        self._waits = self._then = None
        self._begun += 1
        self._bar.cancel()
        self._review.close_down()
        self._receipt.hide()
        return begun

    # ── has left ─────────────────────────────────────────────────────────────────────────────────────────────

    def ask_departure(self, pending: int) -> None:
        """Ask once more whether they have left with their `pending` pieces."""
        visitor = self._begin()
        if visitor is None:
            return
        if not pending:
            self._notify(Tone.INFO, lambda tr: _nothing_waits(visitor, tr))
            return

        def asking(tr: Translator) -> Notice:
            text = tr(
                "Has {visitor} left for customs? Everything bought so far then counts as taken out.",
                visitor=called(visitor, tr),
            )
            return Notice(Tone.INFO, text, "log-out", tr("Yes, they have left"), ENTER)

        self._news.notify("visitors.departed", asking, lambda: self._depart(visitor))

    def _depart(self, visitor: Visitor) -> None:
        record = self._session.shop.visits.record_departure

        def done(departure: Departure) -> None:
            self._controller.refresh()

            def make_text(tr: Translator) -> str:
                if not departure.left:
                    return _nothing_waits(visitor, tr)
                return tr.plural(
                    "{visitor} has left. {n} piece counts as taken out.",
                    "{visitor} has left. {n} pieces count as taken out.",
                    departure.units,
                    visitor=called(visitor, tr),
                )

            self._done(make_text, "log-out")

        self._controller.run(lambda person: record(visitor, person), done, self._refused)

    # ── documents ───────────────────────────────────────────────────────────────────────────────────────────────

    def ask_link(self) -> None:
        """Wait for the other document of the visitor on show."""
        visitor = self._begin()
        if visitor is None:
            return
        self._waits = _Linking(visitor)

        def make_text(tr: Translator) -> tuple[str, str]:
            why = tr("Both documents will belong to one person and share one allowance.")
            return tr("Scan the other document of {visitor}.", visitor=called(visitor, tr)), why

        self._bar.ask(make_text, self._session.translator)

    def _link(self, document: Document, to: Visitor) -> None:
        link = self._session.shop.visits.link

        def done(_known: KnownVisitor) -> None:
            self._controller.refresh()
            self._done(
                lambda tr: tr(
                    "{paper} and {other} linked: they now share one allowance.",
                    paper=document.masked,
                    other=to.masked,
                ),
                "users",
            )

        self._controller.run(lambda person: link(document, to, person), done, self._refused)

    def ask_part(self) -> None:
        """Have it approved that the document on show is a person of its own."""
        visitor, account = self._begin(), self._controller.account
        if visitor is None or account is None:
            return
        if account.known is None or not account.known.is_linked:
            self._refused(NotLinked(visitor.masked))
            return
        part = self._session.shop.visits.part

        def what(tr: Translator) -> str:
            return tr("Unlink {paper} from the other documents. It gets its own allowance again.", paper=visitor.masked)

        self._ask_review(
            lambda: part.key(visitor),
            what,
            lambda tr: tr("Unlink"),
            lambda approval: self._part(visitor, approval),
        )

    def _part(self, visitor: Visitor, approval: Approval | None) -> None:
        part = self._session.shop.visits.part

        def done(_known: KnownVisitor) -> None:
            self._controller.refresh()
            self._done(
                lambda tr: tr("{paper} unlinked. It has its own allowance again.", paper=visitor.masked),
                "split",
            )

        self._controller.run(lambda person: part(visitor, person, approval), done, self._refused)

    # ── the wrong visitor ────────────────────────────────────────────────────────────────────────────────────

    def ask_right_visitor(self, line: LedgerLine) -> None:
        """Wait for the document of the visitor who should have had this purchase."""
        self._begin()
        key, show_sale = line.key, self._session.shop.show_sale
        if key is None or key.declared or line.moved is AllowanceMove.AWAY:
            self._notify(Tone.NEARLY, lambda tr: _why_not(line, tr))
            return

        begun = self._begun

        def found() -> _Found:
            sale = show_sale(line.receipt)
            return self._found(sale, next((sold.carrier for sold in sale.lines if sold.line == key.line), None) or "")

        def done(found: _Found) -> None:
            if begun == self._begun:  # else it was given up, or another step begun, before the store answered
                self._wait_for_right(found)

        self._controller.run(lambda _person: found(), done, self._refused)

    def ask_receipt(self, receipt: str = "") -> None:
        """Ask which sale it is, by the receipt in the visitor's hand."""
        self._begin()
        self._receipt.open(receipt)

    def _find_sale(self, receipt: str, label: str) -> None:
        show_sale, begun = self._session.shop.show_sale, self._begun

        def done(found: _Found) -> None:
            if begun == self._begun and self._session.is_awaited:  # else another receipt is typed by now
                self._wait_for_right(found)

        def wrong(error: Exception) -> None:
            if begun != self._begun:
                return
            self._session.sounds.play(Sound.REFUSE)
            self._receipt.show_error(lambda: self._session.wording(error))

        self._controller.run(lambda _person: self._found(show_sale(receipt), label), done, wrong)

    def _found(self, sale: Sale, label: str) -> _Found:
        return _Found(sale.receipt, label, self._session.shop.visits.move_quota.pieces(sale, label))

    def _wait_for_right(self, found: _Found) -> None:
        self.cancel()
        receipt, label = found.receipt, found.label
        self._waits = _Moving(receipt, label)

        def make_text(tr: Translator) -> tuple[str, str]:
            why = tr.plural(
                "{receipt}: {n} piece of visitor {label} moves to the correct visitor. Stock and money do not change.",
                "{receipt}: {n} pieces of visitor {label} move to the correct visitor. Stock and money do not change.",
                found.pieces,
                receipt=receipt,
                label=label,
            )
            return tr("Scan the correct visitor's document."), why

        self._bar.ask(make_text, self._session.translator)

    def _ask_move(self, moving: _Moving, right: Document) -> None:
        move = self._session.shop.visits.move_quota

        def what(tr: Translator) -> str:
            return tr(
                "Move the goods of {label} on {receipt} to {visitor}.",
                label=moving.label,
                receipt=moving.receipt,
                visitor=called(right, tr),
            )

        self._ask_review(
            lambda: move.key(moving.receipt),
            what,
            lambda tr: tr("Move goods to visitor"),
            lambda approval: self._move(moving, right, approval),
            lambda: {move.need(moving.receipt, moving.label, right)},
        )

    def _move(self, moving: _Moving, right: Document, approval: Approval | None) -> None:
        self.cancel()
        move = self._session.shop.visits.move_quota

        def done(moved: MovedQuota) -> None:
            self._controller.refresh()
            verdict = moved.judgement.assessment.verdict
            self._session.sounds.play(sound_of(verdict))

            def make_notice(tr: Translator) -> Notice:
                action = tr("Show this visitor")
                return Notice(
                    tone_of(verdict), moved_text(moved, called(right, tr), tr), icon_of(verdict), action, ENTER
                )

            self._news.notify("visitors.moved", make_notice, lambda: self._controller.look_up(moved.visitor))

        self._controller.run(
            lambda person: move(moving.receipt, moving.label, right, person, approval), done, self._refused
        )

    # ── inside ───────────────────────────────────────────────────────────────────────────────────────────────

    def _begin(self) -> Visitor | None:
        """Drop what was begun before; the visitor on show."""
        self.cancel()
        self._news.clear()
        return None if self._controller.account is None else self._controller.account.visitor

    def _ask_review(
        self,
        key: Callable[[], str],
        what: Callable[[Translator], str],
        action: Callable[[Translator], str],
        then: Then,
        needs: Needs | None = None,
    ) -> None:
        """A person who may review is asked once more; any other needs an approval with this key."""
        person = self._session.person
        self._review.close_down()
        if person is None:
            return
        if person.may(REVIEW):
            self._news.notify(
                "visitors.ask",
                lambda tr: Notice(Tone.INFO, what(tr), "", action(tr), ENTER),
                lambda: then(None),
            )
            return
        self._then = then
        self._controller.run(
            lambda _person: key(), lambda known_key: self._open_review(known_key, what, then, needs), self._refused
        )

    def _open_review(self, key: str, what: Callable[[Translator], str], then: Then, needs: Needs | None) -> None:
        if self._then is then:  # it was not given up meanwhile
            self._review.open(REVIEW, key, lambda _permission, tr: tr("Approval needed: {act}", act=what(tr)), needs)

    def _approved(self, approval: Approval) -> None:
        then, self._then = self._then, None
        if then is not None:
            then(approval)

    def _done(self, text: Callable[[Translator], str], icon: str) -> None:
        self._session.sounds.play(Sound.ACCEPT)
        self._notify(Tone.WITHIN, text, icon)

    def _notify(self, tone: Tone, text: Callable[[Translator], str], icon: str = "") -> None:
        self._news.notify("visitors.said", lambda tr: Notice(tone, text(tr), icon, seconds=_SECONDS))

    def _refused(self, error: Exception) -> None:
        self._session.sounds.play(Sound.REFUSE)
        self._notify(Tone.NEARLY, lambda _tr: self._session.wording(error))


def _nothing_waits(visitor: Visitor, tr: Translator) -> str:
    return tr("{visitor}: no goods left to take out.", visitor=called(visitor, tr))


def _why_not(line: LedgerLine, tr: Translator) -> str:
    if line.moved is AllowanceMove.AWAY:
        return tr("{receipt} was already moved to another visitor.", receipt=line.receipt)
    return tr("Purchases stated by the visitor cannot be moved.")


def moved_text(moved: MovedQuota, right: str, tr: Translator) -> str:
    """That a sale was moved, and what it means for the right visitor."""
    assessment, bill = moved.judgement.assessment, moved.judgement.bill
    verdict = name_of(VERDICTS, assessment.verdict.word, tr)
    parts = [tr("{receipt} moved to {visitor}.", receipt=moved.receipt, visitor=right)]
    over = [result for result in assessment.rules if result.verdict > Verdict.UNKNOWN]
    sentences = [over_sentence(result, moved.regime, tr) for result in over[:_MOST_SENTENCES]]
    parts.append(tr("Result for this visitor: {verdict}.", verdict=verdict))
    parts += sentences
    if bill is not None:
        amount = money_text(bill.amount, tr.language)
        at_least = tr("Estimated duty at least {amount}.", amount=amount)
        parts.append(at_least if assessment.unknown else tr("Estimated duty {amount}.", amount=amount))
    return paragraph(tr, parts)
