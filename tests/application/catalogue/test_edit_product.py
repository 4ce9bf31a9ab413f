"""Products are edited field by field with a history, no one overwrites anyone unseen, and a code names one product."""

from __future__ import annotations

import json
import struct
import zlib
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from pos.application.catalogue.edit_product import LARGEST_PICTURE
from pos.application.text.translator import Translator
from pos.domain.catalogue.barcode import BadCheckDigit, check_digit
from pos.domain.catalogue.product import Attributes
from pos.domain.catalogue.product_card import (
    ChangedMeanwhile,
    CodeOnReceipts,
    CodeTaken,
    NotAScaleCode,
    PackCode,
    ProductCard,
)
from pos.domain.errors import BadField, BadInput
from pos.domain.staff.staff import NotAllowed
from pos.languages.refusals import refusal_text
from tests.builders import CONSOLE, money
from tests.shops import CHOCOLATE, COGNAC, SWEETS, DemoShop

CARTON_CODE = "14870204320142"
OWN = "2000000000015"


def edited(shop: DemoShop, code: str = CHOCOLATE, who: str = "manager", **changed: Any) -> ProductCard:
    product_id, card = shop.edit_product.card(code, CONSOLE)
    return shop.edit_product(product_id, card, replace(card, **changed), shop.person(who))


def history(shop: DemoShop, code: str = CHOCOLATE) -> list[tuple[str, str | None, str | None]]:
    changes = shop.edit_product.history(shop.find.show(code).product.id, CONSOLE)
    return [(one.field, one.before, one.after) for one in reversed(changes)]


def a_png(width: int = 4, height: int = 4) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = b"".join(b"\x00" + b"\xff\x00\x00" * width for _ in range(height))
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def test_every_field_is_changed_shown_in_the_history_and_taken_away_again(shop: DemoShop) -> None:
    before = shop.edit_product.card(CHOCOLATE, CONSOLE)[1]
    changes: dict[str, Any] = {
        "name": "Bitter chocolate",
        "names": {"zh": "黑巧克力", "ru": "Горький шоколад"},
        "category": "food.other",
        "attributes": Attributes(net_g=Decimal(90), gross_kg=Decimal("0.11"), pieces=2, variant="bar"),
        "vat": Decimal("12.0"),
        "supplier": "Silk Trade",
        "reorder_point": 24,
        "shelf": "A-3",
        "by_weight": True,
        "asks_lot": True,
    }
    after = edited(shop, **changes)

    assert {name: getattr(after, name) for name in changes} == changes
    changed = {field: (old, new) for field, old, new in history(shop)}
    assert changed["name"] == (before.name, "Bitter chocolate")
    assert changed["name_kk"] == (before.names["kk"], None)
    assert changed["supplier"] == (before.supplier, "Silk Trade")
    assert changed["by_weight"] == ("no", "yes")
    [(details,)] = shop.rows("SELECT details FROM journal WHERE act = 'edit_product'")
    assert set(json.loads(details)["fields"]) == set(changed)

    empty: dict[str, Any] = {
        "category": None,
        "attributes": Attributes(),
        "vat": None,
        "supplier": None,
        "reorder_point": None,
        "shelf": "",
    }
    cleared = edited(shop, **empty)
    assert {name: getattr(cleared, name) for name in empty} == empty
    assert shop.find.show(CHOCOLATE).product.missing == ("category",)
    assert not shop.verify()


def test_who_saves_second_is_shown_what_changed_and_overwrites_nothing(shop: DemoShop) -> None:
    product_id, began = shop.edit_product.card(CHOCOLATE, CONSOLE)
    edited(shop, who="clerk", shelf="B-1")
    mine = replace(began, name="Mine")

    with pytest.raises(ChangedMeanwhile) as raised:
        shop.edit_product(product_id, began, mine, shop.person("manager"))

    assert (raised.value.fields, raised.value.person) == (("shelf",), "clerk")
    said = refusal_text(raised.value, Translator.english())
    assert "Shelf: B-1" in said, "what stands there now is read before it is overruled"
    now = shop.edit_product.card(CHOCOLATE, CONSOLE)[1]
    assert (now.shelf, now.name) == ("B-1", began.name)
    assert shop.edit_product(product_id, now, replace(now, name="Mine"), shop.person("manager")).shelf == "B-1"


