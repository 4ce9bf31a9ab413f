"""A shop in memory: people, shifts and settings that steps of the program work on, without a database."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, fields, replace
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from pos.application.ports.catalogue_ports import StoredPicture
from pos.application.ports.journal_ports import JournalCursor, JournalEntry, JournalFilter, JournalPage
from pos.application.ports.staff_ports import Credentials, StaffRecord
from pos.application.settings.offer_borders import BorderFiles
from pos.application.settings.settings import Settings
from pos.application.shop.opening import DemoTour, OpenedShop, Opening
from pos.application.shop.shop import Shop
from pos.domain.money import Money
from pos.domain.shifts.shift import Shift
from pos.domain.shifts.shift_report import ZReport
from pos.domain.staff.staff import Person
from pos.languages.catalogue import load_translators
from pos.languages.refusals import reason_text, sentence_for
from pos.regimes.border_files import load_borders
from tests.contexts import a_context

RESOURCES = Path(__file__).parents[2] / "resources"
TILL = "T1"
PIN = "246810"
MORNING = datetime(2026, 11, 24, 2, 2, tzinfo=UTC)  # 10:02 in Beijing, 07:02 in Almaty

AMINA = Person(1, "amina", "Amina S.", "cashier")
LI_WEI = Person(2, "liwei", "Li Wei", "cashier")
YERLAN = Person(3, "yerlan", "Yerlan T.", "cashier")
DANA = Person(4, "dana", "Dana K.", "manager")
RUSLAN = Person(5, "ruslan", "Ruslan B.", "clerk")
ZHAO_MIN = Person(6, "zhaomin", "Zhao Min", "clerk")
STAFF = (AMINA, LI_WEI, YERLAN, DANA, RUSLAN, ZHAO_MIN)


class FakeSecrets:
    """PINs are kept in clear: a slow hash is tested elsewhere."""

    def hash_pin(self, pin: str) -> str:
        return f"hash of {pin}"

    def is_pin(self, stored: str | None, pin: str) -> bool:
        return stored == f"hash of {pin}"


@dataclass
class FakeStore:
    """Is its own unit of work and all its repositories: what is written is there at once."""

    staff: list[Person] = field(default_factory=list)
    pins: dict[str, str] = field(default_factory=dict)
    failures: dict[str, tuple[int, datetime | None]] = field(default_factory=dict)
    shift: Shift | None = None
    notes: Any = None
    last_z: ZReport | None = None
    stored: dict[str, str] = field(default_factory=dict)
    events: list[str] = field(default_factory=list)
    new_pins: list[JournalEntry] = field(default_factory=list)
    trouble: Exception | None = None
    file: Path | None = None
    borders: Path = Path("nowhere")
    goods: int = 0
    commits: int = 0

    def patience(self) -> _NoPatience:
        return _NoPatience()

    @contextmanager
    def begin(self) -> Iterator[Any]:
        if self.trouble is not None:
            raise self.trouble
        yield _Work(self)

    reading = begin


class _NoPatience:
    """Nothing is tried a second time."""

    def lasts(self, *, is_lost: bool) -> bool:
        return False


class NowhereNear:
    """A disk with room, on which lies nothing."""

    has_the_books = True

    def free(self) -> int | None:
        return None

    def newest_printout(self, _till: str) -> int:
        return 0


@dataclass
class _Work:
    store: FakeStore

    def commit(self) -> None:
        pass

    @property
    def outbox(self) -> _NothingPrinted:
        return _NothingPrinted()

    @property
    def register(self) -> _NothingPrinted:
        return _NothingPrinted()

    @property
    def attempts(self) -> SimpleNamespace:
        return SimpleNamespace(unclosed=lambda _till=None: ())

    @property
    def products(self) -> SimpleNamespace:
        return SimpleNamespace(count=lambda: self.store.goods)

    @property
    def people(self) -> _People:
        return _People(self.store)

    @property
    def shifts(self) -> _Shifts:
        return _Shifts(self.store)

    @property
    def journal(self) -> _Journal:
        return _Journal(self.store)

    @property
    def settings(self) -> _StoredSettings:
        return _StoredSettings(self.store)


@dataclass
class _NothingPrinted:
    def unprinted_z(self, _till: str) -> int | None:
        return None

    def unfinished(self, _till: str) -> tuple[int, ...]:
        return ()

    def last_number(self, _till: str) -> int:
        return 0


@dataclass
class _People:
    store: FakeStore

    def all(self) -> Sequence[Person]:
        return tuple(self.store.staff)

    def records(self) -> Sequence[StaffRecord]:
        return tuple(StaffRecord(person, None, None, None) for person in self.store.staff)

    def names(self) -> Mapping[str, str]:
        return {person.name: person.title for person in self.store.staff}

    def by_name(self, name: str) -> Person | None:
        return next((one for one in self.store.staff if one.name == name), None)

    def signed_in(self, person: Person, at: datetime) -> None:
        pass

    def set_pin(self, person: Person, pin_hash: str, one_time_since: datetime | None) -> None:
        self.store.pins[person.name] = pin_hash

    def credentials(self, name: str, till: str) -> Credentials | None:
        person = next((one for one in self.store.staff if one.name == name), None)
        failures, until = self.store.failures.get(name, (0, None))
        return None if person is None else Credentials(person, self.store.pins[name], failures, until)

    def set_failures(
        self,
        person: Person,
        till: str,
        failures: int,
        locked_until: datetime | None,
        set_back_at: datetime | None = None,
    ) -> None:
        self.store.failures[person.name] = (failures, locked_until)

    def add(self, name: str, title: str, role: str, pin_hash: str) -> Person:
        person = Person(len(self.store.staff) + 1, name, title, role)
        self.store.staff.append(person)
        self.store.pins[name] = pin_hash
        return person


@dataclass
class _Shifts:
    store: FakeStore

    def open_at(self, till: str) -> Shift | None:
        return self.store.shift

    def last_z(self, till: str) -> ZReport | None:
        return self.store.last_z

    def open(self, till: str, person: Person, at: datetime, float_: Mapping[str, Money], notes: Any = None) -> Shift:
        self.store.notes = notes
        self.store.shift = Shift(1, till, 14, person.name, at, float_)
        return self.store.shift


@dataclass
class _Journal:
    store: FakeStore

    def write(self, at: datetime, till: str, person: str, event: str, details: Mapping[str, Any]) -> None:
        self.store.events.append(event)
        if event == "choose_pin":
            entry = JournalEntry(len(self.store.new_pins) + 1, till, 1, at, person, event, details, "")
            self.store.new_pins.append(entry)

    def write_many(
        self, at: datetime, till: str, person: str, event: str, details: Sequence[Mapping[str, Any]]
    ) -> None:
        for one in details:
            self.write(at, till, person, event, one)

    def find(self, _filters: JournalFilter, _limit: int, _before: JournalCursor | None) -> JournalPage:
        """Those of the changes of PINs, which the sign-in page of a demo reads."""
        return JournalPage(tuple(self.store.new_pins), None)


@dataclass
class _StoredSettings:
    store: FakeStore

    def set(self, name: str, text: str) -> None:
        self.store.stored[name] = text


def an_open_shift(person: Person = AMINA) -> Shift:
    """The till's shift 14."""
    return Shift(1, TILL, 14, person.name, MORNING, {})


