"""`export customs`, `export voucher` and `export commerceml`: files for customs and the accountant from the console."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import openpyxl

from tests.cli.console import CREAM, Console, a_ticket


def test_customs_get_a_file_and_the_journal_says_so(console: Console, tmp_path: Path) -> None:
    console("sale", "ring", "-", stdin=a_ticket())
    day = console("journal", "show", "--kind", "sale").json[0]["at"][:10]
    document = tmp_path / "document.json"
    document.write_text(json.dumps(a_ticket()["visitors"][0]["document"]), encoding="utf-8")
    assert console("visitor", "left", str(document)).code == 0
    out = tmp_path / "customs.json"
    answer = console("export", "customs", "--from", day, "--to", day, "--regime", "cn-horgos", "--out", str(out))
    assert answer.code == 0, answer.err
    assert answer.json["carry_outs"] == 1
    export = json.loads(out.read_text(encoding="utf-8"))
    assert export["carried_out"][0]["quantity"] == 3
    [said] = console("journal", "show", "--kind", "export").json
    assert said["text"] == "Exported to a file: the goods taken out by visitors."
    for bad in (("--from", "today", "--to", day), ("--from", day, "--to", day, "--regime", "mars")):
        assert console("export", "customs", *bad, "--out", str(out)).code == 2
    assert console("export", "customs", "--from", day, "--to", day, "--out", str(tmp_path / "no" / "x.csv")).code == 4


def test_the_accountant_gets_vouchers_and_retail_sales_of_a_shift_or_a_day(console: Console, tmp_path: Path) -> None:
    console("sale", "ring", "-", stdin=a_ticket())
    shown = console("shift", "show").json
    closing = {"cashier": "amina", "count": {one["currency"]: {} for one in shown["cash"]}}
    assert console("shift", "close", "-", stdin=closing).code == 0
    day = console("journal", "show", "--kind", "cash").json[0]["at"][:10]
    answer = console("export", "voucher", "--shift", "1", "--out", str(tmp_path / "v.csv"))
    assert answer.json["zs"] == ["T1-Z000001"], answer.err
    table = (tmp_path / "v.csv").read_text(encoding="utf-8-sig")
    assert len(list(csv.DictReader(table.splitlines()))) == answer.json["postings"] > 3
    for name, more in (("a", ("--shift", "T1-Z000001")), ("b", ("--day", day))):
        sold = console("export", "commerceml", *more, "--out", str(tmp_path / f"{name}.xml"))
        assert sold.json["zs"] == ["T1-Z000001"]
    assert (tmp_path / "a.xml").read_bytes() == (tmp_path / "b.xml").read_bytes()
    book = tmp_path / "v.xlsx"
    made = console("--language", "ru", "export", "voucher", "--day", day, "--format", "xlsx", "--out", str(book))
    assert made.code == 0, made.err
    assert openpyxl.load_workbook(book).sheetnames == ["Проводки за день", "Счета"]
    said = [one["text"] for one in console("journal", "show", "--kind", "export").json]
    assert set(said) == {"Exported to a file: the day voucher.", "Exported to a file: the retail sales for 1C."}


def test_no_file_for_the_accountant_says_why(console: Console, tmp_path: Path) -> None:
    out = str(tmp_path / "x.csv")
    for bad, sentence in (
        ((), "name one shift or one day, and not both."),
        (("--shift", "first"), "There is no Z report first."),
        (("--shift", "T9-Z000001"), "There is no Z report T9-Z000001."),
        (("--day", "2020-01-01"), "No shift was closed on 1 Jan 2020."),
        (("--day", "2020-01-01", "--format", "pdf"), "The format pdf is not available. Choose one of: csv, xlsx, xml."),
    ):
        answer = console("export", "voucher", *bad, "--out", out)
        assert answer.code == 2
        assert sentence in answer.err, bad
    assert not (tmp_path / "x.csv").exists()


def test_the_declarant_gets_drafts_of_what_is_to_be_sent_and_the_goods_that_lack_something_by_name(
    console: Console, tmp_path: Path
) -> None:
    for name, text in (("parcel_regime_kz", "kz-parcel"), ("single_window_platform_code", "31009961"),
                       ("single_window_platform_name", "平台"), ("single_window_company_code", "65409961"),
                       ("single_window_company_name", "商店")):  # fmt: skip
        assert console("settings", "set", name, text).code == 0
    paid = [{"method": "cash", "currency": "CNY", "amount": "700"}]
    parcel = {"delivery_service": "Kazpost", "weight_kg": "2.5", "recipient": "A", "address": "B"}
    sale = a_ticket(destination="KZ", parcel=parcel, lines=[{"code": CREAM}], payments=paid, change_currency="CNY")
    sold = console("sale", "ring", "-", stdin=sale)
    assert sold.code == 0, sold.err
    assert sold.json["parcel"] == {"delivery_service": "Kazpost", "weight_kg": "2.500"}
    day = console("journal", "show", "--kind", "sale").json[0]["at"][:10]

    answer = console("export", "single-window", "--day", day, "--out", str(tmp_path))

    assert answer.code == 0, answer.err
    assert (answer.json["orders"], answer.json["left_out"]) == ([sold.json["receipt"]], [])
    assert all(Path(file).name.startswith("draft-ceb") for file in answer.json["files"])
    assert console("sale", "show", sold.json["receipt"]).json["parcel"]["address"] == "B"
    again = console("export", "single-window", "--receipt", sold.json["receipt"], "--out", str(tmp_path / "no"))
    assert (again.code, "folder" in again.err) == (2, True)
    assert console("export", "single-window", "--out", str(tmp_path)).code == 2
