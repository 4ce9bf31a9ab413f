"""Delete the drawn receipts and slips of erased visitors from the shop's folder: they can be drawn again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from pos.application.settings.settings import Settings
from pos.domain.errors import PrinterError
from pos.domain.receipt_number import read_receipt_number

if TYPE_CHECKING:
    from pos.application.ports.maintenance_ports import ErasedReceipt

_A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class EraseDrawnReceipts:
    """Deletes every file of these receipts, copies and slips included.

    Also searches the day before and after: the shop's time zone may have changed since.
    """

    folder: Path
    settings: Callable[[], Settings]

    def __call__(self, receipts: Sequence[ErasedReceipt]) -> None:
        """Delete them. Raises PrinterError."""
        zone = self.settings().zone
        for one in receipts:
            till, number = read_receipt_number(one.receipt)
            for away in (-1, 0, 1):
                day = one.at.astimezone(zone).date() + away * _A_DAY
                day_folder = self.folder / "receipts" / f"{day:%Y}" / f"{day:%m}" / f"{day:%d}"
                try:
                    _remove(day_folder, f"{till}-{number:06d}")
                except OSError as error:
                    raise PrinterError("folder_not_writable", str(day_folder), error.strerror or str(error)) from error


def _remove(day_folder: Path, name: str) -> None:
    for file in sorted(day_folder.glob(f"{name}*.pdf")):
        if file.stem == name or file.stem.startswith(f"{name}-"):
            file.unlink(missing_ok=True)
