"""The visitors of made-up trade: strangers mostly, and some who come back."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import accumulate
from random import Random

from pos.application.ports.store import Secrets
from pos.application.visitors.identify_visitor import visitor_of
from pos.domain.visitors.document import Document
from pos.domain.visitors.visitor import Visitor


@dataclass(frozen=True, slots=True)
class Nation:
    """Of a hundred visitors `many` show its passports; `to_china` is the share of them who leave to China."""

    code: str
    many: int
    to_china: float
    letter: str
    surnames: tuple[str, ...]
    names: tuple[str, ...]


NATIONS = (
    Nation(
        "CHN", 42, 0.98, "E",
        ("ZHANG", "WANG", "LI", "ZHAO", "LIU", "CHEN", "YANG", "HUANG", "MA", "XU", "SUN", "GUO"),
        ("WEI", "FANG", "NA", "MIN", "JING", "LEI", "YAN", "TAO", "XIA", "BO"),
    ),
    Nation(
        "KAZ", 36, 0.03, "N",
        ("AKHMETOVA", "NURPEISOV", "SERIKOV", "ALIYEVA", "KASSYMOV", "OMAROVA", "IBRAYEV", "ZHUMABAYEVA", "TULEGENOV"),
        ("AIGUL", "DANIYAR", "SAULE", "YERLAN", "MADINA", "TIMUR", "DINARA", "ARMAN"),
    ),
    Nation(
        "RUS", 9, 0.05, "7",
        ("IVANOVA", "PETROV", "SMIRNOVA", "KUZNETSOV", "POPOVA", "SOKOLOV", "VOLKOVA"),
        ("OLGA", "SERGEI", "ANNA", "DMITRII", "ELENA", "IVAN"),
    ),
    Nation(
        "UZB", 7, 0.02, "F",
        ("KARIMOV", "RASULOVA", "YUSUPOV", "TOSHMATOVA", "SAIDOV"),
        ("AZIZ", "NODIRA", "JASUR", "DILNOZA", "RUSTAM"),
    ),
    Nation("KGZ", 4, 0.02, "P", ("ASANOV", "BEKOVA", "TOKTOGULOV"), ("NURLAN", "AIZADA", "BAKYT")),
    Nation("DEU", 1, 0.3, "C", ("MUELLER", "SCHMIDT", "WEBER"), ("THOMAS", "JULIA")),
    Nation("KOR", 1, 0.6, "M", ("KIM", "PARK", "CHOI"), ("MINJUN", "SEOYEON")),
)  # fmt: skip

_UP_TO = tuple(accumulate(nation.many for nation in NATIONS))
_BY_CODE = {nation.code: nation for nation in NATIONS}
_COMES_BACK = 0.16
"""The share of baskets that belong to returning visitors."""

_MOST_KNOWN = 400


@dataclass
class DemoVisitors:
    """All possible visitors: `known` are those who may come back."""

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
            nation = random.choices(NATIONS, cum_weights=_UP_TO)[0]
            document = self._document(nation, today)
            if len(self.known) < _MOST_KNOWN:
                self.known.append((nation, document))
            elif random.random() < _COMES_BACK:
                self.known[random.randrange(_MOST_KNOWN)] = nation, document
        return nation, visitor_of(document, label, self.secrets)

    def stranger(self, code: str, today: date) -> Visitor:
        """A visitor of a nation who comes once."""
        return visitor_of(self._document(_BY_CODE[code], today), "A", self.secrets)

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
