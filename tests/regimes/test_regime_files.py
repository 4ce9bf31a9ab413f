"""A place's rules are a file; a bad file is reported by file, rule and field."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pos.application.quota.show_regimes import FileFault, RegimeOrigin
from pos.domain.border import Border
from pos.domain.quota.rule import Sum
from pos.regimes.fields import RegimeFault
from pos.regimes.folders import load_regime_files, load_regimes
from pos.regimes.reading import read_regime
from tests.domain.quota.border import REGIME_FOLDER, shipped

TOWN = """
id = "town"
title = { en = "To town" }
destination = "XX"
time_zone = "Asia/Almaty"
currency = "EUR"
rate_kind = "customs"
[duty]
charge = "part"
ad_valorem = "0.30"
minimum = { amount = "4", per = "kg" }
[[rule]]
id = "value"
title = { en = "Goods" }
measure = "value"
limit = "500"
scope = ["*"]
window = "month"
over = "duty"
source = "a decree"
confidence = "high"
"""


def test_every_shipped_regime_is_read_and_named_in_four_languages() -> None:
    assert {"cn-horgos", "kz-horgos"} <= set(shipped())
    for regime in shipped().values():
        assert set(regime.title) == {"en", "zh", "ru", "kk"}
        for rule in regime.rules:
            assert set(rule.title) == {"en", "zh", "ru", "kk"}, rule.id
            assert rule.source
            assert all(len(title) <= 26 for title in rule.title.values()), rule.id


def test_the_version_is_the_text_of_the_file() -> None:
    data = (REGIME_FOLDER / "cn-horgos.toml").read_bytes()
    assert shipped()["cn-horgos"].version == hashlib.sha256(data).hexdigest()[:12]


@pytest.mark.parametrize(
    ("old", "new", "rule", "field", "what"),
    [
        ('limit = "500"', "limit = 500", "value", "limit", "not_a_decimal_text"),
        ('limit = "500"', 'limit = "-1"', "value", "limit", "not_a_decimal_text"),
        ('limit = "500"', 'limits = "500"', "value", "limit", "missing"),
        ('limit = "500"', 'limit = "500"\nlimmit = "5"', "value", "limmit", "unknown_field"),
        ('scope = ["*"]', 'scope = ["vodka"]', "value", "scope", "unknown_category"),
        ('scope = ["*"]', 'scope = ["fur"]\nexcept = ["fur"]', "value", "scope", "holds_no_goods"),
        ('window = "month"', 'window = "fortnight"', "value", "window", "unknown_window"),
        ('over = "duty"', 'over = "fine"', "value", "over", "not_one_of_note_duty_review_refuse"),
        ('measure = "value"', 'measure = "ml"', "value", "over", "no_formula_for_this_measure"),
        ('over = "duty"', 'over = "duty"\nfrom = 2024-02-01\nuntil = 2024-01-01', "value", "until", "not_after_from"),
        ('over = "duty"', 'over = "duty"\nunless = "tabacco"', "value", "unless", "unknown_rule"),
        ('over = "duty"', 'over = "duty"\nunder_age = "refuse"', "value", "under_age", "needs_age_from"),
        ('over = "duty"', 'over = "duty"\nwho = { age_above = 18 }', "value", "who.age_above", "unknown_field"),
        ('over = "duty"', 'over = "duty"\neach = true', "value", "window", "not_with_this_form"),
        (
            'limit = "500"',
            'tiers = [{ up_to = "5" }, { up_to = "4", over = "review" }]',
            "value",
            "tiers",
            "not_ascending",
        ),
        ('per = "kg"', 'per = "l"', "", "duty.minimum.per", "not_a_unit_of_gross_kg"),
        ('time_zone = "Asia/Almaty"', 'time_zone = "Asia/../etc"', "", "time_zone", "unknown_zone"),
        ('currency = "EUR"', 'currency = "euro"', "", "currency", "not_a_currency"),
        ('destination = "XX"', "", "", "destination", "missing"),
        ('destination = "XX"', 'destination = "XX"\ndestiny = "XY"', "", "destiny", "unknown_field"),
        ('title = { en = "To town" }', 'title = { fr = "En ville" }', "", "title.en", "missing"),
        ("[duty]", "[duty", "", "", "not_toml"),
    ],
)
def test_a_fault_names_the_file_the_rule_and_the_field(old: str, new: str, rule: str, field: str, what: str) -> None:
    assert old in TOWN
    with pytest.raises(RegimeFault) as refused:
        read_regime(TOWN.replace(old, new, 1).encode(), "town.toml")
    fault = refused.value
    assert (fault.file, fault.rule, fault.field, fault.what) == ("town.toml", rule, field, what)


def test_two_versions_of_a_rule_on_one_day_are_a_fault() -> None:
    rule = TOWN[TOWN.index("[[rule]]") :]
    with pytest.raises(RegimeFault, match="two_versions_on_one_day"):
        read_regime((TOWN + rule).encode(), "town.toml")
    with_dates = TOWN + "until = 2024-04-01\n" + rule + "from = 2024-04-01\n"
    assert len(read_regime(with_dates.encode(), "town.toml").rules) == 2


def test_versions_by_age_may_stand_side_by_side() -> None:
    rule = TOWN[TOWN.index("[[rule]]") :]
    text = TOWN + "who = { age_to = 14 }\n" + rule + "who = { age_from = 15 }\n"
    assert len(read_regime(text.encode(), "town.toml").rules) == 2


def test_a_file_that_is_not_text_is_a_fault_and_no_crash() -> None:
    with pytest.raises(RegimeFault, match="not_utf_8"):
        read_regime(b"\xff\xfe", "town.toml")
    with pytest.raises(RegimeFault, match="not_toml"):
        read_regime(b"a = " + b"[" * 5000, "town.toml")


def test_a_bad_file_stops_nothing_but_itself(tmp_path: Path) -> None:
    (tmp_path / "town.toml").write_text(TOWN, encoding="utf-8")
    (tmp_path / "bad.toml").write_text("id = 5", encoding="utf-8")
    regimes, faults = load_regimes([tmp_path])
    assert list(regimes) == ["town"]
    assert [(Path(fault.file).name, fault.field) for fault in faults] == [("bad.toml", "id")]


def test_the_shops_own_folder_overrides_the_shipped_one(tmp_path: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    for folder, limit in ((first, "500"), (second, "700")):
        folder.mkdir()
        (folder / "town.toml").write_text(TOWN.replace('"500"', f'"{limit}"'), encoding="utf-8")
    form = load_regimes([first, second])[0]["town"].rules[0].form
    assert isinstance(form, Sum)
    assert form.limit == 700


def test_an_override_that_is_bad_leaves_the_good_one_in_force(tmp_path: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    first.mkdir()
    second.mkdir()
    (first / "town.toml").write_text(TOWN, encoding="utf-8")
    (second / "town.toml").write_text(TOWN.replace('"500"', "500"), encoding="utf-8")
    regimes, faults = load_regimes([first, second])
    assert list(regimes) == ["town"]
    assert len(faults) == 1


def test_an_override_whose_rules_begin_later_leaves_the_shipped_one_in_force_until_then(tmp_path: Path) -> None:
    shipped_ones, own = tmp_path / "shipped", tmp_path / "own"
    for folder, begins in ((shipped_ones, ""), (own, "from = 2027-01-01\n")):
        folder.mkdir()
        (folder / "town.toml").write_text(TOWN + begins, encoding="utf-8")

    before = load_regime_files(shipped_ones, own, datetime(2026, 12, 31, 18, 59, tzinfo=UTC))
    from_then_on = load_regime_files(shipped_ones, own, datetime(2026, 12, 31, 19, 0, tzinfo=UTC))

    assert before.origins == {"town": RegimeOrigin.SHIPPED}
    assert [(fault.field, fault.what, fault.replaced) for fault in before.faults] == [
        ("tobacco.cigarette", "held_by_no_rule", True)
    ]
    assert from_then_on.origins == {"town": RegimeOrigin.OVERRIDING}


def test_a_copied_file_cannot_quietly_replace_another(tmp_path: Path) -> None:
    (tmp_path / "copy.toml").write_text(TOWN, encoding="utf-8")
    regimes, faults = load_regimes([tmp_path, tmp_path / "absent"])
    assert regimes == {}
    assert [fault.what for fault in faults] == ["not_the_name_of_the_file"]


@pytest.mark.parametrize(("text", "line"), [('id = "town"\ntitle = ?', 2), ('id = "town"\n\n[duty', 3)])
def test_a_file_that_is_no_toml_is_reported_with_its_line(text: str, line: int) -> None:
    with pytest.raises(RegimeFault) as refused:
        read_regime(text.encode(), "town.toml")
    assert refused.value.line == line


def test_each_regime_tells_whose_file_it_is(tmp_path: Path) -> None:
    shipped_ones, own = tmp_path / "shipped", tmp_path / "own"
    for folder, names in ((shipped_ones, ("town", "lake")), (own, ("lake", "ferry"))):
        folder.mkdir()
        for name in names:
            (folder / f"{name}.toml").write_text(TOWN.replace('id = "town"', f'id = "{name}"'), encoding="utf-8")
    files = load_regime_files(shipped_ones, own)
    assert files.origins == {"town": RegimeOrigin.SHIPPED, "lake": RegimeOrigin.OVERRIDING, "ferry": RegimeOrigin.OWN}
    assert set(files.regimes) == set(files.origins)
    assert files.folder == own


def test_a_fault_tells_whose_file_it_is_and_whether_another_holds_in_its_place(tmp_path: Path) -> None:
    shipped_ones, own = tmp_path / "shipped", tmp_path / "own"
    shipped_ones.mkdir()
    own.mkdir()
    (shipped_ones / "town.toml").write_text(TOWN, encoding="utf-8")
    (shipped_ones / "lake.toml").write_text("id = 5", encoding="utf-8")
    (own / "town.toml").write_text(TOWN.replace('"500"', "500"), encoding="utf-8")
    (own / "ferry.toml").write_text("id = ?", encoding="utf-8")
    files = load_regime_files(shipped_ones, own)
    assert files.origins == {"town": RegimeOrigin.SHIPPED}
    assert files.faults == (
        FileFault(own / "ferry.toml", "", "", "not_toml", line=1),
        FileFault(own / "town.toml", "value", "limit", "not_a_decimal_text", replaced=True),
        FileFault(shipped_ones / "lake.toml", "", "id", "not_a_text", own=False),
    )


def test_a_shop_without_files_of_its_own_has_the_shipped_ones(tmp_path: Path) -> None:
    files = load_regime_files(REGIME_FOLDER, tmp_path / "absent")
    assert set(files.origins.values()) == {RegimeOrigin.SHIPPED}
    assert files.faults == ()


def test_what_cannot_be_a_regime_file_is_named_and_stops_nothing(tmp_path: Path) -> None:
    (tmp_path / "folder.toml").mkdir()
    os.mkfifo(tmp_path / "pipe.toml")
    (tmp_path / "great.toml").write_bytes(b"#" * 300_000)
    (tmp_path / "SHOUTED.TOML").write_text("id = 5", encoding="utf-8")

    regimes, faults = load_regimes([tmp_path, tmp_path / "nowhere"])

    assert regimes == {}
    named = {(Path(fault.file).name, fault.what) for fault in faults}
    assert {("folder.toml", "not_readable"), ("pipe.toml", "not_readable"), ("great.toml", "too_large")} <= named
    assert "SHOUTED.TOML" in {name for name, _ in named}


def test_a_currency_has_its_symbol_where_the_border_knows_it_whatever_border_was_looked_at_before(
    at_border: Callable[[str], Border],
) -> None:
    at_border("mohan-boten")
    assert load_regimes([REGIME_FOLDER])[0]["kz-horgos"].currency.symbol == ""
    at_border("horgos")
    assert load_regimes([REGIME_FOLDER])[0]["kz-horgos"].currency.symbol == "€"
