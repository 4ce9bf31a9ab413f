"""A new place is a new file: a shop judges, sells and prints by rules that no line of the program knows."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

import main
from pos.application.sales.check_order import AnotherRegime, QuotaExceeded
from pos.application.sales.complete_sale import Payment
from pos.application.settings.options import Options
from pos.application.shop.shop import Shop
from pos.domain.money import Money
from pos.domain.quota.rule import UnknownRegime
from pos.domain.sales.sale import Sale
from pos.domain.visitors.document import Document, read_mrz
from pos.regimes.folders import load_regimes
from tests.builders import MONDAY, cash_for
from tests.horgos import USD
from tests.shops import CHOCOLATE, REGIMES, WATCH, ZHANG_WEI, a_ticket

FILES = Path(__file__).parent
DEMO = "uz-demo"
NOON = "2026-11-20T12:00:00+05:00"

Json = dict[str, Any]
Check = Callable[..., Json]


def bring(name: str, shop: Path, text: str | None = None) -> Path:
    """Lay a regime file into the shop's own folder."""
    (shop / "regimes").mkdir(exist_ok=True)
    file = shop / "regimes" / f"{name}.toml"
    file.write_text((FILES / file.name).read_text(encoding="utf-8") if text is None else text, encoding="utf-8")
    return file


@contextmanager
def opened(folder: Path, days_later: int = 0) -> Iterator[Shop]:
    """The shop as the program opens it."""
    at = MONDAY + timedelta(days=days_later)
    shop = main.build(Options(data=folder, demo=True, at=at), quick_pins=True)
    try:
        yield shop
    finally:
        shop.close()


def lead(shop: Shop, regime: str) -> None:
    """Judge visitors who leave to Kazakhstan by this regime: an option of the shop."""
    with shop.issue_receipt.store.begin() as work:
        work.settings.set("regime_kz", shop.settings().with_text("regime_kz", regime).text("regime_kz"))
        details = {"name": "regime_kz", "before": "", "after": regime}
        work.journal.write(shop.now(), shop.till, "manager", "set_setting", details)
        work.commit()


def sell(shop: Shop, code: str, quantity: int, price: str, **changed: Any) -> Sale:
    """Sell something to Zhang Wei on the way to Kazakhstan."""
    key = f"{code}-{shop.now():%m%d}-{quantity}"
    payments = [{"method": "cash", "currency": "CNY", "amount": price}]
    lines = [{"code": code, "quantity": quantity}]
    return shop.ring_sale(a_ticket(key=key, destination="KZ", lines=lines, payments=payments, **changed))


def a_passport(shop: Shop) -> Document:
    return read_mrz(list(ZHANG_WEI), shop.now().date())


# ── judged without a shop ────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def check(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Check:
    """`quota check` at the console of a shop with both new files in its folder: a basket, and what else is said."""
    for name in (DEMO, "uz-road"):
        bring(name, tmp_path)

    def run(*basket: Json, regime: str = DEMO, at: str = NOON, history: object = (), **visitor: object) -> Json:
        scenario = {
            "regime": regime,
            "at": at,
            "visitor": {"birth_date": "1986-05-01", "residence": "UZ", **visitor},
            "rates": {"base": "KZT", "per_unit": {"USD": "504", "CNY": "72"}},
            "history": history,
            "basket": basket,
        }
        file = tmp_path / "scenario.json"
        file.write_text(json.dumps(scenario), encoding="utf-8")
        capsys.readouterr()
        assert main.console(["--data", str(tmp_path), "quota", "check", str(file)]) == 0
        answer: Json = json.loads(capsys.readouterr().out)
        return answer

    return run


def goods(category: str, quantity: int = 1, price: str = "1.00", **attributes: object) -> Json:
    line = {"name": category, "category": category, "quantity": quantity, "unit_price": price, "currency": "USD"}
    return {**line, "gross_kg": "0.1", **attributes}


def left(at: str, *lines: Json) -> Json:
    return {"at": at, "carried_out_at": at, "lines": lines}


def rule(answer: Json, name: str) -> Json:
    result: Json = next(one for one in answer["rules"] if one["rule"] == name)
    return result


