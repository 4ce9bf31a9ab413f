"""Accounts of the console: made, reset and disabled by command, with passwords that each person chooses again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pos.application.center.manage_members import checked_name
from pos.application.center.turns import CONSOLE
from pos.application.center_console.account import Account, ConsoleRole
from pos.application.center_console.ports import ConsoleContext, ConsoleWork, KeptAccount
from pos.application.center_console.refusals import AccountExists, AccountNotKnown, PasswordTooWeak, WrongPassword
from pos.application.center_console.session import token_digest
from pos.application.text.translator import LANGUAGE_NAMES
from pos.domain.errors import BadField

SHORTEST = 12
_FEWEST_CHARACTERS = 5
"""Different ones in a password."""
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class AddAccount:
    """A person may sign in. They choose a password of their own before anything else, for the adder knows this one.

    Raises BadField, PasswordTooWeak and AccountExists.
    """

    context: ConsoleContext

    def __call__(self, name: str, role: ConsoleRole, password: str, language: str, by: str) -> None:
        checked = checked_name(name, "account")
        if language not in LANGUAGE_NAMES:
            raise BadField("language", "unknown", language[:20])
        check_password(password, checked)
        hashed = self.context.passwords.hashed(password)
        now = self.context.center.now()
        with self.context.books.begin() as work:
            work.members.take_turn(CONSOLE, now)
            if not work.accounts.add(checked, role, hashed, language, now):
                raise AccountExists(checked)
            facts = {"account": checked, "role": role.value, "by": by}
            work.journal.write(now, CONSOLE, "add_account", facts)
            work.commit()


@dataclass(frozen=True, slots=True)
class ResetPassword:
    """Give a person another password, until they choose their own; their sessions end. Raises as AddAccount does."""

    context: ConsoleContext

    def __call__(self, name: str, password: str, by: str) -> None:
        check_password(password, name)
        hashed = self.context.passwords.hashed(password)
        now = self.context.center.now()
        with self.context.books.begin() as work:
            work.members.take_turn(CONSOLE, now)
            account = _known(work, name).account
            work.accounts.set_password(account.id, hashed, is_own=False)
            work.sessions.end_all_of(account.id)
            work.journal.write(now, CONSOLE, "reset_password", {"account": account.name, "by": by})
            work.commit()


@dataclass(frozen=True, slots=True)
class DisableAccount:
    """A person signs in no more, and what they have open ends. Raises AccountNotKnown."""

    context: ConsoleContext

    def __call__(self, name: str, by: str) -> None:
        now = self.context.center.now()
        with self.context.books.begin() as work:
            work.members.take_turn(CONSOLE, now)
            account = _known(work, name).account
            work.accounts.disable(account.id)
            work.sessions.end_all_of(account.id)
            work.journal.write(now, CONSOLE, "disable_account", {"account": account.name, "by": by})
            work.commit()


@dataclass(frozen=True, slots=True)
class ListAccounts:
    """Every account, by name."""

    context: ConsoleContext

    def __call__(self) -> Sequence[Account]:
        with self.context.books.reading() as work:
            return work.accounts.all()


@dataclass(frozen=True, slots=True)
class ChangePassword:
    """A person chooses their own password; their other sessions end.

    Raises WrongPassword where the one of before is another, PasswordTooWeak, and BadField where it is the same.
    """

    context: ConsoleContext

    def __call__(self, account: Account, token: str, before: str, password: str) -> None:
        with self.context.books.reading() as work:
            kept = _known(work, account.name)
        if not self.context.passwords.is_right(kept.password, before):
            raise WrongPassword
        check_password(password, account.name)
        if password == before:
            raise BadField("password", "same_as_before")
        hashed = self.context.passwords.hashed(password)
        now = self.context.center.now()
        with self.context.books.begin() as work:
            work.members.take_turn(CONSOLE, now)
            if _known(work, account.name).password != kept.password:
                raise WrongPassword
            work.accounts.set_password(account.id, hashed, is_own=True)
            work.sessions.end_all_of(account.id, but=token_digest(token))
            work.journal.write(now, CONSOLE, "change_password", {"by": account.name})
            work.commit()


@dataclass(frozen=True, slots=True)
class ChooseLanguage:
    """The language in which a person reads the console. Raises BadField."""

    context: ConsoleContext

    def __call__(self, account: Account, language: str) -> None:
        if language not in LANGUAGE_NAMES:
            raise BadField("language", "unknown", language[:20])
        with self.context.books.begin() as work:
            work.accounts.set_language(account.id, language)
            work.commit()


def check_password(password: str, name: str) -> None:
    """Raises PasswordTooWeak for a password that is short, of few different characters, or the name."""
    weak = len(password) < SHORTEST or len(set(password)) < _FEWEST_CHARACTERS
    if weak or len(password) > _LONGEST or name.strip().casefold() in password.casefold():
        raise PasswordTooWeak(SHORTEST)


def _known(work: ConsoleWork, name: str) -> KeptAccount:
    kept = work.accounts.of_name(name)
    if kept is None or not kept.account.is_enabled:
        raise AccountNotKnown(name[:60])
    return kept
