"""Files of central banks are known by what is in them; all samples, no file of a bank."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from pos.domain.errors import BadField
from pos.domain.pricing.official_rates import OfficialRates
from pos.exports.bank_rate_files import LONGEST_FILE, read_bank_rates
from tests import bank_rates as samples
from tests.horgos import CNY, EUR, KZT, RUB, USD


def read(folder: Path, raw: bytes) -> OfficialRates:
    """The rates in a file with a name that says nothing."""
    path = folder / "download.bin"
    path.write_bytes(raw)
    file = read_bank_rates(path)
    assert file is not None
    return file.rates


def test_each_bank_is_known_by_its_file_whatever_its_name(tmp_path: Path) -> None:
    kinds = [read(tmp_path, raw) for raw in (samples.nbk_feed(), samples.nbk_day(), samples.cbr(), samples.ecb())]

    assert [one.bank for one in kinds] == ["nbk", "nbk", "cbr", "ecb"]
    assert {one.day for one in kinds} == {date(2026, 3, 2)}
    assert kinds[0].of(USD, KZT) == kinds[1].of(USD, KZT) == Fraction("504.10")
    assert kinds[2].of(KZT, RUB) == Fraction("0.155")
    assert kinds[2].of(USD, KZT) == Fraction("78.2") / Fraction("0.155")
    assert kinds[3].of(USD, EUR) == 1 / Fraction("1.17")


def test_a_rate_for_ten_thousand_units_is_divided(tmp_path: Path) -> None:
    rates = read(tmp_path, samples.nbk_day({"CNY": "725500", "USD": "504.1"}, quants={"CNY": "10000"}))
    assert rates.of(CNY, KZT) == Fraction("72.55")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "windows-1251"])
def test_a_file_may_have_a_byte_order_mark_or_another_encoding(tmp_path: Path, encoding: str) -> None:
    named = encoding.removesuffix("-sig").removesuffix("-le")
    mark = b"\xff\xfe" if encoding == "utf-16-le" else b""
    text = samples.nbk_day().decode().strip().replace("utf-8", named)
    assert read(tmp_path, mark + text.encode(encoding)).of(USD, KZT) == Fraction("504.10")


@pytest.mark.parametrize(
    "raw", [b"", b"currency,buy,sell\nUSD,500,505\n", b"\xff\xfec\x00", b"PK\x03\x04", b"\x00\x00"]
)
def test_a_table_or_anything_else_that_is_not_xml_is_left_to_the_reader_of_tables(tmp_path: Path, raw: bytes) -> None:
    path = tmp_path / "rates.xml"
    path.write_bytes(raw)
    assert read_bank_rates(path) is None
    assert read_bank_rates(tmp_path / "nowhere.xml") is None


BOMB = b'<!DOCTYPE rates [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]><rates><date>&b;</date></rates>'
FILE_OF_ANOTHER = b'<?xml version="1.0"?><!DOCTYPE rates [<!ENTITY x SYSTEM "file:///etc/passwd">]><rates>&x;</rates>'


@pytest.mark.parametrize(
    ("raw", "what"),
    [
        (BOMB, "document_type"),
        (FILE_OF_ANOTHER, "document_type"),
        (b'<!DOCTYPE rates SYSTEM "http://example.org/rates.dtd">' + samples.nbk_day().strip(), "document_type"),
        (b'<!DOCTYPE rates SYSTEM "http://example.org/rates.dtd"><rates/>', "document_type"),
        (b"<!DOCTYPE html><html><body>Not found</body></html>", "document_type"),
        (b"<html><body>Not found</body></html>", "no_bank_rates"),
        (samples.cbr()[:-40], "not_whole"),
        (samples.nbk_day()[:200], "not_whole"),
        (b"<rates>&unknown;</rates>", "not_whole"),
        (b'<?xml version="1.0" encoding="x-klingon"?><rates/>', "not_whole"),
        (b'<?xml version="1.0" encoding="gb18030"?><rates/>', "not_whole"),
        (samples.nbk_feed({}), "no_rates_of_the_day"),
        (samples.nbk_day({}), "no_rates_of_the_day"),
        (samples.cbr({}), "no_rates_of_the_day"),
        (samples.ecb({}), "no_rates_of_the_day"),
        (samples.ecb(samples.ECB, "2026-03-02", "2026-02-27"), "several_days"),
        (
            samples.nbk_feed().replace(b"<pubDate>02.03.2026", b"<pubDate>01.03.2026", 1),
            "several_days",
        ),
        (samples.nbk_feed().replace(b"quant>", b"guid>"), "no_bank_rates"),
        (b"<ValCurs><Record Date='02.03.2026'/></ValCurs>", "no_bank_rates"),
        (b"<ValCurs Date='02.03.2026'><Record/></ValCurs>", "no_bank_rates"),
        (b"<rates><item/></rates>", "no_bank_rates"),
        (b"<a:Envelope xmlns:a='urn:a'><Body/></a:Envelope>", "no_bank_rates"),
        (samples.nbk_day(day="31.02.2026"), "not_a_date"),
        (samples.nbk_feed(day="Mon, 02 Mar 2026 00:00:00"), "not_a_date"),
        (samples.ecb(samples.ECB, "yesterday"), "not_a_date"),
        (samples.nbk_day({"US dollar": "504"}), "not_a_currency"),
        (b"<rates>" + b" " * LONGEST_FILE + b"</rates>", "too_long"),
        (b"<a>" * 300_000, "no_bank_rates"),
    ],
)  # fmt: skip
def test_what_cannot_be_the_rates_of_a_day_is_refused_with_its_reason(tmp_path: Path, raw: bytes, what: str) -> None:
    with pytest.raises(BadField) as refused:
        read(tmp_path, raw)
    assert (refused.value.field, refused.value.what) == ("FILE", what)


def test_no_currency_stands_there_twice_also_one_that_the_shop_does_not_use(tmp_path: Path) -> None:
    raw = samples.cbr().replace(b"</ValCurs>", samples.cbr({"USD": ("1", "78,2")}).split(b'"Sample">')[1])
    with pytest.raises(BadField) as refused:
        read(tmp_path, raw)
    assert (refused.value.field, refused.value.what) == ("USD", "given_twice")
    with pytest.raises(BadField) as refused:
        read(tmp_path, samples.nbk_day({"KZT": "1"}))
    assert (refused.value.field, refused.value.what) == ("KZT", "is_the_base")
