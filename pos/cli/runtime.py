"""Shared by all commands: the shop on demand, files and JSON, refusals as exit codes, no tracebacks."""

from __future__ import annotations

import errno
import json
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pos.application.maintenance.low_disk import low_disk_text
from pos.application.maintenance.protected_files import check_free
from pos.application.settings.options import Options
from pos.application.text.error_text import error_text
from pos.domain.errors import BadField, BadInput, InfrastructureError, Refused, RuleBroken
from pos.domain.money import Money
from pos.domain.staff.staff import Person

if TYPE_CHECKING:
    from pos.application.catalogue.catalogue_files import CatalogueFiles
    from pos.application.center_console.steps import CommandsOfCenter
    from pos.application.maintenance.key_ports import KeyFile, Signatures
    from pos.application.maintenance.restore_ports import Restore
    from pos.application.ports.maintenance_ports import ExternalAnchor, IsSigned
    from pos.application.shop.shop import Shop
    from pos.application.text.translator import Translator
    from pos.domain.quota.rule import Regime

DONE, FAULTS_FOUND, BAD, REFUSED, TROUBLE = 0, 1, 2, 3, 4
INTERRUPTED = 130
"""Exit codes: done · a check found a problem · bad input · refused · environment error · Ctrl+C."""

_LONGEST_FILE = 64 * 1024 * 1024
_OUTPUT_ERRORS = frozenset({errno.ENOSPC, errno.EIO, errno.EBADF, errno.EFBIG, errno.EPIPE})


@dataclass(frozen=True, slots=True)
class Wiring:
    """Passed by `main` to the commands: how to build a shop, regimes without a shop, translations, console user."""

    build: Callable[[Options], Shop]
    regimes: Callable[[Options], Mapping[str, Regime]]
    translator: Callable[[Options], Translator]
    refusal_text: Callable[[Exception, Translator], str]
    open_window: Callable[[Options], int]
    login: Callable[[], str]
    pin: Callable[[str], str]
    catalogues: Callable[[], CatalogueFiles]
    log: Callable[[Options], Path]
    begin_training: Callable[[Options], Mapping[str, object]]
    program: tuple[str, ...]
    """The command that restarts this program, without options."""
    cut: Callable[[Options], bool]
    """Ends one connection to the store's server; returns whether there was one. Raises OnlyOnAServer."""
    restore: Callable[[Options], Restore]
    keys: Callable[[Options], KeyFile]
    """The keys in the shop's folder, without opening the shop, which may not open without them."""
    signatures: Callable[[], Signatures]
    audit: Callable[[Options, IsSigned, Sequence[ExternalAnchor]], Sequence[str]]
    """Checks the seals of a store read-only, without its keys. Raises Trouble."""
    center: Callable[[Options], CommandsOfCenter]
    """How to reach a center."""
    settle_move: Callable[[Options, str], None] = lambda _options, _to: None
    """Resolves an interrupted migration to an address, before which no till opens the shop."""


@dataclass
class Run:
    """One run of the command line; the shop is opened on first use."""

    wiring: Wiring
    options: Options = field(default_factory=Options)
    _shop: Shop | None = None
    _person: Person | None = None

    @property
    def shop(self) -> Shop:
        """The shop of this run. With `--as`, nothing is read before the PIN of that person is checked."""
        if self._shop is None:
            self._shop = self.wiring.build(self.options)
            self._warn_of_the_disk(self._shop)
        if self.options.person is not None and self._person is None:
            name = self.options.person
            self._person = self._shop.sign_in.check(name, self.wiring.pin(name))
        return self._shop

    def _warn_of_the_disk(self, shop: Shop) -> None:
        free = shop.office.look_around.low()
        if free is not None:
            print(low_disk_text(free, self.translator), file=sys.stderr)

    def person(self) -> Person:
        """The acting person: the console with a manager's rights, or the person of `--as` with theirs."""
        if self.options.person is not None:
            _ = self.shop  # which asks for the PIN
        return self._person or Person.at_the_console(self.wiring.login())

    def open_drawer(self) -> None:
        """Open the drawer of the till when cash that moved is recorded; what goes wrong is said, and undoes nothing."""
        try:
            self.shop.office.devices.open_drawer()
        except InfrastructureError as error:
            print(self.wiring.refusal_text(error, self.translator), file=sys.stderr)

    @cached_property
    def translator(self) -> Translator:
        return self.wiring.translator(self.options)

    def close(self) -> None:
        if self._shop is not None:
            with suppress(RuleBroken, InfrastructureError):
                self._tell_center(self._shop)
                self._tell_register(self._shop)
            self._shop.close()

    def _tell_center(self, shop: Shop) -> None:
        """Send what a command has left for the center; what does not arrive waits for the next time."""
        if shop.is_open and shop.commits and (center := shop.at_center) is not None:
            center.send()

    def _tell_register(self, shop: Shop) -> None:
        """The same to the fiscal register, in a shop that has one."""
        if shop.is_open and shop.commits and shop.settings().register_kind is not None:
            shop.fiscal.send()


