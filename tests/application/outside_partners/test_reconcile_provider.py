"""The file of a day of a provider is laid beside what the shop has moved through it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta, tzinfo
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from pos.application.outside_partners.reconcile_provider import ProviderReconciliation, ReconcileProvider, Verdict
from pos.domain.errors import BadField
from pos.domain.outside_partners.attempt import AttemptState, PartnerAttempt
from pos.domain.outside_partners.reconciliation import DifferenceKind
from pos.domain.staff.staff import NotAllowed
from pos.exports.provider_statements import read_statement_file
from pos.payments.practice_provider import PracticeProvider
from tests.application.outside_partners.test_refunds_at_providers import brought_back, refunds, sold
from tests.payments.desk import Desk
from tests.shops import CHOCOLATE, SWEETS

_HEAD = "交易时间,微信订单号,商户订单号,交易状态,货币种类,订单金额,微信退款单号,商户退款单号,申请退款金额"


def a_bill(folder: Path, desk: Desk, moved: Iterable[PartnerAttempt], zone: tzinfo | None = None) -> Path:
    """WeChat's bill with these rows, whose times are of the shop's zone or another."""
    lines = [_HEAD]
    for one in moved:
        assert one.settled_at is not None
        at = one.settled_at.astimezone(zone or desk.shop.settings().zone).strftime("%Y-%m-%d %H:%M:%S")
        if one.original:
            cells = [at, "42", one.original, "REFUND", "CNY", "0.00", one.reference, one.number, str(one.amount)]
        else:
            cells = [at, one.reference, one.number, "SUCCESS", "CNY", str(one.amount), "0", "0", "0.00"]
        lines.append(",".join(f"`{cell}" for cell in cells))
    count = len(lines) - 1
    lines += ["总交易单数,订单总金额,退款总金额", f"`{count},`0.00,`0.00"]
    file = folder / "bill.csv"
    file.write_text("\r\n".join(lines), encoding="utf-8-sig")
    return file


def laid_beside(desk: Desk, file: Path, who: str = "manager") -> ProviderReconciliation:
    reconcile = ReconcileProvider(desk.shop.context, read_statement_file)
    return reconcile(desk.shop.person(who), "wechat", file)


def test_a_day_of_payments_and_refunds_has_no_difference(desk: Desk, tmp_path: Path) -> None:
    sale, charge = sold(desk, SWEETS, SWEETS)
    _, second = sold(desk, CHOCOLATE)
    brought_back(desk, sale, "r-1")
    desk.turns(1)
    [refund] = refunds(desk, charge)
    both = [desk.now(charge.number), desk.now(second.number), refund]
    day = laid_beside(desk, a_bill(tmp_path, desk, both))

    assert day.differences == ()
    assert [(str(there), str(here)) for there, here in day.sums(refunds=False)] == [("108.50", "108.50")]
    assert [(str(there), str(here)) for there, here in day.sums(refunds=True)] == [("48.00", "48.00")]
    with pytest.raises(NotAllowed):
        laid_beside(desk, tmp_path / "bill.csv", "amina")


def test_what_only_one_side_has_is_named_and_a_payment_about_midnight_belongs_to_its_day(
    desk: Desk, customer: PracticeProvider, tmp_path: Path
) -> None:
    zone = desk.shop.settings().zone
    today = desk.shop.now().astimezone(zone)
    midnight = datetime(today.year, today.month, today.day, tzinfo=zone) + timedelta(days=1)
    _, ours = sold(desk, SWEETS)
    desk.shop.now.move(seconds=int((midnight - desk.shop.now()).total_seconds()) - 1)
    _, late = sold(desk, CHOCOLATE)
    desk.shop.now.move(seconds=5)
    _, tomorrow = sold(desk, CHOCOLATE)
    theirs = [desk.now(late.number)]
    day = laid_beside(desk, a_bill(tmp_path, desk, theirs))

    assert [(one.kind, [row.number for row in one.here]) for one in day.differences] == [
        (DifferenceKind.ONLY_HERE, [ours.number])
    ], "that of the next day is no difference of this one"
    assert (day.first, day.last) == (today.date(), today.date())
    assert tomorrow.number not in [row.number for row in day.here]


def test_a_file_that_is_not_there_or_empty_is_refused_with_its_name(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(BadField) as missing:
        laid_beside(desk, tmp_path / "none.csv")
    with pytest.raises(BadField) as dayless:
        laid_beside(desk, a_bill(tmp_path, desk, []))

    assert (missing.value.what, missing.value.value) == ("not_found", "none.csv")
    assert (dayless.value.what, dayless.value.value) == ("without_payments", "bill.csv")


def test_a_day_on_which_a_payment_is_not_known_yet_does_not_agree(desk: Desk, tmp_path: Path) -> None:
    _, known = sold(desk, SWEETS)
    desk.line.faults.append("after")
    lost = desk.pay(desk.shop.basket(CHOCOLATE))
    day = laid_beside(desk, a_bill(tmp_path, desk, [known]))

    assert (lost.state, day.verdict, day.differences) == (AttemptState.UNKNOWN, Verdict.UNSETTLED, ())
    assert [one.number for one in day.unsettled] == [lost.number]
    with_it = laid_beside(desk, a_bill(tmp_path, desk, [known, replace(lost, settled_at=desk.shop.now())]))
    [difference] = with_it.differences
    assert (difference.kind, with_it.verdict) == (DifferenceKind.ONLY_THERE, Verdict.DIFFERENT)
    assert with_it.known_of(difference) == lost, "the page says what the shop knows of it"
    desk.turns(10)
    assert laid_beside(desk, a_bill(tmp_path, desk, [known])).verdict is Verdict.DIFFERENT, "it was paid after all"


def test_a_payment_whose_outcome_was_learnt_days_later_belongs_to_its_own_day(desk: Desk, tmp_path: Path) -> None:
    desk.line.faults.extend(["before"] * 40)
    late = desk.pay(desk.shop.basket(SWEETS))
    begun = desk.shop.now()
    desk.turns(2 * 24 * 3600, every=3 * 3600)
    assert desk.now(late.number).state is AttemptState.ASK_PERSON
    desk.line.faults.clear()
    _, today = sold(desk, CHOCOLATE)
    decided = desk.decide(late.number, done=True)

    then = laid_beside(desk, a_bill(tmp_path, desk, [replace(decided, settled_at=begun)]))
    now = laid_beside(desk, a_bill(tmp_path, desk, [today]))
    assert (then.verdict, now.verdict) == (Verdict.AGREED, Verdict.AGREED)
    assert (then.is_over, now.is_over) == (True, False)
    assert [[str(sum_) for sum_ in pair] for pair in then.sums(refunds=False)] == [["48.00", "48.00"]]


def test_the_days_are_those_of_the_providers_clock(desk: Desk, tmp_path: Path) -> None:
    """At 21:00 in Almaty it is tomorrow at WeChat, in whose file of today the payment is not."""
    desk.shop.set("time_zone", "Asia/Almaty")
    zone = ZoneInfo("Asia/Shanghai")
    today = desk.shop.now().astimezone(zone)
    _, first = sold(desk, SWEETS)
    midnight = datetime(today.year, today.month, today.day, tzinfo=zone) + timedelta(days=1)
    desk.shop.now.move(seconds=int((midnight - desk.shop.now()).total_seconds()) + 60)
    _, second = sold(desk, CHOCOLATE)

    assert second.settled_at is not None
    assert second.settled_at.astimezone(ZoneInfo("Asia/Almaty")).date() == today.date()
    day = laid_beside(desk, a_bill(tmp_path, desk, [first], zone))
    assert (day.verdict, day.first, len(day.here)) == (Verdict.AGREED, today.date(), 1)


def test_the_sums_agree_where_nothing_differs_though_midnight_lies_between(desk: Desk, tmp_path: Path) -> None:
    """By the provider's clock it was paid a second later than by ours, on the next day."""
    zone = desk.shop.settings().zone
    today = desk.shop.now().astimezone(zone)
    midnight = datetime(today.year, today.month, today.day, tzinfo=zone) + timedelta(days=1)
    desk.shop.now.move(seconds=int((midnight - desk.shop.now()).total_seconds()) - 1)
    _, late = sold(desk, SWEETS)
    day = laid_beside(desk, a_bill(tmp_path, desk, [replace(late, settled_at=midnight)]))

    assert (day.verdict, day.first) == (Verdict.AGREED, midnight.date())
    assert [(str(there), str(here)) for there, here in day.sums(refunds=False)] == [("48.00", "48.00")]


def test_the_file_of_another_account_is_doubted(desk: Desk, tmp_path: Path) -> None:
    _, ours = sold(desk, SWEETS)
    strange = replace(ours, number="Z" * 26, reference="77")
    desk.shop.now.move(seconds=5 * 24 * 3600)
    day = laid_beside(desk, a_bill(tmp_path, desk, [replace(strange, settled_at=desk.shop.now())]))
    assert (day.verdict, len(day.differences)) == (Verdict.NOTHING_HERE, 1)


def test_each_row_of_ours_names_its_receipt(desk: Desk, tmp_path: Path) -> None:
    sale, charge = sold(desk, SWEETS)
    back = brought_back(desk, sale, "r-1")
    desk.turns(1)
    [refund] = refunds(desk, charge)
    day = laid_beside(desk, a_bill(tmp_path, desk, [refund]))
    assert [row.receipt for row in day.here] == [back.receipt, sale.receipt]
