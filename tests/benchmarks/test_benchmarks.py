"""The benchmark command runs, says what it measured, and never judges by time."""

from __future__ import annotations

import pytest

from tests.benchmarks.__main__ import GROUPS, main
from tests.benchmarks.table import Row, p99, table


def test_a_quick_run_prints_a_line_for_every_thing_measured(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--quick", "quota"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "quota"
    assert any("assess 10 lines" in line and "0.3 ms" in line for line in lines)
    assert any("8 × 60" in line and "100 ms worst" in line and "%" in line for line in lines)


def test_an_unknown_name_is_refused_with_those_there_are(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["coffee"]) == 2
    said = capsys.readouterr().err
    assert "coffee" in said
    assert all(name in said for name in GROUPS)


def test_a_table_holds_each_figure_against_its_target() -> None:
    text = table(
        [
            Row("quick", [0.1, 0.2, 0.3], [0.1], 0.3),
            Row("slow", [9.0, 9.0, 12.0], (), 10, by_worst=True, proved=2),
            Row("twice the limit", [4.0], [1.0, 1.0, 2.0], by_p99=True, most=2),
        ]
    )
    headings, first, second, third = text.splitlines()
    assert headings.split() == ["what", "median", "p99", "worst", "bare", "ratio", "at", "p99", "target", "proved", "n"]
    assert first.split()[7:] == ["0.100", "ms", "2.0x", "3.0x", "0.3", "ms", "held", "3"]
    assert second.split()[1:] == [
        "9.00", "ms", "12.0", "ms", "12.0", "ms", "10", "ms", "worst", "MISSED", "67", "%", "3",
    ]  # fmt: skip
    assert third.split()[-6:] == ["4.0x", "2.0x", "2x", "p99", "MISSED", "1"]


def test_a_table_tells_what_one_in_a_hundred_exceeds() -> None:
    assert p99([float(number) for number in range(1, 301)]) == 297.0
    assert p99([3.0, 1.0, 2.0]) == 3.0
