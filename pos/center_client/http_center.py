"""The center behind its address: TLS by the computer's certificates, limits of time and size, no redirects."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from pos.application.center.requests import Booked, ReservationRequest, Reserved, VisitorLedger, VisitorLookup
from pos.application.center.till_pass import TillPass
from pos.application.membership.calls import Call, lookup_body, reservation_body
from pos.application.membership.offered import OfferedRate, OfferedRules
from pos.application.membership.refusals import CenterAway
from pos.center_client.answers import (
    NOT_UNDERSTOOD,
    booked,
    offered_rates,
    offered_rules,
    problem_of,
    reservation,
    understood,
    visitor_ledger,
)
from pos.partner_line.http_line import HttpLine, NoReply

LOOKUP_SECONDS = 2.0
"""So long a cashier waits for the allowance (spec of the center, § 6)."""
SECONDS = 6.0
"""For everything else: the center may wait for its standby."""
LONGEST_ANSWER = 4 * 1024 * 1024
_CONNECT_SECONDS = 1.5
_AWAY = {"no_line": "no_connection", "time_over": "timeout", "too_long": NOT_UNDERSTOOD}
"""Why there is no answer, as refusals of a center say it."""


class HttpCenter:
    """Implements `CenterLedger` for the till with this pass.

    The library is loaded with the first call, so that a shop without a center never loads it.
    """

    def __init__(self, of: TillPass, *, lookup_seconds: float = LOOKUP_SECONDS, seconds: float = SECONDS) -> None:
        self._line = HttpLine(of.address, longest=LONGEST_ANSWER, connect_seconds=_CONNECT_SECONDS)
        self._headers = {"Authorization": f"Bearer {of.credential}", "Content-Type": "application/json"}
        self._lookup_seconds = lookup_seconds
        self._seconds = seconds

    def look_up(self, lookup: VisitorLookup, within: float | None = None) -> VisitorLedger:
        seconds = _shorter(self._lookup_seconds, within)
        return understood(visitor_ledger, self._ask("POST", "/v1/visitors", lookup_body(lookup), seconds))

    def reserve(self, request: ReservationRequest, within: float | None = None) -> Reserved:
        content, seconds = reservation_body(request), _shorter(self._seconds, within)
        return understood(reservation, self._ask("POST", "/v1/reservations", content, seconds))

    def extend(self, key: str, seconds: int, within: float | None = None) -> None:
        content = json.dumps({"seconds": seconds})
        self._ask("PATCH", f"/v1/reservations/{_quoted(key)}", content, _shorter(self._seconds, within))

    def give_back(self, key: str) -> None:
        self._ask("DELETE", f"/v1/reservations/{_quoted(key)}", None, self._seconds)

    def book(self, call: Call) -> Booked:
        address = call.address or f"/v1/reservations/{_quoted(call.key)}/sale"
        return understood(booked, self._ask("POST", address, call.body, self._seconds))

    def regimes(self) -> Sequence[OfferedRules]:
        return understood(offered_rules, self._ask("GET", "/v1/regimes", None, self._seconds))

    def regime(self, name: str, within: float | None = None) -> bytes:
        return self._content("GET", f"/v1/regimes/{_quoted(name)}", None, _shorter(self._seconds, within))

    def rates(self) -> Sequence[OfferedRate]:
        return understood(offered_rates, self._ask("GET", "/v1/rates", None, self._seconds))

    def check(self) -> None:
        self._ask("GET", "/v1/regimes", None, self._seconds)

    def close(self) -> None:
        """Close the connections; a later call opens new ones."""
        self._line.close()

    def _ask(self, method: str, path: str, body: str | None, seconds: float) -> Any:
        """What a good answer says. Raises CenterAway and the center's refusals."""
        content = self._content(method, path, body, seconds)
        return understood(json.loads, content) if content else None

    def _content(self, method: str, path: str, body: str | None, seconds: float) -> bytes:
        """The bytes of a good answer."""
        content = None if body is None else body.encode()
        try:
            reply = self._line.ask(method, path, seconds, headers=self._headers, content=content)
        except NoReply as lost:
            raise CenterAway(_AWAY.get(lost.what, lost.what)) from lost
        if 200 <= reply.status < 300:
            return reply.body
        raise problem_of(reply.status, understood(json.loads, reply.body) if reply.body else None)


def _quoted(key: str) -> str:
    return quote(key, safe="")


def _shorter(seconds: float, within: float | None) -> float:
    return seconds if within is None else min(seconds, within)
