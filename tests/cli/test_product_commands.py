"""`product …`: the price from a date, and goods added and edited by file."""

from __future__ import annotations

import pytest

from tests.cli.console import COGNAC, Answer, Console


def yuan(amount: str) -> dict[str, str]:
    return {"amount": amount, "currency": "CNY"}


def test_a_price_is_set_for_later_listed_and_withdrawn(console: Console) -> None:
    set_ = console("product", "price", COGNAC, "480.00", "--from", "2090-01-01T00:00:00+08:00")
    assert set_.code == 0, set_.err
    assert set_.json["price"] == set_.json["first"] == yuan("450.00")
    assert [(one["price"], one["from"], one["by"]) for one in set_.json["coming"]] == [
        (yuan("480.00"), "2089-12-31T16:00:00+00:00", "console:tester")
    ]
    assert console("product", "price", COGNAC).json == set_.json

    gone = console("product", "price", COGNAC, "--withdraw", "2090-01-01T00:00:00+08:00")
    assert (gone.code, gone.json["coming"]) == (0, [])
    again = console("product", "price", COGNAC, "--withdraw", "2090-01-01T00:00:00+08:00")
    assert again.code == 2
    assert COGNAC in again.err
    now = console("product", "price", COGNAC, "470")
    assert (now.json["price"], len(now.json["past"])) == (yuan("470.00"), 1)
    assert console("product", "show", COGNAC).json["price"] == yuan("470.00")
    assert console("verify").code == 0


@pytest.mark.parametrize(
    ("words", "field"),
    [
        (("0",), "price"),
        (("-1",), "price"),
        (("1.005",), "price"),
        (("99999999999",), "price"),
        (("1e3",), "price"),
        (("5", "--from", "2001-01-01T00:00:00Z"), "from"),
        (("5", "--from", "monday"), "from"),
        (("5", "--withdraw", "2090-01-01T00:00:00Z"), "withdraw"),
    ],
)
def test_what_is_no_price_is_bad_input_by_its_field(console: Console, words: tuple[str, ...], field: str) -> None:
    answer = (
        console("product", "price", COGNAC, "--", *words)
        if words[0] == "-1"
        else console("product", "price", COGNAC, *words)
    )

    assert answer.code == 2
    assert field in answer.err
    assert console("product", "price", COGNAC).json["past"] == []


HONEY = {
    "name": "Steppe honey",
    "names": {"zh": "草原蜂蜜", "ru": "Мёд степной"},
    "category": "food.honey",
    "price": "38.00",
    "net_g": "1000",
    "gross_kg": 1.35,
    "supplier": "Almaty Sweets",
    "reorder_point": 24,
    "codes": ["2000000000107", {"code": "14870204320142", "kind": "carton", "pieces": 12}],
}


def test_a_product_is_added_edited_and_its_history_reported(console: Console) -> None:
    added = console("product", "add", "-", stdin=HONEY)
    assert added.code == 0, added.err
    product = added.json
    assert (product["code"], product["price"], product["gross_kg"], product["supplier"]) == (
        "2000000000107", yuan("38.00"), "1.35", "Almaty Sweets",
    )  # fmt: skip
    assert product["packs"][1] == {"code": "14870204320142", "kind": "carton", "pieces": 12, "supplier": None}
    assert console("product", "show", "14870204320142").json == product

    edited = console(
        "product", "edit", "2000000000107", "-", stdin={"shelf": "B-2", "supplier": None, "names": {"zh": None}}
    )
    assert edited.code == 0, edited.err
    assert (edited.json["shelf"], edited.json["supplier"], edited.json["names"]["zh"]) == ("B-2", None, None)
    changes = console("product", "history", "2000000000107").json["changes"]
    assert {(one["field"], one["before"], one["after"]) for one in changes[:3]} == {
        ("shelf", None, "B-2"),
        ("supplier", "Almaty Sweets", None),
        ("name_zh", "草原蜂蜜", None),
    }
    assert {one["by"] for one in changes} == {"console:tester"}
    taken = console("product", "add", "-", stdin=HONEY)
    assert (taken.code, taken.json["refused"], taken.json["name"]) == (3, "code_taken", "Steppe honey")
    assert console("verify").code == 0


@pytest.mark.parametrize(
    ("content", "field"),
    [
        ("[", "FILE"),
        ([], "FILE"),
        ({"colour": "red"}, "colour"),
        ({"names": {"de": "Honig"}}, "names.de"),
        ({"names": []}, "names"),
        ({"price": 1.5}, "price"),
        ({"ml": "1e3"}, "ml"),
        ({"ml": True}, "ml"),
        ({"sticks": "20"}, "sticks"),
        ({"by_weight": 1}, "by_weight"),
        ({"codes": "123"}, "codes"),
        ({"codes": [{"kind": "unit"}]}, "codes[0].code"),
        ({"codes": [{"code": "ABC", "size": 2}]}, "codes[0].size"),
        ({"shelf": "\ud800"}, "shelf"),
        ({"category": "honey"}, "honey"),
    ],
)
def test_a_file_that_is_no_product_is_bad_input_by_its_field(console: Console, content: object, field: str) -> None:
    answer = console("product", "edit", COGNAC, "-", stdin=content)

    assert answer.code == 2
    assert field in answer.err
    assert console("product", "history", COGNAC).json["changes"] == []


def test_a_cashier_finds_goods_and_reads_neither_their_form_nor_their_history(
    console: Console, monkeypatch: pytest.MonkeyPatch
) -> None:
    def asks(name: str, pin: str, *words: str, stdin: object = None) -> Answer:
        monkeypatch.setenv("BORDER_POS_PIN", pin)
        return console(*words, stdin=stdin, options=["--as", name])

    shown = asks("amina", "246810", "product", "show", COGNAC)
    assert (shown.code, shown.json["price"], "supplier" in shown.json) == (0, yuan("450.00"), False)
    assert "supplier" in asks("clerk", "271828", "product", "show", COGNAC).json
    for words in (("product", "history", COGNAC), ("product", "price", COGNAC), ("catalogue", "export", "-")):
        refused = asks("amina", "246810", *words)
        assert (refused.code, refused.json["act"]) == (3, "catalogue")

    honey = asks("clerk", "271828", "product", "add", "-", stdin=HONEY)
    assert honey.json["price"] == yuan("38.00"), honey.err
    dearer = asks("clerk", "271828", "product", "price", honey.json["code"], "39.00")
    assert (dearer.code, dearer.json["act"]) == (3, "price")


def test_no_one_reads_in_the_name_of_another_person(console: Console, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BORDER_POS_PIN", "246810")
    assert console("staff", "disable", "amina").code == 0

    for words in (("product", "find", "cognac"), ("rates", "show"), ("product", "show", COGNAC), ("verify",)):
        left = console(*words, options=["--as", "amina"])
        assert (left.code, left.out) == (2, ""), words
        assert console(*words, options=["--as", "manager"]).json["refused"] == "wrong_pin"
        monkeypatch.setenv("BORDER_POS_PIN", "314159")
        assert console(*words, options=["--as", "manager"]).code == 0
        monkeypatch.setenv("BORDER_POS_PIN", "246810")
