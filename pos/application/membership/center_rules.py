"""The regime files of the center at this till: taken as they are there, and in force between two sales."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from threading import Lock
from typing import Protocol

from pos.application.membership.offered import OfferedRules
from pos.domain.quota.rule import Regime

NOT_READABLE = "rules_not_readable"
"""Why the center counts as away for a regime whose file this program cannot read."""
TAKEN = "rules_taken"
"""Why a sale is judged again: the center judges by another file, which holds here from now on."""


@dataclass(frozen=True, slots=True)
class ReadRules:
    """The file of an offered regime, which this program can read."""

    offered: OfferedRules
    regime: Regime
    content: bytes


class RulesOfTill(Protocol):
    """The regimes by which this till judges. Files of the center stand before those of the shop and of the program."""

    def __call__(self) -> Mapping[str, Regime]:
        """The regimes in force by id."""

    def of_center(self) -> Iterable[str]:
        """The ids of those whose file is the center's."""

    def read(self, name: str, content: bytes, now: datetime) -> Regime:
        """The regime in a file, checked like a file of the shop's folder, and whole `now`. Raises BadField."""

    def keep(self, regime: Regime, content: bytes) -> None:
        """Keep a file of the center, and judge by it from now on. Raises InfrastructureError."""

    def drop(self, name: str) -> None:
        """Judge by the file of the shop or of the program again. Raises InfrastructureError."""


@dataclass
class CenterRules:
    """What is known of the center's files: those read and not in force here yet, those dropped there, and those that
    this program cannot read (by id, with the digest). Several threads may ask.
    """

    waiting: dict[str, ReadRules] = field(default_factory=dict)
    gone: set[str] = field(default_factory=set)
    unreadable: dict[str, str] = field(default_factory=dict)
    lock: Lock = field(default_factory=Lock, repr=False)

    @property
    def has_news(self) -> bool:
        """Whether something waits for the end of the sale in hand."""
        return bool(self.waiting or self.gone)