def test_a_clerk_edits_everything_but_the_price_and_a_cashier_nothing(shop: DemoShop) -> None:
    edited(shop, who="clerk", shelf="B-1")

    with pytest.raises(NotAllowed) as price:
        edited(shop, who="clerk", price=money("1.00"), shelf="C-9")
    with pytest.raises(NotAllowed) as anything:
        edited(shop, who="amina", shelf="C-9")

    assert (price.value.act, anything.value.act) == ("price", "catalogue")
    assert shop.edit_product.card(CHOCOLATE, CONSOLE)[1].shelf == "B-1"


def test_a_clerk_gives_new_goods_their_first_price_in_the_form_and_no_other(shop: DemoShop) -> None:
    clerk, new = shop.person("clerk"), ProductCard((PackCode(OWN, "shop"),), "Honey of the house")
    key, priced = shop.edit_product.add(replace(new, price=money("38.00")), clerk)
    other, bare = shop.edit_product.add(replace(new, codes=(PackCode("2000000000022", "shop"),)), clerk)

    assert priced.price == money("38.00")
    assert shop.edit_product(other, bare, replace(bare, price=money("40.00")), clerk).price == money("40.00")
    with pytest.raises(NotAllowed) as another:
        shop.edit_product(key, priced, replace(priced, price=money("39.00")), clerk)
    assert another.value.act == "price"


def test_a_price_typed_into_the_form_holds_from_now_on_and_is_never_taken_away(shop: DemoShop) -> None:
    assert edited(shop, price=money("13.00")).price == money("13.00")
    assert [str(one.price) for one in shop.set_price.board(shop.find.show(CHOCOLATE).product.id, CONSOLE).past] == [
        "13.00"
    ]

    with pytest.raises(BadField) as none:
        edited(shop, price=None)
    assert (none.value.field, none.value.what) == ("price", "missing")
    assert not shop.verify()


def test_codes_come_and_go_and_each_names_its_pieces(shop: DemoShop) -> None:
    card = shop.edit_product.card(CHOCOLATE, CONSOLE)[1]
    packs = (*card.codes, PackCode(CARTON_CODE, "carton", 24), PackCode("AS-77", "supplier", 24, "Almaty Sweets"))

    assert edited(shop, codes=packs).codes == packs
    assert shop.find.show(CARTON_CODE).product.code == CHOCOLATE
    assert [one.product.code for one in shop.find(CARTON_CODE)] == [CHOCOLATE]
    edited(shop, codes=card.codes)
    assert not shop.find(CARTON_CODE)
    assert history(shop) == [
        ("carton", None, f"{CARTON_CODE}:24"),
        ("supplier_code", None, "AS-77:24 Almaty Sweets"),
        ("carton", f"{CARTON_CODE}:24", None),
        ("supplier_code", "AS-77:24 Almaty Sweets", None),
    ]


@pytest.mark.parametrize("typed", ["altai sweets", "ALTAI  SWEETS"])
def test_a_supplier_on_file_is_the_one_that_is_typed_in_another_case(shop: DemoShop, typed: str) -> None:
    edited(shop, SWEETS, supplier="Altai Sweets")
    codes = shop.edit_product.card(CHOCOLATE, CONSOLE)[1].codes

    saved = edited(shop, supplier=typed, codes=(*codes, PackCode("AS-77", "supplier", 24, typed)))

    assert (saved.supplier, saved.codes[-1].supplier) == ("Altai Sweets", "Altai Sweets")
    added = ProductCard((PackCode("20000011"),), "Halva", supplier=typed)
    assert shop.edit_product.add(added, shop.person("clerk"))[1].supplier == "Altai Sweets"
    assert shop.rows("SELECT count(*) FROM supplier WHERE lower(name) = 'altai sweets'") == [(1,)]


def test_another_case_of_the_same_supplier_is_no_change(shop: DemoShop) -> None:
    edited(shop, supplier="Altai Sweets")
    recorded = history(shop)

    edited(shop, supplier="altai sweets")

    assert history(shop) == recorded


