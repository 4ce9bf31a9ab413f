"""What a command reads and writes is UTF-8: also where the system has another code page, or says ASCII."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest

from tests.cli.console import PROGRAM


def run_console(folder: Path, *words: str, stdin: str = "", **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [*PROGRAM, "--data", str(folder), *words],
        input=stdin.encode(),
        capture_output=True,
        env={**os.environ, "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", **environment},
        check=False,
    )


@pytest.mark.parametrize("encoding", ["cp1252", "ascii", "gbk"])
def test_goods_are_found_and_reported_by_their_chinese_names(shop_folder: Path, encoding: str) -> None:
    run = run_console(shop_folder, "product", "find", "巧克力", PYTHONIOENCODING=encoding)
    assert (run.returncode, run.stderr) == (0, b"")
    assert "巧克力" in json.dumps(json.loads(run.stdout), ensure_ascii=False)


def test_a_refusal_in_chinese_is_written_where_the_system_says_ascii(tmp_path: Path) -> None:
    scenario = {"regime": "не", "visitors": []}
    refused = run_console(
        tmp_path, "--language", "zh", "quota", "check", "-",
        stdin=json.dumps(scenario, ensure_ascii=False), LC_ALL="C", PYTHONIOENCODING="ascii",
    )  # fmt: skip
    assert refused.returncode == 2
    assert refused.stderr.decode("utf-8").strip()
    assert not refused.stderr.isascii()
