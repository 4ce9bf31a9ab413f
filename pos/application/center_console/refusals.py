"""What the console refuses, as facts."""

from __future__ import annotations

from dataclasses import dataclass

from pos.domain.errors import BadInput, Refused


@dataclass(eq=False)
class AuditorReads(Refused):
    """An auditor changes nothing."""

    fact = "console_auditor_reads"

    person: str


@dataclass(eq=False)
class PasswordToChange(Refused):
    """Another person has given this password: its owner has to choose one of their own first."""

    fact = "console_password_to_change"


@dataclass(eq=False)
class SignInRefused(Refused):
    """There is no such account, it is disabled, or the password is wrong: which of them is not said."""

    fact = "console_sign_in_refused"


@dataclass(eq=False)
class TooManyAttempts(Refused):
    """Too many wrong passwords; after `seconds` there may be another attempt."""

    fact = "console_too_many_attempts"

    seconds: int


@dataclass(eq=False)
class SessionEnded(Refused):
    """The person was signed out, or did nothing for too long."""

    fact = "console_session_ended"


@dataclass(eq=False)
class AccountExists(Refused):
    """There is an account of this name."""

    fact = "console_account_exists"

    account: str


@dataclass(eq=False)
class AccountNotKnown(BadInput):
    """There is no account of this name, or it is disabled."""

    fact = "console_account_not_known"

    account: str


@dataclass(eq=False)
class PasswordTooWeak(BadInput):
    """A password that is too short, or too simple."""

    fact = "console_password_too_weak"

    least: int


@dataclass(eq=False)
class WrongPassword(Refused):
    """The password of before is not this one."""

    fact = "console_wrong_password"


@dataclass(eq=False)
class NotLinked(BadInput):
    """No linked documents have these values."""

    fact = "console_not_linked"

    visitor: str


@dataclass(eq=False)
class TooManyEntries(Refused):
    """More entries than a file may hold."""

    fact = "console_too_many_entries"

    most: int


@dataclass(eq=False)
class FormNotOurs(Refused):
    """A form that this session was not given: another page may have sent it."""

    fact = "console_form_not_ours"


@dataclass(eq=False)
class NoSuchPage(BadInput):
    """The console has no page there."""

    fact = "console_no_such_page"
