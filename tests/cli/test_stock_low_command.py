"""`stock low`: what runs out, as JSON and as a table."""

from __future__ import annotations

from tests.cli.console import COGNAC, Console


def test_what_runs_out_is_listed_and_gone_once_it_is_ordered(console: Console) -> None:
    low = console("stock", "low")
    assert low.code == 0, low.err
    rows = low.json
    for row in rows:
        assert row["order"] > 0
        assert row["order"] % row["carton"] == 0
        assert row["days_left"] is None or row["sold"] > 0
    assert COGNAC not in [row["code"] for row in rows]

    table = console("stock", "low", "--format", "csv")
    assert table.out.splitlines()[0] == (
        "code,name,supplier,available,coming,making,sold,days,days_left,reorder_point,order"
    )
    assert len(table.out.splitlines()) == len(rows) + 1
    wrong = console("stock", "low", "--format", "xml")
    assert (wrong.code, "xml" in wrong.err) == (2, True)
