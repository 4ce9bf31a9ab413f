"""The day of an allowance ends by the zone data of the program, whatever the computer has."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

import main
from pos.application.settings.settings import Settings
from pos.regimes.fields import RegimeFault
from pos.regimes.reading import read_regime
from tests.regimes.test_regime_files import TOWN


def a_month_that_ends_in_almaty() -> dict[str, Any]:
    """A coat carried out in February, and another at 23:30 of its last day: 00:30 of March by an older Almaty."""
    coat = {"name": "Coat", "category": "clothing", "quantity": 1, "unit_price": "400", "currency": "EUR"}
    return {
        "regime": "kz-horgos",
        "at": "2026-02-28T18:30:00Z",
        "visitor": {"birth_date": "1986-05-01"},
        "rates": {"base": "KZT", "per_unit": {"EUR": "600"}},
        "history": [{"at": "2026-02-10T10:00:00Z", "carried_out_at": "2026-02-10T11:00:00Z", "lines": [coat]}],
        "basket": [{**coat, "gross_kg": "2"}],
    }


def test_the_month_ends_by_the_zone_data_of_the_program_and_not_by_the_computers(tmp_path: Path) -> None:
    (tmp_path / "Asia").mkdir()
    later = files("tzdata").joinpath("zoneinfo", "Asia", "Shanghai").read_bytes()
    (tmp_path / "Asia" / "Almaty").write_bytes(later)
    done = subprocess.run(
        [sys.executable, main.__file__, "quota", "check", "-"],
        input=json.dumps(a_month_that_ends_in_almaty()),
        env={**os.environ, "PYTHONTZPATH": str(tmp_path)},
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    value = next(rule for rule in json.loads(done.stdout)["rules"] if rule["rule"] == "value")
    assert (value["used"], value["verdict"]) == ("400.00", "duty")


@pytest.mark.parametrize("name", ["localtime", "posixrules", "posix/Asia/Almaty", "right/Asia/Almaty", "asia/almaty"])
def test_a_zone_that_is_a_file_of_one_computer_is_no_zone(name: str) -> None:
    with pytest.raises(RegimeFault, match="unknown_zone"):
        read_regime(TOWN.replace("Asia/Almaty", name).encode(), "town.toml")
    assert Settings.read({"time_zone": name}).time_zone == Settings().time_zone
