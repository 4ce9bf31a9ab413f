"""The rules for goods that are sent, at their limits; and versions that nobody has confirmed."""

from __future__ import annotations

from datetime import date, datetime
from fractions import Fraction
from typing import Any

import pytest

from pos.application.quota.check_quota import result_of
from pos.domain.catalogue.category import LEAVES
from pos.domain.quota.allowance_position import PastSale, position_of
from pos.domain.quota.evaluation import Evaluation, judge
from pos.domain.quota.measure import Goods
from pos.domain.quota.rule import Ban, PartAbove, Sum, Verdict, WholeUnit
from pos.regimes.reading import read_regime
from tests.domain.quota.border import ADULT, CHILD, NOON, RATES, REGIME_FOLDER, goods, regime, sold
from tests.regimes.test_bad_regime_files import fault_in
from tests.regimes.test_regime_files import TOWN

CHINA, KAZAKHSTAN = "cn-cross-border", "kz-parcel"


def judged(
    name: str, *basket: Goods, history: tuple[PastSale, ...] = (), at: datetime = NOON, who: Any = ADULT
) -> Evaluation:
    return judge(position_of(regime(name), who, history, at, RATES), basket)


def word(name: str, *basket: Goods, **more: Any) -> str:
    return judged(name, *basket, **more).assessment.verdict.word


def duty(name: str, *basket: Goods) -> str | None:
    bill = judged(name, *basket).bill
    return None if bill is None else str(bill.amount)


def in_euro(price: str, kg: str, category: str = "toy") -> Goods:
    return goods(category, price, currency="EUR", gross_kg=kg)


def test_a_parcel_to_kazakhstan_is_free_to_200_euro_and_31_kilograms() -> None:
    assert word(KAZAKHSTAN, in_euro("200", "31")) == "ok"
    assert duty(KAZAKHSTAN, in_euro("300", "31")) == "15.00"  # 15 % of 100
    assert duty(KAZAKHSTAN, in_euro("200", "33.5")) == "5.00"  # 2 EUR for each of 2.5 kg
    assert duty(KAZAKHSTAN, in_euro("300", "51")) == "40.00"  # the greater of both
    assert word(KAZAKHSTAN, goods("toy", "10", currency="EUR")) == "unknown"


@pytest.mark.parametrize("category", ["alcohol.beer", "tobacco.cigar", "vape.device", "seed"])
def test_what_may_not_be_sent_to_kazakhstan_is_refused(category: str) -> None:
    assert word(KAZAKHSTAN, in_euro("1", "0.1", category)) == "refuse"


def test_each_parcel_is_judged_by_itself() -> None:
    earlier = sold("2026-11-20T10:00:00+08:00", in_euro("200", "31"))
    assert word(KAZAKHSTAN, in_euro("200", "31"), history=(earlier,)) == "ok"


def test_a_parcel_to_china_is_taxed_inside_the_limits_and_never_ok() -> None:
    assert duty(CHINA, goods("toy", "1000.00")) == "91.00"
    verdicts = {leaf: judged(CHINA, goods(leaf, "0.01", abv="40", ml="1")).assessment.verdict for leaf in LEAVES}
    assert Verdict.OK not in verdicts.values()
    notes = {leaf for leaf, verdict in verdicts.items() if verdict is Verdict.NOTE}
    assert notes == {
        "alcohol.spirit", "alcohol.wine", "alcohol.beer", "alcohol.liqueur", "cosmetics.premium", "perfume",
        "jewellery",
    }  # fmt: skip


def test_above_5000_yuan_one_piece_is_asked_about_and_several_are_refused() -> None:
    assert word(CHINA, goods("watch", "5000")) == "duty"
    assert word(CHINA, goods("watch", "5000.01")) == "review"
    assert word(CHINA, goods("toy", "2500", 2)) == "duty"
    assert word(CHINA, goods("toy", "2500.01", 2)) == "refuse"
    assert word(CHINA, goods("watch", "5000.01"), goods("toy", "0.01")) == "refuse"
    assert judged(CHINA, goods("watch", "5000.01")).bill is None


def test_the_year_counts_what_was_taxed_too() -> None:
    year = tuple(
        sold(f"2026-{month:02}-01T10:00:00+08:00", goods("toy", "5000", taxed_units=1)) for month in range(1, 6)
    )
    assert word(CHINA, goods("toy", "1000"), history=year) == "duty"
    assert word(CHINA, goods("toy", "1000.01"), history=year) == "refuse"
    assert word(CHINA, goods("toy", "5000"), history=year, at=NOON.replace(year=2027)) == "duty"


def test_alcohol_is_not_sent_to_who_is_too_young_for_it() -> None:
    wine = goods("alcohol.wine", "100", abv="12", ml="750")
    assert (word(CHINA, wine), word(CHINA, wine, who=CHILD)) == ("note", "refuse")


