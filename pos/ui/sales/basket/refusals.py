"""Notices of the checkout about refused steps: why, and what to do about it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from pos.application.sales.check_order import NoVisitor, QuotaExceeded
from pos.application.sales.checkout_view import CheckoutView
from pos.application.sales.scan_warnings import QUIET
from pos.application.text.translator import Translator
from pos.application.text.typography import parted
from pos.domain.catalogue.barcode import BadCheckDigit, BadCode
from pos.domain.catalogue.scanned_code import BadGs1
from pos.domain.errors import BadField, InfrastructureError, RuleBroken
from pos.domain.number_masking import without_numbers
from pos.domain.quota.assess import RuleResult
from pos.domain.quota.rule import Verdict
from pos.domain.receipt_number import is_receipt_number
from pos.domain.sales.cart import EmptyCart
from pos.domain.sales.goods_for_sale import UnknownCode
from pos.domain.sales.parking import BasketNotEmpty
from pos.domain.staff.staff import PersonDisabled, need_behind
from pos.domain.visitors.mrz import BadDocument
from pos.domain.visitors.national_number import is_iin
from pos.ui.look.sounds import Sound
from pos.ui.notices.notice_factory import ENTER, News
from pos.ui.quota.party_words import called
from pos.ui.quota.quota_words import too_young
from pos.ui.quota.verdict_words import over_sentence
from pos.ui.sales.current_sale.checkout_controller import CheckoutController
from pos.ui.session.session import Session
from pos.ui.widgets.cards.notice_bar import Notice
from pos.ui.widgets.drawing.tone import Tone

_SECONDS = 15
_MOST = 3
_IIN = 12
"""Digits of an IIN, which a code of goods may have, too: an unknown or misread one is perhaps a person."""
_UNREAD = (UnknownCode, BadCheckDigit, BadCode, BadGs1)
_OF_GOODS = (*_UNREAD, BadField)
_OF_A_DOCUMENT = (BadDocument,)

AskApproval = Callable[[str], None]
"""Opens the approval question for a permission."""
WayOut = Callable[[Exception], Callable[[], None] | None]
"""The step that makes a refused code a product; None where there is none."""


class Refusals(QObject):
    """Words every refusal in the checkout's own notice. Refusals in quick succession are shown below each other."""

    def __init__(
        self, session: Session, counter: CheckoutController, news: News, ask_approval: AskApproval, way_out: WayOut
    ) -> None:
        super().__init__(news)
        self._session = session
        self._counter = counter
        self._news = news
        self._ask_approval = ask_approval
        self._lately: list[Exception] = []
        self._turn = 0
        self._way_out = way_out

    def show_refusal(self, error: Exception) -> None:
        """Show a refusal and play its sound; the basket has not changed."""
        self._session.sounds.play(Sound.UNREAD if isinstance(error, _UNREAD) else Sound.REFUSE)
        if not isinstance(error, (RuleBroken, InfrastructureError)) or isinstance(error, PersonDisabled):
            return  # the session has shown it
        need = need_behind(error)
        if not self._is_own() or need:
            self._lately = []
        lately = [one for one in self._lately if not self._is_over(one)]
        self._lately = [*lately[-_MOST + 1 :], error]
        errors = tuple(self._lately)
        way_out = None if need else self._way_out(error)
        tone = Tone.OVER if isinstance(error, (InfrastructureError, QuotaExceeded)) else Tone.NEARLY

        def make_notice(tr: Translator) -> Notice:
            open_errors = [one for one in errors if not self._is_over(one)] or errors
            text = "\n".join(dict.fromkeys(self.text_of(one) for one in open_errors))
            action = tr("Ask for approval") if need else tr("New product") if way_out else ""
            key = ENTER if action else ""
            return Notice(tone, text, action=action, action_key=key, seconds=0 if need else _SECONDS)

        asked = self._counter.view

        def holds() -> bool:
            """A pending request ends with the next step; an obstacle ends when it is gone."""
            return (not need or self._counter.view is asked) and not all(self._is_over(one) for one in errors)

        kind = "checkout.code" if all(isinstance(one, _OF_GOODS) for one in errors) else "checkout.refused"
        self._news.notify(
            kind,
            make_notice,
            (lambda: self._ask_approval(need.permission)) if need else way_out,
            holds=holds,
        )
        self._turn = self._news.turn

    def forget_typed(self, refusal: Exception | None) -> None:
        """The field is closed: what was wrong with its text, or its `refusal`, is over."""
        if self._is_own() and all(isinstance(one, BadField) or one is refusal for one in self._lately):
            self._news.clear()

    def forget_asked(self) -> None:
        """The refused step is dropped: no approval is offered for it."""
        if self._is_own():
            self._news.clear()

    def goods_read(self) -> None:
        """Goods were added: a code that could not be read is over, and an obstacle beside it is not."""
        self._forget(_OF_GOODS)

    def document_read(self) -> None:
        """A visitor was identified: a document that could not be read is over."""
        self._forget(_OF_A_DOCUMENT)

    def _forget(self, read: tuple[type[Exception], ...]) -> None:
        if self._is_own() and self._news.kind == "checkout.refused":
            self._lately = [one for one in self._lately if not isinstance(one, read)]
            self._news.look_again()

    def _is_own(self) -> bool:
        """Whether the notice on show is the last refusal, in any language, and also after parts of it were dropped."""
        return self._news.notice is not None and self._news.turn == self._turn

    def _is_over(self, error: Exception) -> bool:
        """Whether the obstacle to a step is gone."""
        view = self._counter.view
        if view is None:
            return False
        if isinstance(error, _OF_GOODS + _OF_A_DOCUMENT):
            return all(one is not error for one in self._lately)
        if isinstance(error, EmptyCart):
            return bool(view.lines)
        if isinstance(error, BasketNotEmpty):
            return not (view.lines or view.back.pieces)
        if isinstance(error, NoVisitor):
            return bool(view.visitors)
        return isinstance(error, QuotaExceeded) and error.visitor not in _over(view)

    def show_warnings(self, view: CheckoutView) -> None:
        """Show the warnings of an accepted step: for goods that are sold nevertheless with a sound, the others
        quietly. They are of the row as it stands now.
        """
        warnings = view.warnings
        if not warnings:
            return
        loud = any(not isinstance(one, QUIET) for one in warnings)
        if loud:
            self._session.sounds.play(Sound.NOTE)

        def make_notice(_tr: Translator) -> Notice:
            text = "\n".join(self._session.wording(one) for one in warnings)
            return Notice(Tone.NEARLY if loud else Tone.INFO, text, seconds=_SECONDS)

        def holds() -> bool:
            now = self._counter.view
            return now is None or _last_row(view, view) == _last_row(view, now)

        self._news.notify("checkout.news", make_notice, holds=holds)

    def text_of(self, error: Exception) -> str:
        """What cannot be done and why; for the quota, what is over the allowance and by how much."""
        view = self._counter.view
        if isinstance(error, QuotaExceeded) and view is not None and error.visitor in view.quota:
            tr, several = self._session.translator, len(view.visitors) > 1
            labels = _over(view) if several else [error.visitor]
            said = [
                f"{label} · {reason}" if several else reason for label in labels for reason in _reasons(view, label, tr)
            ]
            if all(too_young(result) is not None for label in labels for result in _results(view, label)):
                return "\n".join(_first(said))
            if several:
                return "\n".join([tr("The visitors' goods are over the allowance."), *_first(said)])
            about = [] if view.parcel is not None else [_what_is_over(view, error.visitor, tr)]
            return "\n".join([*about, *_first(said)])
        if isinstance(error, UnknownCode | BadCheckDigit) and is_iin(error.code[-_IIN:], self._session.today):
            return self._session.translator(
                "{number}: this may be the IIN of a person. For a visitor's document press {key}, then type it.",
                number=without_numbers(error.code[-_IIN:]),
                key=self._session.actions.key_text("visitor"),
            )
        if isinstance(error, UnknownCode) and is_receipt_number(error.code):
            tr = self._session.translator
            return tr("{receipt} is the number of a receipt. Scan it on the page Returns.", receipt=error.code)
        return self._session.wording(error)

    @staticmethod
    def whom(view: CheckoutView, tr: Translator) -> str:
        """In a party, the visitors whose goods need the approval; empty for one visitor."""
        if len(view.visitors) < 2:
            return ""
        over = _over(view)
        named = [called(v.visitor) for v in view.visitors if v.visitor.label in over]
        return parted(tr, _first(named))


