"""A real X server with a window manager, and a hand at its keyboard: what a person and a scanner's cable do."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image

PROGRAMS = ("Xvfb", "openbox", "xdotool")
_ENTER = "36"
_BETWEEN = 0.4
"""Seconds between two looks at the screen."""
_CURSOR = 400
"""Pixels of a cursor that blinks."""


class DidNotCome(Exception):
    """Something that was waited for did not happen in time."""


class RealScreen:
    """The hand. `environment` is what a program needs to open its window there."""

    def __init__(self, environment: dict[str, str]) -> None:
        self.environment = environment

    def ask(self, *words: str) -> str:
        """What xdotool answers to `words`; nothing when it failed."""
        done = subprocess.run(
            ["xdotool", *words], env=self.environment, capture_output=True, text=True, timeout=30, check=False
        )
        return done.stdout.strip()

    def begin_at(self, title: str) -> None:
        """Wait for the window of that title and give it the keyboard."""
        wait_for(lambda: self.ask("search", "--onlyvisible", "--name", title), f"the window {title}")
        window = self.ask("search", "--onlyvisible", "--name", title).split("\n")[0]
        self.ask("windowactivate", "--sync", window)

    def type(self, text: str, delay: int = 300) -> None:
        """Type as a person does, with a `delay` of so many milliseconds between the keys."""
        self.ask("type", "--delay", str(delay), text)

    def press(self, key: str) -> None:
        """Press one key, named as X names it."""
        self.ask("key", key)

    def scan(self, text: str) -> None:
        """Send the key positions that a scanner's cable sends for `text` and Enter, whatever the layout is."""
        self.ask("key", "--delay", "4", *_positions(text))

    def picture(self, file: Path) -> None:
        """Save what is on the screen as a PNG."""
        self._grabbed().save(file)

    def wait_until_still(self, at_least: float = 1.0, at_most: float = 20.0) -> None:
        """Wait so many seconds at least, and until nothing larger than a cursor changes any more."""
        from PIL import ImageChops

        end = time.monotonic() + at_most
        time.sleep(at_least)
        before = self._grabbed()
        while time.monotonic() < end:
            time.sleep(_BETWEEN)
            now = self._grabbed()
            changed = ImageChops.difference(before, now).getbbox()
            if changed is None or (changed[2] - changed[0]) * (changed[3] - changed[1]) < _CURSOR:
                return
            before = now

    def _grabbed(self) -> Image:
        from PIL import ImageGrab

        return ImageGrab.grab(xdisplay=self.environment["DISPLAY"])


@contextmanager
def real_screen(size: str = "1366x768") -> Iterator[RealScreen]:
    """A screen of its own, of so many pixels. Raises FileNotFoundError when a program for it is not installed."""
    missing = [name for name in PROGRAMS if shutil.which(name) is None]
    if missing:
        raise FileNotFoundError(f"`./run test` installs {missing}")
    with ExitStack() as stack:
        read, write = os.pipe()
        server = subprocess.Popen(
            ["Xvfb", "-displayfd", str(write), "-screen", "0", f"{size}x24", "-nolisten", "tcp"],
            pass_fds=(write,),
            stderr=subprocess.DEVNULL,
        )
        stack.callback(_end, server)
        os.close(write)
        with os.fdopen(read) as said:
            number = said.readline().strip()
        environment = {**os.environ, "DISPLAY": f":{number}", "QT_QPA_PLATFORM": "xcb", "LANG": "C.UTF-8"}
        environment.pop("XAUTHORITY", None)
        manager = subprocess.Popen(["openbox"], env=environment, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
        stack.callback(_end, manager)
        yield RealScreen(environment)


def wait_for(what: Callable[[], object], name: str, seconds: float = 30) -> None:
    """Wait until `what` is true. Raises DidNotCome."""
    end = time.monotonic() + seconds
    while not what():
        if time.monotonic() > end:
            raise DidNotCome(f"{name} did not come in {seconds} seconds")
        time.sleep(0.2)


def _positions(text: str) -> list[str]:
    """Key codes of a US keyboard for `text` and Enter."""
    rows = {10: "1234567890", 24: "QWERTYUIOP", 38: "ASDFGHJKL", 52: "ZXCVBNM"}
    codes = {char: str(first + index) for first, row in rows.items() for index, char in enumerate(row)}
    return [*(f"shift+{codes[c]}" if c.isalpha() else codes.get(c, "shift+59") for c in text), _ENTER]


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    process.wait(10)
