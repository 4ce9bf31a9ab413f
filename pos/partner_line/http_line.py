"""One partner, or the center, behind its address: TLS, a limit of time and of size, no redirects, nothing in a log."""

from __future__ import annotations

import hashlib
import hmac
import logging
import queue
import ssl
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from ipaddress import ip_address
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import urlsplit

from pos import __version__

if TYPE_CHECKING:
    import socket

    import httpx2

T = TypeVar("T")

LONGEST_ANSWER = 512 * 1024
"""Fifty times the longest answer of any of them."""
_PIECE = 64 * 1024
_GRACE_SECONDS = 0.2
_TALKATIVE = ("httpx2", "httpcore2")
"""Loggers that write addresses and headers, in which tokens are."""


class NoReply(Exception):
    """No answer came that may be read. `what` is one of `LOST_REASONS`; `sent`: the request may have arrived.

    It holds nothing of the request, and no other exception that does: addresses and headers have tokens.
    """

    def __init__(self, what: str, *, sent: bool = True) -> None:
        super().__init__(what)
        self.what = what
        self.sent = sent


@dataclass(frozen=True, slots=True, repr=False)
class Reply:
    """An answer: its headers by their names in small letters, and its bytes."""

    status: int
    headers: Mapping[str, str] = field(repr=False)
    body: bytes = field(repr=False)

    def __repr__(self) -> str:
        """Without its content: an answer may hold a token."""
        return f"Reply({self.status}, {len(self.body)} bytes)"


class HttpLine:
    """Calls one address. Several threads may call at once.

    `certificate` is the SHA-256 of the only certificate that is trusted, in hex; without one those are that the
    computer trusts. An address without TLS is called on this computer alone. `connect_seconds` is the most that a
    connection may take; without it that is the time of the whole request.
    """

    def __init__(
        self,
        address: str,
        *,
        certificate: str = "",
        longest: int = LONGEST_ANSWER,
        connect_seconds: float | None = None,
    ) -> None:
        self._address = address
        self._certificate = certificate
        self._longest = longest
        self._connect_seconds = connect_seconds
        self._lock = threading.Lock()

    def ask(
        self,
        method: str,
        path: str,
        seconds: float,
        *,
        headers: Mapping[str, str] | None = None,
        content: bytes | None = None,
    ) -> Reply:
        """The answer to one request, asked once. Raises NoReply, at the latest after `seconds`."""
        if not may_be_called(self._address):
            raise NoReply("certificate", sent=False)
        return _within(seconds, lambda end: self._send(method, path, headers or {}, content, end))

    def close(self) -> None:
        """Close the connections; a later call opens new ones."""
        with self._lock:
            client = self.__dict__.pop("_client", None)
        if client is not None:
            client.close()

    @cached_property
    def _client(self) -> httpx2.Client:
        import httpx2

        for name in _TALKATIVE:
            logging.getLogger(name).setLevel(logging.WARNING)
        return httpx2.Client(
            base_url=self._address,
            headers={"User-Agent": f"Border-POS/{__version__}", "Accept-Encoding": "identity"},
            verify=tls_of(self._certificate) if self._address.startswith("https:") else False,
            trust_env=False,
            follow_redirects=False,
        )

    def _send(self, method: str, path: str, headers: Mapping[str, str], content: bytes | None, end: float) -> Reply:
        import httpx2

        with self._lock:
            client = self._client
        left = max(end - time.monotonic(), 0.05)
        connect = left if self._connect_seconds is None else min(self._connect_seconds, left)
        limits = httpx2.Timeout(left, connect=connect)
        found: NoReply
        try:
            with client.stream(method, path, headers=dict(headers), content=content, timeout=limits) as answer:
                body = _read(answer, end, self._longest)
                return Reply(answer.status_code, {name.lower(): value for name, value in answer.headers.items()}, body)
        except NoReply as error:
            found = error
        except (httpx2.ConnectError, httpx2.ConnectTimeout) as error:
            found = NoReply(_cause_of(error), sent=False)
        except httpx2.TimeoutException:
            found = NoReply("time_over")
        except httpx2.HTTPError as error:
            found = NoReply(_cause_of(error))
        except (httpx2.InvalidURL, UnicodeError, ValueError):
            found = NoReply("no_line", sent=False)
        raise found from None  # outside the handlers: the library's exception has the request, and the request tokens


def may_be_called(address: str) -> bool:
    """Whether secrets may go to an address: TLS anywhere, plain HTTP on this computer alone."""
    parts = urlsplit(address)
    if parts.scheme == "https":
        return bool(parts.hostname)
    return parts.scheme == "http" and _is_this_computer(parts.hostname or "")


def _is_this_computer(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def tls_of(certificate: str) -> ssl.SSLContext:
    """TLS by the computer's certificates, or by the one with this SHA-256."""
    if not certificate:
        return ssl.create_default_context()
    context = _PinnedTls(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    context.pinned = certificate
    return context


class _PinnedTls(ssl.SSLContext):
    """Trusts one certificate, by whomever it is signed: it is compared before the first byte of a request is sent."""

    pinned = ""

    def wrap_socket(self, sock: socket.socket, *args: Any, **options: Any) -> ssl.SSLSocket:
        line = super().wrap_socket(sock, *args, **options)
        if not hmac.compare_digest(fingerprint(line.getpeercert(binary_form=True) or b""), self.pinned.lower()):
            line.close()
            raise ssl.SSLCertVerificationError("another certificate")
        return line


def fingerprint(certificate: bytes) -> str:
    """The SHA-256 of a certificate in DER, in hex."""
    return hashlib.sha256(certificate).hexdigest()


def _read(answer: httpx2.Response, end: float, longest: int) -> bytes:
    """All of an answer. Raises NoReply for one that is too long, or comes too slowly."""
    parts: list[bytes] = []
    size = 0
    for part in answer.iter_raw(_PIECE):
        size += len(part)
        if size > longest:
            raise NoReply("too_long")
        if time.monotonic() > end:
            raise NoReply("time_over")
        parts.append(part)
    return b"".join(parts)


def _cause_of(error: BaseException | None) -> str:
    """Whether the certificate is at fault, or the line."""
    while error is not None:
        if isinstance(error, ssl.SSLError):
            return "certificate"
        error = error.__cause__ or error.__context__
    return "no_line"


def _within(seconds: float, step: Callable[[float], T]) -> T:
    """The result of a step that gets the instant of its end. Raises NoReply where it lasts longer.

    On a thread of its own: looking up the name of a host knows no time limit.
    """
    end = time.monotonic() + seconds
    answers: queue.SimpleQueue[T | BaseException] = queue.SimpleQueue()

    def work() -> None:
        try:
            answers.put(step(end))
        except BaseException as error:  # noqa: BLE001 # whatever it was, the one who waits must hear of it
            answers.put(error)

    threading.Thread(target=work, name="partner", daemon=True).start()
    try:
        answer = answers.get(timeout=seconds + _GRACE_SECONDS)
    except queue.Empty:
        raise NoReply("time_over") from None
    if isinstance(answer, BaseException):
        raise answer
    return answer
