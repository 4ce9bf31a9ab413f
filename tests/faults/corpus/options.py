"""Options and arguments of commands: settings, days, tills, clocks, addresses of stores, searches, labels, amounts."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from pos.application.maintenance.protected_files import check_free
from pos.application.settings.setting_kinds import Written
from pos.application.settings.settings import Settings
from tests.faults.corpus.case import ODD, Case, brief, tried, typed
from tests.faults.corpus.desk import Desk
from tests.faults.corpus.traps import HALF
from tests.shops import CHOCOLATE

_HALF = "\udcff"
"""What a byte that is no UTF-8 becomes in an argument."""

_VALUES = (
    "", " ", "-", "１", "٣", "1_0", "1e3", "NaN", "-1", "0", "99999999999", "x" * 300, "a\nb", "a\x1b[2J", "\u202ex",
    "a\u200bb", _HALF, HALF, "yes\n", "../../x", "'; DROP TABLE setting; --",
)  # fmt: skip
_FREE = frozenset(name for name in Settings.names() if isinstance(Settings.kind(name), Written))
_SAID = frozenset({"journal", "journal_head"})
"""What is written before a file is given out: that it was."""
_DEVICES = () if sys.platform == "win32" else ("/dev/full", "/dev/null")
"""Windows has no files that are devices: what is renamed to `NUL` stays where it is."""
_DAYS = (
    "2026-02-30", "20260101", "2026-W01-1", "２０２６-01-01", "2026-1-1", "01.02.2026", "today", "2026-01-01T00",
    "0000-00-00", "99999-01-01", _HALF, "2026-01-01\n2026", "x" * 500,
)  # fmt: skip
_EDGES = ("0001-01-01", "9999-12-31")
_WHOLES = ("１２", "٣", "1_000", "1e3", "1.5", "-1", "0", "+5", " 5", "9" * 30, "9" * 5_000, "x", "", _HALF, "0x5")
_FIGURES = (
    "１２", "٣٤", "1_000", "NaN", "Infinity", "1e3", "+5", " 5", "5 ", "-5", "0", "1,5", "", ".", ".5", "5.", "0x10",
    "9" * 40, "1.123456789012", "½", _HALF, "5\u200b", "−5",
)  # fmt: skip
_CODES = (
    "", "x", "4870204321112", "４８７０２０４３", "a\nb", "\x1b[2J", "\u202ex", _HALF, "y" * 5_000, "]C1", "<<<",
    "'; --", "../x", "%", "*", '"',
)  # fmt: skip
_TILLS = (
    "", "t1", "1T", "T1 ", "T１", "T1\n", "../T1", "T1/..", "TOOLONGNAME", "Т1", "T-1", "T1;", _HALF, "T\u200b1", "*",
    "T1" * 500, "CON:", "%T",
)  # fmt: skip
_SEARCHES = (
    '"', '""', "'", "*", "a*", "*a", "NEAR(a b)", "a AND", "OR", "NOT", "(", ")", "a:b", "name:x", "^", "-x", "{a}",
    "%", "_", "\\", "a\x00b", "\x00", HALF, _HALF, "\u202e", "\u200b", "\ufeff", "x" * 20_000, "牛" * 5_000,
    "a " * 5_000, "é" * 300, "e\u0301" * 300, "👩‍👩‍👧‍👦", "\U0010ffff", "\ufdd0", "ﷺ" * 100, "ß", "İ", "ı", "１２３",
    "٣٤", "'; DROP TABLE product; --", "<script>", "{{7*7}}", "${x}", "%s%n", "../../etc/passwd", "\x1b[2J", "\r\n",
    "a\nb", "=1+1", "]C1010", "\x1d", "P<CHNZHANG", "11010519491231002", "a" * 199 + "\ud83d", "ab" * 100, ",", ";",
    "|", "&", "~", "`", "!", "#", "@", "--", "/*", "a--b", "col : x", "x\ty", "\u2028", "Ⅻ", "ﬁ", "q" * 1_000_000,
)  # fmt: skip
_URLS = (
    "", " ", "x", "sqlite", "sqlite:", "://", "http://x/y", "mysql://a@b/c", "oracle://x", "sqlite+aiosqlite:///x.db",
    "sqlite+nosuch:///x", "postgresql+nosuch://h/d", "postgresql+asyncpg://h/d", "postgresql://u:pass-word@:x/d",
    "postgresql://u:pass-word@h:99999999/d", "postgresql://u:pass-word@[::1/d", "postgresql://u:pass-word@h:-1/d",
    "postgresql+psycopg://u:pass-word@127.0.0.1:1/d", "postgresql://u:pass-word@127.0.0.1:1/d?sslmode=nosuch",
    "postgresql://u:pass-word@127.0.0.1:1/d?surprise=1", "postgresql://u:pass-word@127.0.0.1:1/d?connect_timeout=x",
    "postgresql://u:pass-word@127.0.0.1:1/" + "d" * 5_000, "postgresql://u:pass-word@127.0.0.1:1/d\x00e",
    "postgresql://u:pass-word@no such host:1/d", "postgresql://u:pass-word@/d?host=/nowhere", "a" * 100_000,
    "sqlite:////dev/null", "sqlite:////dev/full", "sqlite:////", "sqlite:////etc", "sqlite:////etc/passwd",
    "sqlite:////proc/version", "sqlite:////nowhere/at/all.db", "sqlite:///x.db?surprise=1", "sqlite:///x\x00.db",
    "sqlite://u:pass-word@h/x", "sqlite:///file:x?mode=ro&uri=true", "sqlite:///" + "x" * 5_000, f"sqlite:///{_HALF}",
    "postgresql://" + "u" * 5_000 + ":pass-word@127.0.0.1:1/d", "\u202epostgresql://h/d", "postgresql://h/d\nx",
    "postgresql://u:pass%ZZword@127.0.0.1:1/d",
)  # fmt: skip
_CLOCKS = (
    "", "now", "2026-03-02", "2026-03-02T12:00:00", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00",
    "２０２６-03-02T12:00:00+08:00", "2026-03-02T12:00:00+99:99", "1772424000", "2026-02-30T12:00:00+08:00", _HALF,
    "x" * 5_000, "2026-03-02T12:00:00 +08:00", "-2026-03-02T12:00:00+08:00", "2026-03-02T24:30:00+08:00",
)  # fmt: skip


def cases() -> Iterator[Case]:
    """Every option of every command with what cannot be meant."""
    yield from _settings()
    yield from _days()
    yield from _over_the_books()
    yield from _before_the_command()
    yield from _searches()
    yield from _wholes_and_figures()
    yield from _codes()


def _settings() -> Iterator[Case]:
    for name in Settings.names():
        for value in _VALUES:
            is_odd = name in _FREE or value in ("", " ", "0")
            words = ("settings", "set", "--", name, value)
            yield typed("settings", f"{name} = {brief(value)}", *words, taken=ODD if is_odd else False, where=name)
    for name in ("", "no_such", "shop_name ", "SHOP_NAME", "__class__", "zone", "x" * 5_000, _HALF, "read", "a\nb"):
        yield typed("settings", f"name {brief(name)}", "settings", "set", "--", name, "x")
        yield typed("settings", f"show {brief(name)}", "settings", "show", "--", name)
    logos = (
        "iVBORw0KGgo=",
        "x",
        "=" * 90_000,
        "iVBORw0KGgoAAAANSUhEUgAAAAAAAAAB",
        "R0lGODdh",
        "iVBORw0KGgoAAAANSUhEUv//////////",
    )
    for logo in logos:
        yield typed("settings", f"logo = {logo[:20]}", "settings", "set", "logo", logo, where="logo")


def _days() -> Iterator[Case]:
    asked = {
        "date": ("report", "day", "--date"), "last": ("report", "day", "--date", "2026-01-01", "--last"),
        "from": ("journal", "show", "--from"), "to": ("journal", "show", "--to"),
        "month": ("report", "month"), "rates from": ("rates", "history", "USD", "--from"),
    }  # fmt: skip
    for name, words in asked.items():
        for day in _DAYS:
            yield typed("days", f"{name} {brief(day)}", *words, day)
        for day in _EDGES:
            yield typed("days", f"{name} {brief(day)}", *words, day[:7] if name == "month" else day, taken=ODD)
    for day in (*_DAYS, *_EDGES):
        for words in (("--from", day, "--to", "2026-01-02"), ("--from", "2026-01-01", "--to", day)):
            name = f"customs {words[0]} {brief(day)} {words[2]}"
            is_day = day in _EDGES
            yield typed(
                "days", name, "export", "customs", *words, "--out", "@customs.csv", taken=ODD if is_day else False
            )
    for out in ("@x", "@x.exe", "@no/such/folder.csv", "@", "@" + "x" * 300 + ".csv", "@x.csv/y.csv"):
        words = ("--from", "2026-01-01", "--to", "2026-01-02", "--out", out)
        yield typed("days", f"customs to {brief(out)}", "export", "customs", *words, changes=_SAID)
        yield typed("days", f"journal to {brief(out)}", "journal", "export", out, taken=ODD, changes=_SAID)
        yield typed("days", f"goods to {brief(out)}", "product", "find", "a", "--out", out, taken=ODD, changes=_SAID)


def _over_the_books() -> Iterator[Case]:
    """What is written aims at the books or the keys themselves, or at the lock of the books."""
    for name in ("#shop.db", "#keys.json", "#shop.db-wal", "#keys.json.before"):
        for words in (
            ("report", "day", "--out"), ("report", "day", "--format", "pdf", "--out"), ("journal", "export"),
            ("catalogue", "export"), ("backup",), ("labels",), ("keys", "public"), ("keys", "export"),
            ("catalogue", "import", "@no.csv", "--rejects"), ("receipt", "T1-000001", "--out"),
        ):  # fmt: skip
            line = (*words, name, CHOCOLATE) if words == ("labels",) else (*words, name)
            yield typed("exports", f"{' '.join(words)} {name}", *line, changes=_SAID)
    for device in _DEVICES:
        for words in (("backup",), ("keys", "public"), ("keys", "export")):
            # As root, the person who replaced a file there would take the device from the whole machine.
            yield tried("exports", f"{' '.join(words)} {device}", partial(_refused_there, device=device), taken=ODD)


def _refused_there(_desk: Desk, device: str) -> None:
    check_free(Path(device), is_replaced=True)
    raise AssertionError("taken for a file")


def _before_the_command() -> Iterator[Case]:
    for till in _TILLS:
        yield typed("tills", f"--till {brief(till)}", "--till", till, "settings", "show", where="till")
        yield typed("tills", f"report of {brief(till)}", "report", "day", "--till", till, where="till")
    for url in _URLS:
        yield typed("database URL", brief(url), "--database", url, "settings", "show", taken=ODD)
    for at in _CLOCKS:
        yield typed("--at", brief(at), "--at", at, "settings", "show", where="at")
    for language in ("", "EN", "de", "zh\n", _HALF, "../zh", "x" * 5_000):
        yield typed("--at", f"language {brief(language)}", "--language", language, "settings", "show", where="language")
    for person in ("", "nobody", "amina\x00", _HALF, "x" * 5_000, "' OR 1=1 --", "console:root"):
        yield typed("--at", f"as {brief(person)}", "--as", person, "settings", "show", taken=ODD)
    for words in (("surprise",), ("sale",), ("sale", "surprise"), ("--surprise",), ("sale", "ring"), (_HALF,), ("",)):
        yield typed("--at", f"words {brief(words)}", *words, taken=ODD)


def _searches() -> Iterator[Case]:
    for text in _SEARCHES:
        yield typed("search", f"product {brief(text)}", "product", "find", "--", text, taken=ODD)
        yield typed("search", f"sale {brief(text)}", "sale", "find", "--", text, taken=ODD)
        yield typed("search", f"journal {brief(text)}", "journal", "show", f"--text={text}", taken=ODD)
    for text in (HALF, _HALF, "\x00", "x" * 5_000, "%", "'"):
        for words in (("sale", "find", "--cashier"), ("sale", "find", "--till"), ("journal", "show", "--person"),
                      ("journal", "show", "--till"), ("report", "day", "--person"), ("order", "list",
                      "--state")):  # fmt: skip
            yield typed("search", f"{' '.join(words)} {brief(text)}", *words, text, taken=ODD)
    for text in _SEARCHES[:30]:
        yield typed("search", f"kind {brief(text)}", "sale", "find", f"--kind={text}")
        yield typed("search", f"journal kind {brief(text)}", "journal", "show", f"--kind={text}", taken=ODD)


def _wholes_and_figures() -> Iterator[Case]:
    counted = {
        "limit": ("product", "find", "a", "--limit"), "sales": ("sale", "find", "--limit"),
        "entries": ("journal", "show", "--limit"), "imports": ("catalogue", "imports", "--limit"),
        "copies": ("labels", "@labels.pdf", CHOCOLATE, "--copies"), "start": ("labels", "@l.pdf", CHOCOLATE, "--start"),
        "preview": ("catalogue", "import", "-", "--preview"), "promotion": ("promotion", "end", "--"),
        "withdraw": ("product", "reprice", "--withdraw"), "Z": ("shift", "z", "--out", "@z.pdf", "--"),
    }  # fmt: skip
    for name, words in counted.items():
        for value in _WHOLES:
            yield typed("whole numbers", f"{name} {brief(value)}", *words, value)
    figures = {
        "percent": ("promotion", "add", "x", "--percent"), "amount": ("promotion", "add", "x", "--amount"),
        "bundle": ("promotion", "add", "x", "--bundle"), "reprice": ("product", "reprice", "--percent"),
        "reprice amount": ("product", "reprice", "--dry-run", "--amount"), "price": ("product", "price", CHOCOLATE,
                           "--"),
        "buy": ("rates", "set", "USD", "--sell", "505", "--buy"), "sell": ("rates", "set", "USD", "--buy", "501",
                "--sell"),
        "customs": ("rates", "set", "USD", "--buy", "501", "--sell", "505", "--customs"),
        "charge": ("stock", "charge", "R-000001"),
    }  # fmt: skip
    for name, words in figures.items():
        for value in _FIGURES:
            line = (*words, value, "CNY") if name == "charge" else (*words, value)
            yield typed("figures", f"{name} {brief(value)}", *line, taken=ODD)


def _codes() -> Iterator[Case]:
    asked = {
        "show": ("product", "show", "--"), "stock": ("stock", "show", "--"), "history": ("product", "history", "--"),
        "label": ("labels", "@l.pdf", "--"), "receipt": ("sale", "show", "--"), "order": ("order", "show", "--"),
        "reprint": ("receipt", "--out", "@r.pdf", "--"), "charge": ("stock", "charge", "--"),
        "person": ("staff", "disable", "--"), "reset": ("staff", "reset", "--"),
    }  # fmt: skip
    for name, words in asked.items():
        for code in _CODES:
            line = (*words, code, "5", "CNY") if name == "charge" else (*words, code)
            yield typed("codes and labels", f"{name} {brief(code)}", *line)
    for paper in ("", "A4", "a5", "roll", _HALF, "x" * 5_000):
        yield typed("codes and labels", f"paper {brief(paper)}", "labels", "@l.pdf", CHOCOLATE, "--paper", paper)
    for out in ("@no/such/l.pdf", "@", "/dev/full", "@" + "x" * 300):
        yield typed("codes and labels", f"out {brief(out)}", "labels", out, CHOCOLATE)
    for name in (
        "",
        " ",
        "a b",
        "x" * 500,
        "a\x00b",
        "Амина",
        "AMINA",
        "amina",
        _HALF,
        "a\u202eb",
        "../a",
        "console:root",
    ):
        yield typed(
            "codes and labels", f"new person {brief(name)}", "staff", "add", name, "--role", "cashier", taken=ODD
        )
        yield typed("codes and labels", f"title {brief(name)}", "staff", "title", "amina", name, taken=ODD)
        yield typed("codes and labels", f"role {brief(name)}", "staff", "role", "amina", name)
        yield typed(
            "codes and labels", f"promotion {brief(name)}", "promotion", "add", name, "--percent", "5", taken=ODD
        )
