"""The logo of a shop and the printers of its tills, as options of the shop."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import replace

import pytest

from pos.application.ports.journal_ports import JournalFilter
from pos.application.settings.set_setting import SetSetting
from pos.application.settings.settings import Settings
from pos.domain.errors import BadField
from pos.printing.drawing.logo import logo_of
from pos.printing.drawing.rows import Heading, Picture
from pos.printing.receipts.heading import shop_rows
from tests.printing.row_texts import rows_text
from tests.shops import DemoShop

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000008000000040800000000d5cd1bf00000000c4944415478da63fc0f0518180000"
    "1f1805fb2ac8c50b0000000049454e44ae426082"
)
"""8 × 4 dots as far as its head says."""
LOGO = b64encode(PNG).decode()


def test_a_logo_is_kept_with_the_options_and_the_journal_has_its_mark_only(shop: DemoShop) -> None:
    setting, manager = SetSetting(shop.context), shop.person("manager")
    setting(manager, "logo", LOGO)
    assert shop.settings().logo == LOGO
    [newest, *_] = shop.read_journal(JournalFilter(events=("set_setting",)), manager).entries
    assert newest.details["after"].startswith("sha256:")
    assert LOGO not in str(newest.details)


@pytest.mark.parametrize(
    "text",
    [
        "not base64!",
        b64encode(b"GIF89a").decode(),
        b64encode(PNG[:16] + (481).to_bytes(4) + PNG[20:]).decode(),
        b64encode(PNG[:20] + (0).to_bytes(4) + PNG[24:]).decode(),
        "A" * 48_004,
    ],
)
def test_what_is_no_picture_of_a_strip_is_refused(text: str) -> None:
    with pytest.raises(BadField):
        Settings().with_text("logo", text)


def test_the_logo_stands_above_the_name_and_a_shop_without_one_has_the_head_that_it_had() -> None:
    plain = Settings(shop_name="Silk Gate", address_1="Horgos 14")
    rows = list(shop_rows(replace(plain, logo=LOGO)))
    assert (type(rows[0]), type(rows[1])) == (Picture, Heading)
    assert rows_text(rows[:1], 20) == "      [8 × 4]\n"
    assert list(shop_rows(plain)) == rows[1:]
    assert logo_of(plain) is None


def test_a_till_with_a_printer_of_its_own_prints_there_and_all_others_where_the_shop_prints() -> None:
    settings = Settings(printer="system:Front").with_text("till_printers", "T3=system:Bar counter, T2=folder")
    assert settings.text("till_printers") == "T2=folder,T3=system:Bar counter"
    assert [settings.printer_of(till) for till in ("T1", "T2", "T3")] == [
        "system:Front",
        "folder",
        "system:Bar counter",
    ]


@pytest.mark.parametrize("text", ["T2", "T2=", "T2=lpt1", "t2=folder", "T2=folder,T2=system:", "=folder", "T-2=folder"])
def test_what_is_no_printer_of_a_till_is_refused(text: str) -> None:
    with pytest.raises(BadField):
        Settings().with_text("till_printers", text)


def test_the_tills_that_have_written_anything_are_known(shop: DemoShop) -> None:
    setting = SetSetting(replace(shop.context, till="T7"))
    assert {"T1", "T7"} <= set(setting.tills(shop.person("manager")))
