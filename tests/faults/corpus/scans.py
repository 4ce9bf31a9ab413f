"""What a scanner, a broken cable or a cat sends: bursts of keys, codes, and the lines of passports."""

from __future__ import annotations

import os
import random
from collections.abc import Iterator, Sequence
from functools import partial

from pos.application.catalogue.scan_assembler import UNREADABLE, Key, Scan, ScanAssembler, ScanKind
from pos.domain.visitors.document import read_scanned, read_typed
from pos.domain.visitors.mrz import mrz_digit
from tests.faults.corpus.case import ODD, Case, brief, tried, typed
from tests.faults.corpus.desk import Desk
from tests.faults.corpus.traps import FIGURES, HALF, TEXTS
from tests.shops import ZHANG_WEI

CARD = ("IDKAZ0123456784900115300013<<<", "9001158M3301144KAZ<<<<<<<<<<<7", "IVANOV<<IVAN<<<<<<<<<<<<<<<<<<")
PRC_ID = "11010519491231002X"
_GTIN = "04870204321111"
GS = "\x1d"

BURSTS: Sequence[str] = (
    "", " ", "\x00", "\x00" * 50, GS, GS * 100, "\x1b", "\x7f" * 9, HALF * 9, "\udc00" * 9, "\ufeff" * 9, "\u202e" * 9,
    "1" * 10_000, "A<" * 5_000, "9" * 44, "<" * 44, "<" * 90, "P<" * 22, "\U0010ffff" * 20, UNREADABLE * 9, "😀" * 20,
    f"01{_GTIN}", f"01{_GTIN}21abc", f"]d201{_GTIN}21a{GS}17260101", f"]C101{_GTIN}10L{GS}310300x500", "]d2",
    "]d2" + GS,
    f"]d201{_GTIN}01{_GTIN}", f"01{_GTIN}17999999", f"01{_GTIN}17000000", f"]d201{_GTIN}3103999999",
    f"01{_GTIN}30" + "9" * 20,
    f"]C102{_GTIN}37" + "9" * 8, f"]Q301{_GTIN}21" + "x" * 500, f"]e0{GS}{GS}{GS}01{_GTIN}", "0104870204321112",
    "(01)0487",
    f"01{_GTIN}\x1d\x1d99", f"]d201{_GTIN}99" + "z" * 90, "https://example.com/01/04870204321111", "T1-000001|sig",
    "{}",
    "220000100000", "2212345012505", "2299999999999", "4870204321112", "4870204321111", "48702043211１1",
    "٤٨٧٠٢٠٤٣٢١١١١",
    "4870204321111\u200b", "'; DROP TABLE product; --", "../../etc/passwd", "%s%n%x", "=1+1", "\t\t\t\t\t\t\t",
    "a\tb\tc\td",
    "]A0", "]", "]]]]]]]", "x" * 48, "x" * 49, "x" * 200, "x" * 201, "ab", "abc", PRC_ID, PRC_ID.lower(),
    "11010519491231002１",
    "110105194912310020", "11010599991231002X", "110105" + "0" * 12, "900115300013", "123456789012",
    "V<CHNX<<Y" + "<" * 35,
    *ZHANG_WEI, *CARD, "".join(ZHANG_WEI), ZHANG_WEI[0][:-1], ZHANG_WEI[1] + "0", "\n".join(ZHANG_WEI),
    "\r\n".join(CARD),
)  # fmt: skip


_NO_ZONES: Sequence[object] = (
    [], [""], ["", "", ""], [5], [None], "x", {}, 5, ["x"] * 4, [*ZHANG_WEI, "x"], [ZHANG_WEI[0]] * 2, [[]],
    ["<" * 10_000] * 2,
)  # fmt: skip
_NUMBERS = (
    *(text for text in (*FIGURES, *TEXTS) if isinstance(text, str)), "123", "A" * 21, "E1234567８", PRC_ID[:-1] + "0",
)  # fmt: skip


def cases() -> Iterator[Case]:
    """Bursts through the assembler and the window's filter, codes at the checkout, documents at the desk."""
    for burst in BURSTS:
        for gap in (0.001, 0.049, 0.051):
            yield tried("scanner", f"{brief(burst)} at {gap}", lambda desk, b=burst, g=gap: _heard(desk, b, g), ODD)  # type: ignore[misc]
        yield tried("scanner", f"{brief(burst)} at the window", lambda desk, b=burst: _filtered(desk, b), ODD)  # type: ignore[misc]
        yield tried("scanner", f"code {brief(burst)}", lambda desk, b=burst: desk.shop.new_checkout().scan(b), ODD)  # type: ignore[misc]
        yield tried("scanner", f"piece {brief(burst)}", lambda desk, b=burst: desk.shop.find_piece(b), ODD)  # type: ignore[misc]
    for seed in range(24):
        yield tried("scanner", f"a storm of keys {seed}", lambda desk, s=seed: _storm(desk, s), ODD)  # type: ignore[misc]
    yield from _zones()
    yield from _documents()


