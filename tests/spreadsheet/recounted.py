"""Our workbooks recounted by LibreOffice: what it comes to by itself is what we wrote, to the last digit."""

from __future__ import annotations

import csv
import json
import re
import subprocess
import zipfile
from collections.abc import Iterator
from fractions import Fraction
from io import BytesIO
from pathlib import Path

from pos.exports.table_xlsx import write_xlsx
from tests.a_table import a_table
from tests.application.reports.test_reports_of_days import FIRST, some_days
from tests.exports.test_report_files import LAST, files, sheets, sums_agree
from tests.exports.test_table_xlsx import HEADER, WORDS, sums_of
from tests.shops import DemoShop

ALWAYS_COUNT_ANEW = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""


def recounted(workbook: Path, folder: Path) -> list[list[str]]:
    """The first sheet as LibreOffice shows it when it has counted every formula itself."""
    profile = folder / "profile"
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(ALWAYS_COUNT_ANEW, encoding="utf-8")
    subprocess.run(
        [
            "soffice", f"-env:UserInstallation={profile.as_uri()}", "--headless", "--convert-to",
            "csv:Text - txt - csv (StarCalc):44,34,76,1,,1033,false,true,false", "--outdir", str(folder), str(workbook),
        ],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    with (folder / workbook.with_suffix(".csv").name).open(encoding="utf-8", newline="") as stream:
        return list(csv.reader(stream))


def spoilt(workbook: Path, target: Path) -> None:
    """The same workbook whose formulas bear a wrong value: the person who shows the right one has counted."""
    with zipfile.ZipFile(workbook) as old, zipfile.ZipFile(target, "w") as new:
        for part in old.infolist():
            content = old.read(part)
            if part.filename.startswith("xl/worksheets/sheet"):
                content, changed = re.subn(rb"</f><v>[^<]*</v>", b"</f><v>1</v>", content)
                assert changed >= 6
            new.writestr(part, content)


def amounts(row: list[str]) -> Iterator[Fraction | None]:
    for cell in row:
        figure = re.sub(r"[^0-9.-]", "", cell)
        yield Fraction(figure) if figure else None


def test_libreoffice_counts_the_same_totals(tmp_path: Path) -> None:
    rows, workbook = 1000, tmp_path / "goods.xlsx"
    with workbook.open("wb") as stream:
        write_xlsx([a_table(rows)], stream, WORDS)
    spoilt(workbook, tmp_path / "spoilt.xlsx")
    shown = recounted(tmp_path / "spoilt.xlsx", tmp_path)
    sums = sums_of(rows)

    assert shown[HEADER][0] == "=1+1"
    first, *further = shown[HEADER + rows : HEADER + rows + 3]
    total = list(amounts(first))
    assert (total[2], total[3], total[9]) == (sums[2, ""], sums[3, "CNY"], sums[8, ""])
    for code, line in zip(("CNY", "KZT", "USD"), (first, *further), strict=True):
        assert (line[5], list(amounts(line))[4]) == (code, sums[4, code])


def with_wrong_sums(content: bytes) -> bytes:
    """The same workbook whose formulas bear a wrong value: the person who shows the right one has counted."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for part in old.infolist():
            new.writestr(part, re.sub(rb"</f><v>[^<]*</v>", b"</f><v>1</v>", old.read(part)))
    return out.getvalue()


def test_libreoffice_opens_a_day_and_counts_the_same_sums(shop: DemoShop, tmp_path: Path) -> None:
    some_days(shop, 3)
    manager = shop.person("manager")
    report = json.loads(files(shop).day(manager, "json", WORDS, FIRST, None, LAST))
    (tmp_path / "day.xlsx").write_bytes(with_wrong_sums(files(shop).day(manager, "xlsx", WORDS, FIRST, None, LAST)))
    profile = tmp_path / "profile"
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(ALWAYS_COUNT_ANEW, encoding="utf-8")
    out = tmp_path / "anew"
    subprocess.run(
        ["soffice", f"-env:UserInstallation={profile.as_uri()}", "--headless", "--convert-to",
         "xlsx", "--outdir", str(out), str(tmp_path / "day.xlsx")],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip

    sums_agree(sheets((out / "day.xlsx").read_bytes()), report)