def test_of_two_suppliers_that_differ_in_case_each_product_keeps_its_own(shop: DemoShop) -> None:
    """An import of before brought both."""
    with shop.store.begin() as work:
        for name in ("Altai Sweets", "ALTAI SWEETS", "altai sweets"):
            work.suppliers.add(name)
        work.commit()
    for name in ("altai sweets", "Altai Sweets", "ALTAI SWEETS"):
        assert edited(shop, supplier=name).supplier == name


def test_a_code_of_another_product_is_refused_with_its_name(shop: DemoShop) -> None:
    card = shop.edit_product.card(CHOCOLATE, CONSOLE)[1]

    with pytest.raises(CodeTaken) as taken:
        edited(shop, codes=(*card.codes, PackCode(COGNAC)))
    with pytest.raises(CodeTaken) as new:
        shop.edit_product.add(ProductCard((PackCode("NEW1"), PackCode(COGNAC)), "New"), shop.person("clerk"))

    assert (taken.value.code, taken.value.name) == (COGNAC, shop.find.show(COGNAC).product.name)
    assert (taken.value.field, new.value.field) == (f"codes[{len(card.codes)}]", "codes[1]")


def test_the_first_code_stays_while_receipts_name_the_product_by_it(shop: DemoShop) -> None:
    card = shop.edit_product.card(CHOCOLATE, CONSOLE)[1]
    assert edited(shop, codes=(PackCode(OWN, "shop"),)).code == OWN
    edited(shop, OWN, codes=card.codes)
    shop.sell(CHOCOLATE)

    with pytest.raises(CodeOnReceipts):
        edited(shop, codes=(PackCode(OWN, "shop"),))
    assert edited(shop, codes=(*card.codes, PackCode(OWN, "shop"))).code == CHOCOLATE


def test_the_shop_gives_its_own_goods_the_next_free_number(shop: DemoShop) -> None:
    first = shop.edit_product.next_code()
    number, card = shop.edit_product.add(
        ProductCard((PackCode(first, "shop"),), "Honey of the house"), shop.person("clerk")
    )
    second = shop.edit_product.next_code()

    assert first[-1] == check_digit(first[:-1])
    assert (card.code, int(second[:12]) - int(first[:12])) == (first, 1)
    assert shop.find.show(first).product.id == number
    assert shop.find("honey of the")[0].product.code == first
    assert history(shop, first) == [("added", None, "Honey of the house")]


def test_an_article_of_the_scale_is_kept_by_its_code_without_a_weight(shop: DemoShop) -> None:
    weighed = "221234501250" + check_digit("221234501250")
    _, card = shop.edit_product.add(
        ProductCard((PackCode(weighed, "scale"),), "Cheese", by_weight=True), shop.person("clerk")
    )

    assert card.code == "221234500000" + check_digit("221234500000")
    with pytest.raises(NotAScaleCode):
        shop.edit_product.add(ProductCard((PackCode(OWN, "scale"),), "Cheese"), shop.person("clerk"))


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"name": " \u200b", "names": {}}, "name"),
        ({"name": "x" * 201}, "name"),
        ({"names": {"de": "Schokolade"}}, "name_de"),
        ({"category": "sweets"}, "category"),
        ({"attributes": Attributes(ml=Decimal(0))}, "ml"),
        ({"attributes": Attributes(abv=Decimal(101))}, "abv"),
        ({"attributes": Attributes(net_g=Decimal("0.0000000001"))}, "net_g"),
        ({"attributes": Attributes(gross_kg=Decimal("NaN"))}, "gross_kg"),
        ({"attributes": Attributes(pieces=0)}, "pieces"),
        ({"vat": Decimal(51)}, "vat"),
        ({"reorder_point": -1}, "reorder_point"),
        ({"shelf": "x" * 21}, "shelf"),
        ({"supplier": "x" * 81}, "supplier"),
        ({"codes": ()}, "codes"),
        ({"codes": (PackCode(CHOCOLATE), PackCode(CHOCOLATE))}, "codes[1].code"),
        ({"codes": (PackCode(CHOCOLATE), PackCode(CARTON_CODE, "carton"))}, "codes[1].pieces"),
        ({"codes": (PackCode(CHOCOLATE), PackCode("ABC", "box"))}, "codes[1].kind"),
        ({"codes": (PackCode(CARTON_CODE, "carton", 24),)}, "codes[0].pieces"),
        ({"price": money("0.00")}, "price"),
    ],
)
def test_what_can_be_of_no_product_is_refused_by_its_field(shop: DemoShop, changed: dict[str, Any], field: str) -> None:
    before = shop.tables()

    with pytest.raises(BadInput) as refused:
        edited(shop, **changed)

    assert refused.value.facts()["field"] == field
    assert shop.tables() == before


