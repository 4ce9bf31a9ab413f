"""Fetches one file from the web: over a secure connection, within a time, and no more than it may have."""

from __future__ import annotations

import queue
import socket
import ssl
import threading
from contextlib import closing
from http.client import HTTPException, IncompleteRead
from typing import Any
from urllib import request
from urllib.error import HTTPError, URLError
from urllib.parse import urljoin, urlsplit

from pos.domain.errors import InfrastructureError
from pos.domain.pricing.rate_feed import host_of, is_this_computer, may_lead

LONGEST_FILE = 1024 * 1024
PATIENCE = 30.0
"""Seconds for all of it: the name, the connection, each byte."""

_SILENCE = 15.0
"""Seconds without a byte."""
_PIECE = 64 * 1024
_MOST_STEPS = 5
_HEADERS = {"User-Agent": "Border-POS", "Accept-Encoding": "identity"}


def fetch_file(address: str, patience: float = PATIENCE) -> bytes:
    """The content behind an address that `is_feed_address`. Raises InfrastructureError with host and cause.

    On a thread of its own: looking up the name of a host knows no time limit.
    """
    answers: queue.SimpleQueue[bytes | Exception] = queue.SimpleQueue()

    def work() -> None:
        try:
            answers.put(_content(address, min(_SILENCE, patience)))
        except Exception as error:  # noqa: BLE001 # whatever it was, the one who waits must hear of it
            answers.put(error)

    threading.Thread(target=work, name="fetch", daemon=True).start()
    try:
        answer = answers.get(timeout=patience)
    except queue.Empty:
        raise InfrastructureError("feed_no_answer", host_of(address)) from None
    if isinstance(answer, Exception):
        raise answer
    return answer


class _Redirects(request.HTTPRedirectHandler):
    max_redirections = _MOST_STEPS

    def http_error_302(self, req: request.Request, fp: Any, code: int, msg: str, headers: Any) -> Any:
        further = urljoin(req.full_url, headers.get("Location", ""))
        if not may_lead(req.full_url, further):
            fp.close()
            raise InfrastructureError("feed_redirected", host_of(req.full_url), _shortened(further))
        return super().http_error_302(req, fp, code, msg, headers)

    http_error_301 = http_error_303 = http_error_307 = http_error_308 = http_error_302


def _content(address: str, silence: float) -> bytes:
    asked = request.Request(address, headers=_HEADERS)
    host = host_of(address)
    try:
        with closing(_opener(address).open(asked, timeout=silence)) as response:
            return _read(response, host)
    except HTTPError as error:
        with closing(error):
            raise InfrastructureError("feed_refused", host, f"HTTP {error.code}") from error
    except URLError as error:
        raise _trouble(error.reason, host) from error
    except (OSError, HTTPException, ValueError) as error:  # a header, or a further address, that is none
        raise _trouble(error, host) from error


def _opener(address: str) -> request.OpenerDirector:
    """Follows the proxy of the system but to this computer; knows no file, no FTP and no data address."""
    opener = request.OpenerDirector()
    for handler in (
        request.ProxyHandler({} if is_this_computer(address) else None),
        request.HTTPHandler(),
        request.HTTPSHandler(context=ssl.create_default_context()),
        request.HTTPDefaultErrorHandler(),
        _Redirects(),
        request.HTTPErrorProcessor(),
    ):
        opener.add_handler(handler)
    return opener


def _read(response: Any, host: str) -> bytes:
    said = response.headers.get("Content-Length", "")
    expected = int(said) if said.isdecimal() else None
    if expected is not None and expected > LONGEST_FILE:
        raise InfrastructureError("feed_too_large", host)
    content = bytearray()
    while piece := response.read(_PIECE):
        content += piece
        if len(content) > LONGEST_FILE:
            raise InfrastructureError("feed_too_large", host)
    if expected is not None and len(content) < expected:
        raise InfrastructureError("feed_broken_off", host)
    return bytes(content)


def _trouble(reason: object, host: str) -> InfrastructureError:
    match reason:
        case ssl.SSLCertVerificationError():
            return InfrastructureError("feed_certificate", host, reason.verify_message)
        case TimeoutError():
            return InfrastructureError("feed_no_answer", host)
        case socket.gaierror():
            return InfrastructureError("feed_unknown_host", host)
        case IncompleteRead() | ConnectionResetError() | ConnectionAbortedError():
            return InfrastructureError("feed_broken_off", host)
        case OSError():
            return InfrastructureError("feed_unreachable", host, reason.strerror or "")
        case _:
            return InfrastructureError("feed_unreachable", host, _shortened(str(reason)))


def _shortened(text: str) -> str:
    """Of an address without what is asked of its server, of another text its beginning."""
    parts = urlsplit(text)
    return (f"{parts.scheme}://{parts.netloc}" if parts.netloc else text)[:80]
