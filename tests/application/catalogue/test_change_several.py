"""Several products are given one value: looked at, all or none, each with its history, and taken back as one."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from pos.application.catalogue import change_several as step
from pos.application.catalogue.change_several import (
    ChangeSeveral,
    NothingToChange,
    SeveralChanged,
    SeveralPreview,
    SeveralRequest,
    TooManyProducts,
)
from pos.application.catalogue.list_incomplete_products import UNSELLABLE, ListIncompleteProducts
from pos.application.ports.catalogue_ports import LACKING, UNPRICED
from pos.application.pricing.label_queue import ListLabels
from pos.application.pricing.print_labels import PrintLabels
from pos.application.pricing.promotions import PromotionDraft, Promotions
from pos.application.staff.manage_staff import ManageStaff
from pos.domain.catalogue.barcode import with_check_digit
from pos.domain.catalogue.category import UnknownCategory
from pos.domain.catalogue.product_card import PackCode, ProductCard
from pos.domain.catalogue.product_fields import SEVERAL
from pos.domain.errors import BadField, MovedMeanwhile
from pos.domain.sales.goods_for_sale import UnknownCode
from pos.domain.staff.staff import NotAllowed, PersonDisabled
from tests.application.pricing.test_print_labels import FolderOfLabels
from tests.builders import CONSOLE, money
from tests.shops import BAG, CHOCOLATE, COGNAC, SWEETS, DemoShop

TWO = (CHOCOLATE, SWEETS)


def changing(shop: DemoShop) -> ChangeSeveral:
    return ChangeSeveral(shop.context, ListIncompleteProducts(shop.context))


def ids(shop: DemoShop, *codes: str) -> tuple[int, ...]:
    return tuple(shop.find.show(code).product.id for code in codes)


def asked(shop: DemoShop, *codes: str, **values: Any) -> SeveralRequest:
    return SeveralRequest(ids(shop, *(codes or TWO)), values)


def preview(shop: DemoShop, *codes: str, **values: Any) -> SeveralPreview:
    return changing(shop).preview(shop.person("clerk"), asked(shop, *codes, **values))


def changed(shop: DemoShop, *codes: str, who: str = "clerk", **values: Any) -> SeveralChanged:
    return changing(shop)(shop.person(who), asked(shop, *codes, **values))


def card(shop: DemoShop, code: str) -> ProductCard:
    return shop.edit_product.card(code, CONSOLE)[1]


def entries(shop: DemoShop) -> list[dict[str, Any]]:
    rows = shop.rows("SELECT details FROM journal WHERE act = 'edit_product' ORDER BY number")
    return [json.loads(details) for (details,) in rows]


def edited(shop: DemoShop, code: str, who: str = "manager", **fields: Any) -> None:
    product_id, began = shop.edit_product.card(code, CONSOLE)
    shop.edit_product(product_id, began, replace(began, **fields), shop.person(who))


def test_only_what_is_given_changes_each_product_has_its_history_and_its_entry(shop: DemoShop) -> None:
    before = {code: card(shop, code) for code in (*TWO, COGNAC)}

    done = changed(shop, shelf="A-3", supplier="Altai Sweets", reorder_point=17, asks_lot=True, vat=Decimal(12))

    for code in TWO:
        assert card(shop, code) == replace(
            before[code], shelf="A-3", supplier="Altai Sweets", reorder_point=17, asks_lot=True, vat=Decimal(12)
        )
        newest = shop.edit_product.history(ids(shop, code)[0], CONSOLE)
        shelf = next(one for one in newest if one.field == "shelf")
        assert (shelf.before, shelf.after, shelf.person) == (before[code].shelf or None, "A-3", "clerk")
    assert card(shop, COGNAC) == before[COGNAC]
    assert [one["code"] for one in entries(shop)] == list(TWO)
    assert set(entries(shop)[0]["fields"]) == {"shelf", "supplier", "reorder_point", "asks_lot", "vat"}
    assert len(done.changes) == 2
    assert shop.verify() == []


def test_every_field_for_several_is_given_and_removed(shop: DemoShop) -> None:
    edited(shop, BAG, reorder_point=None)
    given: dict[str, Any] = {
        "category": "food.other", "ml": Decimal(500), "net_g": Decimal(90), "gross_kg": Decimal("0.1"),
        "vat": Decimal(12), "supplier": "Altai Sweets", "reorder_point": 3, "shelf": "Z-9", "asks_lot": True,
        "brand": "Aksu", "origin": "KZ", "hs_code": "180632", "unit": "007",
    }  # fmt: skip
    assert {*given, "by_weight"} == set(SEVERAL)
    changed(shop, *TWO, **given)
    texts = card(shop, CHOCOLATE).fields()
    assert {name: texts[name] for name in given} == {
        "category": "food.other", "ml": "500", "net_g": "90", "gross_kg": "0.1", "vat": "12",
        "supplier": "Altai Sweets", "reorder_point": "3", "shelf": "Z-9", "asks_lot": "yes",
        "brand": "Aksu", "origin": "KZ", "hs_code": "180632", "unit": "007",
    }  # fmt: skip

    removed = [name for name in given if name != "asks_lot"]
    nothing: dict[str, Any] = dict.fromkeys(removed)
    changing(shop)(shop.person("clerk"), SeveralRequest(ids(shop, *TWO), nothing))
    assert {card(shop, CHOCOLATE).fields()[name] for name in removed} == {None}
    assert shop.verify() == []


def test_what_is_looked_at_is_how_many_change_by_field_with_an_example(shop: DemoShop) -> None:
    edited(shop, SWEETS, shelf="A-3")

    seen = preview(shop, shelf="A-3", reorder_point=77)

    counts = {one.name: one.products for one in seen.fields}
    assert (seen.products, counts) == (2, {"shelf": 1, "reorder_point": 2})
    shelf = next(one for one in seen.fields if one.name == "shelf")
    assert shelf.example is not None
    assert (shelf.example.code, shelf.after) == (CHOCOLATE, "A-3")
    assert entries(shop)[1:] == []


def test_goods_that_a_category_leaves_without_their_data_are_named_before(shop: DemoShop) -> None:
    seen = preview(shop, CHOCOLATE, category="alcohol.spirit")

    assert seen.lacking_count == 1
    [(product, missing)] = seen.lacking
    assert (product.code, "ml" in missing) == (CHOCOLATE, True)
    changed(shop, CHOCOLATE, category=None)
    listed = ListIncompleteProducts(shop.context)(CONSOLE, UNSELLABLE, limit=1000)
    assert CHOCOLATE in {one.product.code for one in listed.products}


def test_goods_with_a_price_or_pieces_do_not_become_goods_by_weight(shop: DemoShop) -> None:
    new = shop.edit_product.add(ProductCard((PackCode("20000011"),), "Walnuts"), shop.person("clerk"))[1].code
    stocked = shop.edit_product.add(ProductCard((PackCode("20000028"),), "Raisins"), shop.person("clerk"), 5)[1].code

    seen = preview(shop, CHOCOLATE, new, stocked, by_weight=True, shelf="W-1")

    assert [(one.product.code, one.reason) for one in seen.left] == [(CHOCOLATE, "priced"), (stocked, "in_stock")]
    assert seen.products == 1
    changed(shop, CHOCOLATE, new, stocked, by_weight=True, shelf="W-1")
    assert [card(shop, code).by_weight for code in (CHOCOLATE, new, stocked)] == [False, True, False]
    assert card(shop, CHOCOLATE).shelf != "W-1"


def test_a_price_that_is_to_come_keeps_goods_sold_by_the_piece(shop: DemoShop) -> None:
    key, new = shop.edit_product.add(ProductCard((PackCode("20000011"),), "Walnuts"), shop.person("clerk"))
    shop.set_price(key, money("9.00"), shop.person("manager"), shop.now() + timedelta(days=1))

    assert [one.reason for one in preview(shop, new.code, by_weight=True).left] == ["priced"]


def test_why_goods_stay_sold_by_the_piece_is_asked_of_all_in_few_questions(shop: DemoShop) -> None:
    cards = (ProductCard((PackCode(with_check_digit(f"20000{n:02}")),), f"Nuts {n}") for n in range(12))
    unpriced = [shop.edit_product.add(one, shop.person("clerk"))[0] for one in cards]
    asked: list[str] = []
    event.listen(shop.store._engines.reading, "before_cursor_execute", lambda *args: asked.append(args[2]))

    def questions(products: int) -> int:
        asked.clear()
        request = SeveralRequest(tuple(unpriced[:products]), {"by_weight": True})
        assert changing(shop).preview(shop.person("clerk"), request).products == products
        return len(asked)

    assert questions(12) == questions(1) > 0


def test_the_supplier_of_a_step_that_changes_nothing_is_not_added(shop: DemoShop) -> None:
    with pytest.raises(NothingToChange):
        changed(shop, by_weight=True, supplier="Nomad Foods")

    assert shop.rows("SELECT count(*) FROM supplier WHERE name = 'Nomad Foods'") == [(0,)]


def test_what_another_person_has_changed_meanwhile_is_refused_and_nothing_is_half_done(shop: DemoShop) -> None:
    request = asked(shop, shelf="A-3")
    seen = changing(shop).preview(shop.person("clerk"), request)
    edited(shop, SWEETS, shelf="B-1")

    with pytest.raises(MovedMeanwhile):
        changing(shop)(shop.person("clerk"), request, seen)

    assert (card(shop, CHOCOLATE).shelf, card(shop, SWEETS).shelf) != ("A-3", "A-3")
    assert card(shop, CHOCOLATE).shelf != "A-3"
    edited(shop, SWEETS, reorder_point=99)  # another field: nothing of what was seen has moved
    again = changing(shop).preview(shop.person("clerk"), request)
    edited(shop, SWEETS, reorder_point=98)
    changing(shop)(shop.person("clerk"), request, again)
    assert card(shop, SWEETS).reorder_point == 98


def test_it_is_taken_back_as_one_as_long_as_nothing_of_it_has_moved(shop: DemoShop) -> None:
    edited(shop, CHOCOLATE, shelf="C-1")
    before = {code: card(shop, code) for code in TWO}
    done = changed(shop, shelf="A-3", supplier="Silk Trade", gross_kg=Decimal("2.2"))
    edited(shop, SWEETS, reorder_point=55)

    assert changing(shop).undo(shop.person("clerk"), done) == 2

    assert card(shop, CHOCOLATE) == before[CHOCOLATE]
    assert card(shop, SWEETS) == replace(before[SWEETS], reorder_point=55)
    assert shop.verify() == []
    with pytest.raises(MovedMeanwhile):
        changing(shop).undo(shop.person("clerk"), done)

    once_more = changed(shop, shelf="A-3")
    edited(shop, SWEETS, shelf="B-1")
    with pytest.raises(MovedMeanwhile):
        changing(shop).undo(shop.person("clerk"), once_more)
    assert (card(shop, CHOCOLATE).shelf, card(shop, SWEETS).shelf) == ("A-3", "B-1")


def test_a_supplier_who_was_renamed_since_is_the_one_that_comes_back(shop: DemoShop) -> None:
    edited(shop, CHOCOLATE, supplier="Altai Sweets")
    done = changed(shop, CHOCOLATE, supplier="Silk Trade")
    with shop.store.begin() as work:
        altai = work.suppliers.by_name("Altai Sweets")
        assert altai is not None
        work.suppliers.change(replace(altai, name="Altai Sweets and Sons"))
        work.commit()

    changing(shop).undo(shop.person("clerk"), done)

    assert card(shop, CHOCOLATE).supplier == "Altai Sweets and Sons"


def test_a_known_supplier_is_found_in_any_case_and_an_unknown_one_is_added_once(shop: DemoShop) -> None:
    edited(shop, CHOCOLATE, supplier="Altai Sweets")
    assert preview(shop, CHOCOLATE, supplier="altai  sweets").products == 0
    changed(shop, supplier="Nomad Foods")
    assert {card(shop, code).supplier for code in TWO} == {"Nomad Foods"}
    assert shop.rows("SELECT count(*) FROM supplier WHERE name = 'Nomad Foods'") == [(1,)]


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"gross_kg": Decimal(-1)}, "gross_kg"),
        ({"reorder_point": 10**10}, "reorder_point"),
        ({"shelf": "x" * 21}, "shelf"),
        ({"asks_lot": None}, "asks_lot"),
        ({"name": "Tea"}, "name"),
        ({"price": 1}, "price"),
        ({"supplier": "x" * 81}, "supplier"),
        ({"vat": Decimal(101)}, "vat"),
    ],
)
def test_what_no_product_can_have_is_refused_by_its_field(shop: DemoShop, values: dict[str, Any], field: str) -> None:
    with pytest.raises(BadField) as raised:
        preview(shop, **values)
    assert raised.value.field == field


def test_nothing_is_recorded_where_nothing_changes(shop: DemoShop) -> None:
    edited(shop, CHOCOLATE, shelf="A-3")
    recorded = len(entries(shop))
    for values in ({"shelf": "A-3"}, {}):
        with pytest.raises(NothingToChange):
            changed(shop, CHOCOLATE, **values)
    with pytest.raises(UnknownCategory):
        changed(shop, CHOCOLATE, category="food")
    assert len(entries(shop)) == recorded


def test_a_cashier_and_a_person_who_has_left_change_nothing(shop: DemoShop) -> None:
    with pytest.raises(NotAllowed):
        changed(shop, who="amina", shelf="A-3")
    clerk, done = shop.person("clerk"), changed(shop, shelf="A-3")
    ManageStaff(shop.context).disable(shop.person("manager"), "clerk")
    with pytest.raises(PersonDisabled):
        changing(shop).undo(clerk, done)


def test_all_that_a_search_and_its_filters_show_is_taken(shop: DemoShop, monkeypatch: pytest.MonkeyPatch) -> None:
    clerk, several = shop.person("clerk"), changing(shop)
    assert len(several.found(clerk)) == 600
    assert ids(shop, COGNAC)[0] in several.found(clerk, "cognac")
    assert several.found(clerk, COGNAC[:10]) == several.found(clerk, COGNAC[:10], scope="alcohol")
    assert ids(shop, COGNAC)[0] in several.found(clerk, COGNAC[:10])
    assert several.found(clerk, "cognac", scope="food") == ()
    assert set(several.found(clerk, shown=UNPRICED)) < set(several.found(clerk, shown=LACKING))

    monkeypatch.setattr(step, "MOST", 500)
    with pytest.raises(TooManyProducts):
        several.found(clerk)


def test_goods_that_lack_the_figure_that_was_searched_are_not_taken(shop: DemoShop) -> None:
    small = shop.edit_product.add(ProductCard((PackCode("20000011"),), "Kumis 0.5 l"), shop.person("clerk"))[0]
    large = shop.edit_product.add(ProductCard((PackCode("20000028"),), "Kumis 0.7 l"), shop.person("clerk"))[0]

    found = changing(shop).found(shop.person("clerk"), "kumis 0.5")

    assert (small in found, large in found) == (True, False)


def test_codes_of_a_list_name_each_product_once_and_an_unknown_one_is_refused(shop: DemoShop) -> None:
    several, clerk = changing(shop), shop.person("clerk")
    assert several.coded(clerk, [CHOCOLATE, SWEETS, CHOCOLATE]) == ids(shop, *TWO)
    with pytest.raises(UnknownCode):
        several.coded(clerk, [CHOCOLATE, "4006381333931"])


def test_a_product_that_left_the_catalogue_is_counted_and_the_others_change(shop: DemoShop) -> None:
    request = SeveralRequest((*ids(shop, CHOCOLATE), 999_999), {"shelf": "A-3"})
    seen = changing(shop).preview(shop.person("clerk"), request)
    assert (seen.gone, seen.products) == (1, 1)
    assert len(changing(shop)(shop.person("clerk"), request, seen).changes) == 1


def test_the_label_of_goods_that_a_category_brings_into_a_promotion_is_due(shop: DemoShop, tmp_path: Path) -> None:
    Promotions(shop.context).add(
        PromotionDraft("Honey week", scope="food.honey", percent=Decimal(10)), shop.person("manager")
    )
    queue = ListLabels(shop.context)
    PrintLabels(shop.context, FolderOfLabels(tmp_path))([queue.of_code(CHOCOLATE, CONSOLE)], shop.person("clerk"), "a4")
    assert CHOCOLATE not in {one.label.code for one in queue.changed(CONSOLE).labels}

    changed(shop, CHOCOLATE, category="food.honey")

    assert CHOCOLATE in {one.label.code for one in queue.changed(CONSOLE).labels}
