"""The visitors of made-up trade: strangers mostly, and some who come back."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import accumulate
from random import Random

from db.seed.border_demo import BorderDemo, Nation
from pos.application.ports.store import Secrets
from pos.application.visitors.identify_visitor import visitor_of
from pos.domain.visitors.document import Document
from pos.domain.visitors.visitor import Visitor

_COMES_BACK = 0.16
"""The share of baskets that belong to returning visitors."""

_MOST_KNOWN = 400


@dataclass
class DemoVisitors:
    """All possible visitors: `known` are those who may come back."""

    demo: BorderDemo
    random: Random
    secrets: Secrets
    known: list[tuple[Nation, Document]] = field(default_factory=list)
    _number: int = 0

    def one(self, today: date, label: str = "A") -> tuple[Nation, Visitor]:
        """The next visitor."""
        random = self.random
        if self.known and random.random() < _COMES_BACK:
            nation, document = random.choice(self.known)
        else:
            nations = self.demo.nations
            nation = random.choices(nations, cum_weights=tuple(accumulate(one.many for one in nations)))[0]
            document = self._document(nation, today)
            if len(self.known) < _MOST_KNOWN:
                self.known.append((nation, document))
            elif random.random() < _COMES_BACK:
                self.known[random.randrange(_MOST_KNOWN)] = nation, document
        return nation, visitor_of(document, label, self.secrets)

    def stranger(self, code: str, today: date) -> Visitor:
        """A visitor of a nation who comes once."""
        return visitor_of(self._document(self.demo.nation(code), today), "A", self.secrets)

    def _document(self, nation: Nation, today: date) -> Document:
        random = self.random
        self._number += 1  # no two documents have one number
        return Document(
            kind="passport",
            number=f"{nation.letter}{self._number * 97 % 89_999_999 + 10_000_000}",
            country=nation.code,
            nationality=nation.code,
            surname=random.choice(nation.surnames),
            given_names=random.choice(nation.names),
            birth_date=today - timedelta(days=random.randrange(19 * 365, 66 * 365)),
            expiry=today + timedelta(days=random.randrange(200, 3_600)),
        )
