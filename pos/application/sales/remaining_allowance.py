"""How many pieces of an article a visitor may still take, before any sale."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from pos.application.catalogue.find_product import FoundProduct
from pos.application.pricing.rates_in_force import rates_of
from pos.application.quota.evaluate_quota import goods_of
from pos.application.quota.open_questions import DESTINATION, ENTRIES
from pos.application.quota.quota_advice import AdviceRequest
from pos.application.quota.strangers import strangers
from pos.application.settings.context import UseCase
from pos.domain.catalogue.piece import Piece
from pos.domain.money import Money
from pos.domain.quota.allowance_position import AllowancePosition
from pos.domain.quota.measure import Goods
from pos.domain.quota.remaining_units import room_for, verdict_on
from pos.domain.quota.rule import Regime, Verdict

_MOST_KG = 1000
"""Of goods by weight no more kilograms are asked about: how many are on the floor is not known."""


@dataclass(frozen=True, slots=True)
class FittingPieces:
    """How many pieces fit for one visitor: at most `of`, the pieces on the floor.

    `label` is the visitor's in the current sale, "" for any adult without purchases. `verdict` is that of one more
    piece, `missing` the attributes of the article that a limit needs and that have no value. `open` are the questions
    about the visitor on which the answer depends: while one is open, no verdict is better than unknown. Of goods
    `by_weight` `pieces` are whole kilograms, for what a piece weighs is known at the scale alone.
    """

    label: str
    regime: Regime
    pieces: int
    of: int
    verdict: Verdict
    missing: tuple[str, ...]
    open: tuple[str, ...] = ()
    by_weight: bool = False


class RemainingAllowance(UseCase):
    """Computes the remaining pieces for a price check: for the visitors of the current sale or, without any, for both
    sides.
    """

    def __call__(
        self, found: FoundProduct, request: AdviceRequest | None = None, *, agreed: Money | None = None
    ) -> Sequence[FittingPieces]:
        """One FittingPieces for each visitor (or side); none for an article that cannot be sold yet.

        Limits of value count what a piece is sold at: with the promotion in force, or at an `agreed` price.
        """
        product, price = found.product, agreed or found.price
        if product.missing or product.category is None or price is None:
            return ()
        there = max(0, found.on_hand)
        most, attributes = there, product.attributes
        if product.by_weight:
            most, attributes = _MOST_KG if there else 0, Piece(grams=1000).attributes(attributes)
        goods = Goods.sold(product.name, product.category, max(1, most), price, attributes=attributes)
        if request is None:
            fits = [_fit("", position, (), goods, most) for position in self._strangers()]
        else:
            fits = [
                _as_open(
                    _fit(label, position, basket, goods, most),
                    _fit(label, request.frequent[label], basket, goods, most) if label in request.frequent else None,
                    request.open.get(label, ()),
                )
                for label, position in request.positions.items()
                for basket in [[goods_of(line) for line in request.cart.lines if line.carrier == label]]
            ]
        return [replace(fit, by_weight=product.by_weight) for fit in fits]

    def _strangers(self) -> list[AllowancePosition]:
        """For each side an adult resident there, without purchases and with one entry."""
        settings, now = self.settings(), self.now()
        with self.store.reading() as work:
            rates = rates_of(work, settings, now)
        return list(strangers(settings.regime_for, self.regimes(), rates, now).values())


def _fit(label: str, position: AllowancePosition, basket: Sequence[Goods], goods: Goods, there: int) -> FittingPieces:
    """Of goods of which none are `there` the verdict is that of a single piece."""
    verdict, missing = verdict_on(position, basket, replace(goods, quantity=1))
    room = room_for(position, basket, goods) if verdict <= Verdict.NOTE else 0
    return FittingPieces(label, position.regime, min(room, there), there, verdict, missing)


def _as_open(plain: FittingPieces, if_frequent: FittingPieces | None, open_now: Sequence[str]) -> FittingPieces:
    """The answer as it may be shown while questions about the visitor are open.

    Another destination may allow more or less, further days of entry only less.
    """
    if DESTINATION in open_now:
        return replace(plain, pieces=0, verdict=Verdict.UNKNOWN, open=(DESTINATION,))
    if if_frequent is not None and if_frequent.pieces < plain.pieces:
        return replace(plain, pieces=0, verdict=Verdict.UNKNOWN, open=(ENTRIES,))
    return plain
