"""The kinds of store: a shop, a demo, training; and the staff of a demo. Read at every start, so imports little."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from pos.domain.errors import Refused

if TYPE_CHECKING:
    from db.store.unit_of_work import SqlStore

DEMO_MARK = "_demo"
"""The name under which a store remembers that it is a demo; options never begin with a line."""

DEMO_CENTER_MARK = "_demo_center"
"""The name under which a demo of a whole center remembers the digests of its tills' passes: no others are used."""

TRAINING_MARK = "_training"
"""The name under which a store remembers that it is for training, and since when."""


@dataclass(eq=False)
class TrainingStore(Refused):
    """The store is for training: it is never opened as a shop."""

    fact = "training_store"


@dataclass(eq=False)
class NotATraining(Refused):
    """The store is a shop: it is never opened for training."""

    fact = "not_a_training"


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """A person of the demo shop, with the PIN that the sign-in screen shows."""

    name: str
    title: str
    role: str
    pin: str


PEOPLE = (
    DemoPerson("amina", "Amina S.", "cashier", "246810"),
    DemoPerson("li", "Li Wei", "cashier", "135790"),
    DemoPerson("yerlan", "Yerlan T.", "cashier", "112358"),
    DemoPerson("manager", "Dana K.", "manager", "314159"),
    DemoPerson("clerk", "Ruslan B.", "clerk", "271828"),
    DemoPerson("zhao", "Zhao Min", "clerk", "161803"),
)
"""The staff of the demo shop; the README has a line for each role."""


def demo_pins() -> Mapping[str, str]:
    """Sign-in name → PIN of everybody in the demo shop."""
    return {person.name: person.pin for person in PEOPLE}


def demo_goods() -> tuple[str, ...]:
    """Codes of the demo shop's best-known goods: those of its quick keys, and of a simulation."""
    from db.seed.goods_featured import QUICK_KEYS

    return QUICK_KEYS


def is_demo(store: SqlStore) -> bool:
    with store.reading() as work:
        return work.settings.all().get(DEMO_MARK) == "yes"


def demo_passes(store: SqlStore) -> frozenset[str]:
    """The digests of the passes with which the tills of a demo take part in the center of that demo; mostly none."""
    with store.reading() as work:
        return frozenset(work.settings.all().get(DEMO_CENTER_MARK, "").split())


def let_demo_take_part(store: SqlStore, name: str, digests: Iterable[str]) -> None:
    """Give a demo shop its name in a demo of a whole center, and let its tills use these passes and no others."""
    with store.begin() as work:
        work.settings.set("shop_name", name)
        work.settings.set(DEMO_CENTER_MARK, " ".join(digests))
        work.commit()


def training_since(store: SqlStore) -> datetime | None:
    """When the store was made for training; None for a shop."""
    with store.reading() as work:
        text = work.settings.all().get(TRAINING_MARK)
    return None if text is None else datetime.fromisoformat(text)


def check_kind(store: SqlStore, *, training: bool) -> None:
    """Refuse a training store that is opened as a shop, and a shop that is opened for training."""
    since = training_since(store)
    if training and since is None:
        raise NotATraining
    if not training and since is not None:
        raise TrainingStore
