"""Files at the Z: owed with the Z, in the folder beside it, and never lost where the folder is away or full."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from pos.application.reports.report_files import ReportFiles
from pos.application.shifts.z_report_files import WriteZFiles
from pos.application.text.translator import Translator
from pos.domain.errors import InfrastructureError
from pos.domain.shifts.shift_report import ShiftReport
from pos.exports.export_folder import keep_file
from pos.exports.report_files import report_makers
from pos.exports.table_writers import table_files
from tests.application.reports.test_reports_of_days import close
from tests.builders import MONDAY
from tests.shops import CHOCOLATE, SWEETS, DemoShop

Z1, DAY1 = "2026-03-02_T1_Z0001.pdf", "2026-03-02_T1_Z0001_day.xlsx"


@dataclass
class Paper:
    """Stands for the printer: draws a Z as its name."""

    folder: Path

    def draw_shift(self, report: ShiftReport, copy: int, paper: str = "80mm") -> Path:
        path = self.folder / f"{report.z_name}.pdf"
        path.write_text(f"{report.z_name} {copy} {paper}")
        return path


def files(shop: DemoShop, tmp_path: Path) -> WriteZFiles:
    makers = report_makers(table_files(lambda *_: None, training=False), lambda _document: b"%PDF")
    reports = ReportFiles.over(shop.context, makers)
    translators = {language: Translator.english() for language in ("zh", "ru", "en", "kk")}
    printer: Any = Paper(tmp_path)  # draws nothing else
    return WriteZFiles(replace(shop.context, translators=translators), reports, printer)


@pytest.fixture
def folder(shop: DemoShop, tmp_path: Path) -> Path:
    """The folder of the accountant, who wants a workbook."""
    folder = tmp_path / "office"
    folder.mkdir()
    shop.set("export_folder", str(folder))
    shop.set("export_forms", "xlsx")
    return folder


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def owed(shop: DemoShop) -> list[tuple[int, str]]:
    return [
        (number, form)
        for number, form in shop.rows("SELECT number, form FROM z_file WHERE form <> 'paper' ORDER BY 1, 2")
    ]


def test_a_closed_shift_leaves_its_z_and_its_day_in_the_folder(shop: DemoShop, folder: Path, tmp_path: Path) -> None:
    shop.sell(SWEETS)
    close(shop)
    assert owed(shop) == [(1, "xlsx"), (1, "z")]

    assert sorted(files(shop, tmp_path).everything()) == [Z1, DAY1]

    assert names(folder) == [Z1, DAY1]
    assert (folder / Z1).read_text() == "T1-Z000001 0 80mm"
    book = openpyxl.load_workbook(BytesIO((folder / DAY1).read_bytes()), data_only=True)
    [sales] = [row for row in book["Figures"].iter_rows(values_only=True) if row[0] == "Sales"]
    assert sales[3] == 48
    assert owed(shop) == []
    [(who, details)] = shop.rows("SELECT person, details FROM journal WHERE act = 'export'")
    assert (who, json.loads(details)) == ("program", {"what": "z", "z": 1, "files": [DAY1, Z1]})
    assert shop.verify() == []


def test_a_folder_that_is_away_undoes_no_z_and_gets_every_file_when_it_is_back(
    shop: DemoShop, folder: Path, tmp_path: Path
) -> None:
    made = files(shop, tmp_path)
    folder.rmdir()
    shop.sell(SWEETS)
    close(shop)
    with pytest.raises(InfrastructureError) as away:
        made.write()
    assert not made.step()  # a quiet till tries again, and does not report it again and again
    assert (away.value.what, away.value.where) == ("export_folder", str(folder))
    shop.now.at = MONDAY + timedelta(days=1)
    shop.open_shift(shop.person("amina"), {"CNY": {}})
    shop.sell(CHOCOLATE)
    close(shop)
    with pytest.raises(InfrastructureError):
        made.everything()
    assert not folder.exists()  # a disk that is not mounted gets no folder in its place
    assert len(owed(shop)) == 4

    folder.mkdir()
    assert made.step()
    assert names(folder) == [Z1, DAY1]
    assert made.step()
    assert not made.step()

    assert names(folder) == [Z1, DAY1, "2026-03-03_T1_Z0002.pdf", "2026-03-03_T1_Z0002_day.xlsx"]
    assert owed(shop) == []


def test_a_folder_that_is_full_half_way_gets_the_rest_later_and_nothing_twice(
    shop: DemoShop, folder: Path, tmp_path: Path
) -> None:
    made = files(shop, tmp_path)
    room = [1]

    def until_full(at: Path, name: str, content: bytes) -> str:
        if not room[0]:
            raise InfrastructureError("export_folder", str(at), "No space left on device")
        room[0] -= 1
        return keep_file(at, name, content)

    small = replace(made, reports=replace(made.reports, makers=replace(made.reports.makers, keep=until_full)))
    shop.sell(SWEETS)
    close(shop)

    with pytest.raises(InfrastructureError):
        small.everything()
    assert (names(folder), owed(shop)) == ([DAY1], [(1, "z")])
    assert made.everything() == [Z1]
    assert names(folder) == [Z1, DAY1]


def test_no_file_of_another_person_is_overwritten(shop: DemoShop, folder: Path, tmp_path: Path) -> None:
    (folder / Z1).write_text("of another shop")
    shop.sell(SWEETS)
    close(shop)

    files(shop, tmp_path).everything()

    assert (folder / Z1).read_text() == "of another shop"
    assert names(folder) == [Z1, "2026-03-02_T1_Z0001_2.pdf", DAY1]
    assert keep_file(folder, Z1, b"T1-Z000001 0 80mm") == "2026-03-02_T1_Z0001_2.pdf"  # it is there already
    (folder / "broken.pdf").touch()
    assert keep_file(folder, "broken.pdf", b"whole") == "broken.pdf"  # a write that broke off has left it
    (folder / "3.pdf").mkdir()
    with pytest.raises(InfrastructureError):
        keep_file(folder, "3.pdf", b"")


def test_a_shift_over_midnight_has_both_of_its_days_and_only_its_till(
    shop: DemoShop, folder: Path, tmp_path: Path
) -> None:
    other = shop.other_till()
    shop.sell(SWEETS)
    other.sell(SWEETS)
    shop.now.at = MONDAY + timedelta(hours=14)  # two o'clock
    shop.sell(CHOCOLATE)
    close(shop)

    files(shop, tmp_path).everything()

    book = openpyxl.load_workbook(folder / "2026-03-03_T1_Z0001_day.xlsx", data_only=True)
    [sales] = [row for row in book["Figures"].iter_rows(values_only=True) if row[0] == "Sales"]
    assert sales[3] == 60.5


def test_without_a_folder_nothing_is_owed_and_what_is_owed_waits_for_one(shop: DemoShop, tmp_path: Path) -> None:
    shop.sell(SWEETS)
    close(shop)

    assert owed(shop) == []
    assert not files(shop, tmp_path).step()
    with shop.store.begin() as work:
        work.outbox.queue_files("T1", 1, ("json",))
        work.commit()
    assert not files(shop, tmp_path).step()
    shop.set("export_folder", str(tmp_path))
    assert files(shop, tmp_path).everything() == ["2026-03-02_T1_Z0001_day.json"]
    day = json.loads((tmp_path / "2026-03-02_T1_Z0001_day.json").read_text())
    assert day["sales"]["amount"] == "48.00"


def test_two_that_write_the_same_files_at_once_leave_one_of_each(shop: DemoShop, folder: Path, tmp_path: Path) -> None:
    shop.sell(SWEETS)
    close(shop)
    owed_now = owed(shop)
    files(shop, tmp_path).everything()
    with shop.store.begin() as work:  # a window and a command have both read what is owed
        work.outbox.queue_files("T1", 1, [form for _, form in owed_now])
        work.commit()

    assert sorted(files(shop, tmp_path).everything()) == [Z1, DAY1]
    assert names(folder) == [Z1, DAY1]
