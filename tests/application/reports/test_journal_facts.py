"""What an entry of the journal says beside its sentence: worded names, readable values, nothing for machines."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pos.application.maintenance.back_up import backup_details
from pos.application.maintenance.backup_ports import BackupSummary
from pos.application.maintenance.restore_ports import RESTORE
from pos.application.ports.journal_ports import JournalEntry, JournalFilter
from pos.application.reports.journal_fields import FIELD_NAMES, codes_in, entry_fields, field_name
from pos.application.reports.journal_formatter import JournalFormatter
from pos.application.settings.set_setting import SetSetting
from pos.application.text.translator import Translator
from pos.domain.stock.stock_document import KINDS
from pos.languages.catalogue import load_translators
from tests.application.returns.test_return_goods import record_return
from tests.horgos import CNY
from tests.shops import CHOCOLATE, COGNAC, DemoShop


def field_names_in(value: object) -> set[str]:
    """The names of all facts, of those in rows too."""
    if isinstance(value, dict):
        return set(value).union(*(field_names_in(one) for one in value.values()))
    return set().union(*(field_names_in(one) for one in value)) if isinstance(value, list) else set()


def entries(shop: DemoShop) -> list[JournalEntry]:
    manager = shop.person("manager")
    return list(shop.read_journal.newest(JournalFilter(), manager, 1_000))


def options(shop: DemoShop) -> SetSetting:
    return SetSetting(shop.context)


def of(shop: DemoShop, event: str) -> dict[str, str]:
    """The facts of the newest entry of an act."""
    listed = entries(shop)
    formatter = shop.read_journal.formatter(Translator.english(), shop.person("manager"), listed)
    return dict(entry_fields(next(one for one in listed if one.event == event), formatter))


def test_goods_stand_with_their_name_people_with_theirs_and_money_with_its_currency(shop: DemoShop) -> None:
    basket = shop.checkout()
    view = basket.scan(COGNAC)
    basket.void(view.lines[0].line.id, shop.person("amina"))
    void = of(shop, "void")
    name = view.lines[0].line.product.name_in("en")
    assert void == {"Goods": f"{name} ({COGNAC})", "Quantity": "1", "Amount": "¥\u00a0450.00"}


def test_the_notes_of_a_float_are_pieces_of_each_note_not_numbers(shop: DemoShop) -> None:
    details = {"notes": {"CNY": {"10000": 2, "50": 3}, "KZT": {"200000": 1}}, "number": 1}
    entry = replace(entries(shop)[0], event="open_shift", details=details)
    formatter = shop.read_journal.formatter(Translator.english(), shop.person("manager"))
    fields = dict(entry_fields(entry, formatter))
    assert fields["Notes and coins"] == "2 × ¥\u00a0100.00, 3 × ¥\u00a00.50\n1 × ₸\u00a02,000"


def test_an_approval_says_what_for_in_words(shop: DemoShop) -> None:
    details = {"acts": ["over_quota"], "figures": ["KZ A: value, weight #502c1b7493108025"], "for": "amina"}
    entry = replace(entries(shop)[0], event="approve", details=details)
    formatter = shop.read_journal.formatter(Translator.english(), shop.person("manager"))
    fields = dict(entry_fields(entry, formatter))
    assert fields["Approval covers"] == "To Kazakhstan · A: Value of goods, Weight"
    assert (fields["Applies to"], fields["Approved"]) == ("Amina S.", "selling over the allowance")


def test_of_a_seal_the_first_characters_are_shown_and_what_is_for_machines_is_not(shop: DemoShop) -> None:
    shop.sell(CHOCOLATE)
    sale = of(shop, "sale")
    assert len(sale["Seal"]) == 9
    assert "currency" not in " ".join(sale).lower()
    assert next(iter(sale)) == "Receipt"


def test_a_setting_is_shown_in_the_words_of_the_settings(shop: DemoShop) -> None:
    options(shop)(shop.person("manager"), "receipt_languages", "ru")
    fields = of(shop, "set_setting")
    assert (fields["Previous value"], fields["Current value"]) == ("中文, Русский", "Русский")


def test_rights_are_shown_by_their_names_also_those_that_another_version_wrote(shop: DemoShop) -> None:
    shop.set("clerk_permissions", "catalogue,stock")
    shop.set("clerk_permissions", "stock,levitate,rates")
    fields = of(shop, "set_setting")
    assert fields["Previous value"] == "editing products, changing stock"
    assert fields["Current value"] == "setting exchange rates, changing stock"


def test_every_fact_that_a_day_in_the_shop_writes_has_a_name(shop: DemoShop) -> None:
    manager = shop.person("manager")
    shop.sell(CHOCOLATE, CHOCOLATE)
    shop.open_drawer(manager, "change")
    record_return(shop, "T1-000001", (0, 1))
    options(shop)(manager, "lock_minutes", "5")
    formatter = shop.read_journal.formatter(Translator.english(), manager)
    named = set(FIELD_NAMES.values())
    for entry in entries(shop):
        for name, value in entry_fields(entry, formatter):
            assert name in named, (entry.event, name)
            assert "{" not in value, (entry.event, value)


def test_every_fact_of_a_backup_has_a_name() -> None:
    details = backup_details(Path("shop.db"), BackupSummary(1, "0019", "", 1, 1, {"T1": "T1-000001"}))
    assert set(details) <= set(FIELD_NAMES)


@pytest.mark.parametrize(
    ("event", "details", "expected"),
    [
        ("begin_count", {"count": "S-000012"}, {"Stock-take": "S-000012"}),
        ("withdraw_prices", {"count": 12}, {"Number of products": "12"}),
        ("move_quota", {"from": 7, "to": 9}, {"From visitor number": "7", "To visitor number": "9"}),
        (
            "take_over_receipt",
            {"from": "amina", "till": "T2"},
            {"Taken over from": "Amina S.", "Taken over from till": "T2"},
        ),
        ("move_stock", {"from": "store", "to": "floor"}, {"From where": "Store room", "Where to": "Shop floor"}),
        (
            RESTORE,
            {"version": "0018", "to": "0019", "mismatches": 2, "skipped": ["T1-000213 – T1-000240"]},
            {
                "Receipt numbers skipped": "T1-000213 – T1-000240",
                "Version of the backup": "0018",
                "Version after the restore": "0019",
                "Differences found": "2",
            },
        ),
    ],
)
def test_a_fact_is_called_what_it_is_in_its_act(
    shop: DemoShop, event: str, details: dict[str, object], expected: dict[str, str]
) -> None:
    entry = replace(entries(shop)[0], event=event, details=details)
    formatter = shop.read_journal.formatter(Translator.english(), shop.person("manager"))
    assert dict(entry_fields(entry, formatter)) == expected


@pytest.mark.parametrize(
    ("event", "details", "expected"),
    [
        (
            "erase_visitors",
            {"before": "2026-12-30T04:00:04.207327+00:00", "in_backups_until": "2028-03-01", "visitors": 2},
            {"Data older than": "30 Dec 2026 12:00", "Kept in backups until": "1 Mar 2028", "Visitors": "2"},
        ),
        (
            "begin_count",
            {"count": "C-000001", "scope": "shelf", "value": "A4", "blind": True, "lines": 3},
            {"What is counted": "Shelf", "Blind": "Yes"},
        ),
        ("add_promotion", {"ended": "2026-11-29T04:00:00+00:00"}, {"Ended": "29 Nov 2026 12:00"}),
        (
            "make_order",
            {"lines": [{"code": COGNAC, "received": 0, "cost": {"amount": "1.50", "currency": "CNY"}}]},
            {},
        ),
        ("add_supplier", {"supplier": "Almaty Sweets", "contact": "+7 701"}, {"Contact": "+7 701"}),
        ("export", {"what": "z", "z": 3, "files": ["a.xlsx", "b.pdf"]}, {"Files": "a.xlsx, b.pdf"}),
        ("export", {"what": "single_window", "day": "2026-11-24", "orders": 2}, {"Day": "24 Nov 2026", "Orders": "2"}),
        ("try_drawer", {"printer": "folder"}, {"Printer": "folder"}),
        ("take_count_sheet", {"round": 2}, {"Count round": "2"}),
        ("return", {"rules_gone": "cn-horgos", "retaxed": [{"taxed": 1}]}, {}),
        ("move_stock", {"lines": [{"code": COGNAC, "lot": "L-7", "quantity": 1, "closed_short": 2}]}, {}),
        ("sale", {"also_pending": [2]}, {}),
    ],
)
def test_the_rarer_facts_have_names_and_values_in_the_words_of_the_reader(
    shop: DemoShop, event: str, details: dict[str, object], expected: dict[str, str]
) -> None:
    entry = replace(entries(shop)[0], event=event, details=details)
    english = dict(entry_fields(entry, shop.read_journal.formatter(Translator.english(), shop.person("manager"))))
    assert expected.items() <= english.items()
    russian = load_translators(Path(__file__).parents[3] / "resources" / "translations")["ru"]
    shown = entry_fields(entry, shop.read_journal.formatter(russian, shop.person("manager")))
    in_rows = re.findall(r"([^·\n]+?): ", "\n".join(value for _, value in shown))
    names = {name for name, _ in shown} | {name.strip() for name in in_rows}
    assert not names & {one.replace("_", " ") for one in field_names_in(details)}


@pytest.mark.parametrize(
    ("event", "details", "expected"),
    [
        ("owe_tender", {"why": "out_of_stock"}, {"Why": "the goods were sold out"}),
        ("owe_tender", {"why": "shift_closed"}, {"Why": "the sale was refused"}),
        ("late_charge", {"kind": "freight"}, {"Type": "Freight"}),
        ("make_order", {"origin": "low_stock", "state": "open"}, {"Origin": "Low-stock list", "State": "open"}),
        ("change_order", {"origin": "hand"}, {"Origin": "Manual order"}),
        ("discard", {"kind": "left"}, {"Type": "open when the till stopped"}),
        ("discard", {"kind": "forgotten"}, {"Type": "visitor data erased"}),
        ("left", {"source": "gate"}, {"Source": "from the file of the gate"}),
        ("left", {"source": "cashier"}, {"Source": "at the till"}),
        (
            "export",
            {"what": "receipts", "kind": "exchange", "of": "amina"},
            {"Type": "Exchanges", "Cashier": "Amina S."},
        ),
        ("export", {"what": "orders", "state": "open"}, {"State": "open"}),
        ("begin_count", {"scope": "shelf", "value": "12"}, {"What is counted": "Shelf", "Which goods": "12"}),
        ("begin_count", {"scope": "category", "value": "food"}, {"Which goods": "Food"}),
        ("post_receipt", {"receipt": "R-000008"}, {"Goods received": "R-000008"}),
        ("late_charge", {"receipt": "R-000008"}, {"Goods received": "R-000008"}),
        ("park", {"kind": "parked"}, {"Type": "Parked"}),
        ("void_sale", {"reason": "Rung up wrongly"}, {"Reason": "Rung up wrongly"}),
        ("blind_return", {"reason": "exchange"}, {"Reason": "Exchange"}),
        ("set_rate", {"customs": "6.40"}, {"Customs rate": "6.40"}),
        ("look_up", {"about": "receipts"}, {"Subject": "Receipts"}),
        ("add_promotion", {"category": "*"}, {"Category": "All goods"}),
        ("accept_clock", {"before": "2026-11-29T04:00:00+00:00"}, {"Compared with": "29 Nov 2026 12:00"}),
        ("export", {"what": "seals", "rows": 3}, {"Rows": "3"}),
        ("export", {"what": "labels", "list": "changed"}, {"Which list": "Changed"}),
        ("export", {"what": "gaps", "list": "unsellable"}, {"Which list": "Cannot be sold"}),
        ("export", {"what": "products", "shown": "low", "scope": "food"}, {"Only": "Low", "Category": "Food"}),
        (
            "export",
            {"what": "journal", "acts": ["park", "take_up", "void"]},
            {"Type": "Parked sales, Voided lines and discarded sales"},
        ),
        (
            "export",
            {"what": "day", "day": "2026-11-17", "last": "2026-11-24", "of_person": "amina"},
            {"Day": "17 Nov 2026", "To": "24 Nov 2026", "Person": "Amina S."},
        ),
        (
            "export",
            {"what": "slow", "since": "2026-11-17", "until": "2026-11-24"},
            {"From": "17 Nov 2026", "To": "24 Nov 2026"},
        ),
    ],
)
def test_a_fact_that_is_one_of_a_few_is_in_the_words_of_the_reader(
    shop: DemoShop, event: str, details: dict[str, object], expected: dict[str, str]
) -> None:
    manager, entry = shop.person("manager"), replace(entries(shop)[0], event=event, details=details)
    english = dict(entry_fields(entry, shop.read_journal.formatter(Translator.english(), manager)))
    assert expected.items() <= english.items()
    chinese = load_translators(Path(__file__).parents[3] / "resources" / "translations")["zh"]
    shown = entry_fields(entry, shop.read_journal.formatter(chinese, manager))
    assert not [text for fact in shown for text in fact if re.search("[a-z]", text.replace("Amina S.", ""))]


@pytest.mark.parametrize("event", ["void_sale", "blind_return"])
def test_a_usual_reason_is_shown_in_the_readers_language_and_another_as_it_was_written(
    shop: DemoShop, event: str
) -> None:
    manager, entry = shop.person("manager"), replace(entries(shop)[0], event=event)
    chinese = load_translators(Path(__file__).parents[3] / "resources" / "translations")["zh"]
    formatter = shop.read_journal.formatter(chinese, manager)
    for reason, shown in (("Rung up wrongly", "收银有误"), ("Faulty", chinese("Faulty")), ("too sweet", "too sweet")):
        assert shown in formatter.sentence(replace(entry, details={"reason": reason}))


def test_a_file_is_called_by_its_format_in_the_journal(shop: DemoShop) -> None:
    manager, entry = shop.person("manager"), entries(shop)[0]
    for name in ("form", "format"):
        exported = replace(
            entry, event="export", details={"what": "day", name: "xlsx", "marks": ["hour 10"], "delivery": 3}
        )
        fields = dict(entry_fields(exported, shop.read_journal.formatter(Translator.english(), manager)))
        assert fields == {"File format": "xlsx", "Figure": "hour 10", "Delivery": "3", "What": "the day report"}


@pytest.mark.parametrize("value", [{"notes": {"x": 1}}, {"since": "never"}, {"code": None, "total": "a"}, {"acts": 3}])
def test_what_no_till_writes_is_shown_as_it_stands(value: dict[str, object]) -> None:
    entry = JournalEntry(1, "T1", 1, datetime(2026, 3, 2, tzinfo=UTC), "x", "sale", value, "0")
    assert entry_fields(entry, JournalFormatter(Translator.english(), UTC, CNY, {}))


def test_codes_are_found_wherever_an_entry_bears_them() -> None:
    details = {"code": "1", "below_zero": [{"code": "2", "pieces": 1}], "codes": ["3"], "x": {"code": None}}
    assert list(codes_in(details)) == ["1", "2", "3"]
    assert field_name("some_thing", Translator.english()) == "some thing"


def test_one_entry_that_was_changed_does_not_hold_and_the_one_after_it_does(shop: DemoShop) -> None:
    shop.sell(CHOCOLATE)
    manager = shop.person("manager")
    newest, before, *_ = entries(shop)
    assert shop.read_journal.is_whole(newest, manager)
    with shop.raw(writing=True) as connection:
        connection.execute("UPDATE journal SET person = 'nobody' WHERE id = ?", (before.id,))
    assert not shop.read_journal.is_whole(before, manager)
    assert shop.read_journal.is_whole(newest, manager), "its own content and what it follows are as they were"


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_stock_document_is_shown_in_words(shop: DemoShop, kind: str) -> None:
    entry = JournalEntry(
        1, "T1", 1, datetime(2026, 3, 2, tzinfo=UTC), "clerk", "move_stock", {"document": "M-000001", "kind": kind}, "0"
    )
    text = JournalFormatter(Translator.english(), UTC, CNY, {}).field_text(entry, "kind", kind)
    assert text in {"corrected", "moved", "written off", "samples"}


def test_an_entry_that_is_no_longer_there_does_not_hold(shop: DemoShop) -> None:
    shop.sell(CHOCOLATE)
    [newest, *_] = entries(shop)
    beyond = replace(newest, number=newest.number + 1)

    assert not shop.read_journal.is_whole(beyond, shop.person("manager"))
