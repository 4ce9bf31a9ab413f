"""The files of providers, in the forms of their documents: samples that were written for these tests."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from pos.domain.errors import BadField, BadInput
from pos.domain.outside_partners.reconciliation import (
    NotAStatement,
    StatementOfAnother,
    StatementRow,
    differences,
)
from pos.exports.provider_statements import LONGEST_FILE, read_statement, read_statement_file

SAMPLES = Path(__file__).parent / "statements"


def sample(provider: str) -> bytes:
    return (SAMPLES / f"{provider}-sample.csv").read_bytes()


def said(provider: str, raw: bytes | None = None) -> list[tuple[str, str, str, bool]]:
    rows = read_statement(provider, sample(provider) if raw is None else raw)
    return [(row.number, row.reference, f"{row.amount} {row.amount.currency}", row.is_refund) for row in rows]


def test_the_bill_of_wechat_has_whole_sums_and_leaves_out_what_was_reversed() -> None:
    assert said("wechat") == [
        ("AAAAAAAAAAAAAAAAAAAAAAAAA2", "4200002512202612010000000001", "12.50 CNY", False),
        ("AAAAAAAAAAAAAAAAAAAAAAAAA3", "4200002512202612010000000002", "100.00 CNY", False),
        ("BAAAAAAAAAAAAAAAAAAAAAAAA2", "50000000382026120100000001", "40.00 CNY", True),
    ]
    assert read_statement("wechat", sample("wechat"))[0].at == datetime(2026, 12, 1, 2, 15, 2, tzinfo=UTC)


def test_the_details_of_alipay_are_read_between_their_comments() -> None:
    assert said("alipay") == [
        ("AAAAAAAAAAAAAAAAAAAAAAAAB2", "2026120122001401000000000001", "12.50 CNY", False),
        ("BAAAAAAAAAAAAAAAAAAAAAAAB2", "", "2.50 CNY", True),
    ]


def test_a_table_of_kaspi_is_read_in_either_encoding() -> None:
    rows = [
        ("", "504711333", "12500.00 KZT", False),
        ("", "504711334", "700.00 KZT", False),
        ("", "604711333", "2500.00 KZT", True),
    ]
    assert said("kaspi") == said("kaspi", sample("kaspi").decode("cp1251").encode("utf-8-sig")) == rows
    plain = b"date,transaction,type,amount\n2026-12-01 10:15,1,payment,12\n"
    assert said("kaspi", plain) == [("", "1", "12.00 KZT", False)]


def test_a_day_of_a_provider_is_laid_beside_ours() -> None:
    there = read_statement("wechat", sample("wechat"))
    here = [StatementRow(row.number, row.reference, row.amount, row.is_refund) for row in there]
    assert differences(there, here) == ()
    assert len(differences(there, here[1:])) == 1


@pytest.mark.parametrize(
    ("provider", "whose"), [("wechat", "alipay"), ("alipay", "kaspi"), ("kaspi", "wechat"), ("wechat", "kaspi")]
)
def test_the_file_of_another_provider_is_named_as_what_it_is(provider: str, whose: str) -> None:
    with pytest.raises(StatementOfAnother) as refused:
        read_statement(provider, sample(whose))
    assert (refused.value.provider, refused.value.whose) == (provider, whose)


@pytest.mark.parametrize(
    ("raw", "field", "what"),
    [
        (b"", "FILE", "empty"),
        (b"x" * (LONGEST_FILE + 1), "FILE", "over_16_mb"),
        (b"PK\x03\x04" + b"\0" * 26 + b"bill.csv", "FILE", "packed"),
        (b"PK\x03\x04" + b"\0" * 26 + b"[Content_Types].xml", "FILE", "workbook_for_csv"),
        ("交易时间,微信订单号,订单金额\n".encode(), "header.交易状态", "missing"),
        (sample("wechat").replace(b",`12.50,`0.00,`\n", b",`moon,`0.00,`\n", 1), "row 2, 订单金额", "not_an_amount"),
        (sample("wechat").replace(b"`SUCCESS", b"`MOON", 1), "row 2, 交易状态", "unknown"),
    ],
    ids=["empty", "large", "archive", "workbook", "column", "amount", "state"],
)
def test_what_is_wrong_with_a_file_is_named_with_its_row_and_column(raw: bytes, field: str, what: str) -> None:
    with pytest.raises(BadField) as refused:
        read_statement("wechat", raw)
    assert (refused.value.field, refused.value.what) == (field, what)


def test_a_file_that_is_refused_is_named(tmp_path: Path) -> None:
    file = tmp_path / "bill.csv"
    file.write_bytes(b"")
    for path, what, value in ((file, "empty", "bill.csv"), (tmp_path, "not_readable", f"{tmp_path.name}: ")):
        with pytest.raises(BadField) as refused:
            read_statement_file("wechat", path)
        assert (refused.value.what, refused.value.value.startswith(value)) == (what, True)


def test_a_picture_is_no_file_of_a_provider() -> None:
    with pytest.raises(NotAStatement):
        read_statement("kaspi", b"\x89PNG\r\n\x1a\n" + bytes(range(128)))


@pytest.mark.parametrize("provider", ["wechat", "alipay", "kaspi"])
@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\n\n#\n",
        b"\x00\xff\xfe\x81",
        b"name,price\nhoney,1\n",
        b'"open',
        b"date,transaction,type,amount\n2026-12-01 10:15,1,payment\n",
        b"date,transaction,type,amount\n2026-12-01 10:15,1,moon,12\n",
        b"date,transaction,type,amount\n2026-12-01 10:15,1,payment,12.505\n",
        b"date,transaction,type,amount\n2026-13-01 10:15,1,payment,12.50\n",
        b"x" * (LONGEST_FILE + 1),
    ],
    ids=range(10),
)
def test_another_file_is_refused_with_its_place(provider: str, raw: bytes) -> None:
    with pytest.raises(BadInput):
        read_statement(provider, raw)
