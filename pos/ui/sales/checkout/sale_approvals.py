"""Asks for an approval of what a sale needs: of the one refused discount, or of the sale as it is."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable

from PySide6.QtCore import QObject, Signal

from pos.application.membership.refusals import CenterAway, UnseenRequirement
from pos.application.sales.checkout_view import CheckoutView
from pos.application.text.translator import Translator
from pos.application.text.typography import noted
from pos.domain.catalogue.product import Product
from pos.domain.quota.assess import RuleResult
from pos.domain.quota.rule import Regime, Verdict
from pos.domain.staff.staff import ApprovalRequirement
from pos.ui.approval.approval_panel import ApprovalPanel
from pos.ui.approval.approval_words import figures_text
from pos.ui.quota.quota_words import gauge_view, title_of
from pos.ui.sales.basket.refusals import Refusals
from pos.ui.sales.basket.row_changes import RowChanges
from pos.ui.sales.current_sale.checkout_controller import CheckoutController
from pos.ui.session.session import Session


class SaleApprovals(QObject):
    """Shows the approver exactly what they approve, in figures; a changed basket is asked about again."""

    closed = Signal()
    """Nothing is left to approve."""

    def __init__(
        self, session: Session, counter: CheckoutController, panel: ApprovalPanel, changes: RowChanges
    ) -> None:
        super().__init__(panel)
        self._session = session
        self._counter = counter
        self._panel = panel
        self._changes = changes
        self._asked: CheckoutView | None = None

    def follow(self, view: CheckoutView) -> bool:
        """Show the figures of a basket that changes while its approval is asked for; False where none is asked for."""
        asked, needs = self._asked, self._needs()
        if asked is None or needs is None or not self._panel.is_asked:
            return False
        if asked.key != view.key:
            self._gone()
            return False
        if not self._panel.isVisible():  # the store is asked for the figures after this step
            self._asked = view
        elif _figures(asked) != _figures(view):
            self._asked = view
            self._panel.ask_again(needs, lambda need, tr: self._text(need, view, tr), self._gone)
        return True

    def _gone(self) -> None:
        self._asked = None
        self._changes.forget()
        if self._panel.close_down():
            self.closed.emit()

    def ask(self, permission: str) -> None:
        """Open the approval question for the refused `permission`."""
        view = self._asked = self._counter.view
        if view is None:
            return

        def make_title(permission: str, tr: Translator) -> str:
            title, whose = tr("Approval needed: {act}", act=permission), Refusals.whom(view, tr)
            return noted(tr, title, whose) if whose else title

        def detail(need: ApprovalRequirement, tr: Translator) -> str:
            return self._text(need, self._asked or view, tr)

        self._panel.open(permission, view.key, make_title, self._needs(), detail)

    def _text(self, need: ApprovalRequirement, view: CheckoutView, tr: Translator) -> str:
        coming = self._changes.requested_product()
        if isinstance(need, UnseenRequirement):
            return self._session.wording(CenterAway(need.what))
        products = [row.line.product for row in view.lines]
        return _text(need, view, products if coming is None else [*products, coming], tr)

    def _needs(self) -> Callable[[], Collection[ApprovalRequirement]] | None:
        person, counter = self._session.person, self._counter
        if person is None:
            return None
        change = self._changes.requested_change()
        return lambda: counter.needs(person, change)


def _figures(view: CheckoutView) -> object:
    """What an approval is about."""
    lines, visitors = tuple(row.line for row in view.lines), tuple(one.visitor for one in view.visitors)
    return lines, view.total, view.destination, view.back, visitors, view.quota


def _text(need: ApprovalRequirement, view: CheckoutView, products: Iterable[Product], tr: Translator) -> str:
    goods = {product.code: product.name_in(tr.language) for product in products}

    def titles_of(label: str) -> str:
        assessment = view.quota.get(label)
        if assessment is None:
            return ""
        over = (one for one in assessment.rules if one.verdict > Verdict.UNKNOWN)
        return tr(", ").join(_excess_text(one, assessment.regime, tr) for one in over)

    return figures_text(need, tr, lambda code: goods.get(code, code), titles_of)


def _excess_text(result: RuleResult, regime: Regime, tr: Translator) -> str:
    """Which rule is over, and by how much where that is a figure."""
    title, excess = title_of(result, tr), gauge_view(result, regime, tr).figure
    return noted(tr, title, excess) if excess else title
