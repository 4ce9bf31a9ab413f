"""Files of rates in a folder: the newest one is offered until it is taken. The files are samples."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

import pytest

from pos.application.pricing.import_rates import ImportRates
from pos.application.pricing.offer_rates import OfferRates
from pos.domain.errors import InfrastructureError
from pos.domain.staff.staff import NotAllowed
from pos.exports import gate_csv
from pos.exports.bank_rate_files import MOST_FILES, bank_files_in, read_bank_rates
from tests import bank_rates as samples
from tests.shops import DemoShop


@dataclass
class Desk:
    """A shop with a folder into which somebody puts files."""

    shop: DemoShop
    folder: Path

    @property
    def imports(self) -> ImportRates:
        return ImportRates(self.shop.set_rate, gate_csv.reading, read_bank_rates)

    def put(self, name: str, raw: bytes, age: int = 0) -> Path:
        file = self.folder / name
        file.write_bytes(raw)
        os.utime(file, (1_000_000 - age, 1_000_000 - age))
        return file

    def offered(self, name: str = "manager") -> str:
        """The name of the file that is offered; empty for none."""
        found = OfferRates(self.imports, bank_files_in)(self.shop.person(name))
        return "" if found is None else found.path.name

    def take(self, file: Path, use: str = "") -> None:
        self.imports(file, self.shop.person("manager"), use, anyway=True)


@pytest.fixture
def desk(shop: DemoShop, tmp_path: Path) -> Desk:
    folder = tmp_path / "rates"
    folder.mkdir()
    shop.set("rate_folder", str(folder))
    return Desk(shop, folder)


def test_the_file_of_the_newest_day_is_offered_whatever_it_is_called(desk: Desk) -> None:
    assert desk.offered() == ""
    desk.put("b.bin", samples.nbk_feed(day="02.03.2026"), age=500)
    desk.put("later", samples.nbk_feed(day="01.03.2026"))
    desk.put("letter.txt", b"Dear manager")
    desk.put("broken.xml", samples.nbk_feed()[:-30])
    (desk.folder / "folder.xml").mkdir()
    assert desk.offered() == "b.bin"


@pytest.mark.parametrize("use", ["customs", "shop"])
def test_a_file_that_was_taken_is_not_offered_again(desk: Desk, use: str) -> None:
    file = desk.put("today.xml", samples.nbk_feed())
    assert desk.offered() == "today.xml"
    before = desk.shop.tables()
    assert desk.offered() == "today.xml"
    assert desk.shop.tables() == before, "an offer takes nothing"
    desk.take(file, use)
    assert desk.offered() == ""


def test_a_file_whose_rates_jump_is_offered_like_any_other(desk: Desk) -> None:
    desk.put("jump.xml", samples.nbk_feed({**samples.NBK, "RUB": "17.70"}))
    assert desk.offered() == "jump.xml"


def test_a_file_of_before_the_rates_in_force_or_of_far_ahead_or_of_no_use_is_not_offered(desk: Desk) -> None:
    desk.put("old.xml", samples.nbk_feed(day="27.02.2026"))
    assert desk.offered() == ""
    desk.put("ahead.xml", samples.nbk_feed(day="20.03.2026"))
    desk.put("other.xml", samples.ecb())
    assert desk.offered() == ""
    desk.put("today.xml", samples.nbk_feed())
    assert desk.offered() == "today.xml"


def test_only_the_files_written_last_are_read(desk: Desk) -> None:
    desk.put("first.xml", samples.nbk_feed(), age=10_000)
    for number in range(MOST_FILES):
        desk.put(f"note {number}", b"", age=number)
    assert desk.offered() == ""


def test_a_folder_that_is_gone_is_named_and_nobody_else_may_look(desk: Desk) -> None:
    desk.shop.set("rate_folder", str(desk.folder / "gone"))
    with pytest.raises(InfrastructureError) as trouble:
        desk.offered()
    assert (trouble.value.what, trouble.value.where) == ("rate_folder", str(desk.folder / "gone"))
    with pytest.raises(NotAllowed):
        desk.offered("amina")
    desk.shop.set("rate_folder", "")
    assert desk.offered() == ""
