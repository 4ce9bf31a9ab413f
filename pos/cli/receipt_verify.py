"""`receipt verify`: whether a receipt is genuine, without a shop, by the text of its QR code and the public key."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pos.application.receipts.receipt_seal import ReceiptSaid, verify_receipt
from pos.cli.runtime import BAD, DONE, FAULTS_FOUND, Run, print_json, read_file
from pos.domain.errors import BadField

VERIFY = "verify"
"""Used in place of a receipt number; no receipt has this number."""

_LONGEST_KEY = 16 * 1024


def judge(run: Run, text: str | None, key: Path | None) -> int:
    """Print the content of the text and whether it is genuine; exit code 0 genuine, 1 not genuine, 2 not a seal."""
    if text is None:
        raise BadField("receipt", "missing")
    if key is None:
        raise BadField("key", "missing")
    signatures = run.wiring.signatures()
    result = verify_receipt(_text_of(text), signatures.read(read_bytes(key, "key")), signatures.is_signed)
    print_json(_answer(result))
    if result.seal is None:
        return BAD
    return DONE if result.is_genuine else FAULTS_FOUND


def _answer(result: ReceiptSaid) -> dict[str, Any]:
    if result.seal is None:
        return {"genuine": False, "seal": None}
    one = result.seal
    seal = {"receipt": one.receipt, "at": one.at, "total": one.total, "chain": one.chain, "key": one.key_name}
    return {"genuine": result.is_genuine, "seal": seal}


def _text_of(text: str) -> str:
    """The argument itself, or the text of a file; a seal contains bars, which file names do not."""
    return text if "|" in text else read_file(text)


def read_bytes(path: Path, field: str) -> bytes:
    """Read a small file. Raises BadField."""
    try:
        with path.open("rb") as stream:
            return stream.read(_LONGEST_KEY)
    except OSError as error:
        raise BadField(field, "not_readable", f"{path}: {error.strerror}") from error
