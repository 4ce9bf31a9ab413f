"""The restore drill of docs/backup.md, word for word."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from tests.cli.console import Console, a_ticket

DOCS = Path(__file__).resolve().parents[2] / "docs" / "backup.md"
_LINE = re.compile(r" *border-pos --data (?P<folder>\w+) (?P<words>[^#\n]+?)(?: *# exit (?P<code>\d))? *")


def commands() -> list[tuple[str, list[str], int]]:
    """Folder, words and exit code of each line of the drill."""
    drill = DOCS.read_text(encoding="utf-8").split("## Restore drill")[1].split("\n## ")[0]
    lines = [line for block in re.findall(r"```sh\n(.*?)```", drill, re.DOTALL) for line in block.splitlines()]
    listed = []
    for line in filter(str.strip, lines):
        match = _LINE.fullmatch(line)
        assert match is not None, line
        listed.append((match["folder"], shlex.split(match["words"]), int(match["code"] or 0)))
    return listed


def test_the_drill_of_the_manual_works_word_for_word(
    console: Console, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BORDER_POS_PASSPHRASE", "three swans over Horgos")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "stick").mkdir()
    assert console("sale", "ring", "-", stdin=a_ticket()).code == 0
    drill = Console(tmp_path / "drill", console.capture, console.patch)
    done = 0
    for folder, words, code in commands():
        answer = (console if folder == "shop" else drill)(*words)
        assert answer.code == code, (words, answer)
        done += 1
    assert done == 11
    assert (tmp_path / "stick" / "receipt.pdf").read_bytes().startswith(b"%PDF")