def test_its_window_its_zone_its_currency_and_its_duty_are_those_of_the_file(check: Check) -> None:
    half_past_eleven = left(
        "2026-11-10T18:30:00Z", goods("clothing", 1, "900.00")
    )  # the 10th in Tashkent: ten days ago
    half_past_midnight = left("2026-11-10T19:30:00Z", goods("clothing", 1, "300.00"))  # the 11th: the first that counts

    answer = check(goods("perfume", 2, "400.00"), history=[half_past_eleven, half_past_midnight])

    assert answer["verdict"] == "duty"
    assert rule(answer, "value") == {
        "rule": "value", "verdict": "duty", "limit": "1000", "used": "300.00", "available": "700.00",
        "current": "800.00", "pending": "0.00", "over": "100.00", "left": "0.00", "unit": "USD",
    }  # fmt: skip
    units = [{"line": 0, "units": 1, "taxable": "400.00", "rate": "0.30", "duty": "120.00"}]
    assert answer["duty"] == {"amount": "120.00", "currency": "USD", "units": units}
    assert answer["advice"] == [{"line": 0, "units": 1}]


def test_a_use_is_spent_for_as_many_days_as_the_file_says(check: Check) -> None:
    twice = [left(f"2026-11-{day}T10:00:00+05:00", goods("clothing")) for day in ("12", "15")]

    assert rule(check(goods("toy"), history=twice), "value")["available"] == "0.00"
    later = check(goods("toy"), history=twice, at="2026-11-22T12:00:00+05:00")
    assert rule(later, "value")["available"] == "999.00"


SPIRIT: Json = {"ml": 700, "abv": "40"}
WINE: Json = {"ml": 750, "abv": "12"}
QUARTER: Sequence[Json] = [
    left(f"2026-{day}T10:00:00+05:00", goods("drink")) for day in ("08-22", "09-10", "10-01", "11-18")
]


@pytest.mark.parametrize(
    ("name", "basket", "said", "verdict"),
    [
        ("spirits", [goods("alcohol.spirit", **SPIRIT), goods("alcohol.wine", **WINE)], {}, "ok"),
        ("spirits", [goods("alcohol.spirit", 2, **SPIRIT)], {}, "refuse"),
        ("spirits", [goods("alcohol.wine", 4, **WINE)], {}, "ok"),
        ("spirits", [goods("alcohol.wine", 4, **WINE)], {"at": "2026-05-31T23:59:59+05:00"}, "refuse"),
        ("spirits", [goods("alcohol.wine", **WINE)], {"birth_date": "2006-11-21"}, "refuse"),
        ("spirits", [goods("alcohol.wine", **WINE)], {"birth_date": "2006-11-20"}, "ok"),
        ("phones", [goods("electronics.phone", 1)], {}, "ok"),
        ("phones", [goods("electronics.phone", 2)], {}, "note"),
        ("phones", [goods("electronics.phone", 3)], {}, "review"),
        ("phones", [goods("electronics.phone", 4)], {}, "refuse"),
        ("fur", [goods("fur", variant="mink"), goods("fur", variant="fox")], {}, "ok"),
        ("fur", [goods("fur", variant="mink"), goods("fur", variant="mink")], {}, "review"),
        ("heavy", [goods("appliance", gross_kg="30")], {}, "ok"),
        ("heavy", [goods("appliance", gross_kg="30.001")], {}, "review"),
        ("seeds", [goods("food.fresh")], {}, "refuse"),
        ("visits", [goods("toy")], {"history": QUARTER}, "refuse"),
        ("visits", [goods("toy")], {"history": QUARTER, "at": "2026-11-21T00:00:00+05:00"}, "ok"),
        ("guests", [goods("souvenir", 4)], {"residence": "CN"}, "review"),
        ("tobacco", [goods("tobacco.cigarette", 2, sticks=200)], {}, "ok"),
        ("tobacco", [goods("tobacco.cigarette", sticks=200), goods("tobacco.cigar", 20, sticks=1)], {}, "note"),
        ("tobacco", [goods("tobacco.cigarette", sticks=20)], {"birth_date": "2010-01-01"}, "refuse"),
        ("value", [goods("toy", 1, "200.00")], {"birth_date": "2012-01-01"}, "ok"),
        ("value", [goods("toy", 1, "200.01")], {"birth_date": "2012-01-01"}, "duty"),
    ],
)  # fmt: skip
def test_every_form_of_a_rule_is_a_matter_of_the_file(
    check: Check, name: str, basket: list[Json], said: Json, verdict: str
) -> None:
    assert rule(check(*basket, **said), name)["verdict"] == verdict


