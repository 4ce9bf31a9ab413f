"""The first start: a name, a zone and a manager make an empty store a shop, once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from pos.application.settings.found_shop import AlreadyFounded, FoundShop, PinsDiffer
from pos.application.shifts.open_shift import OpenShift
from pos.domain.errors import BadField
from pos.domain.staff.staff import WrongPin
from tests.shops import DemoShop

PIN = "908172"


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[DemoShop]:
    """A store in which no one has done anything."""
    shop = DemoShop(tmp_path)
    yield shop
    shop.close()


def found_shop(shop: DemoShop, *, name: str = "Silk Gate", zone: str = "Asia/Almaty", manager: str = "Dana K.",
          pin: str = PIN, again: str = PIN) -> object:  # fmt: skip
    return FoundShop(shop.context)(name, zone, manager, pin, again)


def test_the_first_manager_signs_in_and_opens_a_shift(empty: DemoShop) -> None:
    step = FoundShop(empty.context)
    assert not step.is_founded()

    found_shop(empty)

    assert step.is_founded()
    dana = empty.sign_in("dana", PIN)
    assert (dana.title, dana.role) == ("Dana K.", "manager")
    assert (empty.settings().shop_name, empty.settings().time_zone) == ("Silk Gate", "Asia/Almaty")
    assert OpenShift(empty.context)(dana, {}).number == 1
    assert empty.rows("SELECT act, person FROM journal ORDER BY number")[0] == ("found_shop", "dana")
    assert empty.verify() == []
    with pytest.raises(WrongPin):
        empty.sign_in("dana", "000001")


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"name": "  "}, "shop_name"),
        ({"name": "x" * 61}, "shop_name"),
        ({"name": "a\nb"}, "shop_name"),
        ({"zone": "Asia/Atlantis"}, "time_zone"),
        ({"zone": "../../etc/passwd"}, "time_zone"),
        ({"zone": ""}, "time_zone"),
        ({"zone": "Asia"}, "time_zone"),
        ({"manager": " "}, "manager"),
        ({"manager": "\u202eDana"}, "manager"),
        ({"pin": "123", "again": "123"}, "pin"),
        ({"pin": "777777", "again": "777777"}, "pin"),
    ],
)
def test_what_is_wrong_is_named_and_nothing_is_founded(empty: DemoShop, changed: dict[str, str], field: str) -> None:
    assert empty.settings().shop_name == ""  # the store is made
    before = empty.tables()

    with pytest.raises(BadField) as refused:
        found_shop(empty, **changed)

    assert refused.value.field == field
    assert empty.tables() == before


def test_a_pin_typed_differently_the_second_time_founds_nothing(empty: DemoShop) -> None:
    with pytest.raises(PinsDiffer):
        found_shop(empty, again="908173")
    assert empty.rows("SELECT count(*) FROM person") == [(0,)]


def test_a_shop_is_founded_once(empty: DemoShop) -> None:
    found_shop(empty)
    before = empty.tables()

    with pytest.raises(AlreadyFounded):
        found_shop(empty, manager="Another Manager")

    assert empty.tables() == before


def test_a_demo_shop_has_people_and_is_not_founded_again(shop: DemoShop) -> None:
    with pytest.raises(AlreadyFounded):
        found_shop(shop)