def test_the_answer_says_what_is_not_checked_and_what_is_planned() -> None:
    assert result_of(judged(CHINA, goods("toy", "1")))["not_checked"] == ["positive_list"]
    planned = result_of(judged(KAZAKHSTAN, in_euro("1", "1")))["planned"]
    assert planned == [{"rule": "value", "from": "2026-07-01"}]
    before = datetime.fromisoformat("2026-06-30T12:00:00+05:00")
    assert "planned" not in result_of(judged(KAZAKHSTAN, in_euro("1", "1"), at=before))
    assert "not_checked" not in result_of(judged("kz-horgos", in_euro("1", "1")))


def test_a_reform_that_nobody_has_confirmed_is_in_force_on_no_day() -> None:
    rules = regime(KAZAKHSTAN)
    for day in (date(2026, 6, 30), date(2026, 7, 1), date(2099, 1, 1)):
        [value] = [rule for rule in rules.in_force(day) if rule.id == "value"]
        assert isinstance(value.form, Sum)
        assert isinstance(rules.charge_on(day), PartAbove)
    [planned] = rules.planned
    assert (planned.since, planned.confidence, isinstance(planned.form, Ban)) == (date(2026, 7, 1), "low", True)
    assert [one.confidence for one in rules.planned_charges] == ["low"]


def test_who_confirms_it_as_the_file_says_has_it_in_force_from_its_day() -> None:
    text = (REGIME_FOLDER / "kz-parcel.toml").read_text(encoding="utf-8")
    confirmed = text.replace("confirmed = false", "confirmed = true")
    fault = fault_in(confirmed.encode())
    assert fault is not None
    assert (fault.field, fault.what) == ("duty", "versions_leave_a_day")

    for until in ('[[duty]]\ncharge = "part"', 'measure = "value"', 'measure = "gross_kg"'):
        assert until in confirmed
        head, _, line = until.rpartition("\n")
        confirmed = confirmed.replace(until, f"{head}\nuntil = 2026-07-01\n{line}".lstrip("\n"), 1)
    rules = read_regime(confirmed.encode(), "kz-parcel.toml")
    assert (rules.planned, rules.planned_charges) == ((), ())
    for at, expected in (("2026-06-30T23:59:00+05:00", "ok"), ("2026-07-01T00:00:00+05:00", "duty")):
        position = position_of(rules, ADULT, (), datetime.fromisoformat(at), RATES)
        answer = judge(position, [in_euro("100", "1")])
        assert answer.assessment.verdict.word == expected
    assert isinstance(rules.charge_on(date(2026, 7, 1)), WholeUnit)
    assert answer.bill is not None
    assert str(answer.bill.amount) == "21.80"


DUTY = TOWN[TOWN.index("[duty]") : TOWN.index("[[rule]]")]
DATED = DUTY.replace("[duty]", '[[duty]]\nsource = "a decree"\nconfidence = "high"')


@pytest.mark.parametrize(
    ("text", "rule", "field", "what"),
    [
        (TOWN.replace('over = "duty"', 'over = "duty"\nconfirmed = false'), "value", "from", "missing"),
        (TOWN.replace('over = "duty"', 'over = "duty"\nconfirmed = false\nfrom = 2026-07-01'), "", "rule",
         "none_confirmed"),
        (TOWN.replace('over = "duty"', 'over = "duty"\nconfirmed = "no"'), "value", "confirmed", "not_true_or_false"),
        (TOWN.replace('window = "month"', "taxed_too = true"), "value", "taxed_too", "needs_a_window_and_a_limit"),
        (TOWN.replace(DUTY, DATED + DATED), "", "duty", "versions_leave_a_day"),
        (TOWN.replace(DUTY, DATED.replace("[[duty]]", "[[duty]]\nuntil = 2026-01-01")), "", "duty",
         "versions_leave_a_day"),
        (TOWN.replace(DUTY, DATED.replace("[[duty]]", "[[duty]]\nfrom = 2026-01-01\nconfirmed = false")), "", "duty",
         "none_confirmed"),
        (TOWN.replace('rate_kind', 'assume_left = "later"\nrate_kind'), "", "assume_left",
         "not_one_of_end_of_day_at_once_never"),
        (TOWN + '[[unchecked]]\nid = "list"\ntitle = { ru = "x" }\n', "", "unchecked[0].title.en", "missing"),
    ],
)  # fmt: skip
def test_a_fault_in_what_is_planned_dated_or_unchecked_is_named(text: str, rule: str, field: str, what: str) -> None:
    fault = fault_in(text.encode())
    assert fault is not None
    assert (fault.rule, fault.field, fault.what) == (rule, field, what)


def test_a_charge_has_one_version_on_each_day() -> None:
    text = TOWN.replace(
        DUTY,
        DATED.replace("[[duty]]", "[[duty]]\nuntil = 2026-01-01")
        + DATED.replace("[[duty]]", "[[duty]]\nfrom = 2026-01-01").replace("0.30", "0.15"),
    )
    rules = read_regime(text.encode(), "town.toml")
    rates = [rules.charge_on(day) for day in (date(2025, 12, 31), date(2026, 1, 1))]
    assert rates == [PartAbove(Fraction("0.30"), Fraction(4)), PartAbove(Fraction("0.15"), Fraction(4))]
