"""Under no regime can goods of any category be carried without end, no matter who carries them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

import main
from pos.domain.catalogue.category import LEAVES
from pos.domain.catalogue.product import Attributes
from pos.domain.quota.allowance_position import Traveller
from pos.domain.quota.assess import assess
from pos.domain.quota.measure import Goods
from pos.domain.quota.rule import Regime, Verdict
from pos.regimes.fields import RegimeFault
from pos.regimes.reading import read_regime
from tests.domain.quota.border import NOON, RATES, REGIME_FOLDER, regime, shipped
from tests.regimes.test_bad_regime_files import fault_in
from tests.regimes.test_regime_files import TOWN

STRENGTHS = ("0", "0.4", "0.5", "0.6", "5", "11.9", "12", "22", "22.1", "40", "96")


def ages(rules: Regime) -> Iterator[date | None]:
    """No birth date, then each age at which a rule turns: the day before it is reached, and the day itself."""
    yield None
    today = NOON.astimezone(rules.zone).date()
    whos = [rule.who for rule in rules.rules]
    turns = {who.age_from for who in whos} | {who.age_to + 1 for who in whos if who.age_to is not None}
    for age in (turns | {0, 40}) - {None}:
        birthday = today.replace(year=today.year - (age or 0))
        yield birthday
        yield birthday + timedelta(days=1)  # it is reached tomorrow


def huge(leaf: str) -> Iterator[Goods]:
    """Ten thousand units worth a million: with every figure on file, of each strength, and with none."""
    values: dict[str, Any] = {"gross_kg": Decimal(1), "net_g": Decimal(100), "sticks": 20, "variant": "mink"}
    of_strength = STRENGTHS if leaf.startswith("alcohol.") else (None,)
    for abv in of_strength:
        strength = None if abv is None else Decimal(abv)
        attributes = Attributes(**values, ml=Decimal(500), abv=strength)
        yield Goods(leaf, leaf, 10_000, Fraction(100), "EUR", attributes=attributes)
    yield Goods(leaf, leaf, 10_000, Fraction(100), "EUR")


@pytest.mark.parametrize("name", sorted(shipped()))
def test_ten_thousand_pieces_are_never_within_an_allowance(name: str) -> None:
    rules = regime(name)
    free = {leaf for one in rules.free for leaf in one.scope.leaves}
    today = NOON.astimezone(rules.zone).date()
    fell = [
        (leaf, born, len(entries), goods.attributes.abv)
        for born in ages(rules)
        if born is None or born <= today
        for entries in ((), (today, today))
        for leaf in LEAVES
        if leaf not in free
        for goods in huge(leaf)
        if assess(rules, Traveller(born, "ZZ", entries), (), (goods,), NOON, RATES).verdict is Verdict.OK
    ]
    assert fell == []


def test_what_a_file_calls_free_is_free_and_tells_its_source() -> None:
    assert {one.scope.names: bool(one.source) for one in regime("eu-land").free} == {("medicine",): True}
    medicine = Goods("Pills", "medicine", 3, Fraction(200), "EUR")
    assert assess(regime("eu-land"), Traveller(date(1986, 5, 1)), (), (medicine,), NOON, RATES).verdict is Verdict.OK
    assert [name for name, rules in shipped().items() if rules.free] == ["eu-land", "pl-terespol"]


RULE = TOWN[TOWN.index("[[rule]]") :]
HOLES = {
    "left out": ('scope = ["*"]', 'scope = ["*"]\nexcept = ["tobacco.heated"]', "tobacco.heated"),
    "for the grown only": ("[[rule]]", "[[rule]]\nwho = { age_from = 15 }", LEAVES[0]),
    "for the young only": ("[[rule]]", "[[rule]]\nwho = { age_to = 14 }", LEAVES[0]),
    "for residents only": ("[[rule]]", '[[rule]]\nwho = { residence = ["CN"] }', LEAVES[0]),
    "for the frequent only": ("[[rule]]", "[[rule]]\nwho = { crossings_above = 1, within_days = 15 }", LEAVES[0]),
    "ended": ("[[rule]]", "[[rule]]\nuntil = 2026-01-01", LEAVES[0]),
    "each piece apart": ('window = "month"', "each = true", LEAVES[0]),
    "each kind apart": ('window = "month"', "per_variant = true", LEAVES[0]),
    "visits only": ('measure = "value"\nlimit = "500"', 'carry_outs = "5"', LEAVES[0]),
    "strong drinks only": ('scope = ["*"]', 'scope = ["*"]\nwhere = { abv_from = "22" }', LEAVES[0]),
}


@pytest.mark.parametrize("name", HOLES)
def test_a_file_with_a_hole_is_refused_by_the_goods_that_fall_through(name: str) -> None:
    old, new, leaf = HOLES[name]
    text = TOWN.replace('over = "duty"', 'over = "refuse"').replace(old, new)
    assert text != TOWN
    with pytest.raises(RegimeFault) as refused:
        read_regime(text.encode(), "town.toml")
    assert (refused.value.file, refused.value.field, refused.value.what) == ("town.toml", leaf, "held_by_no_rule")


def test_strong_drinks_that_lie_between_two_rules_are_a_hole() -> None:
    weak = RULE.replace('"value"\ntitle', '"weak"\ntitle').replace('scope = ["*"]', 'scope = ["alcohol"]')
    parts = TOWN.replace('scope = ["*"]', 'scope = ["*"]\nexcept = ["alcohol"]')
    for end, expected in (("40", "alcohol.spirit"), ("60", None)):
        below = weak.replace('["alcohol"]', f'["alcohol"]\nwhere = {{ abv_to = "{end}" }}')
        above = weak.replace('"weak"', '"strong"').replace('["alcohol"]', '["alcohol"]\nwhere = { abv_above = "60" }')
        fault = fault_in((parts + below + above).encode())
        assert (None if fault is None else fault.field) == expected


def test_a_rule_that_makes_way_for_a_narrower_one_leaves_a_hole_for_the_frequent() -> None:
    often = RULE.replace('"value"\ntitle', '"often"\ntitle').replace('["*"]', '["tobacco"]')
    often += "who = { crossings_above = 1, within_days = 15 }\n"
    fault = fault_in((TOWN + 'unless = "often"\n' + often).encode())
    assert fault is not None
    assert fault.field == "vape.device"


def test_a_history_may_begin_with_a_few_rules_and_may_not_end_so() -> None:
    since = TOWN + "from = 2012-04-18\n"
    assert fault_in(since.encode()) is None
    both = (
        since
        + RULE.replace('"value"\ntitle', '"tobacco"\ntitle').replace('["*"]', '["tobacco"]')
        + "from = 1996-08-15\n"
    )
    assert fault_in(both.encode()) is None
    ended = fault_in((both.replace("from = 2012-04-18", "from = 2012-04-18\nuntil = 2031-01-01")).encode())
    assert ended is not None
    assert ended.what == "held_by_no_rule"


def test_goods_that_a_file_calls_free_with_a_source_may_fall_through() -> None:
    text = TOWN.replace('scope = ["*"]', 'scope = ["*"]\nexcept = ["book"]')
    assert fault_in(text.encode()) is not None
    assert fault_in((text + '[[free]]\nscope = ["book"]\nsource = "a decree"\n').encode()) is None
    unsaid = fault_in((text + '[[free]]\nscope = ["book"]\n').encode())
    assert unsaid is not None
    assert (unsaid.field, unsaid.what) == ("free[0].source", "missing")


def test_the_rules_of_jeju_before_other_tobacco_was_written_are_refused() -> None:
    text = (REGIME_FOLDER / "kr-jeju.toml").read_text(encoding="utf-8")
    before = text[: text.index('[[rule]]\nid = "heated"')]
    with pytest.raises(RegimeFault) as refused:
        read_regime(before.encode(), "kr-jeju.toml")
    assert (refused.value.file, refused.value.field) == ("kr-jeju.toml", "tobacco.heated")


def test_who_tries_a_file_with_a_hole_is_shown_its_name_and_the_goods(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    hole = TOWN.replace('scope = ["*"]', 'scope = ["*"]\nexcept = ["tobacco.heated"]')
    (tmp_path / "regimes").mkdir()
    (tmp_path / "regimes" / "town.toml").write_text(hole, encoding="utf-8")
    file = tmp_path / "scenario.json"
    file.write_text('[{"regime": "town"}]', encoding="utf-8")

    assert main.console(["--data", str(tmp_path), "--language", "en", "quota", "check", str(file)]) == 2

    output = capsys.readouterr().err
    assert output.startswith("[0].regime: “town: tobacco.heated” ")
    assert "no rule covers these goods" in output
    assert output.count("\n") == 1


def test_a_file_with_more_rules_than_can_be_checked_is_refused_and_holds_no_one_up() -> None:
    more = "".join(
        RULE.replace('"value"\ntitle', f'"r{n}"\ntitle').replace(
            "[[rule]]", f"[[rule]]\nfrom = {date(1900, 1, 1) + timedelta(n)}"
        )
        for n in range(900)
    )
    fault = fault_in((TOWN + more).encode())
    assert fault is not None
    assert (fault.field, fault.what) == ("rule", "too_many_versions")
