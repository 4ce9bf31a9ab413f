"""The table of rights is the shop's: who may change it, what it cannot grant, and from when it holds."""

from __future__ import annotations

import json
import threading
from collections.abc import Collection, Mapping

import pytest

from pos.application.settings.option import UnknownSetting
from pos.application.settings.set_setting import SetSetting
from pos.application.settings.settings import RIGHTS_SETTINGS, Settings
from pos.application.staff.change_rights import ChangeRights
from pos.domain.errors import BadField, MovedMeanwhile
from pos.domain.staff.rights import GRANTED_PERMISSIONS, PERMISSIONS, USUAL_RIGHTS
from pos.domain.staff.staff import NotAllowed, Person
from tests.builders import CONSOLE
from tests.shops import AMINAS_PIN, DemoShop

USUAL = {name: Settings().text(name) for name in RIGHTS_SETTINGS}


def change(shop: DemoShop, texts: Mapping[str, str], by: Person | None = None) -> Settings:
    return ChangeRights(shop.context)(by or shop.person("manager"), texts, USUAL)


def allowed(shop: DemoShop, name: str) -> list[str]:
    person = shop.person(name)
    return [permission for permission in PERMISSIONS if person.may(permission)]


def grant(shop: DemoShop, role: str, permissions: Collection[str]) -> None:
    shop.set(f"{role}_permissions", ",".join(permissions))


def test_a_shop_that_has_set_nothing_has_the_rights_it_always_had(shop: DemoShop) -> None:
    assert shop.settings().rights == USUAL_RIGHTS
    assert allowed(shop, "amina") == [
        "sell", "discount", "return", "open_shift", "close_shift", "move_cash", "pickup",
    ]  # fmt: skip
    assert allowed(shop, "clerk") == ["catalogue", "stock", "pickup"]
    assert [int(shop.person(name).discount_limit) for name in ("amina", "clerk", "manager")] == [10, 0, 100]


def test_what_is_saved_holds_at_the_next_step_and_the_journal_has_old_and_new(shop: DemoShop) -> None:
    after = change(shop, {"cashier_permissions": "sell,discount,rates", "cashier_discount_percent": "15"})

    assert allowed(shop, "amina") == ["sell", "discount", "rates"]
    assert shop.person("amina").discount_limit == after.rights.cashier.most_percent == 15
    entries = [
        (who, json.loads(details))
        for who, details in shop.rows("SELECT person, details FROM journal WHERE act = 'set_setting' ORDER BY id")
    ]
    assert entries == [
        (
            "manager",
            {
                "name": "cashier_permissions",
                "before": "sell,discount,return,open_shift,close_shift,move_cash,pickup",
                "after": "sell,discount,rates",
            },
        ),
        ("manager", {"name": "cashier_discount_percent", "before": "10", "after": "15"}),
    ]
    assert shop.verify() == []


def test_a_person_has_the_rights_that_the_shop_gave_their_role_however_they_are_read(shop: DemoShop) -> None:
    grant(shop, "cashier", ["rates"])

    with shop.store.reading() as work:
        found = work.people.credentials("amina", "T1")
        listed = {one.name: one for one in work.people.all()}
        recorded = {one.person.name: one.person for one in work.people.records()}
    assert found is not None
    for amina in (found.person, listed["amina"], recorded["amina"], shop.sign_in("amina", AMINAS_PIN)):
        assert (amina.may("rates"), amina.may("sell")) == (True, False)
    given = shop.staff.add(CONSOLE, "dana", "Dana M.", "cashier")
    assert given.person.may("rates")
    assert shop.staff.give_role(CONSOLE, "dana", "clerk").may("stock")


def test_a_cashier_who_may_change_settings_does_not_raise_themselves(shop: DemoShop) -> None:
    grant(shop, "cashier", ["sell", "settings"])
    amina, settings = shop.person("amina"), SetSetting(shop.context)
    assert settings(amina, "lock_minutes", "5").lock_minutes == 5

    for name, text in {"cashier_permissions": "sell,settings,price", "clerk_permissions": "price",
                       "cashier_discount_percent": "100", "clerk_discount_percent": "100"}.items():  # fmt: skip
        with pytest.raises(NotAllowed) as refused:
            settings(amina, name, text)
        assert refused.value.act == "staff"
        with pytest.raises(NotAllowed):
            change(shop, {name: text}, amina)
    assert allowed(shop, "amina") == ["sell", "settings"]
    with pytest.raises(NotAllowed):
        shop.staff.give_role(amina, "li", "manager")


def test_a_person_who_is_no_longer_a_manager_changes_no_rights(shop: DemoShop) -> None:
    boss = shop.person("manager")
    shop.staff.give_role(CONSOLE, "li", "manager")
    shop.staff.give_role(CONSOLE, "manager", "cashier")

    with pytest.raises(NotAllowed):
        change(shop, {"cashier_permissions": "price"}, boss)
    assert shop.settings().rights == USUAL_RIGHTS


