"""Spools for finished files: the shop's folder, or a system printer."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from pos.devices.picture_printer import DOTS_PER_INCH, Dots, Sheets, print_pages, print_picture
from pos.domain.errors import PrinterError

Spool = Callable[[Path], None]
"""Prints a finished file. Raises PrinterError."""

_PATIENCE = 20
"""Timeout of the spooler in seconds."""

_ASKED = 3
"""Timeout of the list of printers in seconds."""

_SYSTEM = "system:"


@dataclass(frozen=True, slots=True)
class FolderSpool:
    """The file in the shop's folder is the receipt: nothing more to do."""

    def __call__(self, path: Path) -> None:
        """Leave the file where it is."""


@dataclass(frozen=True, slots=True)
class SystemSpool:
    """A system printer by name; without a name the system's default.

    If the system's spooler takes PDF (`lp`, `lpr`) the file is sent as it is, otherwise as an image that `dots`
    renders.
    """

    name: str = ""
    dots: Dots | None = None

    def __call__(self, path: Path) -> None:
        """Send the file to the spooler. Raises PrinterError: no_spooler, not_printed, no_such_printer."""
        if (command := self._command(path)) is not None:
            run_spooler(command, self.name or command[0])
        elif self.dots is not None:
            print_picture(self.dots, path, self.name)
        else:
            raise PrinterError("no_spooler", self.name)

    def _command(self, path: Path) -> list[str] | None:
        # A strip of 80 mm must not be scaled up to the width of the sheet.
        return spooler_command(self.name, "-o", "print-scaling=none", str(path.absolute()))


def spooler_command(name: str, *rest: str) -> list[str] | None:
    """The spooler's program for a printer, or for the default one; None where the system has none that takes PDF."""
    for program, option in (("lp", "-d"), ("lpr", "-P")):
        if executable := shutil.which(program):
            return [executable, *([option, name] if name else []), *rest]
    return None


def spool_content(setting: str, content: bytes, title: str, sheets: Sheets) -> None:
    """Print a PDF from memory on the printer of a setting: the spooler reads it, or its pages are painted.

    Raises PrinterError: no_printer for the folder, and as the spools do.
    """
    if setting in {"", "folder"}:
        raise PrinterError("no_printer", title)
    if not setting.startswith(_SYSTEM):
        raise PrinterError("unknown_printer", setting)
    name = setting.removeprefix(_SYSTEM).strip()
    title_option = "-t" if shutil.which("lp") else "-T"
    command = spooler_command(name, title_option, title)
    if command is not None:
        run_spooler(command, name or command[0], content)
    else:
        print_pages(sheets(content, DOTS_PER_INCH), title, name)


def spool_for(setting: str, dots: Dots | None = None) -> Spool:
    """The spool of the setting `printer`: `folder`, `system:NAME`, or `system:` for the system's default.

    Raises PrinterError("unknown_printer", setting) for anything else.
    """
    if setting in {"", "folder"}:
        return FolderSpool()
    if setting.startswith(_SYSTEM):
        return SystemSpool(setting.removeprefix(_SYSTEM).strip(), dots)
    raise PrinterError("unknown_printer", setting)


def system_printers() -> tuple[str, ...]:
    """The system's printers by name; empty if it has none or does not answer. May take a moment."""
    if (lpstat := shutil.which("lpstat")) is not None:
        try:
            done = subprocess.run([lpstat, "-e"], capture_output=True, encoding="utf-8", timeout=_ASKED, check=False)
        except (OSError, UnicodeError, subprocess.TimeoutExpired):
            return ()
        return tuple(sorted(line.strip() for line in done.stdout.splitlines() if line.strip()))
    if shutil.which("lp") or shutil.which("lpr"):
        return ()  # the names of this spooler cannot be listed
    from pos.devices.picture_printer import printer_names

    return printer_names()


def open_file(path: Path) -> None:
    """Open the file in the desktop's own viewer. Raises PrinterError("no_viewer", path)."""
    if not path.is_file():
        raise PrinterError("no_such_file", str(path))
    if sys.platform == "win32":
        import os

        try:
            os.startfile(path.absolute())
        except OSError as error:  # nothing on this computer opens such a file
            raise PrinterError("no_viewer", str(path)) from error
        return
    from PySide6.QtCore import QProcess

    program = shutil.which("open" if sys.platform == "darwin" else "xdg-open")
    # A detached process: the viewer outlives the till, and the till never waits for it.
    if program is None or not QProcess.startDetached(program, [str(path.absolute())])[0]:
        raise PrinterError("no_viewer", str(path))


def run_spooler(command: list[str], name: str, content: bytes | None = None) -> None:
    """Run a program of the spooler, which reads `content`. Raises PrinterError("not_printed", name, its words)."""
    try:
        done = subprocess.run(command, input=content, capture_output=True, timeout=_PATIENCE, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise PrinterError("not_printed", name, str(error)) from error
    if done.returncode:
        said = (done.stderr or done.stdout).decode("utf-8", "replace").strip() or f"exit {done.returncode}"
        raise PrinterError("not_printed", name, said.splitlines()[0][:200])
