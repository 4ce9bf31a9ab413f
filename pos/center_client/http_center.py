"""The center behind its address: TLS by the computer's certificates, limits of time and size, no redirects."""

from __future__ import annotations

import json
import queue
import ssl
import threading
import time
from collections.abc import Callable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import quote

from pos import __version__
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

if TYPE_CHECKING:
    import httpx2

T = TypeVar("T")

LOOKUP_SECONDS = 2.0
"""So long a cashier waits for the allowance (spec of the center, § 6)."""
SECONDS = 6.0
"""For everything else: the center may wait for its standby."""
LONGEST_ANSWER = 4 * 1024 * 1024
_CONNECT_SECONDS = 1.5
_PIECE = 64 * 1024


class HttpCenter:
    """Implements `CenterLedger` for the till with this pass.

    The library is loaded with the first call, so that a shop without a center never loads it.
    """

    def __init__(self, of: TillPass, *, lookup_seconds: float = LOOKUP_SECONDS, seconds: float = SECONDS) -> None:
        self._pass = of
        self._lookup_seconds = lookup_seconds
        self._seconds = seconds
        self._lock = threading.Lock()

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
        with self._lock:
            client = self.__dict__.pop("_client", None)
        if client is not None:
            client.close()

    @cached_property
    def _client(self) -> httpx2.Client:
        import httpx2

        if self._pass.address.startswith("https:"):
            verify: ssl.SSLContext | bool = ssl.create_default_context()
        else:
            verify = False  # this computer alone: a pass has no other address without TLS
        return httpx2.Client(
            base_url=self._pass.address,
            headers={
                "Authorization": f"Bearer {self._pass.credential}",
                "Content-Type": "application/json",
                "User-Agent": f"Border-POS/{__version__}",
                "Accept-Encoding": "identity",
            },
            verify=verify,
            trust_env=False,
            follow_redirects=False,
        )

    def _ask(self, method: str, path: str, body: str | None, seconds: float) -> Any:
        """What a good answer says. Raises CenterAway and the center's refusals."""
        content = self._content(method, path, body, seconds)
        return understood(json.loads, content) if content else None

    def _content(self, method: str, path: str, body: str | None, seconds: float) -> bytes:
        """The bytes of a good answer."""
        status, content = _within(seconds, lambda end: self._send(method, path, body, end))
        if 200 <= status < 300:
            return content
        raise problem_of(status, understood(json.loads, content) if content else None)

    def _send(self, method: str, path: str, body: str | None, end: float) -> tuple[int, bytes]:
        with self._lock:
            client = self._client
        import httpx2

        left = max(end - time.monotonic(), 0.05)
        limits = httpx2.Timeout(left, connect=min(_CONNECT_SECONDS, left))
        content = None if body is None else body.encode()
        try:
            with client.stream(method, path, content=content, timeout=limits) as answer:
                return answer.status_code, _read(answer, end)
        except httpx2.TimeoutException as error:
            raise CenterAway("timeout") from error
        except httpx2.HTTPError as error:
            raise CenterAway(_cause_of(error)) from error
        except (httpx2.InvalidURL, UnicodeError, ValueError) as error:
            raise CenterAway("address") from error


def _read(answer: httpx2.Response, end: float) -> bytes:
    """All of an answer. Raises CenterAway for one that is too long, or comes too slowly."""
    parts: list[bytes] = []
    size = 0
    for part in answer.iter_raw(_PIECE):
        size += len(part)
        if size > LONGEST_ANSWER:
            raise CenterAway(NOT_UNDERSTOOD)
        if time.monotonic() > end:
            raise CenterAway("timeout")
        parts.append(part)
    return b"".join(parts)


def _cause_of(error: BaseException | None) -> str:
    """Whether the certificate is at fault, or the line."""
    while error is not None:
        if isinstance(error, ssl.SSLError):
            return "certificate"
        error = error.__cause__ or error.__context__
    return "no_connection"


def _quoted(key: str) -> str:
    return quote(key, safe="")


def _shorter(seconds: float, within: float | None) -> float:
    return seconds if within is None else min(seconds, within)


def _within(seconds: float, step: Callable[[float], T]) -> T:
    """The result of a step that gets the instant of its end. Raises CenterAway where it lasts longer.

    On a thread of its own: looking up the name of a host knows no time limit.
    """
    end = time.monotonic() + seconds
    answers: queue.SimpleQueue[T | BaseException] = queue.SimpleQueue()

    def work() -> None:
        try:
            answers.put(step(end))
        except BaseException as error:  # noqa: BLE001 # whatever it was, the one who waits must hear of it
            answers.put(error)

    threading.Thread(target=work, name="center", daemon=True).start()
    try:
        answer = answers.get(timeout=seconds)
    except queue.Empty:
        raise CenterAway("timeout") from None
    if isinstance(answer, BaseException):
        raise answer
    return answer
