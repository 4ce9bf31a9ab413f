"""What can go wrong, as facts. Sentences are made at the edge (`pos/languages/refusals.py`)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar


class RuleBroken(Exception):
    """A rule of the shop forbids what was asked.

    Children are dataclasses; their fields are the figures of the refusal. `fact` is the stable name by which the
    command line, the journal and the translations know the child: scripts depend on it, so it does not follow
    the name of the class.
    """

    fact: ClassVar[str]

    def facts(self) -> dict[str, object]:
        """The figures by name, in the order of declaration."""
        declared: Mapping[str, object] = getattr(type(self), "__dataclass_fields__", {})
        return {name: getattr(self, name) for name in declared}

    def __str__(self) -> str:
        figures = ", ".join(f"{name}={value}" for name, value in self.facts().items())
        return f"{self.fact}({figures})"


class BadInput(RuleBroken):
    """What was asked could never be done as written (exit code 2)."""


class Refused(RuleBroken):
    """The shop's state or rules forbid it now (exit code 3)."""


@dataclass(eq=False)
class MovedMeanwhile(Refused):
    """What is to be changed is not what the person saw any more: another one has changed it, and would be overruled."""

    fact = "moved_meanwhile"


def readable(text: str) -> str:
    """`text` fit for a sentence or a log: what cannot be printed is escaped, the letters of every script stay."""
    return "".join(char if char.isprintable() else ascii(char)[1:-1] for char in text)


class InfrastructureError(Exception):
    """Something outside the program failed: disk, printer, database (exit code 4).

    `what` names the trouble (a stable name for translation), `where` the file or device, `detail` the
    system's own words.
    """

    def __init__(self, what: str, where: str = "", detail: str = "") -> None:
        super().__init__(f"{what}: {where}" + (f" ({detail})" if detail else ""))
        self.what = what
        self.where = where
        self.detail = detail


class StoreError(InfrastructureError):
    """The database cannot be opened, read or written."""


class StoreUnavailable(StoreError):
    """The database server does not answer (`unreachable`). Nothing of what the step asked for was recorded."""

    def __init__(self, where: str = "", detail: str = "", what: str = "unreachable") -> None:
        super().__init__(what, where, detail)


class NoConnectionLeft(StoreUnavailable):
    """The database server has all the connections that it accepts (`no_connection_left`)."""

    def __init__(self, where: str = "", detail: str = "", what: str = "no_connection_left") -> None:
        super().__init__(where, detail, what)


class OutcomeUnknown(StoreError):
    """The database was lost during a COMMIT (`outcome_unknown`): all of it is recorded, or nothing.

    The same step with the same key settles it: it returns what was recorded, or records it now.
    """

    def __init__(self, where: str = "", detail: str = "") -> None:
        super().__init__("outcome_unknown", where, detail)


class Collided(StoreError):
    """Two tills stood in each other's way and the database undid this step whole (`busy`): it may be done again."""

    def __init__(self, where: str = "", detail: str = "") -> None:
        super().__init__("busy", where, detail)


class PrinterError(InfrastructureError):
    """Paper, cable, spooler or folder: the document was made or not, but it is not printed."""


class DeviceError(InfrastructureError):
    """A scale or a scanner: its cable, its port, or what lies on it. The cashier types the value instead."""


@dataclass(eq=False)
class BadField(BadInput):
    """A field of an input holds something that it can never hold.

    `field` is the path in the input (`lines[2].quantity`), `what` a stable name (`not_a_number`,
    `negative`, `unknown` …), `value` the text found there, shortened.
    """

    fact = "bad_field"

    field: str
    what: str
    value: str = ""
