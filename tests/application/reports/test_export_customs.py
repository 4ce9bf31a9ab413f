"""What each visitor carried out is reported to customs by regime and day, and never which document was shown."""

from __future__ import annotations

import csv
import json
from datetime import date, timedelta
from pathlib import Path

import pytest

from pos.application.ports.journal_ports import JournalFilter
from pos.application.reports.export_customs import CustomsFile, ExportCustoms
from pos.application.visitors.record_departure import RecordDeparture
from pos.domain.errors import BadField
from pos.domain.quota.rule import UnknownRegime
from pos.domain.staff.staff import NotAllowed
from pos.exports.customs_files import COLUMNS, customs_writers
from tests.application.returns.test_return_goods import record_return
from tests.shops import CHOCOLATE, COGNAC, DemoShop

MONDAY = date(2026, 3, 2)


@pytest.fixture
def sold(shop: DemoShop) -> DemoShop:
    """Monday: two bars and a bottle, of which a bar comes back; now it is Wednesday."""
    shop.sell(CHOCOLATE, CHOCOLATE, COGNAC)
    record_return(shop, "T1-000001", (0, 1))
    shop.now.move(days=2)
    return shop


def export(shop: DemoShop) -> ExportCustoms:
    return ExportCustoms(shop.context, customs_writers())


def made(shop: DemoShop, folder: Path, first: date = MONDAY, last: date = MONDAY, form: str = ".csv") -> CustomsFile:
    return export(shop)(shop.person("manager"), first, last, folder / f"customs{form}", "cn-horgos")


def test_what_was_carried_out_stands_under_its_regime_and_day(sold: DemoShop, tmp_path: Path) -> None:
    [carried] = made(sold, tmp_path).carried
    assert (carried.regime, carried.day, carried.country, carried.quantity) == ("cn-horgos", MONDAY, "CHN", 2)
    goods = {one.line.code: (one.line.quantity, str(one.line.amount)) for one in carried.lines}
    assert goods[CHOCOLATE] == (1, "12.50")
    assert goods[COGNAC][0] == 1
    assert made(sold, tmp_path, MONDAY + timedelta(days=1), MONDAY + timedelta(days=1)).carried == []


def test_what_they_still_have_with_them_is_not_in_it_until_they_left(shop: DemoShop, tmp_path: Path) -> None:
    shop.sell(CHOCOLATE)
    assert made(shop, tmp_path).carried == []
    shop.now.move(hours=1)
    leave = RecordDeparture(shop.context)
    leave(shop.document(), shop.person("amina"))
    [carried] = made(shop, tmp_path).carried
    assert [one.how for one in carried.lines] == ["told"]


def test_no_one_can_read_a_document_in_it(sold: DemoShop, tmp_path: Path) -> None:
    number = sold.document().number
    for form in customs_writers():
        made(sold, tmp_path, form=form)
        written = (tmp_path / f"customs{form}").read_text(encoding="utf-8")
        assert number not in written
        assert f"•{number[-2:]}" not in written
    [carried] = made(sold, tmp_path).carried
    assert number.endswith(carried.document)
    assert 0 < len(carried.document) <= 4
    assert len(carried.visitor) == 16
    assert carried.visitor not in sold.secrets.identity(sold.document().identity)


def test_both_forms_tell_the_same(sold: DemoShop, tmp_path: Path) -> None:
    for form in customs_writers():
        made(sold, tmp_path, form=form)
    rows = list(csv.DictReader((tmp_path / "customs.csv").read_text(encoding="utf-8").splitlines()))
    export = json.loads((tmp_path / "customs.json").read_text(encoding="utf-8"))
    [carried] = export["carried_out"]
    assert tuple(rows[0]) == COLUMNS
    assert [(row["code"], row["quantity"], row["amount"]) for row in rows] == [
        (line["code"], str(line["quantity"]), line["amount"]) for line in carried["lines"]
    ]
    assert {row["visitor"] for row in rows} == {carried["visitor"]}
    assert sold.rows("SELECT details FROM journal WHERE act = 'export' ORDER BY id LIMIT 1") == [
        ('{"regimes":["cn-horgos"],"since":"2026-03-02","until":"2026-03-02","what":"customs"}',)
    ]


@pytest.mark.parametrize(
    ("first", "last", "name"),
    [
        (MONDAY, MONDAY - timedelta(days=1), "x.csv"),
        (MONDAY, MONDAY + timedelta(days=800), "x.csv"),
        (date.min, date.min, "x.csv"),
        (date.max, date.max, "x.csv"),
        (MONDAY, MONDAY, "x.xml"),
        (MONDAY, MONDAY, "=x"),
    ],
)
def test_what_cannot_be_asked_is_refused_before_anything_is_written(
    shop: DemoShop, tmp_path: Path, first: date, last: date, name: str
) -> None:
    with pytest.raises(BadField):
        export(shop)(shop.person("manager"), first, last, tmp_path / name)
    assert list(tmp_path.glob("*x*")) == []
    assert shop.rows("SELECT 1 FROM journal WHERE act = 'export'") == []


def test_a_strange_regime_and_a_cashier_are_refused(shop: DemoShop, tmp_path: Path) -> None:
    with pytest.raises(UnknownRegime):
        export(shop)(shop.person("manager"), MONDAY, MONDAY, tmp_path / "x.csv", "nowhere")
    with pytest.raises(NotAllowed):
        export(shop)(shop.person("amina"), MONDAY, MONDAY, tmp_path / "x.csv")


def test_the_books_are_read_whole_after_an_export(sold: DemoShop, tmp_path: Path) -> None:
    def read() -> tuple[object, bool]:
        newest = sold.read_journal(JournalFilter(), sold.person("manager")).entries[0]
        return sold.report_day(MONDAY), sold.read_journal.is_whole(newest, sold.person("manager"))

    before = read()
    made(sold, tmp_path)
    assert before[1]
    assert read() == before
