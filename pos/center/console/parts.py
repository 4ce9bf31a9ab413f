"""What the console is made of."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from pos.application.center_console.steps import ConsoleSteps
from pos.application.tables.table import Table
from pos.application.text.translator import Translator
from pos.domain.errors import InfrastructureError, RuleBroken

ROOT = "/console"
"""Where its pages begin."""


@dataclass(frozen=True, slots=True)
class ConsoleParts:
    """`sentence` words what is refused; `write_csv` writes one table; the folders are those of pages and colours."""

    steps: ConsoleSteps
    translators: Mapping[str, Translator]
    sentence: Callable[[RuleBroken | InfrastructureError, Translator], str]
    write_csv: Callable[[Table, BinaryIO, Translator], None]
    pages: Path
    theme: Path
    icon: Path
