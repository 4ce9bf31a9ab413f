"""What a command reads and writes is UTF-8: also where the system has another code page, or says ASCII."""

from __future__ import annotations

import errno
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.console import PROGRAM, Console, a_ticket


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


class FullDisk(io.StringIO):
    """An output on a full disk."""

    def write(self, _text: str) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")


@pytest.mark.parametrize("output", [FullDisk(), None])
def test_a_sale_whose_answer_cannot_be_written_is_recorded_and_said_to_be(
    console: Console, monkeypatch: pytest.MonkeyPatch, output: io.StringIO | None
) -> None:
    with monkeypatch.context() as lost:
        lost.setattr(sys, "stdout", output)
        answer = console("sale", "ring", "-", stdin=a_ticket())
        refused = console("sale", "ring", "-", stdin=a_ticket("k-2"))

    assert (answer.code, refused.code) == (4, 3)
    assert "What was recorded before remains recorded." in answer.err
    assert "over the allowance" in refused.err
    assert [one["receipt"] for one in console("sale", "find").json] == ["T1-000001"]
