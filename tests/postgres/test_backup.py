"""A backup of a shop on a server is one file of SQLite, and the file is a shop again."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import text

from db.engine.engine import database_url
from db.store.store import open_store
from pos.application.maintenance.seal_files import ExportSeals, read_external_anchors
from tests.application.reports.test_reports_of_days import close
from tests.shops import COGNAC, SWEETS, DemoShop


def test_a_server_is_backed_up_into_one_file_while_tills_sell(shop: DemoShop, tmp_path: Path) -> None:
    shop.sell(SWEETS)
    shop.now.move(hours=1)
    close(shop)
    seals = read_external_anchors("\n".join(ExportSeals(shop.context)(shop.person("manager"), "seals.txt")))
    sold: list[str] = []

    def sell_meanwhile(_done: int, _of: int) -> None:
        if not sold:
            shop.open_shift(shop.person("amina"), {})
            sold.append(shop.sell(COGNAC).receipt)

    summary = shop.store.back_up(tmp_path / "there.db", sell_meanwhile, is_thorough=True)

    assert (summary.sales, sold) == (1, ["T1-000002"])
    assert [path.name for path in tmp_path.glob("*there*")] == ["there.db"]
    store = open_store(database_url(f"sqlite:///{tmp_path / 'there.db'}", tmp_path), shop.secrets.chain)
    with store.reading() as work:
        assert list(work.reports.mismatches()) == []
        assert work.seals.mismatches(shop.secrets.is_signed, seals) == []
        assert work.connection.execute(text("SELECT count(*) FROM sale")).scalar_one() == 1
    store.close()
    assert shop.verify(seals) == []