def test_a_rule_is_for_whom_the_file_says(check: Check) -> None:
    def rules(**visitor: object) -> set[str]:
        return {one["rule"] for one in check(goods("souvenir", 4), **visitor)["rules"]}

    often = ["2026-11-12", "2026-11-15", "2026-11-20"]
    assert "guests" in rules(residence="KZ")
    assert "guests" not in rules(residence="UZ")
    assert {"tobacco", "tobacco_frequent"} & rules(entries=often) == {"tobacco_frequent"}
    assert {"tobacco", "tobacco_frequent"} & rules(entries=often[1:]) == {"tobacco"}


def test_duty_on_the_part_above_and_goods_that_wait_without_end_are_a_matter_of_the_file(check: Check) -> None:
    waiting = {"at": "2026-10-01T10:00:00Z", "carried_out_at": None, "lines": [goods("toy", 1, "250.00", gross_kg="5")]}

    answer = check(
        goods("toy", 1, "250.00", gross_kg="25"),
        goods("alcohol.spirit", 4, "20.00", ml=750, abv="40"),
        regime="uz-road",
        history=[waiting],
    )

    assert answer["verdict"] == "duty"
    assert rule(answer, "value")["over"] == "200.00"
    assert rule(answer, "weight")["over"] == "10.000"
    assert answer["duty"]["amount"] == "46.00"  # the more of 20 % of 200 and of 2 for each of 10 kg; 6 for one litre


# ── sold by the shop ─────────────────────────────────────────────────────────────────────────────────────────────


def test_a_sale_is_judged_by_the_new_place_and_remembers_the_text_of_its_rules(shop_folder: Path) -> None:
    file = bring(DEMO, shop_folder)
    with opened(shop_folder) as shop:
        lead(shop, DEMO)

        sale = sell(shop, WATCH, 1, "5660")
        drawn = shop.issue_receipt(sale.receipt)

        assert (sale.regime, sale.regime_version) == (DEMO, hashlib.sha256(file.read_bytes()).hexdigest()[:12])
        assert sale.quota["A"]["regime"] == DEMO
        value = rule(dict(sale.quota["A"]), "value")
        assert (value["limit"], value["current"], value["unit"]) == ("1000", "819.18", "USD")  # 5660 × 72.80 ÷ 503
        assert shop.show_sale(sale.receipt).regime_version == sale.regime_version
        assert shop.verify_books() == []
    page = pypdfium2.PdfDocument(drawn.path)[0].get_textpage().get_text_bounded()
    for said in (DEMO, "货值", "Товары", "180.82"):
        assert said in page, said


@pytest.mark.parametrize("kind", ["buy", "sell"])
def test_goods_are_worth_what_the_file_says_by_the_rates_of_its_kind(shop_folder: Path, kind: str) -> None:
    text = (FILES / f"{DEMO}.toml").read_text(encoding="utf-8")
    bring(DEMO, shop_folder, text.replace('rate_kind = "customs"', f'rate_kind = "{kind}"'))
    with opened(shop_folder) as shop:
        lead(shop, DEMO)
        with shop.issue_receipt.store.begin() as work:
            work.settings.set("slips", "always")
            work.commit()

        sale = sell(shop, WATCH, 1, "5660")

        used = {code: getattr(sale.rates.rates[code], kind) for code in ("CNY", "USD")}
        assert {code: Decimal(sale.quota_rates[code]) for code in used} == used
        worth = Money.rounded(Fraction(5660) * Fraction(used["CNY"]) / Fraction(used["USD"]), USD)
        assert rule(dict(sale.quota["A"]), "value")["current"] == str(worth) != "819.18"  # by the customs rates
        [slip] = shop.issue_receipt(sale.receipt).slips
    said = "".join(page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(slip))
    assert ("买入" if kind == "buy" else "卖出") in said
    assert "海关汇率" not in said