def read_file(name: str) -> str:
    """The text of a FILE, `-` for standard input; UTF-8 with or without a byte order mark. Raises BadField."""
    try:
        raw = sys.stdin.buffer.read(_LONGEST_FILE + 1) if name == "-" else _read(Path(name))
    except OSError as error:
        raise BadField("FILE", "not_readable", f"{name}: {error.strerror}") from error
    if len(raw) > _LONGEST_FILE:
        raise BadField("FILE", "too_long", name)
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadField("FILE", "not_utf8", f"{name}: byte {error.start}") from error


def _read(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(_LONGEST_FILE + 1)


def print_json(value: Any) -> None:
    """Print a value as one JSON document and flush it."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=2, default=plain) + "\n")
    sys.stdout.flush()


def plain(value: Any) -> Any:
    """Facts as JSON values: money with its currency, days, instants with their zone, exact numbers as text."""
    if isinstance(value, Money):
        return {"amount": str(value), "currency": value.currency.code}
    if isinstance(value, date):  # a datetime is a date too
        return value.isoformat()
    if isinstance(value, Decimal | Fraction):
        return str(value)
    if isinstance(value, set | frozenset):
        return sorted(value)
    raise TypeError(type(value).__name__)


def below(run: Run, path: Path) -> str:
    """The path of a file, relative to the shop's folder."""
    return path.relative_to(run.shop.folder).as_posix() if path.is_relative_to(run.shop.folder) else str(path)


def print_or_write(content: bytes, out: Path | None) -> None:
    """Print the content of a file, or write it to the requested path; `-` is standard output. Raises Trouble."""
    if out is None:
        sys.stdout.write(content.decode())
        sys.stdout.flush()
        return
    if str(out) == "-":
        sys.stdout.flush()
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
        return
    check_free(out)
    try:
        out.write_bytes(content)
    except OSError as error:
        raise InfrastructureError("file_not_writable", str(out), error.strerror or "") from error


def copy_file(drawn: Path, out: Path) -> None:
    """Copy a rendered file to the requested path. Raises Trouble."""
    from shutil import copyfile  # imports archive modules, which the window does not need at start

    check_free(out)
    try:
        copyfile(drawn, out)
    except OSError as error:
        raise InfrastructureError("file_not_writable", str(out), error.strerror or "") from error


def refused_json(error: Refused) -> dict[str, Any]:
    """A refusal as the contract defines it."""
    return {"refused": error.fact, **error.facts()}


def bad_json(error: BadInput, sentence: str) -> dict[str, Any]:
    """Bad input as an element of a list: the sentence, and the field if there is one."""
    return {"error": sentence, "fact": error.fact, "field": error.facts().get("field")}


def outcome(run: Run, call: Callable[[], int]) -> int:
    """Call a command and turn any exception into an exit code and one line."""
    try:
        return call()
    except BadInput as error:
        _say(run, error)
        return BAD
    except Refused as error:
        with suppress(AttributeError, OSError):  # no output: the sentence says it as well
            print_json(refused_json(error))
        _say(run, error)
        return REFUSED
    except InfrastructureError as error:
        _say(run, error)
        return TROUBLE
    except Exception as error:  # noqa: BLE001 # a mistake of the program: one sentence here, the details in the log
        if _is_output_lost(error):
            _say(run, InfrastructureError("answer_not_written"))
            return TROUBLE
        print(run.wiring.refusal_text(error, run.translator), file=sys.stderr)
        _log(run.wiring.log(run.options), error)
        return TROUBLE


def _is_output_lost(error: Exception) -> bool:
    """Whether standard output took nothing: it is closed, or on a full disk. An error of a named file is none of it."""
    if isinstance(error, OSError):
        return error.filename is None and error.errno in _OUTPUT_ERRORS
    return isinstance(error, AttributeError | TypeError) and getattr(sys, "stdout", None) is None


def _log(path: Path, error: Exception) -> None:
    """Append a program error to the log; an unwritable log is ignored."""
    with suppress(OSError), path.open("a", encoding="utf-8") as file:
        file.write(error_text(error))


def _say(run: Run, error: RuleBroken | InfrastructureError) -> None:
    sentence = run.wiring.refusal_text(error, run.translator)
    field = error.facts().get("field") if isinstance(error, RuleBroken) else None
    named = f"{field}: {sentence}" if field and str(field) not in sentence else sentence
    print(" ".join(_printable(named).split()), file=sys.stderr)


def _printable(text: str) -> str:
    """A text of printable characters only: control and direction characters are replaced by �."""
    return "".join(char if char.isprintable() or char.isspace() else "\N{REPLACEMENT CHARACTER}" for char in text)
