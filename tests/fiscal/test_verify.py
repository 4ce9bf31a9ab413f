"""`verify` names what is not as the register and the books have it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.application.returns.test_return_goods import record_return
from tests.fiscal.shops import FiscalTill, a_fiscal_till
from tests.shops import CHOCOLATE, SWEETS


@pytest.fixture(scope="module")
def till(template_shop: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[FiscalTill]:
    import shutil

    folder = Path(shutil.copytree(template_shop, tmp_path_factory.mktemp("verify") / "shop"))
    with a_fiscal_till(folder) as made:
        made.shop.now.move(minutes=1)
        sale = made.shop.sell(CHOCOLATE, CHOCOLATE)
        record_return(made.shop, sale.receipt, (0, 1))
        made.shop.sell(SWEETS)
        made.send()
        refused = made.shop.sell(SWEETS)
        made.server.rejects.append(9)
        made.send()
        made.receipts.give_up(refused.receipt, "Registered by hand", made.shop.person("manager"))
        assert fiscal(made) == []
        yield made


def fiscal(till: FiscalTill) -> list[str]:
    return [line for line in till.shop.verify() if line.startswith("fiscal")]


@pytest.mark.parametrize(
    ("tampering", "named"),
    [
        ("DELETE FROM fiscal_document WHERE id = 3", "T1-000003: the register receives nothing of this receipt"),
        ("UPDATE fiscal_document SET fiscal_number = NULL WHERE id = 3", "its attempt is done"),
        ("UPDATE fiscal_document SET fiscal_number = '1' WHERE id < 3", "two documents"),
        ('UPDATE fiscal_document SET body = replace(body, \'"change":"0\', \'"change":"1\') WHERE id = 3', "come to"),
        ("UPDATE fiscal_document SET body = 'x' WHERE id = 3", "cannot be read"),
        ("UPDATE partner_attempt SET amount_minor = 1 WHERE about = 'T1-000003'", "its ticket comes to 3494.40"),
        ("UPDATE fiscal_document SET sale_id = NULL, kind = 'in' WHERE id = 1", "is not"),
        ("UPDATE fiscal_document SET given_up_by = 'amina' WHERE id = 4", "given up by amina"),
        ("UPDATE fiscal_document SET standing = 'waiting' WHERE id = 3", "it is noted as waiting, and is registered"),
        ("UPDATE partner_attempt SET kind = 'charge' WHERE about = 'T1-000003'", "its attempt is a charge"),
        ("UPDATE partner_attempt SET amount_minor = 5 WHERE about = 'T1-000001'", "came back of T1-000001"),
    ],
)
def test_what_was_changed_is_named(till: FiscalTill, tampering: str, named: str) -> None:
    with till.shop.raw(writing=True) as store:
        before = {
            name: store.execute(f"SELECT * FROM {name}").fetchall() for name in ("fiscal_document", "partner_attempt")
        }
        store.execute(tampering)
    try:
        assert any(named in line for line in fiscal(till)), fiscal(till)
    finally:
        with till.shop.raw(writing=True) as store:
            for name, rows in before.items():
                store.execute(f"DELETE FROM {name}")
                marks = ", ".join("?" * len(rows[0]))
                store.executemany(f"INSERT INTO {name} VALUES ({marks})", rows)