def test_the_counter_shows_the_new_place_and_its_ledger(shop_folder: Path) -> None:
    bring(DEMO, shop_folder)
    with opened(shop_folder) as shop:
        lead(shop, DEMO)
        sell(shop, WATCH, 1, "5660")
    for days, verdict in ((9, "duty"), (10, "ok")):
        with opened(shop_folder, days) as shop:
            checkout = shop.new_checkout()
            checkout.identify(a_passport(shop))
            checkout.leave_to("KZ")
            view = checkout.scan(WATCH)
            assert view.regime is not None
            assert view.regime.title_in("ru") == "В Узбекистан"
            assert view.quota["A"].verdict.word == verdict


def test_what_the_new_place_does_not_allow_is_not_sold(shop_folder: Path) -> None:
    bring(DEMO, shop_folder)
    with opened(shop_folder) as shop:
        lead(shop, DEMO)
        with pytest.raises(QuotaExceeded) as refused:
            sell(shop, WATCH, 2, "11320", regime=DEMO)
        assert (refused.value.verdict, refused.value.rules) == ("duty", ("value",))
        assert sell(shop, WATCH, 1, "5660", regime=DEMO).regime == DEMO  # a file may name the rules of the shop


def test_rules_that_the_shop_does_not_judge_by_are_refused_though_their_file_lies_there(shop_folder: Path) -> None:
    bring(DEMO, shop_folder)
    with opened(shop_folder) as shop:
        with pytest.raises(AnotherRegime) as refused:
            sell(shop, WATCH, 1, "5660", regime=DEMO)
        assert refused.value.facts() == {"regime": DEMO, "shop": "kz-horgos"}


def test_a_file_of_the_same_name_takes_the_place_of_the_shipped_one(shop_folder: Path) -> None:
    shipped = (REGIMES / "kz-horgos.toml").read_text(encoding="utf-8")
    file = bring("kz-horgos", shop_folder, shipped.replace('limit = "500"', 'limit = "1"'))
    with opened(shop_folder) as shop:
        with pytest.raises(QuotaExceeded):
            sell(shop, CHOCOLATE, 2, "25")
        sale = sell(shop, CHOCOLATE, 2, "25", over_quota="duty", approve={"user": "manager", "pin": "314159"})
        assert sale.regime_version == hashlib.sha256(file.read_bytes()).hexdigest()[:12]
    file.unlink()
    with opened(shop_folder, 40) as shop:
        assert sell(shop, CHOCOLATE, 2, "25").regime_version == hashlib.sha256(shipped.encode()).hexdigest()[:12]


# ── broken ───────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_broken_file_stops_nothing_but_itself_and_is_reported_by_file_rule_and_field(shop_folder: Path) -> None:
    text = (FILES / f"{DEMO}.toml").read_text(encoding="utf-8")
    broken = bring(DEMO, shop_folder, text.replace('over = "review"', 'over = "fine"', 1))
    spoilt = bring("kz-horgos", shop_folder, "id = ")
    bring("uz-road", shop_folder)

    _, faults = load_regimes([REGIMES, shop_folder / "regimes"])

    assert [(fault.file, fault.rule, fault.field) for fault in faults] == [
        (str(spoilt), "", ""),
        (str(broken), "guests", "over"),
    ]
    with opened(shop_folder) as shop:
        assert sell(shop, CHOCOLATE, 1, "12.50").regime == "kz-horgos"  # as it was shipped
        lead(shop, "uz-road")
        assert sell(shop, CHOCOLATE, 2, "25").regime == "uz-road"


def test_a_shop_led_by_a_broken_file_sells_nothing_unjudged(shop_folder: Path) -> None:
    bring(DEMO, shop_folder, "id = 5")
    with opened(shop_folder) as shop:
        lead(shop, DEMO)

        with pytest.raises(UnknownRegime) as refused:
            sell(shop, CHOCOLATE, 1, "12.50")
        checkout = shop.new_checkout()
        checkout.identify(a_passport(shop))
        checkout.leave_to("KZ")
        checkout.scan(CHOCOLATE)
        order = checkout.order(next(person for person in shop.sign_in.people() if person.name == "amina"))
        with pytest.raises(UnknownRegime):
            shop.complete_sale.from_counter(order, Payment((cash_for(order.cart.total),)))

        assert refused.value.regime == DEMO
        assert shop.show_sale.last() is None
