"""A judgement is stored as a form and its figures, and comes out word for word."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.engine.canonical import dumps
from db.sales.judgements import Form, judged_text, split
from tests.shops import CARTON, COGNAC, SWEETS, DemoShop

FIGURES = st.sampled_from(["0", "0.00", "1", "12.50", "8000", "8000.00", "-3", "0.0001", "100%", "1/3", "", "%s", "٣"])
RULES = st.lists(
    st.fixed_dictionaries(
        {
            **dict.fromkeys(("available", "current", "left", "limit", "over", "pending", "used"), FIGURES | st.none()),
            "rule": st.text(max_size=5),
            "unit": st.none() | st.text(max_size=3),
            "verdict": st.sampled_from(["ok", "duty"]),
        }
    ),
    max_size=3,
)
ADVICE = st.none() | st.lists(st.fixed_dictionaries({"line": st.integers(), "units": st.integers(0, 9)}), max_size=2)
UNITS = st.lists(st.fixed_dictionaries({"line": st.integers(0, 60), "rate": FIGURES, "duty": FIGURES}), max_size=2)
DUTY = st.none() | st.fixed_dictionaries({"amount": FIGURES, "currency": st.text(max_size=3), "units": UNITS})
JUDGEMENTS = st.fixed_dictionaries(
    {
        "advice": ADVICE,
        "duty": DUTY,
        "proved": st.booleans(),
        "regime": st.text(max_size=8) | st.sampled_from(["\x1e", "\x1f", "\\u001e", '"\x1f"', "%d", "%"]),
        "rules": RULES,
        "unknown": st.lists(st.text(max_size=3), max_size=1),
        "verdict": st.sampled_from(["ok", "duty"]),
    }
)


@given(JUDGEMENTS)
def test_a_form_with_its_figures_is_the_judgement_word_for_word(judged: dict[str, Any]) -> None:
    form, figures = split(judged)
    assert Form(form).filled(figures) == dumps(judged)
    assert dumps(dumps(judged)) == f'"{Form(form).escaped(figures)}"'


@given(JUDGEMENTS)
def test_the_gauges_of_a_form_are_those_of_the_judgement(judged: dict[str, Any]) -> None:
    gauges = Form(split(judged)[0]).gauges(split(judged)[1])

    assert gauges["verdict"] == judged["verdict"]
    assert sorted(map(dumps, gauges["rules"])) == sorted(
        dumps({"limit": rule["limit"], "left": rule["left"]}) for rule in judged["rules"]
    )
    with pytest.raises(ValueError, match="1"):
        Form(split(judged)[0]).gauges(f"{split(judged)[1]} 1")


@given(st.dictionaries(st.sampled_from("ABCDEFGH"), JUDGEMENTS, max_size=3))
def test_the_judgements_of_a_sale_are_the_text_that_its_hash_covers(judged: dict[str, Any]) -> None:
    assert judged_text((visitor, dumps(one)) for visitor, one in judged.items()) == dumps(judged)


@given(JUDGEMENTS, st.text(max_size=8))
def test_figures_that_do_not_fit_give_no_judgement_that_could_be_taken_for_it(
    judged: dict[str, Any], more: str
) -> None:
    form, figures = split(judged)
    made = Form(form)
    assert made.filled(f"{figures} {more}") != made.filled(figures)
    assert f'"{made.escaped(more)}"' == dumps(made.filled(more))


def test_what_no_goods_met_stays_in_the_form_and_other_sums_share_it(shop: DemoShop) -> None:
    judged = shop.sell(CARTON, SWEETS).quota["A"]
    form, figures = split(judged)

    more = json.loads(dumps(judged).replace(judged["rules"][0]["current"], "1234.56"))

    assert split(more)[0] == form
    assert "1234.56" in split(more)[1].split()
    assert len(figures) < 60 < len(dumps(judged)) / 10
    assert '"used":"0"' in form


def test_a_sale_reads_back_as_it_was_judged(shop: DemoShop) -> None:
    sold = shop.sell(CARTON, COGNAC, SWEETS)

    with shop.store.reading() as work:
        again = work.sales.by_number("T1", sold.number)

    assert again is not None
    assert dumps(again.quota) == dumps(sold.quota)
    assert [list(one) for one in again.quota.values()] == [sorted(one) for one in sold.quota.values()]
