"""Options of the shop: each has a name, a group, a sentence; a change is judged, journaled and in force at once."""

from __future__ import annotations

import json

import pytest
from sqlalchemy import text

import main
from pos.application.settings.option import UnknownSetting
from pos.application.settings.set_setting import SetSetting, SettingFixed
from pos.application.settings.setting_words import GROUPS, group_of, name_of_setting, takes_text, value_text
from pos.application.settings.settings import Settings
from pos.domain.errors import BadField
from pos.domain.staff.staff import NotAllowed, Person
from pos.languages.catalogue import load_translators
from tests.shops import DemoShop

WORDS = load_translators(main.RESOURCES / "translations")
MANAGER = Person(2, "manager", "Dana K.", "manager")


def setting(shop: DemoShop) -> SetSetting:
    return SetSetting(shop.context)


def journaled(shop: DemoShop) -> list[dict[str, str]]:
    with shop.store.reading() as work:
        question = text("SELECT person, details FROM journal WHERE act = 'set_setting' ORDER BY id")
        rows = work.connection.execute(question).all()
    return [{"by": row.person, **json.loads(row.details)} for row in rows]


@pytest.mark.parametrize("language", ["en", "zh", "ru", "kk"])
def test_every_option_has_a_name_a_sentence_and_a_group_in_four_languages(language: str) -> None:
    tr, settings = WORDS[language], Settings()
    assert {group_of(name) for name in Settings.names()} == set(GROUPS)
    for name in Settings.names():
        said = [name_of_setting(name, tr), tr(Settings.sentence(name)), tr(GROUPS[group_of(name)])]
        said += [takes_text(name, tr), value_text(settings, name, tr)]
        assert all(said), name
        if language != "en":
            english = [Settings.option(name).title, Settings.sentence(name), GROUPS[group_of(name)]]
            assert not set(said) & set(english), name
    called = [name_of_setting(name, tr) for name in Settings.names()]
    assert len(set(called)) == len(called)


def test_a_change_is_in_force_at_once_and_the_journal_has_old_and_new(shop: DemoShop) -> None:
    after = setting(shop)(MANAGER, "lock_minutes", "5")

    assert (after.lock_minutes, shop.settings().lock_minutes) == (5, 5)
    assert journaled(shop) == [{"by": "manager", "name": "lock_minutes", "before": "10", "after": "5"}]
    setting(shop)(MANAGER, "lock_minutes", "5")
    assert len(journaled(shop)) == 1  # nothing changed: nothing to record


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("lock_minutes", "0"),
        ("regime_cn", "kz-horgos"),
        ("regime_kz", "kz-nowhere"),
        ("printer", "XP-80"),
        ("slips", ""),
    ],
)
def test_what_an_option_cannot_be_in_this_shop_is_refused_by_its_name(shop: DemoShop, name: str, value: str) -> None:
    with pytest.raises(BadField) as refused:
        setting(shop)(MANAGER, name, value)

    assert (refused.value.field, refused.value.what) == (name, "not_a_setting")
    assert journaled(shop) == []


def test_an_account_of_money_that_the_shop_does_not_take_is_refused_by_its_pair(shop: DemoShop) -> None:
    setting(shop)(MANAGER, "accounts", "cash=1010,card_USD=1012.840")
    with pytest.raises(BadField) as refused:
        setting(shop)(MANAGER, "accounts", "cash=1010, cash_CNH=1010.156,card_USD=1012.840")

    wrong = refused.value
    assert (wrong.field, wrong.what, wrong.value) == ("accounts", "not_a_setting", "cash_CNH=1010.156")
    assert setting(shop).show(MANAGER).accounts == ("cash=1010", "card_USD=1012.840")


def test_the_currency_of_what_is_in_the_books_is_never_another_one(shop: DemoShop) -> None:
    for name, value in (("price_currency", "KZT"), ("base_currency", "CNY")):
        with pytest.raises(SettingFixed) as refused:
            setting(shop)(MANAGER, name, value)
        assert refused.value.setting == name


def test_a_cashier_and_a_clerk_neither_see_nor_set_an_option(shop: DemoShop) -> None:
    for name, role in (("amina", "cashier"), ("zhao", "clerk")):
        person = Person(1, name, name, role)
        with pytest.raises(NotAllowed):
            setting(shop).show(person)
        with pytest.raises(NotAllowed):
            setting(shop)(person, "lock_minutes", "600")
    with pytest.raises(UnknownSetting):
        setting(shop)(MANAGER, "_demo", "no")
    assert journaled(shop) == []