def a_store(*people: Person, shift: Shift | None = None, borders: Path = Path("nowhere"), goods: int = 0) -> FakeStore:
    """A store with these people, each with the same PIN; without any it is an empty shop."""
    pins = {person.name: FakeSecrets().hash_pin(PIN) for person in people}
    stored = {"shop_name": "Silk Gate"} if people else {}
    return FakeStore(list(people), pins, shift=shift, stored=stored, borders=borders, goods=goods)


class _NoGoods:
    """Nothing is in the catalogue but the codes that a test puts there."""

    def __init__(self) -> None:
        self.codes: set[str] = set()

    def knows(self, code: str) -> bool:
        """Whether a test has put it there."""
        return code in self.codes

    def with_codes(self, _codes: object) -> tuple[()]:
        """No product."""
        return ()


class _NoPictures:
    """Stands for EditProduct in lists: no product has a picture."""

    def changed_pictures(self, _known: Mapping[int, object]) -> Mapping[int, StoredPicture | None]:
        return {}


class FakeAdapters:
    """No printer, no device and no file: a store that can do everything, and places that are nowhere."""

    read_scan: Any = None
    devices: Any = SimpleNamespace(open_drawer=lambda: False)
    at_the_shop = None
    backup_folder = Path("backups")
    surroundings = NowhereNear()

    def __init__(self, store: Any) -> None:
        self.office_store = store

    @property
    def border_files(self) -> BorderFiles:
        return load_borders((self.office_store.borders, RESOURCES / "borders"))

    def __getattr__(self, name: str) -> Any:
        """Nothing else is reached by the tests that use it."""
        return None

    def erase_receipt_files(self, _gone: object) -> None:
        pass

    def copy_file(self, _from: Path, _to: Path) -> None:
        pass


def a_shop(store: FakeStore, *, now: datetime = MORNING, demo: bool = False) -> Shop:
    """The steps of the way in over `store`; every other step of the shop is missing."""

    def clock() -> datetime:
        return now

    context = a_context(
        store,
        now=clock,
        settings=lambda: Settings.read(store.stored),
        till=TILL,
        secrets=FakeSecrets(),
        translators=load_translators(RESOURCES / "translations"),
    )
    demo_pins = {person.name: PIN for person in store.staff} if demo else {}
    opened = OpenedShop(
        context, FakeAdapters(store), zone=lambda: Settings().zone, close=lambda: None, demo_pins=demo_pins,
        demo_tour=DemoTour("", "") if demo else None,
    )  # fmt: skip
    shop = Shop(
        till=TILL,
        version="0.1.0",
        folder=Path(),
        translators=context.translators,
        clock=clock,
        sentence=sentence_for,
        reason_text=reason_text,
        opening=Opening(lambda: opened),
    )
    shop.open()
    return with_fakes(shop, would_fit=lambda *_: (), edit_product=_NoPictures(), find=_NoGoods())


def with_fakes(shop: Shop, **fakes: Any) -> Shop:
    """The shop with some of its fields replaced, and fakes in place of use cases that it would build."""
    known = {field.name for field in fields(shop)}
    changed = replace(shop, **{name: fake for name, fake in fakes.items() if name in known})
    built = {name: one for name, one in vars(shop).items() if name not in known}
    vars(changed).update(built | {name: fake for name, fake in fakes.items() if name not in known})
    return changed


def renamed(person: Person, title: str) -> Person:
    """The same person under another shown name."""
    return replace(person, title=title)
