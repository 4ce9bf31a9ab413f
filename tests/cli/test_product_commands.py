"""`product …`: the price from a date, and goods added and edited by file."""

from __future__ import annotations

import pytest

from tests.cli.console import COGNAC, Console


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
