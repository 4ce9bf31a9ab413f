"""Sign in, stay signed in for a time, and sign out."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import IPv6Address, ip_address
from math import ceil

from pos.application.center.turns import CONSOLE
from pos.application.center_console.account import Account
from pos.application.center_console.ports import ConsoleContext, ConsoleWork
from pos.application.center_console.refusals import SessionEnded, SignInRefused, TooManyAttempts

IDLE = timedelta(minutes=30)
LONGEST = timedelta(hours=12)
OF_ACCOUNT, OF_ADDRESS = 5, 20
"""Wrong passwords that cost no wait: of one account, and of one address."""
_FIRST_WAIT, _LONGEST_WAIT = timedelta(minutes=1), timedelta(minutes=15)
_FORGOTTEN_AFTER = timedelta(hours=1)
"""A wrong password counts no more so long after the last one."""
_NOTED_AFTER = timedelta(minutes=1)
_TOKEN_BYTES = 32
_LONGEST_TOKEN = 100


@dataclass(frozen=True, slots=True)
class SignIn:
    """Returns the token of a new session. An attempt counts as wrong until its password has proved right.

    Raises SignInRefused, in the same time whatever was wrong, and TooManyAttempts.
    """

    context: ConsoleContext

    def __call__(self, name: str, password: str, address: str) -> str:
        context, now = self.context, self.context.center.now()
        subjects = self._count(name, address, now)
        with context.books.reading() as work:
            kept = work.accounts.of_name(name if name.isprintable() else "")
        usable = kept is not None and kept.account.is_enabled
        is_right = context.passwords.is_right(kept.password if kept is not None and usable else None, password)
        token = secrets.token_urlsafe(_TOKEN_BYTES)
        with context.books.begin() as work:
            work.members.take_turn(CONSOLE, now)
            if kept is None or not is_right:
                known = None if kept is None else kept.account.name
                work.journal.write(now, CONSOLE, "sign_in_refused", {"account": known, "address": address})
                work.commit()
                raise SignInRefused
            self._forgive(work, subjects, now)
            work.sessions.forget(now)
            work.sessions.begin(token_digest(token), kept.account.id, now, now + LONGEST)
            work.accounts.note_sign_in(kept.account.id, now)
            work.journal.write(now, CONSOLE, "sign_in", {"by": kept.account.name, "address": address})
            work.commit()
        return token

    def _count(self, name: str, address: str, now: datetime) -> Sequence[bytes]:
        """Count the attempt before it is tried: attempts at the same moment pass no limit together."""
        hidden = self.context.center.keys.hidden
        subjects = [hidden(f"account/{name.strip().casefold()}"), hidden(f"address/{network_of(address)}")]
        with self.context.books.begin() as work:
            for subject, free in zip(subjects, (OF_ACCOUNT, OF_ADDRESS)):
                count, last = work.wrong_passwords.locked(subject, now)
                if now - last > _FORGOTTEN_AFTER:
                    count = 0
                wait = wait_after(count, free)
                left = min(last + wait - now, wait)  # a clock that was set back makes no wait longer
                if left > timedelta(0):
                    raise TooManyAttempts(ceil(left.total_seconds()))
                work.wrong_passwords.keep(subject, count + 1, now)
            work.wrong_passwords.forget(now - _FORGOTTEN_AFTER)
            work.commit()
        return subjects

    def _forgive(self, work: ConsoleWork, subjects: Sequence[bytes], now: datetime) -> None:
        """The account begins again; of the address only this attempt goes, or who has an account could try others'."""
        of_account, of_address = subjects
        work.wrong_passwords.keep(of_account, 0, now)
        count, last = work.wrong_passwords.locked(of_address, now)
        work.wrong_passwords.keep(of_address, max(count - 1, 0), last)


@dataclass(frozen=True, slots=True)
class FindSession:
    """Who has the token. Raises SessionEnded."""

    context: ConsoleContext

    def __call__(self, token: str) -> Account:
        if not token or len(token) > _LONGEST_TOKEN:
            raise SessionEnded
        digest, now = token_digest(token), self.context.center.now()
        with self.context.books.begin() as work:
            kept = work.sessions.of(digest)
            if kept is None or not kept.account.is_enabled or now >= min(kept.ends_at, kept.last_at + IDLE):
                raise SessionEnded
            if now - kept.last_at > _NOTED_AFTER:
                work.sessions.touch(digest, now)
                work.commit()
        return kept.account


@dataclass(frozen=True, slots=True)
class SignOut:
    """The token is worth nothing from now on."""

    context: ConsoleContext

    def __call__(self, account: Account, token: str) -> None:
        now = self.context.center.now()
        with self.context.books.begin() as work:
            work.members.take_turn(CONSOLE, now)
            work.sessions.end(token_digest(token))
            work.journal.write(now, CONSOLE, "sign_out", {"by": account.name})
            work.commit()


def token_digest(token: str) -> bytes:
    """What the store has of a token."""
    return hashlib.sha256(token.encode(errors="replace")).digest()


def wait_after(count: int, free: int) -> timedelta:
    """How long after the last of so many wrong passwords there is no other attempt: a minute, doubled by each more."""
    if count < free:
        return timedelta(0)
    doubled: int = 2 ** min(count - free, 10)
    return min(_FIRST_WAIT * doubled, _LONGEST_WAIT)


def network_of(address: str) -> str:
    """The address itself; of IPv6 the network of one customer, who has all addresses in it."""
    try:
        found = ip_address(address)
    except ValueError:
        return address[:60]
    return str(IPv6Address(int(found) >> 64 << 64)) if isinstance(found, IPv6Address) else str(found)
