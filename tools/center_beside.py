"""A center on this computer with two shops, for pictures of a till that takes part; all of it is real."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import center_adapters
import main as program
from db.center.own_server import own_server
from db.seed.store_kind import let_demo_take_part
from db.store.unit_of_work import SqlStore
from pos.application.center.manage_members import AddMember, AddTill
from pos.application.center.office import CenterPlace
from pos.application.center.till_pass import TillPass
from pos.application.membership.membership import Membership
from pos.application.settings.options import Options
from pos.application.shop.shop import Shop
from pos.center.serve import serving_beside
from pos.center.steps import CenterSteps
from pos.center_client.http_center import HttpCenter
from pos.devices.folders import CREDENTIALS
from pos.devices.running_time import running_time
from pos.keys.center_keys import MembersKeysOfFile
from pos.keys.credentials import CredentialFile
from till_adapters import TillAdapters

SHOPS = ("Silk Gate", "Altyn Bazar")
_ADDRESS = "https://center.example:8443"
"""What stands in the passes: a free port of this computer would be another one in each picture."""
_TILL, _BY = "T1", "tools"


@dataclass
class CenterBeside:
    """A center with a shop for each of `SHOPS`; the folders of their first tills stand in `folders`."""

    folders: dict[str, Path]
    at: datetime
    _serve: Callable[[], AbstractContextManager[str]]
    _serving: ExitStack
    _here: str = ""

    def answer(self) -> None:
        """From now on it answers."""
        self._here = self._serving.enter_context(self._serve())

    def fall_silent(self) -> None:
        """From now on it does not."""
        self._serving.close()

    @contextmanager
    def open(self, name: str) -> Iterator[Shop]:
        """The shop with this name, with its line to here."""
        shop = program.build(Options(data=self.folders[name], demo=True, at=self.at), quick_pins=True)
        adapters = shop.opening().adapters
        assert isinstance(adapters, TillAdapters)
        assert adapters.credentials is not None, "its pass was kept"
        vars(adapters)["membership"] = Membership(adapters.credentials, self._connect, running_time)
        try:
            yield shop
        finally:
            shop.close()

    def _connect(self, given: TillPass) -> HttpCenter:
        return HttpCenter(replace(given, address=self._here))


@contextmanager
def center_beside(base: Path, at: datetime) -> Iterator[CenterBeside]:
    """A center that answers, with its shops in folders below `base`. Raises InfrastructureError without PostgreSQL."""
    ahead = at - datetime.now(UTC)
    with own_server() as database, ExitStack() as serving:
        place = CenterPlace(database, base / "keys.json")
        center_adapters.prepare(place, None)

        def now() -> datetime:
            return datetime.now(UTC) + ahead

        with center_adapters.context_of(now, place, None) as (context, _):
            keys, add_member, folders = MembersKeysOfFile(place.keys), AddMember(context), {}
            for name in SHOPS:
                add_member(name, _BY)
                folders[name] = base / name
                _make_member(folders[name], at, name, AddTill(context, keys)(name, _TILL, _ADDRESS, _BY))
            center = CenterBeside(folders, at, partial(serving_beside, CenterSteps(context)), serving)
            center.answer()
            yield center
            serving.close()  # before the store of the center


def _make_member(folder: Path, at: datetime, name: str, given: TillPass) -> None:
    shop = program.build(Options(data=folder, demo=True, at=at), quick_pins=True)
    store = shop.issue_receipt.store
    assert isinstance(store, SqlStore)
    let_demo_take_part(store, name, [given.digest])
    shop.close()
    CredentialFile(folder / CREDENTIALS, _TILL).keep(given)
