"""A copy made while tills sell is one whole file, and what is put back is a shop again."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

import pysqlite3.dbapi2 as sqlite
import pytest

from db.migrations import HEAD
from db.store.restore import RestoreStore
from pos.application.maintenance.erase_visitors import erase_again
from pos.application.maintenance.restore_ports import BackupDoesNotVerify, NeedsKeys, StoreInUse
from pos.domain.errors import StoreError
from pos.keys.known_keys import know_keys
from tests.application.maintenance.test_forget_visitors import forgetting
from tests.application.maintenance.test_seal_books import looked_at
from tests.application.reports.test_reports_of_days import close
from tests.next_version import next_version
from tests.shops import COGNAC, SWEETS, DemoShop


@pytest.fixture
def backup(shop: DemoShop, tmp_path: Path) -> Path:
    """A backup of a shop that has sold one thing; the shop is closed."""
    shop.sell(SWEETS)
    know_keys(shop.store, shop.secrets, "keys.json")
    file = tmp_path / "backup.db"
    shop.store.back_up(file)
    shop.close()
    return file


def restoring(shop: DemoShop) -> RestoreStore:
    return RestoreStore(shop.folder / "shop.db", shop.secrets.chain, shop.secrets.fingerprint(), shop.now)


def reopened(shop: DemoShop) -> DemoShop:
    return DemoShop(shop.folder, now=shop.now)


def with_change(file: Path, statement: str) -> Path:
    store = sqlite.connect(file)
    store.execute(statement)
    store.commit()
    store.close()
    return file


def leftovers(shop: DemoShop) -> set[str]:
    return {path.name for path in shop.folder.iterdir()} - {"shop.db", "keys.json"}


def test_a_backup_is_one_file_that_tells_how_far_it_goes(shop: DemoShop, tmp_path: Path) -> None:
    sale = shop.sell(SWEETS)
    progress: list[tuple[int, int]] = []
    summary = shop.store.back_up(tmp_path / "there.db", lambda done, of: progress.append((done, of)), is_thorough=True)
    shop.sell(COGNAC)

    assert [path.name for path in tmp_path.glob("*there*")] == ["there.db"]
    assert (summary.sales, summary.version, summary.last) == (1, HEAD, {"T1": sale.receipt})
    assert summary.bytes == (tmp_path / "there.db").stat().st_size
    assert progress[-1][0] == progress[-1][1] > 0
    with sqlite.connect(f"file:{tmp_path / 'there.db'}?mode=ro&immutable=1", uri=True) as copy:
        assert copy.execute("SELECT count(*) FROM sale").fetchone() == (1,)
    copy.close()


def test_a_sale_made_while_the_copy_runs_holds_no_one_up_and_does_not_tear_it(shop: DemoShop, tmp_path: Path) -> None:
    other = shop.other_till()
    with other.store.reading():
        pass
    sold: list[str] = []

    def sell(_done: int, _of: int) -> None:
        if not sold:
            sold.append(other.find_receipts.till)
            shop.sell(SWEETS)

    summary = shop.store.back_up(tmp_path / "there.db", sell, is_thorough=True)
    assert summary.sales == 0
    assert shop.rows("SELECT count(*) FROM sale") == [(1,)]
    other.close()


def test_a_copy_that_does_not_read_back_leaves_the_backup_of_before(
    shop: DemoShop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "there.db"
    file.write_bytes(b"the one of yesterday")
    shop.sell(SWEETS)
    with shop.raw(writing=True) as store:
        store.execute("UPDATE sold_goods SET name = 'Water'")

    with pytest.raises(StoreError, match="content was changed"):
        shop.store.back_up(file)

    assert file.read_bytes() == b"the one of yesterday"
    assert list(tmp_path.glob(".there*")) == []


def test_a_backup_put_back_is_the_shop_of_then_and_the_old_books_are_kept(shop: DemoShop, backup: Path) -> None:
    later = reopened(shop)
    later.sell(COGNAC)
    later.close()

    done = restoring(shop)(backup, "T1", "console:dana")

    assert done.summary.sales == 1
    assert done.kept is not None
    assert leftovers(shop) == {done.kept.name}
    with sqlite.connect(done.kept) as old:
        assert old.execute("SELECT count(*) FROM sale").fetchone() == (2,)
    old.close()
    again = reopened(shop)
    assert again.rows("SELECT count(*) FROM sale") == [(1,)]
    assert again.rows("SELECT person, act FROM journal ORDER BY id DESC LIMIT 1") == [("console:dana", "restore")]
    assert again.sell(COGNAC).number == 3, "the second receipt is in a customer's hand"
    assert again.verify() == []
    again.close()


def test_a_receipt_number_never_names_two_sales_though_an_older_backup_is_restored(
    shop: DemoShop, backup: Path, tmp_path: Path
) -> None:
    later = reopened(shop)
    lost = [later.sell(COGNAC).receipt, later.sell(SWEETS).receipt]
    close(later)
    later.close()

    done = restoring(shop)(backup, "T1", "console:dana")

    assert lost == ["T1-000002", "T1-000003"]
    assert done.skipped == {"skipped": ["T1-000002 – T1-000003"], "skipped_z": ["T1-Z000001 – T1-Z000001"]}
    again = reopened(shop)
    close(again)  # sealed while the register stands behind numbers that no sale has
    again.open_shift(again.person("amina"), {})
    assert again.sell(COGNAC).receipt == "T1-000004"
    close(again)
    assert again.rows("SELECT number FROM z_report ORDER BY number") == [(2,), (3,)]
    assert again.verify() == looked_at(again) == []
    again.store.back_up(tmp_path / "next.db", is_thorough=True)
    again.close()


@pytest.mark.parametrize(("on_paper", "following"), [(7, 8), (900_000_000, 1002)])
def test_where_the_books_of_before_are_gone_a_till_goes_on_behind_its_last_printout(
    shop: DemoShop, backup: Path, on_paper: int, following: int
) -> None:
    (shop.folder / "shop.db").unlink()
    done = replace(restoring(shop), printed=lambda _till: on_paper)(backup, "T1", "console:dana")
    assert done.skipped["skipped"] == [f"T1-000002 – T1-{following - 1:06d}"]
    again = reopened(shop)
    assert again.sell(COGNAC).number == following, "a file that is far ahead is no receipt of this shop"
    assert again.verify() == []
    again.close()


@pytest.mark.parametrize(("last", "following"), [({}, 1002), ({"T1": 5}, 6), ({"T1": 1}, 2)])
def test_where_nothing_says_how_far_a_till_had_come_many_numbers_are_skipped_or_a_person_says_it(
    shop: DemoShop, backup: Path, last: dict[str, int], following: int
) -> None:
    (shop.folder / "shop.db").unlink()
    restoring(shop)(backup, "T1", "console:dana", last=last)
    again = reopened(shop)
    assert again.sell(COGNAC).number == following
    assert again.verify() == []
    again.close()


def test_a_stock_document_never_names_two_deliveries_either(shop: DemoShop, backup: Path) -> None:
    later = reopened(shop)
    with later.store.begin() as work:
        taken = [work.stock.next_number("O") for _ in range(3)]
        work.commit()
    later.close()
    restoring(shop)(backup, "T1", "console:dana")
    again = reopened(shop)
    with again.store.begin() as work:
        assert work.stock.next_number("O") == taken[-1] + 1
    assert again.verify() == []
    again.close()


def test_a_skip_that_no_restore_has_written_is_a_missing_sale(shop: DemoShop, backup: Path) -> None:
    with_change(backup, "UPDATE register SET next_no = 4")
    shutil.copy(backup, shop.folder / "shop.db")
    again = reopened(shop)
    assert "register T1: next number 4, sales end before 2" in again.verify()
    again.close()


def test_nothing_is_restored_over_a_store_that_a_till_has_open(shop: DemoShop, backup: Path) -> None:
    till = reopened(shop)
    with till.store.reading() as work:
        work.settings.all()

    with pytest.raises(StoreInUse):
        restoring(shop)(backup, "T1", "console:dana")

    assert till.sell(COGNAC).number == 2
    till.close()
    assert leftovers(shop) == set()


def _cut(file: Path) -> Path:
    content = file.read_bytes()
    file.write_bytes(content[: len(content) // 2])
    return file


def _noise(file: Path) -> Path:
    file.write_bytes(b"not a store at all" * 500)
    return file


def _a_guest(file: Path) -> Path:
    return with_change(file, "CREATE TRIGGER guest AFTER INSERT ON sale BEGIN DELETE FROM stock; END")


def _newer(file: Path) -> Path:
    return with_change(file, "UPDATE alembic_version SET version_num = '9999'")


def _of_two_versions(file: Path) -> Path:
    return with_change(file, "INSERT INTO alembic_version VALUES ('0018')")


def _of_a_trial(file: Path) -> Path:
    return with_change(file, "UPDATE alembic_version SET version_num = '0019'")


def _missing(file: Path) -> Path:
    file.unlink()
    return file


@pytest.mark.parametrize(
    ("spoil", "what"),
    [
        (_cut, "backup_damaged"),
        (_noise, "not_a_store"),
        (_a_guest, "not_a_store"),
        (_newer, "newer"),
        (_of_two_versions, "not_a_store"),
        (_of_a_trial, "made_by_trial_version"),
        (_missing, "no_such_file"),
    ],
)
def test_a_file_that_is_no_good_backup_is_refused_and_the_shop_is_as_it_was(
    shop: DemoShop, backup: Path, spoil: Callable[[Path], Path], what: str
) -> None:
    before = reopened(shop).tables()
    with pytest.raises(StoreError, match=what):
        restoring(shop)(spoil(backup), "T1", "console:dana")
    assert reopened(shop).tables() == before
    assert leftovers(shop) == set()


def test_a_backup_of_other_keys_says_which_it_needs(shop: DemoShop, backup: Path) -> None:
    with pytest.raises(NeedsKeys) as refused:
        replace(restoring(shop), keys="")(backup, "T1", "console:dana")
    assert refused.value.needs == shop.secrets.fingerprint()


def test_books_that_do_not_agree_are_put_back_only_by_who_insists(shop: DemoShop, backup: Path) -> None:
    with_change(backup, "UPDATE stock SET on_hand = on_hand + 1 WHERE product_id = 3")
    with pytest.raises(BackupDoesNotVerify, match="on hand"):
        restoring(shop)(backup, "T1", "console:dana")
    done = restoring(shop)(backup, "T1", "console:dana", anyway=True)
    assert len(done.mismatches) == 1


def test_an_older_backup_is_brought_up_to_date_on_a_copy(shop: DemoShop, backup: Path, tmp_path: Path) -> None:
    bytes_before = backup.read_bytes()

    with next_version():
        done = restoring(shop)(backup, "T1", "console:dana")
        again = reopened(shop)
        assert again.verify() == []
        assert again.rows("SELECT receipts FROM receipts_of_till") == [(1,)]
        again.close()

    assert done.version == HEAD
    assert backup.read_bytes() == bytes_before


def test_a_damaged_store_is_set_aside_with_all_that_belongs_to_it(shop: DemoShop, backup: Path) -> None:
    (shop.folder / "shop.db").write_bytes(b"the disk ate it" * 1000)
    (shop.folder / "shop.db-wal").write_bytes(b"this too")
    done = restoring(shop)(backup, "T1", "console:dana")
    assert done.kept is not None
    assert done.kept.read_bytes().startswith(b"the disk ate it")
    assert leftovers(shop) == {done.kept.name, f"{done.kept.name}-wal"}
    again = reopened(shop)
    assert again.rows("SELECT count(*) FROM sale") == [(1,)]
    again.close()


def test_a_backup_is_restored_where_there_is_no_store_at_all(shop: DemoShop, backup: Path) -> None:
    (shop.folder / "shop.db").unlink()
    assert restoring(shop)(backup, "T1", "console:dana").kept is None
    again = reopened(shop)
    assert again.verify() == []
    again.close()


def test_a_copy_that_was_made_with_its_log_beside_it_is_restored_whole(shop: DemoShop, tmp_path: Path) -> None:
    shop.sell(SWEETS)
    copied = tmp_path / "copied"
    copied.mkdir()
    reader = sqlite.connect(shop.folder / "shop.db")  # keeps the log from being folded in
    reader.execute("SELECT count(*) FROM sale").fetchone()
    for name in ("shop.db", "shop.db-wal"):
        shutil.copy(shop.folder / name, copied / name)
    reader.close()
    shop.close()
    assert restoring(shop)(copied / "shop.db", "T1", "console:dana").summary.sales == 1


def test_a_store_of_before_is_kept_as_it_was_before_it_is_brought_up_to_date(shop: DemoShop) -> None:
    shop.sell(SWEETS)
    shop.close()
    with next_version():
        again = reopened(shop)
        again.store.close()
    kept = shop.folder / "backups" / f"shop_of-version-{HEAD}.db"
    with sqlite.connect(kept) as store:
        assert store.execute("SELECT version_num FROM alembic_version").fetchone() == (HEAD,)
        assert store.execute("SELECT count(*) FROM sale").fetchone() == (1,)
    store.close()


def test_who_was_forgotten_is_forgotten_again_in_what_is_put_back(shop: DemoShop, tmp_path: Path) -> None:
    zhang = shop.visitor()
    shop.sell(SWEETS)
    shop.now.move(days=40)
    file = tmp_path / "backup.db"
    know_keys(shop.store, shop.secrets, "keys.json")
    shop.store.back_up(file)
    shop.now.move(days=30)
    forgetting(shop).all(shop.person("manager"))
    regimes = shop.regimes
    shop.close()
    assert zhang.masked.encode() in file.read_bytes()

    forget = partial(erase_again, shop.now, regimes, "T1", shop.secrets, lambda _settings: lambda _drawn: None)

    done = replace(restoring(shop), forget=forget)(file, "T1", "console:dana")

    assert done.forgotten == 1
    back = reopened(shop)
    assert back.rows("SELECT count(*) FROM visitor_document") == [(0,)]
    assert not any(
        who.encode() in (shop.folder / "shop.db").read_bytes() for who in (zhang.key, zhang.masked, zhang.name)
    )
    assert back.verify() == []
    back.close()


@pytest.mark.parametrize("name", ["what?now", "per%20cent", "hash#tag", "tab\there", "a&b=c", "plus+ blank"])
def test_in_a_folder_of_whatever_name_the_backup_itself_is_checked(shop: DemoShop, tmp_path: Path, name: str) -> None:
    shop.sell(SWEETS)
    shop.close()
    odd = DemoShop(Path(shutil.move(shop.folder, tmp_path / name)), now=shop.now)
    file = odd.folder / "backup.db"
    odd.store.back_up(file)
    odd.close()
    with_change(file, "DROP TRIGGER sale_no_update")
    with_change(file, "UPDATE sale SET cashier = 'li'")
    with pytest.raises(BackupDoesNotVerify):
        restoring(odd)(file, "T1", "console:tester")
    assert restoring(odd)(file, "T1", "console:tester", anyway=True).mismatches
    assert [path.name for path in tmp_path.iterdir()] == [name]

    again = DemoShop(odd.folder, now=odd.now)
    assert again.rows("SELECT count(*) FROM journal WHERE act = 'restore'") == [(1,)]
    assert again.rows("SELECT cashier FROM sale") == [("li",)]
    again.close()
