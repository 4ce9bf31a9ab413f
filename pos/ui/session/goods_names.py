"""Replaces the codes in a refusal by the names of the goods."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from pos.domain.catalogue.product_card import CodeTaken
from pos.domain.errors import InfrastructureError, RuleBroken

if TYPE_CHECKING:
    from pos.application.sales.checkout_view import CheckoutView
    from pos.application.text.translator import Translator
    from pos.domain.catalogue.product import Product

_OF_THE_CODE = frozenset(
    {
        "unknown_code", "bad_code", "bad_check_digit", "bad_gs1", "duplicate_code", "code_taken", "code_on_receipts",
        "carton_serial", "layout_conflict", "not_a_scale_code",
    }
)  # fmt: skip
"""Refusals of a code itself, whatever goods it names."""

_MOST = 200


class GoodsNames:
    """Remembers the goods of the last refusals. `find` returns the goods of codes, on the store's thread."""

    def __init__(self, find: Callable[[Sequence[str]], Sequence[Product]]) -> None:
        self._find = find
        self._known: Mapping[str, Product] = {}

    def learn(self, error: RuleBroken) -> None:
        """Look up the goods that it names; on the store's thread, before the refusal is shown."""
        codes = (error.code,) if isinstance(error, CodeTaken) else _codes(error)
        if not codes:
            return
        with suppress(RuleBroken, InfrastructureError):  # then their codes are shown
            products = {code: product for product in self._find(codes[:_MOST]) for code in product.codes}
            kept = self._known if len(self._known) < _MOST else {}
            self._known = {**kept, **products}

    def with_goods_names(self, error: RuleBroken, tr: Translator, sale: CheckoutView | None = None) -> RuleBroken:
        """The same refusal with goods by their quoted names, if they have one; also the goods of `sale`."""
        if isinstance(error, CodeTaken):
            owner = self._known.get(error.code)
            return error if owner is None else replace(error, name=owner.name_in(tr.language))
        codes = _codes(error)
        if not codes:
            return error
        basket = {} if sale is None else {row.line.product.code: row.line.product for row in sale.lines}

        def called(code: str) -> str:
            product = self._known.get(code) or basket.get(code)
            name = "" if product is None else product.name_in(tr.language).strip()
            return tr("“{name}”", name=name) if name else code

        named = tuple(called(code) for code in codes)
        refusal: Any = error  # a refusal with parameters is a dataclass, which its base class does not say
        named_refusal: RuleBroken = (
            replace(refusal, codes=named) if "codes" in error.facts() else replace(refusal, code=named[0])
        )
        return named_refusal


def _codes(error: RuleBroken) -> tuple[str, ...]:
    """The codes of goods among its parameters."""
    facts = error.facts()
    several, one = facts.get("codes"), facts.get("code")
    if error.fact in _OF_THE_CODE:
        return ()
    if isinstance(several, tuple):
        return tuple(str(code) for code in several)
    return (one,) if isinstance(one, str) and one else ()
