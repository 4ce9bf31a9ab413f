"""A till takes the regime files of its center: checked, named in the journal, and in force between two sales."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from pos.application.center.customs_rates import SetCustomsRate
from pos.application.center.ports import RegimeInForce
from pos.application.membership.center_answer import CenterState
from pos.application.membership.refusals import SELL_UNSEEN, CenterAway, CenterRefused
from pos.application.pricing.rates_in_force import rates_of
from pos.application.quota.show_regimes import RegimeOrigin, ShowRegimes
from pos.application.sales.check_order import QuotaExceeded
from pos.application.text.translator import Translator
from pos.domain.pricing.rates import to_rate
from pos.domain.quota.rule import Verdict
from pos.domain.staff.staff import Approval
from pos.languages.refusals import refusal_text
from pos.regimes.folders import load_content
from tests.application.membership.member_shops import MemberShop
from tests.center.shops import Center
from tests.shops import CARTON, REGIMES, a_ticket

SHIPPED = (REGIMES / "cn-horgos.toml").read_text(encoding="utf-8")
FROM = date(2026, 3, 1)


def in_force(center: Center, text: str, *, checked: bool = True) -> str:
    """The center judges by this file from now on; its digest."""
    content = text.encode()
    digest = hashlib.sha256(content).hexdigest()
    before = _whole(center)
    regime = load_content("cn-horgos.toml", content, FROM) if checked else before["cn-horgos"].regime
    after = {**before, "cn-horgos": RegimeInForce(regime, digest, content, FROM)}
    object.__setattr__(center.context, "regimes", lambda _at=None: after)
    return digest


def _whole(center: Center) -> Mapping[str, RegimeInForce]:
    """Its regimes with the content of their files."""
    made = {}
    for name, one in center.context.regimes().items():
        content = one.content or (REGIMES / f"{name}.toml").read_bytes()
        made[name] = replace(one, content=content, digest=hashlib.sha256(content).hexdigest())
    return made


def one_carton() -> str:
    """The rules with half of the cigarettes."""
    text = SHIPPED.replace('measure = "sticks", per = "400"', 'measure = "sticks", per = "200"')
    assert text != SHIPPED
    return text


def journal(shop: MemberShop, act: str) -> list[dict[str, object]]:
    return [
        json.loads(details) for (details,) in shop.rows("SELECT details FROM journal WHERE act = ? ORDER BY id", act)
    ]


def look(shop: MemberShop) -> bool:
    """As a till does once a minute, with an empty basket; whether other rules hold now."""
    shop.at_center.rules.look()
    return bool(shop.at_center.rules.put_in_force())


def test_a_till_takes_the_files_of_its_center_and_finds_them_again(here: MemberShop, center: Center) -> None:
    in_force(center, SHIPPED)
    assert not look(here), "what is the same is not taken"
    digest = in_force(center, one_carton())
    here.at_center.rules.look()
    assert here.regimes()["cn-horgos"].version != digest[:12], "not before a sale may be judged by it"
    taken = here.at_center.rules.put_in_force()
    assert [one.id for one in taken.taken] == ["cn-horgos"]
    assert here.regimes()["cn-horgos"].version == digest[:12]
    view = ShowRegimes(here.context, lambda: here.rules.files)()
    assert {one.regime.id: one.origin for one in view.regimes}["cn-horgos"] is RegimeOrigin.CENTER
    again = MemberShop(here.folder, now=here.now)
    assert again.regimes()["cn-horgos"].version == digest[:12]
    (entry,) = journal(here, "take_center_rules")
    assert (entry["regime"], entry["digest"], entry["day"]) == ("cn-horgos", digest, "2026-03-01")
    assert entry["center"] == "https://center.test"
    assert not look(here)
    assert len(journal(here, "take_center_rules")) == 1


def test_files_of_the_center_stand_before_those_of_the_shop_and_go_with_it(here: MemberShop, center: Center) -> None:
    own = here.regimes()["cn-horgos"].version
    in_force(center, one_carton())
    look(here)
    less = {name: one for name, one in center.context.regimes().items() if name != "cn-horgos"}
    object.__setattr__(center.context, "regimes", lambda _at=None: less)
    assert look(here), "the center has it no more"
    assert here.regimes()["cn-horgos"].version == own
    in_force_again = {**less, "cn-horgos": RegimeInForce(here.regimes()["cn-horgos"], "", b"", None)}
    object.__setattr__(center.context, "regimes", lambda _at=None: in_force_again)
    in_force(center, one_carton())
    look(here)
    here.at_center.join.leave(here.person("manager"))
    assert look(here), "who leaves judges by the own files again"
    assert here.regimes()["cn-horgos"].version == own
    assert not list((here.folder / "center-rules" / here.till).iterdir())


def test_a_sale_that_was_judged_by_other_rules_is_judged_again(here: MemberShop, center: Center) -> None:
    checkout = here.basket(CARTON, CARTON)
    order = checkout.order(here.person("amina"))
    here.at_center.look_up.all(order.key, order.visitors, order.regime)
    assert checkout.hear_center().quota["A"].verdict is Verdict.OK
    digest = in_force(center, one_carton())
    with pytest.raises(CenterRefused) as refused:
        here.open_payment(order)
    assert refused.value.why == "rules_taken"
    said = "The center does not let this sale pass: it has new rules, which hold here from now on."
    assert refusal_text(refused.value, Translator.english()).startswith(said)
    assert (here.attempts(), here.rows("SELECT count(*) FROM hold")) == (1, [(0,)])
    assert checkout.read_again().quota["A"].verdict > Verdict.UNKNOWN
    with pytest.raises(QuotaExceeded):
        here.open_payment(checkout.order(here.person("amina")))
    assert journal(here, "take_center_rules")[0]["digest"] == digest
    here.at_center.send()
    here.sell_to_zhang(CARTON)


def test_a_sale_from_a_file_is_judged_again_by_itself(here: MemberShop, center: Center) -> None:
    in_force(center, one_carton())
    lines = [{"code": CARTON, "quantity": 1}]
    money = [{"method": "cash", "currency": "CNY", "amount": "260.00"}]
    sale = here.ring_sale(a_ticket(lines=lines, payments=money))
    assert sale.regime_version == here.regimes()["cn-horgos"].version
    assert here.regimes()["cn-horgos"].version == center.context.regimes()["cn-horgos"].digest[:12]


def test_a_sale_that_is_reserved_ends_by_the_rules_with_which_it_began(here: MemberShop, center: Center) -> None:
    in_force(center, SHIPPED)
    order = here.open_payment(here.order_of(CARTON, CARTON))
    in_force(center, one_carton())
    assert not look(here)
    here.take_money(order)
    assert here.at_center.rules.put_in_force()
    here.at_center.send()


@pytest.mark.parametrize("text", [SHIPPED.replace("tobacco.loose", "tobacco.snuffed"), "not a file"])
def test_a_file_that_this_program_cannot_read_leaves_the_center_away(
    here: MemberShop, center: Center, text: str
) -> None:
    before = here.regimes()["cn-horgos"].version
    here.set("center_away", "approve")
    order = here.order_of(CARTON)
    here.at_center.look_up.all(order.key, order.visitors, order.regime)
    digest = in_force(center, text, checked=False)
    with pytest.raises(CenterAway) as away:  # found out at the payment
        here.open_payment(order)
    assert away.value.what == "rules_not_readable"
    said = "The center does not answer: its rules need a newer program; update this till."
    assert refusal_text(away.value, Translator.english()) == said
    here.at_center.rules.look()
    here.at_center.rules.look()
    (entry,) = journal(here, "center_rules_unreadable")
    assert (entry["digest"], here.regimes()["cn-horgos"].version) == (digest, before)
    answer = here.at_center.look_up(order.key, here.visitor(), "cn-horgos")
    assert (answer.state is CenterState.FRESH, answer.what) == (False, "rules_not_readable")
    assert here.at_center.look_up("other", here.visitor(), "kz-horgos").state is CenterState.FRESH
    approval = Approval(here.person("manager"), frozenset({SELL_UNSEEN}), order.key)
    here.take_money(here.open_payment(order, approval), approval)
    in_force(center, SHIPPED)
    here.at_center.rules.look()
    here.at_center.send()
    here.sell_to_zhang(CARTON)


def test_a_center_that_is_gone_in_the_middle_of_it_is_away(here: MemberShop, center: Center) -> None:
    order = here.order_of(CARTON)
    here.at_center.look_up.all(order.key, order.visitors, order.regime)
    in_force(center, one_carton())

    def gone(step: str) -> None:
        here.line.is_cut = step == "regime"

    here.line.before = gone
    with pytest.raises(CenterAway) as away:
        here.open_payment(order)
    assert away.value.what == "no_connection"


def test_what_arrives_damaged_is_not_taken(here: MemberShop, center: Center) -> None:
    digest = in_force(center, one_carton())
    broken = {**center.context.regimes()}
    broken["cn-horgos"] = replace(broken["cn-horgos"], content=SHIPPED.encode())
    object.__setattr__(center.context, "regimes", lambda _at=None: broken)
    assert not look(here)
    assert (here.regimes()["cn-horgos"].version != digest[:12], here.membership.rules.unreadable) == (True, {})


def test_two_tills_of_a_shop_take_them_each_for_itself(here: MemberShop, center: Center) -> None:
    digest = in_force(center, one_carton())
    look(here)
    second = MemberShop(here.folder, now=here.now, till="T2")
    second.connect = here.connect
    given = here.credentials.read()
    assert given is not None
    second.credentials.keep(given)
    assert second.regimes()["cn-horgos"].version != digest[:12]
    assert look(second)
    assert second.regimes()["cn-horgos"].version == digest[:12]
    assert here.rows("SELECT till FROM journal WHERE act = 'take_center_rules' ORDER BY id") == [("T1",), ("T2",)]
    second.close()


def test_a_till_without_a_center_asks_for_nothing(here: MemberShop) -> None:
    here.credentials.forget()
    assert not look(here)
    assert not (here.folder / "center-rules").exists()
    assert here.membership.credentials.read() is None


def test_a_customs_rate_that_differs_is_named_once_a_day(here: MemberShop, center: Center) -> None:
    with here.store.reading() as work:
        frozen = rates_of(work, here.settings(), here.now())
    in_force(center, SHIPPED)
    own = frozen.rates["CNY"].for_customs
    set_rate = SetCustomsRate(center.context)
    set_rate("CNY", to_rate(own * Fraction(103, 100)), "aigul")
    set_rate("EUR", to_rate(frozen.rates["EUR"].for_customs * Fraction(1009, 1000)), "aigul")
    (apart,) = here.at_center.look().rates
    assert (apart.currency, apart.base, apart.here) == ("CNY", "KZT", to_rate(own))
    here.at_center.look()
    (entry,) = journal(here, "customs_rate_apart")
    assert (entry["currency"], entry["here"], entry["there"]) == ("CNY", str(apart.here), str(apart.center))
    here.now.move(days=1)
    center.clock.at = here.now()
    here.at_center.look()
    assert len(journal(here, "customs_rate_apart")) == 2
    set_rate("CNY", to_rate(own * Fraction(101, 100)), "aigul")
    assert here.at_center.look().rates == (), "up to one per cent is no difference"
    here.line.is_cut = True
    assert here.at_center.look().what == "no_connection"
