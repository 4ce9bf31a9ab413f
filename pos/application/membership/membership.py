"""Whether this till's shop is a member of a center, and its line to it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from threading import Lock
from typing import Protocol

from pos.application.center.till_pass import TillPass
from pos.application.membership.center_ledger import CenterLedger
from pos.application.membership.center_rules import CenterRules
from pos.application.membership.payment_wait import PaymentWait
from pos.application.membership.refusals import CenterAway
from pos.application.membership.sales_at_center import SalesAtCenter
from pos.domain.errors import InfrastructureError

NOT_A_MEMBER = "not_a_member"


class Credentials(Protocol):
    """The pass of this till, kept apart from the shop's keys."""

    def read(self) -> TillPass | None:
        """The pass; None where the shop is no member. Raises KeyFileError."""

    def keep(self, given: TillPass) -> None:
        """Keep it. Raises KeyFileError."""

    def forget(self) -> None:
        """Forget it. Raises KeyFileError."""


@dataclass
class Membership:
    """The till at its center. A demo, a training and a simulation have none: they open no connection.

    `connect` opens a line by a pass; `running` is how long the computer has been on, the time asleep included.
    """

    credentials: Credentials
    connect: Callable[[TillPass], CenterLedger]
    running: Callable[[], timedelta]
    version: str = "1"
    """Of the program, whose evaluator judges."""
    sales: SalesAtCenter = field(default_factory=SalesAtCenter)
    rules: CenterRules = field(default_factory=CenterRules)
    _line: tuple[TillPass, CenterLedger] | None = field(default=None, repr=False)
    _lock: Lock = field(default_factory=Lock, repr=False)

    @property
    def is_member(self) -> bool:
        """Whether this till has a pass; also where its file cannot be read: then the center is away."""
        try:
            return self.credentials.read() is not None
        except InfrastructureError:
            return True

    @property
    def address(self) -> str:
        """Where the center is; empty where that is not known."""
        try:
            given = self.credentials.read()
        except InfrastructureError:
            return ""
        return "" if given is None else given.address

    @property
    def center(self) -> CenterLedger:
        """The line to the center. Raises CenterAway without a pass, and where its file cannot be read."""
        try:
            given = self.credentials.read()
        except InfrastructureError as trouble:
            raise CenterAway(trouble.what) from trouble
        if given is None:
            raise CenterAway(NOT_A_MEMBER)
        with self._lock:
            if self._line is None or self._line[0] != given:
                self._close()
                self._line = given, self.connect(given)
            return self._line[1]

    def wait(self) -> PaymentWait:
        """How long a payment that begins now waits for the center."""
        return PaymentWait(self.running)

    def close(self) -> None:
        """Close the line, if there is one."""
        with self._lock:
            self._close()

    def _close(self) -> None:
        if self._line is not None:
            self._line[1].close()
            self._line = None
