"""A console of a demo shop in a folder, without a process of its own."""

from __future__ import annotations

import io
import json
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import pytest

import main
from db.store.migrate_store import settle_move
from db.store.store import audit
from pos.application.settings.options import Options
from pos.application.shop.shop import Shop
from pos.cli.commands import run
from pos.cli.runtime import Wiring
from pos.exports import catalogue_files
from pos.keys import public_key
from pos.languages.refusals import sentence_for

MRZ = ["P<CHNZHANG<<WEI<<<<<<<<<<<<<<<<<<<<<<<<<<<<<", "E000000019CHN8505051F3405042<<<<<<<<<<<<<<04"]
COGNAC = "4870204321111"
CREAM = "8801204309072"


PROGRAM = (sys.executable, main.__file__)
"""What starts the program as a process of its own."""


@dataclass(frozen=True)
class Answer:
    """What a command printed and how it ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Standard output as JSON."""
        return json.loads(self.out)


@dataclass(frozen=True)
class Console:
    """Types commands for one shop."""

    folder: Path
    capture: pytest.CaptureFixture[str]
    patch: pytest.MonkeyPatch
    build: Callable[[Options], Shop] | None = None

    def __call__(self, *words: str, stdin: object = None, options: Sequence[str] = ()) -> Answer:
        """Run one command; `stdin` is text, or a value to be sent as JSON."""
        text = stdin if isinstance(stdin, str) else json.dumps(stdin)
        self.patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode()), encoding="utf-8"))
        build = self.build or partial(main.build, quick_pins=True, demo_size=300)
        wiring = Wiring(
            build,
            main.regimes_to_try,
            main.translator_of,
            sentence_for,
            lambda _: 0,
            lambda: "tester",
            lambda _: os.environ.get("BORDER_POS_PIN", "314159"),
            lambda: catalogue_files,
            main.log_of,
            partial(main.begin_training, quick_pins=True, demo_size=300),
            PROGRAM,
            main.cut,
            main.restore_of,
            main.stored_keys,
            lambda: public_key,
            lambda options, *asked: audit(options.database, options.data or Path(), *asked),
            main.center_of,
            lambda options, to: settle_move(options.database, options.data or Path(), to),
        )
        self.capture.readouterr()
        code = run(["--data", str(self.folder), *options, *words], wiring)
        printed = self.capture.readouterr()
        return Answer(code, printed.out, printed.err)


def a_ticket(key: str = "k-1", **changes: Any) -> dict[str, Any]:
    """Two bottles of cognac and a cream for one Chinese visitor, paid in yuan and tenge."""
    ticket: dict[str, Any] = {
        "key": key,
        "cashier": "amina",
        "destination": "CN",
        "visitors": [{"id": "A", "document": {"mrz": MRZ}, "residence": "CN", "entries": []}],
        "lines": [{"code": COGNAC, "quantity": 2}, {"code": CREAM, "quantity": 1, "discount": {"percent": "10"}}],
        "payments": [
            {"method": "cash", "currency": "CNY", "amount": "500"},
            {"method": "cash", "currency": "KZT", "amount": "73700"},
        ],
        "change_currency": "KZT",
    }
    return ticket | changes
