"""Which lines have not left the country: only those give the allowance back."""

from __future__ import annotations

from collections.abc import Mapping

from pos.application.quota.evaluate_quota import has_left
from pos.application.returns.return_goods import ReturnGoods
from pos.domain.sales.sale import Sale


def not_departed(step: ReturnGoods, sale: Sale) -> Mapping[int, bool]:
    """By line of the sale that uses an allowance: True if its return gives the allowance back, False if the goods have
    left.

    Lines without a carrier or a regime, and fully returned lines, are absent.
    """
    regime = step.regimes().get(sale.regime or "")
    if regime is None:
        return {}
    at = step.now()
    with step.store.reading() as work:
        lines = [line for label in sale.carriers for line in work.visitors.of_sale(sale.till, sale.number, label)]
    return {line.key.line: not has_left(line, regime, at) for line in lines if line.key is not None}