def zones() -> Iterator[tuple[str, Sequence[str]]]:
    """Zones with one thing wrong, by what it is: a character, a length, a digit of another script,
    a day that is none.
    """
    for name, good in (("passport", ZHANG_WEI), ("card", CARD)):
        for line, text in enumerate(good):
            for index in range(0, len(text), 3):
                for char in ("１", "٣", "<", "0", "A", "\x00", HALF, "é"):
                    if text[index] != char:
                        yield (
                            f"{name} {line}:{index} {brief(char)}",
                            _put(good, line, text[:index] + char + text[index + 1 :]),
                        )
            for wrong in ("", text[:-1], text + "<", text[1:], text * 2, text.lower() + " x", "\t".join(text)):
                yield f"{name} {line} {brief(wrong)}", _put(good, line, wrong)
    second = ZHANG_WEI[1]
    for born in ("991332", "000000", "<<<<<<", "999999", "850230", "AB0505"):
        body = second[:13] + born + mrz_digit(born.replace("A", "0")) + second[20:43]
        yield f"born {born}", (ZHANG_WEI[0], body + mrz_digit(body[:10] + body[13:20] + body[21:43]))


def _put(good: Sequence[str], line: int, text: str) -> Sequence[str]:
    return [text if index == line else kept for index, kept in enumerate(good)]


def _zones() -> Iterator[Case]:
    for name, lines in zones():
        whole = "\n".join(lines)
        yield tried("MRZ", f"scanned {name}", partial(_identified, text=whole), ODD)
    for index, (name, lines) in enumerate(zones()):
        if index % 4 == 0:
            document = {"mrz": [*lines]}
            yield typed(
                "MRZ", f"in a file, {name}", "visitor", "show", "-", stdin=document, taken=ODD, where="document"
            )
    for mrz in _NO_ZONES:
        yield typed("MRZ", f"mrz = {brief(mrz)}", "visitor", "show", "-", stdin={"mrz": mrz}, where="document")


def _documents() -> Iterator[Case]:
    for kind in ("passport", "cn-id", "cn-permit", "kz-id", "other", "visa", ""):
        for number in _NUMBERS:
            yield tried("MRZ", f"typed {kind} {brief(number)}", partial(_typed_in, kind=kind, number=number), ODD)


def _typed_in(desk: Desk, kind: str, number: str) -> None:
    born = "1990-02-30" if kind == "other" else None
    desk.shop.new_checkout().identify(read_typed(kind, number, "CN", born, desk.today))


def _identified(desk: Desk, text: str) -> None:
    desk.shop.new_checkout().identify(read_scanned(text, desk.today))


def _rung(desk: Desk, code: str) -> None:
    desk.shop.new_checkout().scan(code)


def _asked(desk: Desk, code: str) -> None:
    desk.shop.find_piece(code)


def _taken(desk: Desk, scans: Sequence[Scan]) -> None:
    """Do with scans what the checkout does."""
    for scan in scans:
        if scan.kind is ScanKind.CODE:
            desk.shop.new_checkout().scan(scan.text)
        elif scan.kind is ScanKind.DOCUMENT:
            _identified(desk, scan.text)


def _heard(desk: Desk, text: str, gap: float) -> None:
    """Every key ends in the field or in a scan: none is lost, none comes twice."""
    assembler, at, field, scans, inside = ScanAssembler(), 100.0, 0, list[Scan](), 0
    for char in (*text, "\r"):
        at += gap
        heard = assembler.hear(Key(char, char, at))
        field += len(heard.released) - len(heard.withdrawn) + heard.passes
        scans += heard.scans
        inside += heard.held
    late = assembler.poll(at + 60)
    assert field + len(late.released) >= 0
    assert assembler.due is None
    _taken(desk, [*scans, *late.scans])


def _storm(desk: Desk, seed: int) -> None:
    """Keys of several scanners and a person at once, in random gaps, cut anywhere."""
    chance = random.Random(seed)
    assembler, at, scans = ScanAssembler(), 100.0, list[Scan]()
    for _ in range(300):
        text = chance.choice(BURSTS)[:60]
        for char in text[: chance.randrange(1, 61)] + chance.choice(["\r", "\t", "", "\r\n", "\x00"]):
            at += chance.choice([0.0, 0.001, 0.004, 0.05, 0.2, 1.0, -0.01])
            scans += assembler.hear(Key(chance.choice([char, ""]), char, at), into_text=chance.random() < 0.5).scans
    _taken(desk, [*scans, *assembler.poll(at + 60).scans])


def _filtered(desk: Desk, text: str) -> None:
    """The same through the filter of the window: events of Qt in, signals out."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtCore import QEvent, Qt
    from PySide6.QtGui import QKeyEvent, QWindow
    from PySide6.QtWidgets import QApplication

    from pos.ui.input.scanner_filter import ScannerFilter

    global _APPLICATION  # noqa: PLW0603 # Qt wants one, and that it stays
    _APPLICATION = QApplication.instance() or _APPLICATION or QApplication([])
    now = [100.0]
    scanner, window, scans = ScannerFilter(lambda: now[0]), QWindow(), list[Scan]()
    scanner.scanned.connect(lambda code: scans.append(Scan(ScanKind.CODE, code)))
    scanner.document_scanned.connect(lambda document: scans.append(Scan(ScanKind.DOCUMENT, document)))
    for char in (*text[:200], "\r"):
        now[0] += 0.004
        key = (
            Qt.Key.Key_Return
            if char == "\r"
            else Qt.Key(ord(char.upper()[:1]))
            if ord(char) < 128
            else Qt.Key.Key_unknown
        )
        for kind in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            scanner.eventFilter(window, QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, 0, 0, 0, char))
    now[0] += 60
    scanner.poll()
    scanner.take_line(text)
    _taken(desk, scans)


_APPLICATION: object = None
