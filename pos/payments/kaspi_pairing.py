"""Pairing a Kaspi terminal: its certificate is seen once, compared by a person and pinned; then it hands out tokens."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Mapping
from urllib.parse import urlencode, urlsplit

from pos.domain.outside_partners.answers import Answer, Declined, Lost, Waiting
from pos.partner_line.http_line import HttpLine, fingerprint
from pos.payments.kaspi import read_envelope, tokens_in
from pos.payments.outcomes import answered

SECONDS_TO_ALLOW = 60.0
"""So long a person has to allow the till on the screen of the terminal."""
_SECONDS = 5.0
_PORT = 8080
_DENIED = "not_set_up"


def certificate_shown(address: str, seconds: float = _SECONDS) -> str | Lost:
    """The SHA-256 of the certificate that a terminal shows, in hex. Nothing is sent to it."""
    try:
        parts = urlsplit(address)
        place = (parts.hostname or "", parts.port or _PORT)
    except ValueError:
        return Lost("no_line")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    try:
        with socket.create_connection(place, timeout=seconds) as plain, context.wrap_socket(plain) as line:
            return fingerprint(line.getpeercert(binary_form=True) or b"")
    except TimeoutError:
        return Lost("time_over")
    except ssl.SSLError:
        return Lost("certificate")
    except (OSError, ValueError):
        return Lost("no_line")


def pair(
    address: str, certificate: str, till_name: str, seconds: float = SECONDS_TO_ALLOW
) -> Mapping[str, str] | Declined | Lost:
    """The credentials of a terminal that has allowed this till. Blocks until a person has answered on its screen."""
    found: dict[str, str] = {"address": address, "certificate": certificate, "till_name": till_name}
    line = HttpLine(address, certificate=certificate)

    def register() -> Answer:
        code, data = read_envelope(line, f"/v2/register?{urlencode({'name': till_name})}", seconds, {})
        if code != 0:
            return Declined(_DENIED, str(code))
        found.update(tokens_in(data))
        return Waiting()

    try:
        answer = answered(register, begins=True)
    finally:
        line.close()
    return answer if isinstance(answer, Declined | Lost) else found


class KaspiPairing:
    """Implements `TerminalPairing`."""

    def certificate_shown(self, address: str) -> str | Lost:
        return certificate_shown(address)

    def pair(self, address: str, certificate: str, till_name: str) -> Mapping[str, str] | Declined | Lost:
        return pair(address, certificate, till_name)
