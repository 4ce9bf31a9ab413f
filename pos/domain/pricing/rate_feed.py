"""Where rates may be fetched from: an address of the web that no one between can change or read."""

from __future__ import annotations

import re
from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import unquote, urlsplit

from pos.domain.errors import Refused

LONGEST_ADDRESS = 300
_SHOWN = 40
_WRITTEN = re.compile(r"[!-~]+")
"""Letters, digits and signs of ASCII: a name in other letters has a form in these, too."""


@dataclass(eq=False)
class NoRateFeed(Refused):
    """Rates are to be fetched and no address says from where."""

    fact = "no_rate_feed"


def is_feed_address(text: str) -> bool:
    """Whether it is an https address without a password, or one of this computer itself, where http will do."""
    if len(text) > LONGEST_ADDRESS or not _WRITTEN.fullmatch(text):
        return False
    try:
        parts = urlsplit(text)
        has_port = parts.port != 0
    except ValueError:
        return False
    if not parts.hostname or not has_port or parts.username is not None or parts.password is not None:
        return False
    return parts.scheme == "https" or (parts.scheme == "http" and is_this_computer(text))


def address_to_show(text: str) -> str:
    """What may be repeated of a typed address: its beginning up to the host. Passwords and tokens stand in the rest."""
    before, sign, after = text.strip().partition("://")
    scheme, rest = (before + sign, after) if sign else ("", before)
    host = re.split(r"[/?#\\]", rest, maxsplit=1)[0].rpartition("@")[2]
    shown = (scheme + host)[:_SHOWN]
    return shown if rest == host else f"{shown}/…"


def is_this_computer(address: str) -> bool:
    """Whether the address is of the computer on which the program runs."""
    host = host_of(address)
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def may_lead(address: str, further: str) -> bool:
    """Whether a server at an address may send on to a further one: never from https to anything else."""
    if urlsplit(address).scheme == "https":
        return is_feed_address(further) and urlsplit(further).scheme == "https"
    return is_feed_address(further)


def host_of(address: str) -> str:
    """The name of the computer in an address."""
    return urlsplit(address).hostname or ""


def file_of(address: str) -> str:
    """The name of the file in an address; that of the host where it has none."""
    name = unquote(urlsplit(address).path.rpartition("/")[2], errors="replace")
    return name[:80] or host_of(address)