def _last_row(of: CheckoutView, view: CheckoutView) -> tuple[int, int] | None:
    """The row that was changed last in `of`, and how many pieces it has in `view`."""
    return next(((row.id, row.line.quantity) for row in view.lines if row.id == of.last), None)


def _over(view: CheckoutView) -> list[str]:
    return [label for label, assessment in view.quota.items() if assessment.verdict > Verdict.UNKNOWN]


def _reasons(view: CheckoutView, label: str, tr: Translator) -> list[str]:
    """What is over for a visitor, the worst first."""
    return [over_sentence(result, view.quota[label].regime, tr) for result in _results(view, label)]


def _results(view: CheckoutView, label: str) -> list[RuleResult]:
    over = (result for result in view.quota[label].rules if result.verdict > Verdict.UNKNOWN)
    return sorted(over, key=lambda result: -result.verdict)


def _what_is_over(view: CheckoutView, label: str, tr: Translator) -> str:
    """Whether the basket is too much, or what was bought before it.

    What the basket adds to a rule that is no sum is not said: its goods may lie within it beside the earlier ones.
    """
    over = {result.rule.id: result for result in _results(view, label)}
    earlier = over.keys() & (set() if view.advice_request is None else view.advice_request.broken_before(label))
    if not earlier:
        return tr("This basket is over the allowance.")
    touched = {use.rule for uses in view.quota[label].eaten for use in uses} & over.keys()
    if not touched:
        return tr("Earlier purchases are over the allowance. This basket adds nothing to that.")
    if touched - earlier or any(over[name].current is not None for name in touched):
        return tr("Earlier purchases are over the allowance, and this basket adds to that.")
    return tr("Earlier purchases are over the allowance.")


def _first(texts: list[str]) -> list[str]:
    return [*texts[:_MOST], "…"] if len(texts) > _MOST else texts
