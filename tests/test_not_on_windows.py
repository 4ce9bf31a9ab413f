"""What is left out on Windows is still there, and has its reason."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.not_on_windows import NOT_ON_WINDOWS, reason_of

ROOT = Path(__file__).resolve().parents[1]


@pytest.mark.parametrize("name", NOT_ON_WINDOWS)
def test_what_does_not_run_on_windows_is_there(name: str) -> None:
    place, _, test = name.partition("::")
    assert (ROOT / place).exists()
    function = test.partition("[")[0]
    assert not test or re.search(rf"^def {re.escape(function)}\(", (ROOT / place).read_text(encoding="utf-8"), re.M)


def test_a_test_is_left_out_by_its_folder_its_file_its_name_or_its_case() -> None:
    assert reason_of("tests/mutants/test_slips.py::test_one[a/b]")
    assert reason_of("tests/cli/test_private_files.py::test_a_store_somewhere_else_is_private_too")
    name = "tests/db/store/test_backup.py::test_in_a_folder_of_whatever_name_the_backup_itself_is_checked"
    assert reason_of(f"{name}[what?now]")
    assert reason_of(f"{name}[a&b=c]") is None
    assert reason_of("tests/db/store/test_backup.py") is None
    name = "tests/faults/test_experiments.py::test_a_breakage_on_purpose_is_noticed"
    assert reason_of(f"{name}[D2-synchronous=OFF]")
    assert reason_of(f"{name}[D7-a copy of the file]") is None
