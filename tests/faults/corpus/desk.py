"""A desk with an open demo shop: commands are typed and steps called there, in one process and without a window."""

from __future__ import annotations

import atexit
import io
import os
import shutil
import signal
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import chdir, contextmanager, redirect_stderr, redirect_stdout
from dataclasses import replace
from datetime import date
from functools import cache
from hashlib import blake2b
from pathlib import Path
from types import FrameType
from typing import Any
from unittest.mock import patch

import pysqlite3.dbapi2 as sqlite
import typer.main

import main
from pos.application.settings.options import Options
from pos.application.shop.opening import Opening
from pos.application.shop.shop import Shop
from pos.cli import commands as app
from pos.cli import start
from pos.cli.runtime import BAD, DONE, REFUSED, TROUBLE, Run, Wiring, outcome
from pos.devices.folders import KEYS
from pos.domain.errors import BadInput, InfrastructureError, Refused, RuleBroken
from pos.domain.staff.staff import Person
from pos.languages.refusals import sentence_for
from tests.faults.corpus.case import Answer

PATIENCE = 30
"""Seconds after which a case counts as hanging: a watchdog, no measure."""

GOODS = 60


_PASSPHRASE = "BORDER_POS_PASSPHRASE"
"""No one sits here who could type it."""


class Hangs(BaseException):
    """A case has not ended in PATIENCE seconds."""


@cache
def template() -> Path:
    """A closed demo shop, made once in a process: copy it, never open it."""
    folder = Path(tempfile.mkdtemp(prefix="border-pos-desk-")) / "shop"
    atexit.register(shutil.rmtree, folder.parent, ignore_errors=True)
    main.build(Options(data=folder, demo=True), quick_pins=True, demo_size=GOODS).close()
    return folder


@cache
def the_programs() -> Wiring:
    """What `main` gives the commands."""
    given: list[Wiring] = []

    def take(_arguments: list[str], wiring: Wiring, _environment: dict[str, str]) -> int:
        given.append(wiring)
        return DONE

    with patch.object(start, "run", take):
        main.console([])
    return given[0]


