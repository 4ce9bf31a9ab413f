"""Bytes for a printer of the system, past its driver: what an ESC/POS printer on a spooler obeys."""

from __future__ import annotations

import shutil
import sys

from pos.devices.printers import run_spooler, system_printers
from pos.domain.errors import PrinterError

_TITLE = "Border POS"


def check_printer(name: str) -> None:
    """Raises PrinterError: no_such_printer, no_spooler."""
    _check(name)


def send_raw(name: str, content: bytes) -> None:
    """Hand `content` to the spooler as one job, as it is.

    Raises PrinterError: no_such_printer, no_spooler, not_printed.
    """
    _send(name, content)


if sys.platform == "win32":
    import ctypes
    from contextlib import contextmanager
    from ctypes import POINTER, Structure, byref, wintypes
    from typing import TYPE_CHECKING

    if TYPE_CHECKING:
        from collections.abc import Iterator

    _NO_SUCH_PRINTER = 1801

    class _Job(Structure):
        """DOC_INFO_1 of the spooler's API."""

        _fields_ = [("name", wintypes.LPWSTR), ("output", wintypes.LPWSTR), ("datatype", wintypes.LPWSTR)]

    _API = ctypes.WinDLL("winspool.drv", use_last_error=True)
    _API.OpenPrinterW.argtypes = [wintypes.LPWSTR, POINTER(wintypes.HANDLE), wintypes.LPVOID]
    _API.StartDocPrinterW.argtypes = [wintypes.HANDLE, wintypes.DWORD, POINTER(_Job)]
    _API.WritePrinter.argtypes = [wintypes.HANDLE, wintypes.LPCVOID, wintypes.DWORD, POINTER(wintypes.DWORD)]
    for _step in (_API.StartPagePrinter, _API.EndPagePrinter, _API.EndDocPrinter, _API.ClosePrinter):
        _step.argtypes = [wintypes.HANDLE]

    @contextmanager
    def _opened(name: str) -> Iterator[wintypes.HANDLE]:
        handle = wintypes.HANDLE()
        if not _API.OpenPrinterW(name, byref(handle), None):
            if ctypes.get_last_error() == _NO_SUCH_PRINTER:
                raise PrinterError("no_such_printer", name)
            raise _failed(name)
        try:
            yield handle
        finally:
            _API.ClosePrinter(handle)

    def _check(name: str) -> None:
        with _opened(name):
            pass

    def _send(name: str, content: bytes) -> None:
        written = wintypes.DWORD()
        with _opened(name) as handle:
            if not _API.StartDocPrinterW(handle, 1, byref(_Job(_TITLE, None, "RAW"))):
                raise _failed(name)
            is_taken = (
                _API.StartPagePrinter(handle)
                and _API.WritePrinter(handle, content, len(content), byref(written))
                and written.value == len(content)
                and _API.EndPagePrinter(handle)
            )
            error = None if is_taken else _failed(name)  # before another call takes its number
            if not _API.EndDocPrinter(handle) and error is None:
                error = _failed(name)
        if error is not None:
            raise error

    def _failed(name: str) -> PrinterError:
        number = ctypes.get_last_error()
        return PrinterError("not_printed", name, ctypes.FormatError(number).strip()[:200] or str(number))

else:

    def _check(name: str) -> None:
        """The names of some spoolers cannot be listed; those refuse a job."""
        _program()
        if shutil.which("lpstat") and name not in system_printers():
            raise PrinterError("no_such_printer", name)

    def _send(name: str, content: bytes) -> None:
        program, to = _program()
        run_spooler([program, to, name, "-o", "raw"], name, content)

    def _program() -> tuple[str, str]:
        for program, to in (("lp", "-d"), ("lpr", "-P")):
            if found := shutil.which(program):
                return found, to
        raise PrinterError("no_spooler", "")
