"""A stock-take from a file: begun, counted, explained and posted in one go, or cancelled as a whole."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pos.application.stock.count_stock import CountStock
from pos.application.stock.post_count import PostCount
from pos.application.stock.stock_request import WholeCount
from pos.domain.errors import BadField
from pos.domain.staff.staff import Person
from pos.domain.stock.stock_count import COUNT_REASONS, check_note, check_pieces, check_reason


@dataclass(frozen=True, slots=True)
class CountFromFile:
    """Runs the steps of the counting pages one after another."""

    count_stock: CountStock
    post_count: PostCount

    def __call__(self, person: Person, request: WholeCount) -> Mapping[str, Any]:
        """Post the stock-take; returns what was posted.

        Raises what the steps raise; then it is cancelled and nothing is posted.
        """
        check_reason(request.reason, COUNT_REASONS)
        check_note(request.note)
        if not request.entries and not request.none_left:
            raise BadField("entries", "missing")
        for index, entry in enumerate(request.entries):
            check_pieces(entry.quantity, f"entries[{index}].quantity")
        number = self.count_stock.begin(person, request.wanted).number
        try:
            self._count(person, number, request)
            self.post_count(person, number)
        except BaseException:
            self.count_stock.drop(person, number)
            raise
        posted = self.post_count.posted(person, number)
        assert posted is not None, "it was posted just now"
        return posted

    def _count(self, person: Person, number: int, request: WholeCount) -> None:
        sheet = self.count_stock.take_sheet(person, number).sheet.number
        for index, entry in enumerate(request.entries):
            field = f"entries[{index}].code"
            self.count_stock.scan(person, number, sheet, entry.code, entry.quantity, entry.lot, field)
        self.count_stock.finish_sheet(person, number, sheet)
        if request.none_left:
            self.post_count.none_left(person, number)
        for one in self.post_count.review(person, number).differences:
            self.post_count.explain(person, number, one.product.id, one.line, request.reason, request.note)
