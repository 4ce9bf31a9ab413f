"""Who works here: one-time PINs, roles, the last manager, and what someone disabled can still do."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from pos.application.ports.return_ports import ANY, ReceiptFilter
from pos.application.receipts.tables import history
from pos.application.tables.save_tables import SaveTables
from pos.application.text.translator import Translator
from pos.application.visitors.identify_visitor import visitor_of
from pos.application.visitors.visits import VisitorUseCases
from pos.domain.catalogue.product import Attributes
from pos.domain.errors import BadField, RuleBroken
from pos.domain.money import Money
from pos.domain.staff.staff import (
    LastManager,
    MustChoosePin,
    NameTaken,
    NotAllowed,
    OneTimePinLapsed,
    Person,
    PersonDisabled,
    PersonLocked,
    UnknownPerson,
    WrongPin,
    Yourself,
)
from pos.exports import gate_csv
from tests.application.tables.test_table_files import FILES
from tests.builders import CONSOLE, a_rate, money
from tests.horgos import CNY
from tests.shops import AMINAS_PIN, CHOCOLATE, MANAGERS_PIN, DemoShop, a_ticket

HERS = "483926"


def boss(shop: DemoShop) -> Person:
    return shop.person("manager")


def journal(shop: DemoShop) -> list[tuple[str, str, str]]:
    return [(event, who, details) for event, who, details in shop.rows("SELECT act, person, details FROM journal")][1:]


def test_a_new_person_gets_a_pin_once_and_chooses_their_own_at_the_first_sign_in(shop: DemoShop) -> None:
    given = shop.staff.add(boss(shop), "dana", "Dana M.", "cashier")

    assert (len(given.pin), given.until - shop.now()) == (8, timedelta(hours=72))
    assert given.pin not in repr(given)
    with pytest.raises(MustChoosePin):
        shop.sign_in("dana", given.pin)

    dana = shop.sign_in.choose_pin("dana", given.pin, HERS)

    assert (dana.title, dana.role, dana.must_choose_pin) == ("Dana M.", "cashier", False)
    assert shop.sign_in("dana", HERS).name == "dana"
    with pytest.raises(WrongPin):
        shop.sign_in("dana", given.pin)
    entries = [(event, who) for event, who, _ in journal(shop)]
    assert entries[-5:] == [
        ("add_person", "manager"),
        ("choose_pin", "dana"),
        ("sign_in", "dana"),
        ("sign_in", "dana"),
        ("wrong_pin", "dana"),
    ]
    assert not any(pin in str(row) for rows in shop.tables().values() for row in rows for pin in (given.pin, HERS))
    assert shop.verify() == []


def test_until_then_they_may_do_nothing(shop: DemoShop) -> None:
    given = shop.staff.add(boss(shop), "dana", "Dana M.", "manager")

    with pytest.raises(MustChoosePin):
        shop.sign_in.approve("dana", given.pin, ["discount"], "k-1")
    with pytest.raises(MustChoosePin):
        shop.ring_sale(a_ticket(cashier="dana"))
    with pytest.raises(MustChoosePin):
        shop.staff.add(given.person, "asel", "Asel", "manager")


@pytest.mark.parametrize(
    ("new", "what"),
    [
        ("12345", "pin_length"), ("1234567890123", "pin_length"), ("abcdef", "not_digits"),
        ("777777", "pin_too_simple"), ("123456", "pin_too_simple"), ("987654321", "pin_too_simple"),
        ("890123", "pin_too_simple"),
        (AMINAS_PIN, "pin_not_new"),
    ],
)  # fmt: skip
def test_a_pin_that_is_easy_to_guess_or_no_other_one_is_not_taken(shop: DemoShop, new: str, what: str) -> None:
    with pytest.raises(BadField) as refused:
        shop.sign_in.choose_pin("amina", AMINAS_PIN, new)

    assert (refused.value.field, refused.value.what) == ("new_pin", what)
    assert shop.sign_in("amina", AMINAS_PIN).name == "amina"


def test_anyone_changes_their_own_pin_with_the_old_one(shop: DemoShop) -> None:
    for name, old in (("amina", AMINAS_PIN), ("manager", MANAGERS_PIN)):
        shop.sign_in.choose_pin(name, old, HERS)
        assert shop.sign_in(name, HERS).name == name
    with pytest.raises(WrongPin):
        shop.sign_in.choose_pin("amina", AMINAS_PIN, "739164")


def test_wrong_tries_at_choosing_a_pin_count_as_well(shop: DemoShop) -> None:
    for _ in range(4):
        with pytest.raises(WrongPin):
            shop.sign_in.choose_pin("amina", "000001", HERS)
    with pytest.raises(PersonLocked):
        shop.sign_in.choose_pin("amina", "000001", HERS)
    with pytest.raises(PersonLocked):
        shop.sign_in("amina", AMINAS_PIN)


def test_a_one_time_pin_lapses(shop: DemoShop) -> None:
    given = shop.staff.add(boss(shop), "dana", "Dana M.", "cashier")
    shop.now.at = given.until + timedelta(seconds=1)

    for use in (shop.sign_in, lambda name, pin: shop.sign_in.choose_pin(name, pin, HERS)):
        with pytest.raises(OneTimePinLapsed):
            use("dana", given.pin)

    again = shop.staff.reset(boss(shop), "dana")
    assert shop.sign_in.choose_pin("dana", again.pin, HERS).name == "dana"


def test_how_long_it_may_be_used_is_a_setting(shop: DemoShop) -> None:
    shop.set("one_time_pin_hours", "2")

    assert shop.staff.add(boss(shop), "dana", "Dana", "clerk").until - shop.now() == timedelta(hours=2)


def test_a_forgotten_pin_is_reset_and_the_lock_is_gone(shop: DemoShop) -> None:
    for _ in range(5):
        with pytest.raises((WrongPin, PersonLocked)):
            shop.sign_in("amina", "000001")

    given = shop.staff.reset(boss(shop), "amina")

    with pytest.raises(WrongPin):
        shop.sign_in("amina", AMINAS_PIN)
    assert shop.sign_in.choose_pin("amina", given.pin, HERS).name == "amina"
    assert shop.verify() == []


def test_a_name_belongs_to_one_person_in_any_capitals(shop: DemoShop) -> None:
    shop.staff.add(boss(shop), "Асель", "Асель", "clerk")

    for name in ("amina", "AMINA", "асель"):
        with pytest.raises(NameTaken):
            shop.staff.add(boss(shop), name, "Somebody", "clerk")


@pytest.mark.parametrize(
    ("name", "title", "role", "field"),
    [("", "T", "clerk", "name"), ("console:root", "T", "clerk", "name"), ("\u202ex", "T", "clerk", "name"),
     ("dana", " ", "clerk", "title"), ("dana", "x" * 61, "clerk", "title"), ("dana", "a\nb", "clerk", "title"),
     ("dana", "Dana", "owner", "role")],
)  # fmt: skip
def test_what_cannot_be_a_person_is_refused(shop: DemoShop, name: str, title: str, role: str, field: str) -> None:
    before = shop.tables()
    with pytest.raises(BadField) as refused:
        shop.staff.add(boss(shop), name, title, role)

    assert refused.value.field == field
    assert shop.tables() == before


def test_only_the_person_who_may_changes_the_staff(shop: DemoShop) -> None:
    amina, before = shop.person("amina"), shop.tables()
    steps: list[Callable[[], object]] = [
        lambda: shop.staff.add(amina, "dana", "Dana", "manager"),
        lambda: shop.staff.rename(amina, "li", "Li"),
        lambda: shop.staff.give_role(amina, "amina", "manager"),
        lambda: shop.staff.reset(amina, "manager"),
        lambda: shop.staff.disable(amina, "manager"),
        lambda: shop.staff.enable(amina, "li"),
        lambda: shop.staff.records(amina),
    ]
    for step in steps:
        with pytest.raises(NotAllowed):
            step()
    assert shop.tables() == before


def test_a_role_and_a_name_as_shown_change_and_the_change_is_written_down(shop: DemoShop) -> None:
    shop.staff.rename(boss(shop), "li", "Li Wei-Ming")
    shop.staff.give_role(boss(shop), "li", "clerk")

    assert (shop.person("li").title, shop.person("li").role) == ("Li Wei-Ming", "clerk")
    assert [details for event, _, details in journal(shop) if event == "give_role"] == [
        '{"before":"cashier","name":"li","role":"clerk"}'
    ]
    with pytest.raises(UnknownPerson):
        shop.staff.rename(boss(shop), "nobody", "N")


def test_no_one_disables_themselves_or_changes_their_own_role(shop: DemoShop) -> None:
    manager = boss(shop)
    steps: list[Callable[[], object]] = [
        lambda: shop.staff.disable(manager, "manager"),
        lambda: shop.staff.give_role(manager, "manager", "cashier"),
    ]
    for step in steps:
        with pytest.raises(Yourself):
            step()


def test_the_last_manager_stays_one_no_matter_who_asks(shop: DemoShop) -> None:
    steps: list[Callable[[], object]] = [
        lambda: shop.staff.disable(CONSOLE, "manager"),
        lambda: shop.staff.give_role(CONSOLE, "manager", "cashier"),
    ]
    for step in steps:
        with pytest.raises(LastManager):
            step()

    shop.staff.give_role(CONSOLE, "li", "manager")
    shop.staff.disable(CONSOLE, "manager")
    with pytest.raises(LastManager):
        shop.staff.disable(CONSOLE, "li")


@pytest.mark.parametrize("by_console", [False, True])
def test_two_managers_never_disable_each_other_at_once(shop: DemoShop, by_console: bool) -> None:
    shop.staff.give_role(CONSOLE, "li", "manager")
    people = {"manager": shop.person("manager"), "li": shop.person("li")}
    tills = [DemoShop(shop.folder, till, shop.now) for till in ("T1", "T2")]
    barrier, refused = threading.Barrier(2), []

    def disable(till: DemoShop, by: str, whom: str) -> None:
        _ = till.staff
        till.settings()
        barrier.wait()
        try:
            till.staff.disable(CONSOLE if by_console else people[by], whom)
        except RuleBroken as error:
            refused.append(type(error))

    threads = [
        threading.Thread(target=disable, args=(tills[0], "li", "manager")),
        threading.Thread(target=disable, args=(tills[1], "manager", "li")),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for till in tills:
        till.close()

    assert refused == [LastManager if by_console else PersonDisabled]
    assert shop.rows("SELECT count(*) FROM person WHERE role = 'manager' AND active") == [(1,)]
    assert shop.verify() == []


def test_when_every_manager_forgot_their_pin_the_console_helps_and_it_is_written_down(shop: DemoShop) -> None:
    given = shop.staff.reset(CONSOLE, "manager")

    assert shop.sign_in.choose_pin("manager", given.pin, HERS).role == "manager"
    assert ("reset_pin", "console:root") in [(event, who) for event, who, _ in journal(shop)]


def test_a_disabled_person_is_a_stranger_at_the_till_and_comes_back_with_their_pin(shop: DemoShop) -> None:
    shop.staff.disable(boss(shop), "amina")
    with pytest.raises(UnknownPerson):
        shop.sign_in("amina", AMINAS_PIN)
    with pytest.raises(PersonDisabled):
        shop.staff.reset(boss(shop), "amina")

    shop.staff.enable(boss(shop), "amina")
    assert shop.sign_in("amina", AMINAS_PIN).name == "amina"


def test_a_disabled_person_keeps_their_name_in_journal_history_and_files(shop: DemoShop) -> None:
    shop.sell(CHOCOLATE)
    before = shop.sign_in.names()["amina"]
    shop.staff.disable(boss(shop), "amina")

    journaled = shop.read_journal.formatter(Translator.english(), boss(shop)).names
    save = SaveTables(shop.context, FILES)
    [saved] = save.begin(
        history(shop.find_receipts, "", ReceiptFilter(ANY)), boss(shop), Path("sales.csv"), Translator.english()
    )
    assert before == "Amina S."
    assert journaled["amina"] == shop.find_receipts.people(boss(shop))["amina"] == before
    assert [list(row)[3] for row in saved.rows] == [before]


def test_the_list_says_who_is_new_locked_or_disabled(shop: DemoShop) -> None:
    shop.staff.add(boss(shop), "dana", "Dana", "cashier")
    shop.staff.disable(boss(shop), "yerlan")
    shop.sign_in("li", "135790")
    for _ in range(5):
        with pytest.raises((WrongPin, PersonLocked)):
            shop.sign_in("amina", "000001")

    listed = {one.person.name: one for one in shop.staff.records(boss(shop))}

    assert [one.person.name for one in shop.staff.records(boss(shop))][-1] == "yerlan"
    assert not listed["yerlan"].person.active
    assert (listed["dana"].one_time_since, listed["li"].signed_in_at) == (shop.now(), shop.now())
    assert listed["amina"].locked_until == shop.now() + timedelta(minutes=15)
    shop.now.move(minutes=15)
    assert all(one.locked_until is None for one in shop.staff.records(boss(shop)))


def visits(shop: DemoShop) -> VisitorUseCases:
    return VisitorUseCases.over(shop.context, gate_csv.reading)


def _void(shop: DemoShop, person: Person) -> object:
    checkout = shop.basket(CHOCOLATE)
    row = checkout.view().lines[0].id
    return checkout.void(row, person)


STEPS: dict[str, Callable[[DemoShop, Person], object]] = {
    "sale": lambda s, p: s.ring_sale(a_ticket(cashier=p.name)),
    "void": _void,
    "open_shift": lambda s, p: s.other_till().open_shift(p, {}),
    "move_cash": lambda s, p: s.move_cash(p, "in", money("5"), "change"),
    "no_sale": lambda s, p: s.open_drawer(p, "coin"),
    "close_shift": lambda s, p: s.close_shift(p, {}),
    "look_up": lambda s, p: visits(s).show(s.document(), p),
    "departure": lambda s, p: visits(s).record_departure(s.document(), p),
    "entries": lambda s, p: visits(s).record_entry_dates(s.document(), [s.now().date()], p),
    "link": lambda s, p: visits(s).link(s.document(), visitor_of(s.document(), "B", s.secrets, "CN"), p),
    "move_quota": lambda s, p: visits(s).move_quota("T1-000001", "A", s.document(), p),
    "part": lambda s, p: visits(s).part(s.document(), p),
}


@pytest.mark.parametrize("step", STEPS)
def test_a_session_ends_at_its_next_step_when_its_person_was_disabled(shop: DemoShop, step: str) -> None:
    amina = shop.person("amina")
    shop.staff.disable(boss(shop), "amina")
    before = shop.tables()

    with pytest.raises(PersonDisabled):
        STEPS[step](shop, amina)

    after = shop.tables()
    if step == "open_shift":  # the other till opens a shift of its own first
        return
    assert after == before


def test_the_clerk_and_the_manager_are_asked_in_their_steps_as_well(shop: DemoShop) -> None:
    clerk, manager = shop.person("clerk"), shop.person("manager")
    shop.staff.disable(manager, "clerk")
    with pytest.raises(PersonDisabled):
        shop.fill_in(1, clerk, price=Money(100, CNY), attributes=Attributes())

    shop.staff.give_role(CONSOLE, "li", "manager")
    shop.staff.give_role(CONSOLE, "manager", "cashier")
    rate = a_rate("USD", "500", "505")
    with pytest.raises(NotAllowed):  # the role of now, not that of the sign-in
        shop.set_rate(manager, rate.currency, rate.buy, rate.sell, None, None)


def test_an_open_shift_of_a_disabled_person_is_closed_by_a_manager(shop: DemoShop) -> None:
    shop.staff.disable(boss(shop), "amina")
    count: dict[str, dict[int, int]] = {line.currency.code: {} for line in shop.read_shift(boss(shop)).cash}

    z = shop.close_shift(boss(shop), count)

    assert (z.report.cashier, z.report.closed_by) == ("amina", "manager")


def test_who_signed_in_is_reported_with_the_role_of_now(shop: DemoShop) -> None:
    amina = shop.person("amina")
    shop.staff.give_role(boss(shop), "amina", "clerk")
    assert shop.sign_in.still(amina).role == "clerk"

    shop.staff.disable(boss(shop), "amina")
    with pytest.raises(PersonDisabled):
        shop.sign_in.still(amina)


def test_no_two_people_are_shown_by_one_name(shop: DemoShop) -> None:
    """Receipts and reports name a person as they are shown, and a disabled person's receipts stay."""
    given = shop.staff.add(boss(shop), "dana", "Dana M", "cashier")
    shop.staff.disable(boss(shop), "dana")

    with pytest.raises(NameTaken) as added:
        shop.staff.add(boss(shop), "dana2", " dana  m", "cashier")
    with pytest.raises(NameTaken) as renamed:
        shop.staff.change(boss(shop), "li", "DANA M", "clerk")

    assert (added.value.name, added.value.field) == (renamed.value.name, renamed.value.field) == ("Dana M", "title")
    assert shop.person("li").role != "clerk"
    assert shop.staff.rename(boss(shop), given.person.name, "Dana M").title == "Dana M"


