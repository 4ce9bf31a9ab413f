"""A Z is stored as text for ever: this program reads the text of an older one."""

from __future__ import annotations

import json
from dataclasses import replace

from db.engine.canonical import dumps
from db.shifts.z_rows import report_from, report_text
from pos.domain.money import Money
from tests.printing.test_shift_report import a_z
from tests.printing.test_shift_sheet import a_handed_z


def test_a_z_is_read_as_it_was_written() -> None:
    assert report_from(report_text(a_handed_z())) == a_handed_z()


def test_a_z_of_before_shifts_were_handed_over_reads_without_hand_overs() -> None:
    content = json.loads(report_text(a_z()))
    del content["hand_overs"]
    for line in content["cash"]:
        del line["hand_over"]

    read = report_from(dumps(content))

    assert read == a_z()
    assert read.hand_overs == ()
    assert {line.moved()["hand_over"].minor for line in read.cash} == {0}
    assert replace(read.cash[0], hand_overs=Money(5, read.cash[0].currency)).whole_difference is not None
