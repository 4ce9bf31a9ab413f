"""Texts and bytes that no one thought of: each is taken as meant or refused in words, whatever stands in it.

A few of each in the test run; with `--hypothesis-profile=explore` thousands.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import TypeVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QWindow
from PySide6.QtWidgets import QApplication

from pos.application.catalogue.catalogue_columns import CatalogueColumns
from pos.application.catalogue.catalogue_files import ReadAs
from pos.application.catalogue.catalogue_row import RowReader
from pos.application.catalogue.catalogue_text import RowRejected
from pos.application.ports.catalogue_ports import GoodsRow
from pos.application.sales.sale_request import read_sale_request
from pos.application.settings.settings import Settings
from pos.application.text.iso_dates import iso_day, iso_instant
from pos.application.text.json_fields import read_document
from pos.application.text.json_object import parse_json
from pos.domain.errors import BadField, BadInput
from pos.domain.money import CURRENCIES, Money
from pos.domain.visitors.document import read_mrz, read_scanned
from pos.exports import catalogue_files
from pos.regimes.fields import RegimeFault
from pos.regimes.reading import read_regime
from pos.ui.input.scanner_filter import ScannerFilter
from tests.faults.corpus.canaries import canaries
from tests.faults.corpus.files import books
from tests.faults.corpus.regimes import shipped
from tests.faults.corpus.scans import BURSTS
from tests.faults.corpus.traps import FIGURES, TEXTS
from tests.horgos import CNY

T = TypeVar("T")
MORE = settings().max_examples // 100
"""How many times as much is tried as in the test run."""
TODAY = date(2026, 11, 27)
NOW = datetime(2026, 11, 27, 4, tzinfo=UTC)
ZONES = [canary.lines for canary in canaries(70) if canary.lines]
CHARS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789<"
GOODS = (
    "code,name,category,price,currency,net_g,on_hand\n20000011,Tea,food.other,5.00,CNY,100,1\n"
    "4870204321111,Коньяк,alcohol.spirit,450,CNY,700,12\n4870204320145,巧克力,food.sweets,12.50,CNY,100,5\n"
)  # fmt: skip
WORKBOOK = books()["figures"]

strange = st.one_of(
    st.text(max_size=60), st.sampled_from([text for text in (*FIGURES, *TEXTS) if isinstance(text, str)])
)
edits = st.lists(
    st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 3), st.binary(max_size=8)), min_size=1, max_size=6
)


def spoilt(content: bytes, changes: Sequence[tuple[float, int, bytes]]) -> bytes:
    """Bytes overwritten, cut out, put in or repeated at some places of a content."""
    spoiling = bytearray(content)
    for fraction, how, put in changes:
        at = int(fraction * max(len(spoiling), 1))
        if how == 0:
            spoiling[at : at + len(put)] = put
        elif how == 1:
            del spoiling[at : at + 1 + len(put) * 8]
        elif how == 2:
            spoiling[at:at] = put
        else:
            spoiling[at:at] = spoiling[: len(put) * 40]
    return bytes(spoiling)


def tried(step: Callable[[], T], *refusals: type[Exception]) -> tuple[T | None, Exception | None]:
    """What a step made, or how it refused; anything else that is raised fails the test."""
    try:
        return step(), None
    except Exception as refused:
        if not isinstance(refused, (BadInput, *refusals)):
            raise
        return None, refused


# ── documents ───────────────────────────────────────────────────────────────────────────────────────────────────


@settings(max_examples=150 * MORE)
@given(st.sampled_from(ZONES), st.data())
def test_one_wrong_character_of_a_zone_is_refused_or_changes_no_one(lines: Sequence[str], data: st.DataObject) -> None:
    """A check digit distinguishes characters by their value mod 10 alone; type, issuer and names stand under none."""
    whole = read_mrz(lines, TODAY)
    line = data.draw(st.integers(0, len(lines) - 1))
    index = data.draw(st.integers(0, len(lines[line]) - 1))
    char = data.draw(st.one_of(st.sampled_from(CHARS), st.characters()))
    changed = [text[:index] + char + text[index + 1 :] if at == line else text for at, text in enumerate(lines)]
    document, refused = tried(lambda: read_mrz(changed, TODAY))
    assert whole.number not in f"{refused} {refused!r}"
    if document is not None and document.identity != whole.identity:
        assert is_under_no_digit(lines, line, index) or value(char.upper()) == value(lines[line][index])


def is_under_no_digit(lines: Sequence[str], line: int, index: int) -> bool:
    """The type and the issuer; names and nationality are no part of who someone is."""
    return line == 0 and index < 5


def value(char: str) -> int:
    """What a check digit sees of a character."""
    return 0 if char == "<" else int(char, 36) % 10 if char in CHARS else -1


@given(st.one_of(strange, st.lists(st.text(CHARS, min_size=28, max_size=46), max_size=3).map("\n".join)))
def test_whatever_is_scanned_for_a_document_is_a_document_or_a_refusal_that_repeats_nothing(text: str) -> None:
    document, refused = tried(lambda: read_scanned(text, TODAY))
    assert len(text.strip()) < 6 or text.strip() not in str(refused)
    assert document is None or document.number not in repr(document)


values = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), strange),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.dictionaries(st.one_of(strange, st.sampled_from(
            ["key", "cashier", "visitors", "lines", "payments", "document", "mrz", "kind", "number", "code", "quantity"]
        )), inner, max_size=5),
    ),
    max_leaves=12,
)  # fmt: skip


@given(values)
def test_any_value_for_a_sale_or_a_document_is_bad_input_that_names_its_field(value: object) -> None:
    for _, refused in (
        tried(lambda: read_sale_request(value, TODAY, CNY, NOW)),
        tried(lambda: read_document(value, "document", TODAY)),
    ):
        assert isinstance(refused, BadInput)
        assert refused.facts()["field"]


@given(st.one_of(st.binary(max_size=200).map(lambda raw: raw.decode("utf-8", "replace")), strange))
def test_any_text_is_json_or_a_refusal(text: str) -> None:
    _, refused = tried(lambda: parse_json(text))
    assert refused is None or isinstance(refused, BadField)


# ── figures, days, options ───────────────────────────────────────────────────────────────────────────────────


@given(st.one_of(strange, st.from_regex(r"-?[0-9 .,_eE+]{1,14}", fullmatch=True)), st.sampled_from(list(CURRENCIES)))
def test_money_is_ascii_digits_and_a_dot_or_none(text: str, code: str) -> None:
    currency = CURRENCIES[code]
    money, _ = tried(lambda: Money.parse(text, currency))
    if money is None:
        return
    assert text.isascii()
    assert text.strip() == text
    assert Money.parse(str(money), currency) == money
    assert set(text) <= set("-.0123456789")


@given(st.one_of(strange, st.dates().map(str), st.datetimes(timezones=st.timezones()).map(lambda at: at.isoformat())))
def test_a_day_or_instant_is_read_as_it_is_written_or_not_at_all(text: str) -> None:
    day, _ = tried(lambda: iso_day(text, any_year=True), ValueError)
    assert day is None or day.isoformat() == text
    instant, _ = tried(lambda: iso_instant(text), ValueError)
    assert instant is None or (instant.isoformat()[:10] == text[:10] and text.isascii())


@pytest.mark.parametrize("name", Settings.names())
@settings(max_examples=15 * MORE)
@given(text=st.one_of(strange, st.integers(-5, 10**9).map(str)))
def test_an_option_reads_back_what_it_took(name: str, text: str) -> None:
    taken, refused = tried(lambda: Settings().with_text(name, text))
    if taken is None:
        assert isinstance(refused, BadField)
        assert refused.field == name
        return
    kept = taken.text(name)
    assert kept.isprintable()
    assert Settings().with_text(name, kept) == taken


# ── files ────────────────────────────────────────────────────────────────────────────────────────────────────


@given(st.sampled_from([GOODS.encode(), GOODS.encode("utf-16"), GOODS.encode("gb18030"), WORKBOOK]), edits)
@settings(max_examples=60 * MORE)
def test_a_spoilt_catalogue_is_rows_rejects_or_one_refusal(
    tmp_path_factory: pytest.TempPathFactory, content: bytes, changes: Sequence[tuple[float, int, bytes]]
) -> None:
    file = tmp_path_factory.getbasetemp() / "spoilt.csv"
    file.write_bytes(spoilt(content, changes))
    rows, _ = tried(lambda: taken_of(file))
    assert all(isinstance(row, str) or (row.code.isprintable() and "<" not in row.code) for row in rows or ())


def taken_of(file: Path) -> list[GoodsRow | str]:
    """The goods of a file, and the reasons of what is none."""
    with catalogue_files.reading(file, ReadAs()) as table:
        reader = RowReader.under(CatalogueColumns.of(table.header, CNY.code), CNY, {})
        taken: list[GoodsRow | str] = []
        for row in table.rows:
            goods, rejected = tried(partial(reader.read, row), RowRejected)
            taken.append(goods[0] if goods is not None else str(getattr(rejected, "reason", "")))
        return taken


@given(st.sampled_from(shipped()), edits)
@settings(max_examples=60 * MORE)
def test_a_spoilt_file_of_allowances_is_a_fault_that_names_it_or_a_regime(
    content: bytes, changes: Sequence[tuple[float, int, bytes]]
) -> None:
    _, fault = tried(lambda: read_regime(spoilt(content, changes), "spoilt.toml"), RegimeFault)
    assert fault is None or (isinstance(fault, RegimeFault) and fault.file == "spoilt.toml" and bool(fault.what))


# ── the window ───────────────────────────────────────────────────────────────────────────────────────────────


@settings(max_examples=40 * MORE)
@given(
    st.lists(st.tuples(st.sampled_from(BURSTS), st.sampled_from([0.0, 0.004, 0.05, 0.3]), st.booleans()), max_size=8)
)
def test_no_stream_of_keys_stops_the_window_hearing_the_next_scan(
    qapp: QApplication, bursts: Sequence[tuple[str, float, bool]]
) -> None:
    now, scans, window = [1000.0], list[str](), QWindow()
    scanner = ScannerFilter(lambda: now[0])
    scanner.scanned.connect(scans.append)

    def press(char: str) -> None:
        key = Qt.Key.Key_Return if char == "\r" else Qt.Key.Key_unknown
        if char != "\r" and ord(char) < 128:
            key = Qt.Key(ord(char.upper()))
        for kind in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            scanner.eventFilter(window, QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, 0, 0, 0, char))

    for burst, gap, ends in bursts:
        for char in burst[:120] + ("\r" if ends else ""):
            now[0] += gap
            press(char)
        scanner.poll()
    now[0] += 60
    scanner.poll()
    scanner.poll()
    scans.clear()
    for char in "4870204321111\r":
        now[0] += 0.004
        press(char)
    assert scans == ["4870204321111"]


def test_every_trap_of_the_corpus_is_no_money(tmp_path: Path) -> None:
    for figure in FIGURES:
        with pytest.raises(BadField):
            Money.parse(figure, CNY)
