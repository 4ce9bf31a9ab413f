"""A partner on loopback: real HTTP or TLS, books of its own, and faults of the line by the request.

A fault is taken by the next request for an act: `cut_before` and `broken` do nothing and answer nothing or 503;
`cut_after` and `broken_after` do it first. `garbage`, `huge`, `redirect`, `slow`, `unsigned`, `wrong_signature` spoil
the answer to what was done.
"""

from __future__ import annotations

import threading
import time
from abc import ABC, abstractmethod
from collections import deque
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socketserver import TCPServer
from types import TracebackType
from typing import Any, Self, cast
from urllib.parse import parse_qsl, urlsplit

from tests.payments.keys import TlsIdentity

HUGE = 10 * 1024 * 1024
SLOW_SECONDS = 0.6


@dataclass
class Payment:
    """One payment in the books of a provider, in minor units of its currency. `state`: waiting, paid, refused, undone.

    `patience` is how many questions the customer lets pass; `after` is what they do then.
    """

    number: str
    minor: int
    currency: str
    reference: str
    state: str = "waiting"
    patience: int = 0
    after: str = "paid"
    at_undo: str = ""
    said_minor: int | None = None
    said_currency: str = ""
    refunds: dict[str, int] = field(default_factory=dict)

    @property
    def kept(self) -> int:
        """What of it the shop has."""
        return self.minor - sum(self.refunds.values()) if self.state == "paid" else 0

    def asked(self) -> None:
        """One question more: the customer may act now."""
        if self.state == "waiting":
            self.patience -= 1
            if self.patience < 0:
                self.state = self.after

    def undo(self) -> None:
        """The provider undoes it: what had been paid goes back."""
        if self.at_undo and self.state == "waiting":
            self.state = self.at_undo
        self.state = "undone"


@dataclass(frozen=True)
class Request:
    """A request as it came."""

    method: str
    path: str
    target: str
    query: dict[str, str]
    headers: dict[str, str]
    body: bytes


@dataclass
class Answered:
    """An answer before it is signed."""

    status: int
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)


class PartnerServer(ABC):
    """Answers while it is entered. `customers` says what the next customers do, the last for good; see `begun`."""

    spared: tuple[str, ...] = ()
    """Paths whose requests take no fault."""

    def __init__(self, identity: TlsIdentity | None = None) -> None:
        self.books: dict[str, Payment] = {}
        self.faults: deque[str] = deque()
        self.customers: deque[str] = deque(["pays"])
        self.seen: list[Request] = []
        self.lock = threading.Lock()
        self._identity = identity
        self._server: ThreadingHTTPServer | None = None

    @property
    def address(self) -> str:
        """Where it answers."""
        assert self._server is not None
        return f"{'https' if self._identity else 'http'}://127.0.0.1:{self._server.server_address[1]}"

    @property
    def kept(self) -> int:
        """The shop's money at this provider, in minor units."""
        return sum(payment.kept for payment in self.books.values())

    def sent(self) -> bytes:
        """All bytes that have come."""
        return b"\n".join(f"{one.method} {one.target} {one.headers}".encode() + one.body for one in self.seen)

    def begun(self, number: str, minor: int, currency: str, reference: str) -> Payment:
        """A payment in the books, with the next customer at it."""
        customer = self.customers.popleft() if len(self.customers) > 1 else self.customers[0]
        payment = Payment(number, minor, currency, reference)
        if customer == "pays":
            payment.state = "paid"
        elif customer == "refuses":
            payment.state = "refused"
        elif customer.startswith("waits"):
            payment.patience = int(customer.removeprefix("waits") or 2)
        elif customer == "refuses later":
            payment.patience, payment.after = 1, "refused"
        elif customer == "pays at the undo":
            payment.patience, payment.at_undo = 99, "paid"
        elif customer == "other sum":
            payment.state, payment.said_minor = "paid", minor - 100
        elif customer == "other currency":
            payment.state, payment.said_currency = "paid", "HKD"
        else:
            raise AssertionError(customer)
        self.books[number] = payment
        return payment

    @abstractmethod
    def act(self, request: Request) -> Answered:
        """Do what is asked, and answer."""

    def signed(self, answer: Answered, fault: str) -> Answered:
        """The answer with the signature of this partner, or that of another by the fault."""
        return answer

    def __enter__(self) -> Self:
        partner = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            disable_nagle_algorithm = True

            def handle_any(self) -> None:
                partner._handled(self)

            do_GET = do_POST = handle_any  # noqa: N815 # the names that the library looks for

            def log_message(self, *parts: Any) -> None:
                pass

        self._server = _Quiet(("127.0.0.1", 0), Handler)
        if self._identity is not None:
            # Each connection shakes hands on its own thread: one that breaks off stops no other.
            self._server.socket = self._identity.context.wrap_socket(
                self._server.socket, server_side=True, do_handshake_on_connect=False
            )
        threading.Thread(target=self._server.serve_forever, args=(0.002,), daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._server is not None
        self._server.shutdown()
        self._server.server_close()

    def _handled(self, handler: BaseHTTPRequestHandler) -> None:
        parts = urlsplit(handler.path)
        length = int(handler.headers.get("Content-Length") or 0)
        request = Request(
            handler.command, parts.path, handler.path, dict(parse_qsl(parts.query, keep_blank_values=True)),
            {name.lower(): value for name, value in handler.headers.items()}, handler.rfile.read(length),
        )  # fmt: skip
        with self.lock:
            self.seen.append(request)
            takes = parts.path not in self.spared
            fault = self.faults.popleft() if takes and self.faults else ""
            answer = Answered(503) if fault in ("broken", "cut_before") else self.act(request)
        if fault in ("cut_before", "cut_after"):
            handler.close_connection = True
            return
        if fault == "broken_after":
            answer = Answered(503, b"<html>")
        elif fault == "garbage":
            answer = self.signed(Answered(200, b'{"trade_state": ["SUCC'), "")
        elif fault == "huge":
            answer = Answered(200, b" " * HUGE)
        elif fault == "redirect":
            answer = Answered(302, headers={"Location": f"{self.address}/elsewhere"})
        else:
            answer = self.signed(answer, fault)
        if fault == "slow":
            time.sleep(SLOW_SECONDS)
        _write(handler, answer)


class _Quiet(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def server_bind(self) -> None:
        """Without asking what this computer is called: that may be a question to a server of names."""
        TCPServer.server_bind(self)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that has gone away is what these tests are about."""


def _write(handler: BaseHTTPRequestHandler, answer: Answered) -> None:
    handler.send_response(answer.status)
    for name, value in answer.headers.items():
        handler.send_header(name, value)
    handler.send_header("Content-Length", str(len(answer.body)))
    handler.end_headers()
    cast("Any", handler.wfile).write(answer.body)
