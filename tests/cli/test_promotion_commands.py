"""`promotion add`, `promotion list`, `promotion end`, and the tax of goods by file."""

from __future__ import annotations

from typing import Any

import pytest

from tests.cli.console import COGNAC, CREAM, Console, a_ticket


def ringing(**changes: Any) -> dict[str, Any]:
    payment = {"method": "card", "currency": "CNY", "amount": changes.pop("paid")}
    return a_ticket(payments=[payment], change_currency=None, **changes)


def test_a_promotion_is_added_taken_off_reported_and_ended(console: Console) -> None:
    added = console("promotion", "add", "Spring", "--percent", "10", "--category", "cosmetics")
    assert added.code == 0, added.err
    number = added.json["promotion"]
    assert (added.json["percent"], added.json["category"], added.json["to"]) == ("10", "cosmetics", None)

    sold = console("sale", "ring", "-", stdin=ringing(paid="612.00", lines=[{"code": CREAM}]))
    assert sold.code == 0, sold.err
    [line] = sold.json["lines"]
    assert (line["discount"], line["promotions"][0]["name"]) == ("68.00", "Spring")
    assert console("report", "day").json["promotions"] == [
        {"promotion": number, "name": "Spring", "pieces": 1, "amount": "68.00"}
    ]
    assert console("promotion", "end", str(number)).json["ended"] is not None
    assert [one["promotion"] for one in console("promotion", "list").json] == [number]
    again = console("promotion", "end", str(number))
    assert (again.code, again.json["refused"]) == (3, "promotion_over")
    assert console("promotion", "end", "99").json["refused"] == "no_such_promotion"
    assert console("verify").code == 0


def test_a_bundle_and_an_amount_from_and_to_an_instant(console: Console) -> None:
    bundle = console(
        "promotion", "add", "3 for 2", "--bundle", "3:2", "--code", COGNAC,
        "--from", "2030-01-01T00:00:00+08:00", "--to", "2030-02-01T00:00:00+08:00",
    )  # fmt: skip
    assert bundle.code == 0, bundle.err
    promotion = bundle.json
    assert (promotion["take"], promotion["pay"], promotion["code"], promotion["category"]) == (3, 2, COGNAC, None)
    assert console("promotion", "list").json == [promotion]
    past = console("promotion", "add", "Late", "--percent", "5", "--from", "2020-01-01T00:00:00+08:00")
    assert "2020-01-01T00:00:00+08:00" in past.err  # as it was typed
    less = console("promotion", "add", "Less", "--amount", "5.00").json
    assert (less["amount"], less["category"]) == ({"amount": "5.00", "currency": "CNY"}, "*")


def test_a_promotion_that_has_not_begun_is_changed_in_what_is_given(console: Console) -> None:
    first = ("--from", "2030-01-01T00:00:00+08:00", "--to", "2030-02-01T00:00:00+08:00")
    number = str(
        console("promotion", "add", "New year", "--percent", "10", "--category", "cosmetics", *first).json["promotion"]
    )

    changed = console("promotion", "change", number, "--amount", "5.00", "--to", "never")
    assert changed.code == 0, changed.err
    said = changed.json
    assert (said["name"], said["percent"], said["amount"]) == ("New year", None, {"amount": "5.00", "currency": "CNY"})
    assert (said["category"], said["from"][:10], said["to"]) == ("cosmetics", "2029-12-31", None)
    assert console("promotion", "change", number, "--code", COGNAC, "--name", "Cognac").json["category"] is None
    assert console("promotion", "change", "99", "--name", "x").json["refused"] == "no_such_promotion"
    running = str(console("promotion", "add", "Now", "--percent", "10").json["promotion"])
    assert console("promotion", "change", running, "--percent", "20").json["refused"] == "promotion_begun"
    assert console("verify").code == 0


@pytest.mark.parametrize(
    ("words", "field"),
    [
        (("--percent", "1e1"), "percent"),
        (("--percent", "101"), "percent"),
        (("--amount", "-5"), "amount"),
        (("--amount", "5.001"), "amount"),
        (("--bundle", "3"), "bundle"),
        (("--bundle", "2:2"), "take"),
        (("--percent", "5", "--amount", "5"), "percent"),
        ((), "percent"),
        (("--percent", "5", "--category", "toys"), "category"),
        (("--percent", "5", "--category", "toy", "--code", COGNAC), "code"),
        (("--percent", "5", "--code", "4006381333931"), "code"),
        (("--percent", "5", "--to", "2001-01-01T00:00:00Z"), "to"),
        (("--percent", "5", "--from", "tomorrow"), "from"),
    ],
)
def test_a_promotion_that_can_be_none_is_bad_input_by_its_field(
    console: Console, words: tuple[str, ...], field: str
) -> None:
    answer = console("promotion", "add", "Spring", *words)

    assert answer.code == 2
    assert field in answer.err
    assert console("promotion", "list").json == []


def test_the_tax_of_goods_comes_and_goes_by_file(console: Console) -> None:
    file = console.folder.parent / "vat.csv"
    file.write_text(f"code,vat\n{COGNAC},12\n{CREAM},16.0 %\n4870204320145,ten\n", encoding="utf-8")
    imported = console("catalogue", "import", str(file)).json
    assert (imported["updated"], imported["rejected"]) == (2, 1)
    assert console("product", "show", COGNAC).json["vat"] == "12"
    assert console("product", "show", CREAM).json["vat"] == "16"

    whole = console.folder.parent / "all.csv"
    console("catalogue", "export", str(whole))
    assert console("catalogue", "import", str(whole)).json["updated"] == 0

    sold = console("sale", "ring", "-", stdin=a_ticket()).json
    assert sold["tax"] == [{"rate": "12", "amount": "96.43"}, {"rate": "16", "amount": "84.41"}]
    assert [line["vat"] for line in sold["lines"]] == ["12", "16"]
    assert console("report", "day").json["tax"] == sold["tax"]
