"""Files of allowances with something wrong in their bytes, their TOML or their values."""

from __future__ import annotations

import random
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from pos.regimes.folders import load_regime_files
from tests.faults.corpus.case import ODD, Case, brief, tried
from tests.faults.corpus.desk import Desk

SHIPPED = Path(__file__).resolve().parents[3] / "resources" / "regimes"
_LINES = (
    "limit = NaN", "limit = 1e999", "limit = 0x10", "limit = inf", "limit = '１２'", "limit = '1_000'", "limit = -1",
    "limit = 1_000", "limit = [", 'limit = "', "limit", "= 5", "[[rule", "[rule]", "[[rule]]\n[[rule]]", "[a.b.c.d]",
    "from = 2026-02-30", "from = 0001-01-01", "from = 9999-12-31", "from = 2026-01-01T00:00:00",
    "uses = 9223372036854775808",
    "uses = 1.5", "window = 'rolling:99999999d'", "window = 'rolling:-1d'", "surprise = 1", 'id = "../x"', 'id = ""',
    'time_zone = "/etc/passwd"', 'time_zone = "\\u0000"', 'title = { en = "\\u202e" }', 'title = { en = "\\u001b[2J" }',
    "x" * 20_000 + " = 1", "a." * 500 + "b = 1", "a = " + "[" * 1_000, "a = " + "{b=" * 300, "\x00", "\ufeff", "\u200b",
    'a = "\ud800"', "'''", '"""' + "x" * 5_000,
)  # fmt: skip


@cache
def shipped() -> tuple[bytes, ...]:
    """The files that come with the program."""
    return tuple(path.read_bytes() for path in sorted(SHIPPED.glob("*.toml")))


def cases() -> Iterator[Case]:
    """Lines that cannot stand there, at the top, in the middle and at the end; then bytes changed at random."""
    for line in _LINES:
        for fraction in (0.0, 0.5, 1.0):
            whole = shipped()[1].splitlines(keepends=True)
            at = int(len(whole) * fraction)
            content = b"".join([*whole[:at], line.encode("utf-8", "surrogatepass"), b"\n", *whole[at:]])
            yield _file(f"{brief(line)} at {fraction:.0%}", content)
    for seed in range(120):
        yield _file(f"spoilt {seed}", spoilt(seed))
    good = shipped()[1]
    raw = {
        "empty": b"", "UTF-16": good.decode().encode("utf-16"), "GB18030": good.decode().encode("gb18030"),
        "NULs": b"\x00" * 9_000,
        "too large": good + b"#" * 300_000, "JSON": b'{"id": "cn-horgos"}', "noise": bytes(range(256)) * 40,
        "cut": good[: len(good) // 2], "CR only": good.replace(b"\n", b"\r"), "twice": good + good,
        "a mark": b"\xef\xbb\xbf" + good,
    }  # fmt: skip
    for name, content in raw.items():
        yield _file(name, content)


def spoilt(seed: int) -> bytes:
    """A shipped file with some of its bytes or lines changed; the same for the same seed."""
    chance = random.Random(seed)
    content = bytearray(chance.choice(shipped()))
    for _ in range(chance.randrange(1, 6)):
        at = chance.randrange(len(content))
        match chance.randrange(5):
            case 0:
                content[at] = chance.randrange(256)
            case 1:
                del content[at : at + chance.randrange(1, 40)]
            case 2:
                content[at:at] = bytes(chance.choice(b'"[]{}=,.\n#\\0\x00\xff') for _ in range(3))
            case 3:
                content[at:at] = content[: chance.randrange(1, 80)]
            case _:
                lines = bytes(content).split(b"\n")
                chance.shuffle(lines)
                content = bytearray(b"\n".join(lines))
    return bytes(content)


def loaded(desk: Desk, content: bytes) -> None:
    """Load a folder with this file: it is a regime, or a fault that names it; it never stands for another one."""
    own = desk.work_folder / "regimes"
    own.mkdir(exist_ok=True)
    file = own / "cn-horgos.toml"
    file.write_bytes(content)
    files = load_regime_files(SHIPPED, own)
    faults = [fault for fault in files.faults if fault.file == file]
    origin = files.origins["cn-horgos"].name
    assert (origin == "OVERRIDING") == (not faults), "a file with a fault is in force, or a good one is not"
    assert all(fault.what for fault in faults)


def _file(name: str, content: bytes) -> Case:
    return tried("regime files", name, lambda desk: loaded(desk, content), ODD)
