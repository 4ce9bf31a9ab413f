"""Steps on the differences of a stock-take: explain, recount, post, print."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from pos.application.stock.post_count import CountDifference, CountReview
from pos.application.text.formatting import number_text
from pos.application.text.translator import N_
from pos.application.text.typography import paragraph
from pos.domain.errors import RuleBroken
from pos.domain.staff.staff import Person
from pos.domain.stock.stock_count import ReasonMissing, SurplusIsNoLoss
from pos.ui.look.sounds import Sound
from pos.ui.session.session import Session
from pos.ui.stock.counting.review_page import Posted, ReviewPage
from pos.ui.stock.stock_messages import StockMessages
from pos.ui.widgets.drawing.tone import Tone

_PATIENCE = 500
"""Milliseconds after which the window says that it works."""

_Answer = tuple[CountReview, Posted | None]


class ReviewSteps(QObject):
    """`shown`: differences are on show; `left`: back to the list."""

    shown = Signal()
    left = Signal()

    def __init__(self, session: Session, page: ReviewPage, messages: StockMessages, parent: QObject) -> None:
        super().__init__(parent)
        self._session, self._page, self._messages = session, page, messages
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(_PATIENCE)
        self._patience.timeout.connect(messages.working)

    def read(self, number: int) -> None:
        """Read a stock-take as it is, or as it was posted."""
        person, step = self._session.person, self._session.shop.post_count
        if person is not None:
            self._run(
                lambda: (step.review(person, number), self._posted(person, number)),
                lambda answer: self.show(*answer) if self._session.is_awaited or self._is_on_show(number) else None,
            )

    def _is_on_show(self, number: int) -> bool:
        """Whether the differences of this stock-take are looked at."""
        review = self._page.review
        return self._page.isVisible() and review is not None and review.count.number == number

    def read_again(self) -> None:
        """Read the one on show again."""
        if self._page.review is not None:
            self.read(self._page.review.count.number)

    def _posted(self, person: Person, number: int) -> Posted | None:
        """Read the posted document and the categories of its products; runs on the store's thread."""
        shop = self._session.shop
        content = shop.post_count.posted(person, number)
        if content is None:
            return None
        products = shop.find.with_codes([one["code"] for one in content["differences"]])
        return Posted(content, {code: product.category for product in products for code in product.codes})

    def show(self, review: CountReview, content: Posted | None = None) -> None:
        """Show the differences."""
        self._page.present(review, content)
        self.shown.emit()
        if not self._page.note.hasFocus():
            self._page.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def explain(self, one: CountDifference, reason: str, note: str) -> None:
        """Record the reason of a difference."""
        if not reason:
            self._messages.refused(ReasonMissing(one.product.code))
            return
        if not one.can_be(reason):
            self._messages.refused(SurplusIsNoLoss(one.product.code, reason))
            return
        step, product, line = self._session.shop.post_count, one.product.id, one.line
        self._do(lambda person, number: step.explain(person, number, product, line, reason, note))

    def same_reason(self) -> None:
        """Give every difference without a reason that of the selected one, or the last given one."""
        review, step = self._page.review, self._session.shop.post_count
        given = "" if review is None else next((one.reason for one in reversed(review.differences) if one.reason), "")
        chosen = self._page.chosen
        if chosen is not None and chosen.reason:
            given = chosen.reason
        if review is None or not given:
            self._messages.notify(Tone.NEARLY, N_("Choose a reason for one difference first."))
            return
        open_ones = [one for one in review.differences if not one.reason]
        unlike = next((one for one in open_ones if not one.can_be(given)), None)
        rest = [(one.product.id, one.line) for one in open_ones if one.can_be(given)]

        def say_what_stays_open(_is_on_show: bool) -> None:
            if unlike is not None:
                self._messages.refused(SurplusIsNoLoss(unlike.product.code, given))

        self._do(lambda person, number: step.explain_rest(person, number, rest, given), say_what_stays_open)

    def recount(self) -> None:
        """Order a recount of all differences."""
        step = self._session.shop.post_count

        def notify(is_on_show: bool) -> None:
            self._messages.notify(
                Tone.INFO, N_("Only differences are recounted, preferably by another person. Press Enter in the list.")
            )
            if is_on_show:
                self.left.emit()

        self._do(step.recount, notify)

    def none_left(self) -> None:
        """Record zero for products that were not counted: the first press asks, the second one acts."""
        review, session = self._page.review, self._session
        if review is None or not review.count.is_open or not review.not_counted:
            return
        key, number = session.actions.key_text("count_none"), review.not_counted
        if self._messages.sure(
            f"none{review.count.number}",
            lambda: session.translator.plural(
                "{n} uncounted line will be set to 0. Press {key} again to confirm.",
                "{n} uncounted lines will be set to 0. Press {key} again to confirm.",
                number,
                key=key,
            ),
        ):
            none_left = session.shop.post_count.none_left
            self._do(lambda person, number: none_left(person, number, review))

    def post(self) -> None:
        """Post the differences; if they are posted already, return to the list."""
        review, session = self._page.review, self._session
        if review is None or not review.count.is_open:
            self.left.emit()
            return
        if self._page.has_typed_note:
            self._page.to_typed_note()
            self._messages.notify(Tone.NEARLY, N_("Press Enter to accept this entry, or Esc to drop it."), Sound.UNREAD)
            return
        name, rest = review.count.name, review.not_counted

        def text() -> str:
            said = session.translator("{count} posted. Recorded stock now matches the count.", count=name)
            if not rest:
                return said
            if not review.agreed and not review.differences:
                said = session.translator("{count} posted.", count=name)
            left = session.translator(
                "{n} not counted. Their recorded stock is unchanged.", n=number_text(rest, session.language)
            )
            return paragraph(session.translator, (said, left))

        def posted(_is_on_show: bool) -> None:
            self._messages.say(Tone.WITHIN, text, Sound.COMPLETE)

        step = session.shop.post_count
        self._do(lambda person, number: step(person, number, review), posted)

    def print(self) -> None:
        """Print the posted document."""
        review, person, issue = self._page.review, self._session.person, self._session.shop.issue_stock
        if review is not None and person is not None:
            number = review.count.number
            self._session.run(lambda: issue.count(person, number), self._messages.printed)

    def _do(self, write: Callable[[Person, int], Any], done: Callable[[bool], None] | None = None) -> None:
        """Run a step on the stock-take on show, and show the result there; `done` gets whether it still is."""
        review, person, step = self._page.review, self._session.person, self._session.shop.post_count
        if review is None or person is None or not review.count.is_open:
            return
        number = review.count.number

        def call() -> _Answer:
            write(person, number)
            return step.review(person, number), self._posted(person, number)

        def shown(answer: _Answer) -> None:
            is_on_show = self._is_on_show(number)
            if is_on_show:
                self.show(*answer)
            if done is not None:
                done(is_on_show)

        def refused() -> None:
            if self._is_on_show(number):
                self.read(number)  # another person has counted, explained or posted it meanwhile

        self._run(call, shown, refused)

    def _run(
        self, call: Callable[[], _Answer], done: Callable[[_Answer], None], failed: Callable[[], None] = lambda: None
    ) -> None:
        """Differences of thousands of lines take their time: the person sees that they are worked at."""

        def answered(answer: _Answer) -> None:
            self._rest()
            done(answer)

        def refused(error: Exception) -> None:
            self._rest()
            self._messages.refused(error)
            if isinstance(error, RuleBroken):
                failed()

        self._patience.start()
        self._session.run(call, answered, refused)

    def _rest(self) -> None:
        self._patience.stop()
        self._messages.rest()
