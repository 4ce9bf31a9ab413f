"""`export customs`: a file for customs from the console."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.console import Console, a_ticket


def test_customs_get_a_file_and_the_journal_says_so(console: Console, tmp_path: Path) -> None:
    console("sale", "ring", "-", stdin=a_ticket())
    day = console("journal", "show", "--kind", "sale").json[0]["at"][:10]
    document = tmp_path / "document.json"
    document.write_text(json.dumps(a_ticket()["visitors"][0]["document"]), encoding="utf-8")
    assert console("visitor", "left", str(document)).code == 0
    out = tmp_path / "customs.json"
    answer = console("export", "customs", "--from", day, "--to", day, "--regime", "cn-horgos", "--out", str(out))
    assert answer.code == 0, answer.err
    assert answer.json["carry_outs"] == 1
    export = json.loads(out.read_text(encoding="utf-8"))
    assert export["carried_out"][0]["quantity"] == 3
    [said] = console("journal", "show", "--kind", "export").json
    assert said["text"] == "Exported to a file: the goods taken out by visitors."
    for bad in (("--from", "today", "--to", day), ("--from", day, "--to", day, "--regime", "mars")):
        assert console("export", "customs", *bad, "--out", str(out)).code == 2
    assert console("export", "customs", "--from", day, "--to", day, "--out", str(tmp_path / "no" / "x.csv")).code == 4
