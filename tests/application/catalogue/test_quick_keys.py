"""Quick keys over a real store: shown at the till, saved by two at once, proposed, read from a file and written."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from pos.application.catalogue.quick_keys import EditQuickKeys, ShownPage, ShowQuickKeys
from pos.application.catalogue.undo_import import UndoImport
from pos.domain.catalogue.quick_keys import QuickKey, QuickKeys, QuickPage
from pos.domain.errors import BadField, BadInput, MovedMeanwhile
from pos.domain.sales.goods_for_sale import UnknownCode
from pos.domain.staff.staff import NotAllowed
from tests.application.catalogue.test_undo_import import imports
from tests.application.reports.test_reports_agree import count_of
from tests.shops import BAG, CHOCOLATE, COGNAC, INCOMPLETE, SWEETS, DemoShop


def editing(shop: DemoShop) -> EditQuickKeys:
    return EditQuickKeys(shop.context)


def shown(shop: DemoShop, who: str = "amina") -> list[ShownPage]:
    return list(ShowQuickKeys(shop.context)(shop.person(who)))


def product(shop: DemoShop, code: str) -> int:
    return shop.find.show(code).product.id


def stored(shop: DemoShop) -> QuickKeys:
    return editing(shop).all(shop.person("manager")).keys


def save(shop: DemoShop, keys: QuickKeys, seen: QuickKeys | None = None, who: str = "clerk") -> QuickKeys:
    return editing(shop).save(keys, stored(shop) if seen is None else seen, shop.person(who)).keys


def journal(shop: DemoShop) -> list[tuple[str, dict[str, Any]]]:
    rows = shop.rows("SELECT person, details FROM journal WHERE act = 'set_quick_keys' ORDER BY id")
    return [(person, json.loads(details)) for person, details in rows]


def test_the_keys_of_a_demo_are_five_products_on_a_page(shop: DemoShop) -> None:
    (page,) = shown(shop)

    assert [one.code for one in page.products()][:1] == [SWEETS]
    assert len(page.keys) == 5
    assert page.keys[0].title_in("zh") == shop.find.show(SWEETS).product.name_in("zh")


def test_pages_folders_colours_and_titles_are_read_back_as_they_were_saved(shop: DemoShop) -> None:
    bag, sweets = product(shop, BAG), product(shop, SWEETS)
    folder = QuickKey(None, "Sweets", "purple", (QuickKey(sweets), QuickKey(product(shop, CHOCOLATE), "Chocolate")))
    page = QuickPage(-1, "Front", (), (QuickKey(bag, "Bag", "yellow"), folder, QuickKey(None, "Empty")))

    saved = save(shop, QuickKeys((page, *stored(shop).pages)))

    assert stored(shop) == saved
    assert saved.pages[0] == replace(page, id=saved.pages[0].id)
    assert saved.pages[0].id > 1
    assert shop.verify() == []


def test_a_person_sees_the_pages_of_their_role_without_empty_ones(shop: DemoShop) -> None:
    key = (QuickKey(product(shop, BAG)),)
    pages = (
        QuickPage(-1, "For managers", ("manager",), key),
        QuickPage(-2, "For cashiers", ("cashier",), key),
        QuickPage(-3, "Nothing", (), (QuickKey(None, "Empty folder"),)),
        QuickPage(-4, "For all", (), (*key, QuickKey(None, "Empty folder"))),
    )
    save(shop, QuickKeys(pages))

    assert [page.title for page in shown(shop)] == ["For cashiers", "For all"]
    assert [page.title for page in shown(shop, "manager")] == ["For managers", "For all"]
    assert len(shown(shop)[1].keys) == 1


def test_each_save_stands_in_the_journal_and_one_without_a_change_does_not(shop: DemoShop) -> None:
    keys = stored(shop)
    save(shop, keys)
    save(shop, keys.changing(1, lambda page: page.without((0,))))
    save(shop, QuickKeys((QuickPage(-1, "New"),)), who="manager")

    assert journal(shop) == [
        ("clerk", {"changed": ["Favourites"], "pages": ["Favourites"]}),
        ("manager", {"changed": ["New"], "pages": ["New"], "removed": ["Favourites"]}),
    ]


def test_a_cashier_sees_the_keys_and_does_not_edit_them(shop: DemoShop) -> None:
    keys = stored(shop)
    with pytest.raises(NotAllowed):
        save(shop, keys.without(1), who="amina")
    assert stored(shop) == keys


def test_two_editors_of_one_page_lose_no_work(shop: DemoShop) -> None:
    seen = stored(shop)
    save(shop, seen.changing(1, lambda page: page.without((0,))))

    with pytest.raises(MovedMeanwhile):
        save(shop, seen.changing(1, lambda page: page.without((1,))), seen)

    assert len(stored(shop).pages[0].keys) == 4


def test_two_editors_of_two_pages_both_save(shop: DemoShop) -> None:
    seen = save(shop, QuickKeys((*stored(shop).pages, QuickPage(-1, "Second"))))
    save(shop, seen.changing(1, lambda page: page.without((0,))))

    second = seen.pages[1].id
    both = save(shop, seen.changing(second, lambda page: page.adding(QuickKey(product(shop, BAG)))), seen)

    assert [len(page.keys) for page in both.pages] == [4, 1]


def test_the_number_of_a_removed_page_is_never_used_again(shop: DemoShop) -> None:
    first = save(shop, QuickKeys((*stored(shop).pages, QuickPage(-1, "Second")))).pages[1].id
    save(shop, stored(shop).without(first))
    again = save(shop, QuickKeys((*stored(shop).pages, QuickPage(-1, "Third")))).pages[1].id

    assert again > first


def test_a_key_for_no_product_is_refused(shop: DemoShop) -> None:
    with pytest.raises(UnknownCode):
        save(shop, QuickKeys((QuickPage(-1, "Front", (), (QuickKey(10_000_000),)),)))


def test_the_most_sold_of_four_weeks_come_first_without_what_cannot_be_sold(shop: DemoShop) -> None:
    for code, times in ((COGNAC, 1), (BAG, 3), (SWEETS, 2)):
        for _ in range(times):
            shop.sell(code)

    proposed = editing(shop).most_sold(shop.person("clerk"))

    assert [one.code for one in proposed] == [BAG, SWEETS, COGNAC]
    shop.now.move(days=29)
    assert editing(shop).most_sold(shop.person("clerk")) == []


def test_what_was_sold_in_a_shift_that_is_closed_counts_as_well(shop: DemoShop) -> None:
    for code in (SWEETS, SWEETS, BAG):
        shop.sell(code)
    manager = shop.person("manager")
    shop.close_shift(manager, count_of(shop.read_shift(manager)))
    shop.open_shift(shop.person("amina"), {"CNY": {10_000: 5}})
    for _ in range(2):
        shop.sell(BAG)

    assert [one.code for one in editing(shop).most_sold(manager)] == [BAG, SWEETS]


def test_a_file_of_the_keys_read_again_changes_nothing(shop: DemoShop) -> None:
    folder = QuickKey(None, "Sweets", "purple", (QuickKey(product(shop, SWEETS)),))
    page = QuickPage(-1, "Front", ("manager", "cashier"), (QuickKey(product(shop, BAG), "Bag", "yellow"), folder))
    before = save(shop, QuickKeys((page, *stored(shop).pages)))
    clerk = shop.person("clerk")

    text = editing(shop).export(clerk)
    after = editing(shop).replace(text, clerk).keys

    assert [replace(page, id=0, roles=tuple(sorted(page.roles))) for page in after.pages] == [
        replace(page, id=0, roles=tuple(sorted(page.roles))) for page in before.pages
    ]
    assert json.loads(text)["pages"][0]["keys"] == [
        {"code": BAG, "title": "Bag", "colour": "yellow"},
        {"folder": "Sweets", "colour": "purple", "keys": [{"code": SWEETS}]},
    ]
    assert shop.rows("SELECT count(*) FROM journal WHERE act = 'export'") == [(1,)]


@pytest.mark.parametrize(
    ("content", "field", "what"),
    [
        ({}, "pages", "missing"),
        ([], "FILE", "not_an_object"),
        ({"pages": 1}, "pages", "not_a_list"),
        ({"pages": [{"keys": []}]}, "pages[0].title", "missing"),
        ({"pages": [{"title": 7}]}, "pages[0].title", "not_a_text"),
        ({"pages": [{"title": "A", "colour": "red"}]}, "pages[0].colour", "unknown_field"),
        ({"pages": [{"title": "A", "roles": ["boss"]}]}, "pages[0].roles[0]", "unknown"),
        ({"pages": [{"title": "A", "roles": ["clerk", "clerk"]}]}, "pages[0].roles[1]", "duplicate"),
        ({"pages": [{"title": "A", "keys": [{"title": "x"}]}]}, "pages[0].keys[0].code", "missing"),
        ({"pages": [{"title": "A", "keys": [{"code": 12}]}]}, "pages[0].keys[0].code", "not_a_text"),
        (
            {"pages": [{"title": "A", "keys": [{"code": BAG}, {"code": "4006381333931"}]}]},
            "pages[0].keys[1].code",
            "unknown",
        ),
        ({"pages": [{"title": "A", "keys": [{"code": BAG, "colour": "pink"}]}]}, "pages[0].keys[0].colour", "unknown"),
        ({"pages": [{"title": "A", "keys": [{"code": BAG, "title": "x" * 41}]}]}, "pages[0].keys[0].title", "too_long"),
        ({"pages": [{"title": "A", "keys": [{"folder": ""}]}]}, "pages[0].keys[0].folder", "missing"),
        (
            {"pages": [{"title": "A", "keys": [{"folder": "F", "keys": [{"folder": "G"}]}]}]},
            "pages[0].keys[0].keys[0]",
            "too_deep",
        ),
        (
            {"pages": [{"title": "A", "keys": [{"folder": "F", "keys": [{"code": "no"}]}]}]},
            "pages[0].keys[0].keys[0].code",
            "too_short",
        ),
    ],
)
def test_a_bad_file_is_refused_by_its_place_and_changes_nothing(
    shop: DemoShop, content: object, field: str, what: str
) -> None:
    before = stored(shop)

    with pytest.raises(BadInput) as refused:
        editing(shop).replace(json.dumps(content), shop.person("clerk"))

    facts = refused.value.facts()
    assert (facts["field"], facts.get("what", facts.get("why"))) == (field, what)
    assert stored(shop) == before


@pytest.mark.parametrize("text", ["", "{", "[" * 100_000, '{"pages": [], "pages": []}', '{"pages": NaN}', "\ufeff"])
def test_what_is_no_file_of_keys_is_refused(shop: DemoShop, text: str) -> None:
    with pytest.raises(BadField):
        editing(shop).read(text, shop.person("clerk"))


def test_goods_without_a_price_may_have_a_key(shop: DemoShop) -> None:
    save(shop, QuickKeys((QuickPage(-1, "Front", (), (QuickKey(product(shop, INCOMPLETE)),)),)))
    assert [one.code for page in shown(shop) for one in page.products()] == [INCOMPLETE]


def test_goods_with_a_key_stay_when_their_import_is_taken_back(shop: DemoShop) -> None:
    imports(shop, "code,name,price\n4006381333931,Marker,3.50\n")
    save(shop, QuickKeys((QuickPage(-1, "Front", (), (QuickKey(product(shop, "4006381333931")),)),)))

    undone = UndoImport(shop.context)(shop.person("manager"))

    assert [(one.code, one.reason) for one in undone.left] == [("4006381333931", "keyed")]
    assert shop.verify() == []