class Desk:
    """Tries cases in a shop of its own below `folder`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "shop"
        self.work_folder = folder / "work"
        self.work_folder.mkdir()
        self._errors: list[Exception] = []
        self._is_open = False
        self._run = Run(
            replace(
                the_programs(),
                build=self._build,
                refusal_text=self._word,
                open_window=lambda _: 0,
                login=lambda: "tester",
                pin=lambda _: "314159",
                log=lambda _: self.work_folder / "trouble.log",
            )
        )
        # Making the tree of commands takes longer than most commands do: it is made once.
        self._commands = typer.main.get_command(app._program(self._run))
        self.restart()

    def restart(self) -> None:
        """Put the shop back as it was at first."""
        self.shut()
        shutil.rmtree(self.folder, ignore_errors=True)
        shutil.copytree(template(), self.folder)
        opened = main.build(Options(data=self.folder), quick_pins=True)
        self._close, self._is_open = opened.close, True
        stays = replace(opened.opening(), close=lambda: None)
        self.shop: Shop = replace(opened, opening=Opening(lambda: stays))
        self.shop.open()
        self._raw = sqlite.connect(self.folder / "shop.db")
        self._keys = (self.folder / KEYS).read_bytes()
        self._seen = self._version()
        self._sums = self._summed()

    def shut(self) -> None:
        """Close the shop, as at the end of a day."""
        if self._is_open:
            self._is_open = False
            self._raw.close()
            self._close()

    @property
    def person(self) -> Person:
        """Who sits here: the console, with the rights of a manager."""
        return Person.at_the_console("tester")

    @property
    def today(self) -> date:
        """The shop's day."""
        return self.shop.now().astimezone(self.shop.settings().zone).date()

    def typed(self, words: Sequence[str], stdin: bytes, files: Mapping[str, bytes]) -> Answer:
        """Type a command; a word `@name` is the path of a file of `files`, which is written first."""
        for name, content in files.items():
            (self.work_folder / name).write_bytes(content)
        line = [self._placed(word) for word in words]
        self._run.options, self._run._person, self._run._shop = Options(), None, None
        out = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
        err = io.TextIOWrapper(io.BytesIO(), encoding="utf-8", errors="backslashreplace")
        before, sys.stdin = sys.stdin, io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8")
        self._errors.clear()
        uncaught = ""
        try:
            with redirect_stdout(out), redirect_stderr(err), chdir(self.work_folder), passphrase(), watched():
                code = outcome(self._run, lambda: self._call(["--data", str(self.folder), *line]))
        except (Exception, Hangs) as error:  # noqa: BLE001 # that is what is looked for
            code, uncaught = -1, repr(error)
        finally:
            sys.stdin = before
        strange = [error for error in self._errors if not isinstance(error, RuleBroken | InfrastructureError)]
        return Answer(code, _text(out), _text(err), uncaught or "".join(map(repr, strange)))

    def tried(self, call: Callable[[], object]) -> Answer:
        """Call a step as the window does; a refusal is answered by its sentence."""
        try:
            with watched():
                call()
        except (RuleBroken, InfrastructureError) as error:
            code = BAD if isinstance(error, BadInput) else REFUSED if isinstance(error, Refused) else TROUBLE
            return Answer(code, "", sentence_for(error, self.shop.translators["en"]))
        except (Exception, Hangs) as error:  # noqa: BLE001 # that is what is looked for
            return Answer(-1, uncaught=repr(error))
        return Answer(DONE)

    def changed(self) -> list[str]:
        """The tables that are not as they were when this was last asked."""
        keys = (self.folder / KEYS).read_bytes()
        if keys != self._keys:
            return ["the keys"]
        try:
            seen = self._version()
            if seen == self._seen:
                return []
            before, self._seen, self._sums = self._sums, seen, self._summed()
        except sqlite.Error:
            return ["the whole store"]
        return sorted(name for name, digest in self._sums.items() if before[name] != digest)

    def _placed(self, word: str) -> str:
        """`@name` is a file of the work folder, `#name` one of the shop itself."""
        folder = {"@": self.work_folder, "#": self.folder}.get(word[:1])
        return word if folder is None else str(folder / word[1:])

    # ── inside ───────────────────────────────────────────────────────────────────────────────────────────────

    def _call(self, line: Sequence[str]) -> int:
        made, app._program = app._program, lambda *_: self._commands  # type: ignore[assignment]
        try:
            return app._call(self._run, list(line))
        finally:
            app._program = made

    def _build(self, options: Options) -> Shop:
        """The open shop; one that is asked for by another till, store or clock is opened for the case."""
        if options == Options(data=self.folder, language=options.language, person=options.person):
            return self.shop
        main.build(options, quick_pins=True, demo_size=GOODS).close()
        return self.shop

    def _word(self, error: Exception, words: Any) -> str:
        self._errors.append(error)
        return sentence_for(error, words)

    def _version(self) -> int:
        """Counts what others have committed to the file."""
        return int(self._raw.execute("PRAGMA data_version").fetchone()[0])

    def _summed(self) -> dict[str, bytes]:
        listed = self._raw.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        names = [name for (name,) in listed if not name.startswith(("product_part", "product_word", "sqlite_"))]
        return {name: self._sum_of(name) for name in names}

    def _sum_of(self, table: str) -> bytes:
        digest = blake2b(digest_size=16)
        for row in self._raw.execute(f'SELECT * FROM "{table}"'):
            digest.update(repr(row).encode("utf-8", "surrogatepass"))
        return digest.digest()


@contextmanager
def passphrase() -> Iterator[None]:
    """Have one in the environment, as the commands about keys want it."""
    before = os.environ.get(_PASSPHRASE)
    os.environ[_PASSPHRASE] = "correct horse battery staple"
    try:
        yield
    finally:
        del os.environ[_PASSPHRASE]
        if before is not None:
            os.environ[_PASSPHRASE] = before


@contextmanager
def watched() -> Iterator[None]:
    """Raise Hangs in what takes longer than PATIENCE; only the first thread of a process can be called away.

    Windows has no alarm: what hangs there hangs.
    """
    if sys.platform == "win32" or threading.current_thread() is not threading.main_thread():
        yield
        return

    def bark(_number: int, _frame: FrameType | None) -> None:
        raise Hangs

    before = signal.signal(signal.SIGALRM, bark)
    signal.setitimer(signal.ITIMER_REAL, PATIENCE)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _text(stream: io.TextIOWrapper) -> str:
    stream.flush()
    beneath = stream.buffer
    assert isinstance(beneath, io.BytesIO)
    return beneath.getvalue().decode("utf-8", "replace")
