"""Files of goods, rates, departures, orders and counts as they never should be: text, workbooks, bombs."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from openpyxl import Workbook

from tests.faults.corpus.case import ODD, Case, brief, typed
from tests.shops import ZHANG_WEI

REMEMBERED = frozenset({"import_run", "import_change", "journal", "journal_head"})
"""What an import leaves behind that took no row: that there was one, and of what file."""

_GOODS = "code,name,category,price,currency,net_g,on_hand\n"
_ROW = {
    "code": "20000011", "name": "Tea", "category": "food.other", "price": "5.00", "currency": "CNY", "net_g": "100",
    "on_hand": "1",
}  # fmt: skip
_CELLS: Mapping[str, Sequence[str]] = {
    "code": ("", " ", "4.87021E+12", "4870204321112", "４８７０２０４３", "a\x00b", "<<<<<", "a b", "x" * 60, "=1",
             "#N/A", "20000011\u200b", "\u202e20000011", "😀", "ab"),
    "category": ("plutonium", "food", "*", "food.other.x", "FOOD/OTHER", "食品", "#REF!", "=A1"),
    "price": ("0", "-5", "NaN", "inf", "1e3", "1e308", "５", "٣", "1_000", "1.2.3", "1,234,5", "0x10", "free", "5.001",
              "9" * 12, "=2+3", "#VALUE!", "5 CNY x", "½"),
    "currency": ("USD", "XXX", "yuan", "¥¥", "CNY\u200b"),
    "net_g": ("-1", "1e3", "NaN", "１００", "heavy", "9" * 12, "1_0"),
    "on_hand": ("-1", "1.5", "1e3", "many", "9" * 12, "１", "NaN"),
}  # fmt: skip
_HEADERS = (
    "", "\n\n\n", "name,price\nTea,5\n", "code\n", "code,code\n1,2\n", "x\n1\n", "\x00\x00\x00\n", ",,,,\n,,,,\n",
    "code;name,price\n", "code," + "x," * 20_000 + "\n1\n", "c" * 200_000 + "\n", '"code\n' + "a\n" * 100,
    "кoд,name\n1,2\n", "code\u202e,name\n1,2\n", "\ufeff\ufeffcode,name\n\n", "sep=|\ncode|name\n1|x\n",
)  # fmt: skip
_RATES = "currency,buy,sell,customs,unit,from\n"
_RATE_CELLS: Mapping[str, Sequence[str]] = {
    "currency": ("", "XXX", "usd1", "ＵＳＤ", "US D", "KZT", "#N/A"),
    "buy": ("", "0", "-1", "NaN", "inf", "1e3", "５", "1_0", "5,5,5", "9" * 30, "0.00000000000001", "=1", "no", "506"),
    "sell": ("", "0", "-1", "NaN", "1e3", "٥", "1", "9" * 30),
    "customs": ("0", "-1", "NaN", "1e3", "x"), "unit": ("0", "-1", "3", "1e2", "１", "1000000"),
    "from": ("tomorrow", "2026-03-02", "2026-02-30T00:00:00Z", "9999-12-31T23:59:59-14:00", "2026-03-02T12:00"),
}  # fmt: skip
_RATE = {"currency": "USD", "buy": "501", "sell": "505", "customs": "", "unit": "", "from": ""}
_GATE = "time,mrz1,mrz2,destination\n"
_GATE_CELLS: Mapping[str, Sequence[str]] = {
    "time": ("", "now", "2026-02-30 10:00", "2026-03-02", "9999-12-31 23:59", "0001-01-01 00:00", "２０２６-3-2 10:00",
             "2026-W10-1 10:00", "1772424000", "2999-01-01 10:00"),
    "mrz1": ("", "P<CHN", "x" * 44, "P<CHN" + "<" * 39, "V" + ZHANG_WEI[0][1:], "P<CHN１" + "<" * 38, "<" * 44),
    "mrz2": ("", ZHANG_WEI[1][:-1], ZHANG_WEI[1] + "<", ZHANG_WEI[1].replace("1985", "1986"), ZHANG_WEI[1][:-1] + "9",
             "E００００００019CHN8505051F3405042<<<<<<<<<<<<<<04", "٣" * 44),
    "destination": ("RU", "cnn", "ＣＮ", "*"),
}  # fmt: skip
_DEPARTURE = {"time": "2026-03-02 10:00", "mrz1": ZHANG_WEI[0], "mrz2": ZHANG_WEI[1], "destination": "CN"}
_ORDER = "code,pieces,cost,currency\n"
_ORDER_CELLS: Mapping[str, Sequence[str]] = {
    "code": ("", "4870204321112", "nothing-here", "４８７", "a\x00b"),
    "pieces": ("", "0", "-1", "1.5", "1e3", "NaN", "１２", "1_0", "9" * 12, "many"),
    "cost": ("-1", "NaN", "1e3", "1,5", "５", "9" * 30, "1.00001"), "currency": ("XXX", "ＣＮＹ"),
}  # fmt: skip
_ORDERED = {"code": "4870204321111", "pieces": "5", "cost": "3.50", "currency": "CNY"}


def cases() -> Iterator[Case]:
    """Every kind of file with each of its cells spoilt, then the files that are none."""
    goods = ("catalogue", "import", "@goods.csv", "--rejects", "@rejects.csv")
    for column, cells in _CELLS.items():
        for cell in cells:
            yield _spoilt("catalogue files", _GOODS, _ROW, column, cell, goods, taken=ODD, changes=REMEMBERED)
    for column, cells in _RATE_CELLS.items():
        for cell in cells:
            yield _spoilt("rate files", _RATES, _RATE, column, cell, ("rates", "import", "@goods.csv"))
    for column, cells in _GATE_CELLS.items():
        for cell in cells:
            words = ("visitor", "left", "--gate", "@goods.csv")
            yield _spoilt("gate files", _GATE, _DEPARTURE, column, cell, words, taken=ODD, changes=REMEMBERED)
    for column, cells in _ORDER_CELLS.items():
        for cell in cells:
            yield _spoilt("order files", _ORDER, _ORDERED, column, cell, ("order", "new", "@goods.csv"))
    yield from _bytes()
    yield from _workbooks()


def _spoilt(
    door: str,
    header: str,
    good: Mapping[str, str],
    column: str,
    cell: str,
    words: Sequence[str],
    taken: bool | None = False,
    changes: frozenset[str] = frozenset(),
) -> Case:
    row = ",".join('"' + text.replace('"', '""') + '"' for text in {**good, column: cell}.values())
    content = (header + row + "\n").encode("utf-8", "surrogatepass")
    # A file of one bad row changes nothing that is sold, whether it is refused whole or row by row.
    return typed(
        door,
        f"{column} = {brief(cell)}",
        *words,
        files={"goods.csv": content},
        taken=taken,
        changes=changes,
        keeps=True,
    )


def _bytes() -> Iterator[Case]:
    good = (_GOODS + ",".join(_ROW.values()) + "\n").encode()
    raw = {
        "NULs": good.replace(b"Tea", b"\x00\x00\x00"), "only NULs": b"\x00" * 100_000, "UTF-16 without a mark":
        good.decode().encode("utf-16-le"), "UTF-32": good.decode().encode("utf-32"), "UTF-7": b"code,name\n+AGE-,x\n",
        "noise": bytes(range(256)) * 300, "high bytes": b"\xff" * 5_000, "cut UTF-8": good + b"\xe7\x89",
        "overlong": b"code,name\n\xc0\xaf,x\n", "CESU": b"code,name\n\xed\xa0\x80,x\n",
        "one long line": b"a" * 2_000_000,
        "a million commas": b"code,name\n" + b"," * 1_000_000 + b"\n", "an open quote": good + b'"' + b"x\n" * 5_000,
        "quotes": b'"' * 100_001, "CR only": good.replace(b"\n", b"\r"), "vertical tabs": good.replace(b"\n", b"\x0b"),
        "a PDF": b"%PDF-1.7\n" + good, "HTML": b"<html><table>" + good, "gzip": b"\x1f\x8b" + good,
        "a PNG": b"\x89PNG\r\n\x1a\n",
        "an old workbook": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600,
        "half a zip": b"PK\x03\x04" + b"\x00" * 30,
        "a zip's end": b"PK\x05\x06" + b"\x00" * 18, "ESC": b"code,name\n\x1bp\x00\x19\xfa,x\n", "empty": b"",
    }  # fmt: skip
    doors = {
        "catalogue files": ("catalogue", "import", "@goods.csv"), "rate files": ("rates", "import", "@goods.csv"),
        "gate files": ("visitor", "left", "--gate", "@goods.csv"), "order files": ("order", "new", "@goods.csv"),
    }  # fmt: skip
    for door, words in doors.items():
        for name, content in raw.items():
            yield typed(door, name, *words, files={"goods.csv": content}, taken=ODD, changes=REMEMBERED | SOLD)
        for header in _HEADERS:
            content = header.encode("utf-8", "surrogatepass")
            yield typed(
                door,
                f"header {brief(header)}",
                *words,
                files={"goods.csv": content},
                taken=ODD,
                changes=REMEMBERED | SOLD,
            )
        for path in ("@nowhere.csv", "@", "/dev/full", "@" + "x" * 300 + ".csv", "@goods.csv/x.csv", "/proc/self/mem"):
            line = [path if word.startswith("@goods") else word for word in words]
            yield typed(door, f"path {brief(path)}", *line, taken=ODD, where=("FILE", "file", "File"))
    for name, how in {"encoding": "latin-9", "delimiter": "||", "decimal": ";", "sheet": "no", "map": "x"}.items():
        line = ["catalogue", "import", "@goods.csv", f"--{name}", how]
        yield typed(
            "catalogue files", f"--{name} {how}", *line, files={"goods.csv": good}, taken=ODD, changes=REMEMBERED | SOLD
        )


SOLD = frozenset(
    {"product", "product_code", "product_lookup", "product_attribute", "price", "stock", "stock_entry", "stock_move",
     "lot", "lot_stock", "stock_lot", "supplier"}
)  # fmt: skip
"""What a file may change of which some row is good."""


def _workbooks() -> Iterator[Case]:
    for name, content in books().items():
        for words in (("catalogue", "import", "@goods.xlsx"), ("rates", "import", "@goods.xlsx")):
            door = "catalogue files" if words[0] == "catalogue" else "rate files"
            yield typed(
                door, f"workbook: {name}", *words, files={"goods.xlsx": content}, taken=ODD, changes=REMEMBERED | SOLD
            )


@cache
def books() -> Mapping[str, bytes]:
    """Workbooks and what pretends to be one."""
    good = _book([list(_ROW), list(_ROW.values())])
    sheet, texts = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"
    entity = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]><x>&b;</x>'
    outside = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]><x>&f;</x>'
    return {
        "figures": _book([list(_ROW), ["20000011", "Tea", "food.other", 1e308, "CNY", float(10**15), 10**9]]),
        "formulas": _book([list(_ROW), ["=1+1", "=HYPERLINK(1)", "=A1", "=2+3", "CNY", "=1", "=1"]]),
        "errors": _book([list(_ROW), ["#N/A", "#REF!", "#REF!", "#DIV/0!", "CNY", "#NUM!", "#NULL!"]]),
        "merged cells": _book([list(_ROW), list(_ROW.values())], merged="A1:G1"), "no rows": _book([]),
        "one cell": _book([["x"]]), "wide": _book([["code"] + ["x"] * 2_000, ["1"] * 2_000]),
        "a bomb": _with(good, {sheet: b"<worksheet>" + b" " * 60_000_000}),
        "many parts": _with(good, {f"xl/x{n}.xml": b"" for n in range(400)}),
        "entities": _with(good, {sheet: entity}), "an outside entity": _with(good, {texts: outside}),
        "entities in UTF-16": _with(good, {sheet: entity.decode().encode("utf-16")}),
        "broken XML": _with(good, {sheet: b"<worksheet><row>"}), "no sheet": _with(good, {sheet: b""}),
        "noise in a sheet": _with(good, {sheet: bytes(range(256)) * 50}),
        "a cell far out": _with(good, {sheet: _cell("XFD1048576")}), "a cell past the end": _with(good,
        {sheet: _cell("ZZZZ9999999999")}),
        "a cell of no place": _with(good, {sheet: _cell("１２")}),
        "a text that is none": _with(good, {sheet: _cell("A1",
        "s", "999999")}),
        "a number that is none": _with(good, {sheet: _cell("A1", "n", "1e999999")}), "NaN": _with(good,
        {sheet: _cell("A1", "n", "NaN")}),
        "a day that is none": _with(good, {sheet: _cell("A1", "d", "2026-99-99")}),
        "cut": good[:-200], "half": good[: len(good) // 2],
        "a byte off": good[:900] + bytes([good[900] ^ 255]) + good[901:],
        "a way out": _with(good, {"../../evil.xml": b"<x/>"}), "a word file": _with(_zip({}),
        {"word/document.xml": b"<x/>"}),
        "an empty zip": _zip({}), "a directory of lies": good.replace(b"sheet1.xml", b"sheet2.xml"),
        "twice the same part": _twice(good, sheet),
    }  # fmt: skip


def _cell(reference: str, kind: str = "n", value: str = "1") -> bytes:
    name = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    cell = f'<c r="{reference}" t="{kind}"><v>{value}</v></c>'
    return f'<worksheet xmlns="{name}"><sheetData><row r="1">{cell}</row></sheetData></worksheet>'.encode()


def _book(rows: Sequence[Sequence[object]], merged: str = "") -> bytes:
    book = Workbook()
    sheet = book.worksheets[0]
    for row in rows:
        sheet.append(list(row))
    if merged:
        sheet.merge_cells(merged)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def _zip(parts: Mapping[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return made.getvalue()


def _parts(book: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _with(book: bytes, parts: Mapping[str, bytes]) -> bytes:
    return _zip({**_parts(book), **parts})


def _twice(book: bytes, name: str) -> bytes:
    made = io.BytesIO(book)
    with zipfile.ZipFile(made, "a") as archive:
        archive.getinfo(name).filename = "x"  # so that it is not warned of
        archive.NameToInfo.pop(name)
        archive.writestr(name, b"<worksheet/>")
    return made.getvalue()