def test_a_mistyped_code_is_reported_with_its_place(shop: DemoShop) -> None:
    card = shop.edit_product.card(CHOCOLATE, CONSOLE)[1]

    with pytest.raises(BadCheckDigit) as mistyped:
        edited(shop, codes=(*card.codes, PackCode("4870204320146")))
    assert mistyped.value.field == "codes[1].code"


def test_only_pictures_that_were_changed_since_are_read_again(shop: DemoShop) -> None:
    pictured, bare, clerk = (
        shop.find.show(CHOCOLATE).product.id,
        shop.find.show(COGNAC).product.id,
        shop.person("clerk"),
    )
    shop.edit_product.set_picture(pictured, a_png(), clerk)

    first = shop.edit_product.changed_pictures({pictured: None, bare: None})
    picture = first[pictured]
    assert picture is not None
    assert (picture.png, list(first)) == (a_png(), [pictured])
    assert shop.edit_product.changed_pictures({pictured: picture.at, bare: None}) == {}

    shop.now.move(minutes=1)
    shop.edit_product.set_picture(bare, a_png(8, 8), clerk)
    shop.edit_product.set_picture(pictured, None, clerk)
    then = shop.edit_product.changed_pictures({pictured: picture.at, bare: None})
    assert then[pictured] is None
    assert then[bare] == (shop.now.at, a_png(8, 8))


def test_a_picture_is_kept_and_taken_away_and_nothing_else_is_kept_for_one(shop: DemoShop) -> None:
    key, clerk = shop.find.show(CHOCOLATE).product.id, shop.person("clerk")
    shop.edit_product.set_picture(key, a_png(), clerk)
    shop.edit_product.set_picture(key, a_png(8, 8), clerk)

    assert shop.edit_product.pictures([key, key + 1]) == {key: a_png(8, 8)}
    for bad in (b"", b"GIF89a", a_png(257, 4), a_png() + b"x" * LARGEST_PICTURE):
        with pytest.raises(BadField):
            shop.edit_product.set_picture(key, bad, clerk)
    shop.edit_product.set_picture(key, None, clerk)
    assert shop.edit_product.pictures([key]) == {}
    assert history(shop) == [("picture", None, "yes"), ("picture", "yes", "yes"), ("picture", "yes", None)]


def test_nothing_is_changed_where_nothing_is_new(shop: DemoShop) -> None:
    before = shop.tables()
    edited(shop)

    assert shop.tables() == before


def test_what_is_filled_in_stands_in_the_history_too(shop: DemoShop) -> None:
    key = shop.find.show(CHOCOLATE).product.id
    shop.fill_in(key, shop.person("clerk"), attributes=Attributes(ml=Decimal(5)))

    assert history(shop) == [("ml", None, "5")]


def test_a_product_begins_with_the_pieces_that_are_there(shop: DemoShop) -> None:
    manager = shop.person("manager")
    shop.edit_product.add(ProductCard((PackCode("4006381333931"),), "Marker", category="other"), manager, 7)

    assert shop.find.show("4006381333931").on_hand == 7
    assert shop.verify() == []
    for wrong in (-1, 100_000):
        with pytest.raises(BadField) as refused:
            shop.edit_product.add(ProductCard((PackCode("4006381333948"),), "Pen"), manager, wrong)
        assert (refused.value.field, refused.value.what) == ("on_hand", "out_of_range")
