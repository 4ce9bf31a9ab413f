"""Values that Python, SQLite or a screen take for something else than a person does (docs/reliability.md, traps)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

HALF = "\ud800"
"""Half of a surrogate pair: JSON can write it, UTF-8 cannot."""

FIGURES: Sequence[object] = (
    "１２", "٣٤", "१२", "1_000", "NaN", "sNaN", "Infinity", "-inf", "1e3", "1E+2", "+5", " 5", "5 ", "5\n", "5\x00",
    "5\u200b", "\u202e5", "−5", "1,5", "1.5.5", "", ".", ".5", "5.", "0x10", "1" * 16, "1" * 5_000, "½", "五", HALF,
    True, [], {}, "1;DROP TABLE sale", "1.0000000001",
)  # fmt: skip
"""No amount of money or measure, whatever `Decimal`, `int` or `float` think of it."""

WHOLES: Sequence[object] = (
    "5", "１", 1.5, True, [], {}, -1, 10**9, 10**30, 10**400, 1e308, float("nan"), float("inf"), "", "1_0", HALF,
)  # fmt: skip
"""No number of pieces."""

TEXTS: Sequence[object] = (
    5, True, [], {}, 1.5, "   ", "a\x00b", "a\nb", "x" * 10_000, HALF, f"a{HALF}b", "\u202eabc", "a\u200bb",
    "\x1b[2Jx", "\x1bp\x00\x19\xfa", "a\x7fb", "\ufeffab\ufffe",
)  # fmt: skip
"""No text of one line."""

CHOICES: Sequence[object] = (5, True, [], {}, "unknown", "x" * 5_000, "a\x00b", HALF, "", "ＣＮ", "CN\n", " ")

DAYS: Sequence[object] = (
    "2026-02-30", "2026-13-01", "20260101", "2026-W01-1", "２０２６-01-01", "0000-00-00", "99999-01-01", "2026-1-1",
    "2026-01-01T00:00", "2026-01-01\n", "01.02.2026", "today", "", HALF, 5, [], True, "9" * 5_000,
)  # fmt: skip

INSTANTS: Sequence[object] = (
    "2026-03-02T12:00:00", "2026-03-02", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "now", "",
    "2026-03-02T25:00:00+08:00", "2026-03-02T12:00:00+99:99", "２０２６-03-02T12:00:00+08:00", "1772424000", HALF, 5,
    [], True, "2026-03-02T12:00:00+08:00" + "0" * 60,
)  # fmt: skip

LISTS: Sequence[object] = (5, "x", {}, True, 1.5, [[]] * 3_000)
TABLES: Sequence[object] = (5, "x", [], True, 1.5, {"\u202esurprise": 1}, {"x" * 5_000: 1})
KEYS: Sequence[object] = (
    5, True, [], {}, "", " ", "a b", "k\x00", "k\n", "ключ", "x" * 65, HALF, "k/../k", "k'--", "k\u200b",
)  # fmt: skip
CURRENCIES: Sequence[object] = (5, True, [], {}, "", "XXX", "cny", "CNY\u200b", "ＣＮＹ", "CNY ", HALF, "C" * 5_000)
CODES: Sequence[object] = (
    5, True, [], {}, "", "  ", "x" * 10_000, "4870204321112", "48702043211１1", "a\x00b", HALF, "\x1d", "]C1",
    "]C101", "010487020432111", "<<<<", "'; --", "4870204321111\n4870204321111", "\u202e4870204321111",
)  # fmt: skip

KINDS: Mapping[str, Sequence[object]] = {
    "figure": FIGURES, "whole": WHOLES, "text": TEXTS, "choice": CHOICES, "day": DAYS, "instant": INSTANTS,
    "list": LISTS, "table": TABLES, "key": KEYS, "currency": CURRENCIES, "code": CODES, "flag": (5, "yes", [], {}, 1),
}  # fmt: skip
"""What must not stand in a field of each kind."""
