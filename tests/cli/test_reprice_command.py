"""`product reprice` at the console."""

from __future__ import annotations

from tests.cli.console import COGNAC, Console


def test_prices_are_looked_at_changed_and_withdrawn_as_one(console: Console) -> None:
    words = ("product", "reprice", "--percent", "10", "--ending", "99", "--category", "alcohol")
    since = ("--from", "2099-01-01T00:00:00+08:00")
    seen = console(*words, *since, "--dry-run")
    assert seen.code == 0, seen.err
    cognac = next(one for one in seen.json["prices"] if one["code"] == COGNAC)
    assert cognac["new"] == {"amount": "494.99", "currency": "CNY"}

    made = console(*words, *since)
    assert made.json["goods"] == seen.json["goods"]
    assert [one["change"] for one in console("product", "reprice", "--list").json] == [1]
    assert console("product", "reprice", "--withdraw", "1").json[0]["goods"] == made.json["goods"]
    assert console("product", "reprice", "--list").json == []
    assert console("verify").code == 0


def test_what_is_no_change_is_one_sentence(console: Console) -> None:
    for words in ((), ("--percent", "x"), ("--percent", "5", "--amount", "1"), ("--percent", "5", "--ending", "7")):
        bad = console("product", "reprice", *words)
        assert (bad.code, bad.out, bad.err.count("\n")) == (2, "", 1)
    both = console("product", "reprice", "--percent", "5", "--amount", "1")
    assert "not both" in both.err
    assert "out of range" in console("product", "reprice", "--percent", "9999999").err
    none = console("product", "reprice", "--percent", "5", "--high", "0.01")
    assert (none.code, none.json["refused"]) == (3, "nothing_to_reprice")
