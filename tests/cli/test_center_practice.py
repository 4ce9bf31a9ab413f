"""`center simulate` and `center demo`: shops for practice, at a center of their own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx2 as httpx
import pytest

import center_adapters
from center_adapters import context_of, demo
from db.center import own_server
from pos.application.center.office import CenterPlace
from pos.application.center.till_pass import TillPass
from pos.application.center.verify_center import VerifyCenter
from pos.application.center_console.steps import CenterDemo
from pos.application.membership.simulate_center import regime_to_practise
from pos.domain.border import border_in_force
from tests.center.shops import regimes_in_force
from tests.cli.console import Console
from tests.postgres_server import Server

_NUMBERS = count()
_SMALL = ("--shops", "2", "--tills", "1", "--sales", "6", "--visitors", "3")


@pytest.fixture
def practice(server: Server, tmp_path: Path) -> list[str]:
    """The options that name an empty database for practice."""
    database = server.create(f"practice_{next(_NUMBERS)}")
    return ["--database", database, "--keys", str(tmp_path / "center.json")]


def test_shops_for_practice_trade_the_books_agree_and_the_same_seed_makes_the_same_day(
    console: Console, practice: list[str]
) -> None:
    # The second time with other shops and visitors, as the first ones have bought.
    done, again = (console("center", "simulate", *_SMALL, "--seed", "5", *practice) for _ in range(2))
    told = done.json
    same = ("sales", "over_the_allowance", "returned", "given_back")
    assert [told[name] for name in same] == [again.json[name] for name in same]
    assert (done.code, told["broken"], told["verify"], told["exceeded_without_flag"]) == (0, [], [], 0)
    assert (told["shops"], told["tills"], told["customers"]) == (2, 2, 12)
    assert told["sales"] > 0
    assert console("center", "verify", *practice).json["findings"] == []
    members = {each["member"] for each in console("center", "member", "list", *practice).json}
    assert members == {f"Practice {number}" for number in range(1, 5)}


def test_the_visitors_for_practice_go_by_the_rules_of_this_border() -> None:
    regimes = {name: each.regime for name, each in regimes_in_force().items()}
    here = border_in_force().destinations[0].regime

    assert regime_to_practise(regimes) == here
    others = {name: each for name, each in regimes.items() if name != here}
    assert regimes[regime_to_practise(others)].destination == "CN"


def test_nothing_is_simulated_at_the_center_of_others(
    console: Console, practice: list[str], server: Server, tmp_path: Path
) -> None:
    named = ["--database", server.create(f"center_of_shops_{next(_NUMBERS)}"), "--keys", str(tmp_path / "k.json")]
    refused = console("center", "simulate", *_SMALL, *named)
    assert (refused.code, refused.json["refused"]) == (3, "center_not_for_practice")
    assert not (tmp_path / "k.json").exists(), "and nothing was made there"
    console("center", "init", *practice)
    console("center", "member", "add", "Silk Gate", *practice)
    refused = console("center", "simulate", *_SMALL, *practice)
    assert (refused.code, refused.json["refused"]) == (3, "center_not_for_practice")
    without = console("center", "simulate", *_SMALL, *practice[:2])
    assert (without.code, "keys" in without.err) == (2, True)


def test_without_postgresql_one_sentence_says_so(console: Console, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(own_server, "programs", lambda: None)
    for command in ("simulate", "demo"):
        said = console("center", command)
        assert (said.code, said.err.count("\n"), "PostgreSQL" in said.err) == (4, 1, True)


@pytest.fixture
def temporary(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Where temporary folders are made: in one that the server's user can enter."""
    with TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        monkeypatch.setattr("tempfile.tempdir", folder)
        yield Path(folder)


@pytest.mark.usefixtures("server")
def test_the_demo_has_traded_and_leaves_nothing(temporary: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(center_adapters, "_DEMO_CUSTOMERS", 3)
    made: dict[str, Mapping[str, TillPass]] = {}
    seen: list[CenterDemo] = []
    now = datetime(2026, 11, 20, 9, tzinfo=UTC)

    def ready(center: CenterDemo) -> None:
        seen.append(center)
        (folder,) = {member.folder.parent for member in center.members}
        (server,) = (each for each in temporary.iterdir() if (each / "data").exists())
        place = CenterPlace(f"postgresql://center@/practice?host={server}", folder / "keys.json")
        with context_of(lambda: now, place, None) as (context, _):
            assert VerifyCenter(context)().findings == []
            with context.store.reading() as work:
                assert {(each.member_name, each.name) for each in work.members.tills()} == {
                    (member.name, till) for member in center.members for till in member.tills
                }
                shops = [work.audit.shop(member.name, now - timedelta(days=1), now) for member in center.members]
        assert any(shop is not None and shop.lines for shop in shops), "a day of trade"
        raise KeyboardInterrupt

    def make_shop(folder: Path, name: str, passes: Mapping[str, TillPass]) -> None:
        made[name] = passes

    with pytest.raises(KeyboardInterrupt):
        demo(lambda: now, make_shop, 0, ready)
    (center,) = seen
    assert len(center.password) >= 12
    assert {given.address for passes in made.values() for given in passes.values()} == {center.address}
    assert list(temporary.iterdir()) == []
    with pytest.raises(httpx.ConnectError):
        httpx.get(f"{center.address}/v1/health", trust_env=False)
