"""`export seals`, `verify --seals`, `verify --key`: the books judged by what lies elsewhere."""

from __future__ import annotations

import shutil
from pathlib import Path

import pysqlite3.dbapi2 as sqlite

from tests.cli.console import Console, a_ticket
from tests.cli.test_shift_commands import NOTHING


def test_an_auditor_with_the_public_key_and_the_seals_judges_a_copy_of_the_books(
    console: Console, tmp_path: Path
) -> None:
    assert console("sale", "ring", "-", stdin=a_ticket()).code == 0
    closed = console("shift", "close", "-", stdin={"cashier": "amina", "count": NOTHING})
    assert closed.code == 0, closed.err
    pub, seals, copy = tmp_path / "shop.pub", tmp_path / "seals.txt", tmp_path / "copy"
    assert console("keys", "public", str(pub)).code == 0
    assert console("export", "seals", str(seals)).json == {"file": str(seals), "seals": 1}
    assert console("verify", "--seals", str(seals)).code == 0
    copy.mkdir()
    assert console("backup", str(copy / "shop.db")).code == 0
    auditor = Console(copy, console.capture, console.patch)

    assert auditor("verify", "--key", str(pub), "--seals", str(seals)).code == 0
    assert [path.name for path in copy.iterdir()] == ["shop.db"]

    store = sqlite.connect(copy / "shop.db")
    store.execute("DROP TRIGGER sold_goods_no_update")
    store.execute("UPDATE sold_goods SET name = 'Water'")
    store.commit()
    store.close()
    changed = auditor("verify", "--key", str(pub))
    assert (changed.code, changed.out.strip()) == (
        1,
        "seal 1 T1: of the sales T1-000001 to T1-000001 one was changed, added or taken away",
    )
    shutil.copy(pub, tmp_path / "not-seals.txt")
    assert auditor("verify", "--key", str(pub), "--seals", str(tmp_path / "not-seals.txt")).code == 2
