"""Regime files of the center: proposed by one person, approved by another, in force from a day."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import httpx2 as httpx
import pytest

from center_adapters import regime_file
from main import RESOURCES
from pos.application.center.ports import ProposedRegime
from pos.application.center.refusals import ApprovedByProposer, RegimeApproved, RegimeFileNotKnown, RulesDiffer
from pos.application.center.regime_files import ApproveRegime, ListRegimeFiles, ProposeRegime, ShowRegimeFile
from pos.application.center.regimes_in_force import RegimesInForce
from pos.application.center.requests import RulesUsed
from pos.application.center.verify_center import VerifyCenter
from pos.domain.errors import BadField
from pos.regimes.comparison import changes_between
from pos.regimes.folders import regime_of_content
from tests.center.serving import serving
from tests.center.shops import Center, TillAtCenter, perfume, replaced

TOMORROW = date(2026, 11, 21)
SHIPPED = (RESOURCES / "regimes" / "cn-horgos.toml").read_text(encoding="utf-8")


@pytest.fixture
def ruled(center: Center) -> Center:
    """The center, judging by the files that its people approve."""
    file = RESOURCES / "regimes" / "cn-horgos.toml"
    shipped = {**center.context.regimes(), "cn-horgos": regime_file(file, date(2026, 11, 20))}

    def approved() -> Sequence[ProposedRegime]:
        with center.store.reading() as work:
            return work.regimes.all()

    regimes = RegimesInForce(lambda: shipped, approved, regime_of_content, center.clock)
    context = replace(center.context, regimes=regimes)
    tills = {name: TillAtCenter(context, till.caller, till.credential) for name, till in center.tills.items()}
    return replace(center, context=context, tills=tills)


def a_file(folder: Path, limit: str = "5000") -> Path:
    """The shipped rules with another limit of the day."""
    file = folder / "cn-horgos.toml"
    file.write_text(SHIPPED.replace('limit = "8000"', f'limit = "{limit}"'), encoding="utf-8")
    return file


def propose(center: Center, file: Path, day: date = TOMORROW, by: str = "Aigul") -> int:
    return ProposeRegime(center.context, regime_file, changes_between)(file, day, by, "tester").file.id


def test_what_two_people_agreed_on_is_in_force_from_its_day(ruled: Center, tmp_path: Path) -> None:
    file = a_file(tmp_path)
    number = propose(ruled, file)
    ApproveRegime(ruled.context)(number, "Li Wei", "tester")
    ruled.clock.pass_by(minutes=1)
    till = ruled.till("A1")
    till.sell("passport", perfume("6000"))
    ruled.clock.pass_by(days=1)
    in_force = ruled.context.regimes()["cn-horgos"]
    assert (in_force.digest, in_force.starts_on) == (hashlib.sha256(file.read_bytes()).hexdigest(), TOMORROW)
    asked = till.request(till.look_up("other"), perfume("5000"))
    before = ruled.context.regimes(ruled.clock() - timedelta(days=1))["cn-horgos"].digest
    with pytest.raises(RulesDiffer) as refused:
        till.reserve(replaced(asked, rules=RulesUsed("cn-horgos", before)))
    assert (refused.value.regime, refused.value.digest) == ("cn-horgos", in_force.digest)
    till.reserve(asked)
    assert VerifyCenter(ruled.context)().findings == [], "6,000 were within the rules of their day"


def test_nothing_changes_before_another_person_approves(ruled: Center, tmp_path: Path) -> None:
    number = propose(ruled, a_file(tmp_path), date(2026, 11, 20))
    before = ruled.context.regimes()["cn-horgos"].digest
    ruled.clock.pass_by(days=2)
    assert ruled.context.regimes()["cn-horgos"].digest == before
    for name in ("Aigul", " AIGUL "):
        with pytest.raises(ApprovedByProposer):
            ApproveRegime(ruled.context)(number, name, "tester")
    ApproveRegime(ruled.context)(number, "Li Wei", "tester")
    with pytest.raises(RegimeApproved):
        ApproveRegime(ruled.context)(number, "Madina", "tester")
    with pytest.raises(RegimeFileNotKnown):
        ApproveRegime(ruled.context)(77, "Madina", "tester")
    ruled.clock.pass_by(seconds=10)
    assert ruled.context.regimes()["cn-horgos"].digest != before, "its day is past, so from the approval on"
    (file,), in_force = ListRegimeFiles(ruled.context)()
    assert (file.by, file.approved_by) == ("Aigul", "Li Wei")
    assert {each.regime.id: each.starts_on for each in in_force}["cn-horgos"] == date(2026, 11, 20)
    assert VerifyCenter(ruled.context)().entries >= 2


def test_the_preview_names_what_changes_in_the_words_of_the_file(ruled: Center, tmp_path: Path) -> None:
    file = a_file(tmp_path)
    text = file.read_text(encoding="utf-8").replace("# ", "# another comment: ", 1)
    file.write_text(text + '\n[[rule]]\nid = "honey"\n' + HONEY, encoding="utf-8")
    number = propose(ruled, file)
    preview = ShowRegimeFile(ruled.context, changes_between)(number).changes
    assert preview is not None
    assert [(each.field, each.before, each.after) for each in preview] == [
        ("limit", "8000", "5000"),
        ("", None, "Honey"),
    ]


HONEY = """title = { en = "Honey", zh = "蜂蜜", ru = "Мёд", kk = "Бал" }
scope = ["food.honey"]
measure = "pieces"
limit = "20"
window = "day"
over = "review"
source = "a decision of the center"
confidence = "high"
"""


@pytest.mark.parametrize(
    ("content", "what"),
    [
        ("not = [toml", "not_toml"),
        (SHIPPED.replace('limit = "8000"', 'limit = "many"'), "not_a_decimal_text"),
        (SHIPPED.replace('id = "cn-horgos"', 'id = "another"'), "not_the_name_of_the_file"),
    ],
)
def test_a_faulty_file_is_not_proposed(ruled: Center, tmp_path: Path, content: str, what: str) -> None:
    file = tmp_path / "cn-horgos.toml"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(BadField) as refused:
        propose(ruled, file)
    assert (refused.value.field, refused.value.what) == ("regime", what)
    assert ListRegimeFiles(ruled.context)()[0] == []


def test_a_day_that_is_past_is_no_day_to_begin(ruled: Center, tmp_path: Path) -> None:
    with pytest.raises(BadField):
        propose(ruled, a_file(tmp_path), date(2026, 11, 19))
    with pytest.raises(BadField):
        propose(ruled, a_file(tmp_path), by=" ")


def test_the_service_gives_out_the_file_in_force_with_its_digest(ruled: Center, tmp_path: Path) -> None:
    file = a_file(tmp_path)
    ApproveRegime(ruled.context)(propose(ruled, file, date(2026, 11, 20)), "Li Wei", "tester")
    ruled.clock.pass_by(seconds=10)
    headers = {"Authorization": f"Bearer {ruled.till('A1').credential}"}
    with serving(ruled.context) as address, httpx.Client(base_url=address, trust_env=False, headers=headers) as client:
        (listed,) = [each for each in client.get("/v1/regimes").json() if each["id"] == "cn-horgos"]
        given = client.get("/v1/regimes/cn-horgos")
        assert client.get("/v1/regimes/nowhere").status_code == 404
    assert given.content == file.read_bytes()
    assert listed == {"id": "cn-horgos", "digest": hashlib.sha256(given.content).hexdigest(), "since": "2026-11-20"}
    assert given.headers["etag"] == f'"{listed["digest"]}"'
