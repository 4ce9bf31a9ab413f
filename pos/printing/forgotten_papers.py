"""Takes the drawn receipts and slips of forgotten visitors out of the shop's folder: they can be drawn again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta, tzinfo
from pathlib import Path

from pos.application.retention_ports import ForgottenReceipt
from pos.domain.errors import PrinterTrouble
from pos.domain.sale import read_receipt_number

_A_DAY = timedelta(days=1)


def forget_papers(folder: Path, receipts: Sequence[ForgottenReceipt], zone: tzinfo) -> None:
    """Remove every file of these receipts, copies and slips too. Raises PrinterTrouble.

    The day before and after are looked at as well: the shop's zone may have been another one then.
    """
    for one in receipts:
        till, number = read_receipt_number(one.receipt)
        name = f"{till}-{number:06d}"
        for away in (-1, 0, 1):
            day = one.at.astimezone(zone).date() + away * _A_DAY
            place = folder / "receipts" / f"{day:%Y}" / f"{day:%m}" / f"{day:%d}"
            try:
                for file in sorted(place.glob(f"{name}*.pdf")):
                    if file.stem == name or file.stem.startswith(f"{name}-"):
                        file.unlink(missing_ok=True)
            except OSError as error:
                raise PrinterTrouble("folder_not_writable", str(place), error.strerror or str(error)) from error