@pytest.mark.parametrize("text", ["sell,staff", "staff", "sell,fly", "SELL", "*"])
def test_what_cannot_be_granted_is_refused(shop: DemoShop, text: str) -> None:
    for setting in ("cashier_permissions", "clerk_permissions"):
        with pytest.raises(BadField) as refused:
            change(shop, {setting: text})
        assert refused.value.field == setting
        with pytest.raises(BadField):
            SetSetting(shop.context)(shop.person("manager"), setting, text)


@pytest.mark.parametrize("text", ["101", "-1", "7.5", "ten", ""])
def test_a_limit_is_a_whole_number_of_per_cent(shop: DemoShop, text: str) -> None:
    with pytest.raises(BadField):
        change(shop, {"cashier_discount_percent": text})


def test_one_value_that_is_refused_leaves_the_others_as_they_were(shop: DemoShop) -> None:
    with pytest.raises(BadField):
        change(shop, {"cashier_permissions": "sell", "cashier_discount_percent": "1000"})

    assert shop.settings().rights == USUAL_RIGHTS
    assert shop.rows("SELECT * FROM journal WHERE act = 'set_setting'") == []


def test_no_other_setting_is_changed_this_way(shop: DemoShop) -> None:
    with pytest.raises(UnknownSetting):
        change(shop, {"lock_minutes": "5"})


def test_what_another_manager_has_changed_meanwhile_is_not_overruled_unseen(shop: DemoShop) -> None:
    change(shop, {"cashier_permissions": "sell"})

    with pytest.raises(MovedMeanwhile):
        change(shop, {"cashier_permissions": "sell,price"})
    assert allowed(shop, "amina") == ["sell"]
    change(shop, {"clerk_permissions": "stock"})  # which no one else has touched
    change(shop, {"cashier_permissions": "sell"})  # and what is there already overrules nothing
    now = {name: shop.settings().text(name) for name in RIGHTS_SETTINGS}
    ChangeRights(shop.context)(shop.person("manager"), {"cashier_permissions": "sell,price"}, now)
    assert allowed(shop, "amina") == ["sell", "price"]


def test_of_two_managers_who_save_at_once_one_is_refused(shop: DemoShop) -> None:
    tills = [shop, shop.other_till()]
    barrier, moved = threading.Barrier(2), list[MovedMeanwhile]()

    def save(till: DemoShop, permissions: str) -> None:
        barrier.wait()
        try:
            change(till, {"cashier_permissions": permissions})
        except MovedMeanwhile as refused:
            moved.append(refused)

    both = [
        threading.Thread(target=save, args=(till, permissions))
        for till, permissions in zip(tills, ("sell,price", "sell,rates"), strict=True)
    ]
    for one in both:
        one.start()
    for one in both:
        one.join()

    assert len(moved) == 1
    assert allowed(shop, "amina") in (["sell", "price"], ["sell", "rates"])
    assert len(shop.rows("SELECT id FROM journal WHERE act = 'set_setting'")) == 1
    tills[1].close()


def test_a_role_may_be_left_with_nothing(shop: DemoShop) -> None:
    change(shop, {"cashier_permissions": "", "clerk_permissions": ""})

    assert (allowed(shop, "amina"), allowed(shop, "clerk")) == ([], [])
    assert allowed(shop, "manager") == list(PERMISSIONS)
    assert shop.verify() == []


@pytest.mark.parametrize(
    ("stored", "known"),
    [
        ("sell,levitate", ["sell"]),  # of a newer program
        ("sell,staff", ["sell"]),  # by hand
        ("levitate", []),
        (" sell , , sell,price ", ["sell", "price"]),
        ("'; DROP TABLE person", []),
    ],
)
def test_a_right_that_this_program_does_not_know_is_left_out_and_the_others_hold(
    shop: DemoShop, stored: str, known: list[str]
) -> None:
    """The usual rights in its place would give more than the shop has granted."""
    grant(shop, "cashier", [stored])

    assert allowed(shop, "amina") == known
    assert shop.settings().rights.cashier.permissions == set(known)
    assert shop.verify() == []


def test_a_limit_that_is_no_number_is_the_usual_one(shop: DemoShop) -> None:
    shop.set("cashier_discount_percent", "a lot")

    assert shop.person("amina").discount_limit == shop.settings().cashier_discount_percent == 10


def test_a_value_that_was_changed_past_the_program_is_named_by_verify(shop: DemoShop) -> None:
    change(shop, {"cashier_permissions": "sell"})
    with shop.raw(writing=True) as connection:
        text = ",".join(GRANTED_PERMISSIONS)
        connection.execute("UPDATE setting SET text = ? WHERE name = 'cashier_permissions'", (text,))

    assert "setting cashier_permissions: its value has no journal entry" in [str(one) for one in shop.verify()]