def test_the_books_name_the_person_who_was_made_a_manager_past_them(shop: DemoShop) -> None:
    """With a SQLite shell: another role, another's PIN, someone let in again, someone no one added, someone gone."""
    boss = shop.person("manager")
    given = shop.staff.add(boss, "dana", "Dana", "cashier")
    shop.sign_in.choose_pin("dana", given.pin, "483926")
    shop.staff.give_role(boss, "zhao", "cashier")
    shop.staff.rename(boss, "zhao", "Zhao M.")
    shop.staff.disable(boss, "li")
    shop.staff.reset(boss, "yerlan")
    assert shop.verify() == []

    with shop.raw(writing=True) as store:
        store.execute("UPDATE person SET role = 'manager' WHERE name = 'amina'")
        store.execute("UPDATE person SET active = true WHERE name = 'li'")
        store.execute("UPDATE person SET one_time_since = NULL WHERE name = 'yerlan'")
        hashed = "SELECT pin_hash FROM person WHERE name = 'amina'"
        store.execute(f"UPDATE person SET pin_hash = ({hashed}) WHERE name = 'dana'")
        store.execute(
            "INSERT INTO person (name, title, role, pin_hash, active)"
            " SELECT 'eve', 'Eve', 'manager', pin_hash, 1 FROM person WHERE name = 'amina'"
        )
        store.execute("DELETE FROM person WHERE name = 'zhao'")
        store.execute(f"UPDATE person SET pin_hash = ({hashed}) WHERE name = 'manager'")

    faults = shop.verify()
    assert [line.split(",")[0] for line in faults if "pin is" not in line] == [
        "person amina: role is manager",
        "person li: active is True",
        "person yerlan: one-time PIN is False",
        "person eve: no journal entry adds them",
        "person zhao: they were added and are gone",
    ]
    assert [line.split(" is ")[0] for line in faults if "pin is" in line] == ["person manager: pin", "person dana: pin"]


def test_a_demo_of_before_is_not_blamed_for_people_whom_its_journal_does_not_name(shop: DemoShop) -> None:
    with shop.raw(writing=True) as store:
        store.execute("UPDATE journal SET details = '{\"goods\":600}' WHERE act = 'make_demo'")

    assert not [line for line in shop.verify() if line.startswith("person")]


def test_a_demo_whose_journal_names_people_without_their_pins_is_not_blamed_for_them(shop: DemoShop) -> None:
    with shop.raw(writing=True) as store:
        (details,) = store.execute("SELECT details FROM journal WHERE act = 'make_demo'").fetchone()
        staff = [{name: text for name, text in one.items() if name != "pin"} for one in json.loads(details)["staff"]]
        store.execute("UPDATE journal SET details = ? WHERE act = 'make_demo'", (json.dumps({"staff": staff}),))

    assert not [line for line in shop.verify() if line.startswith("person")]
