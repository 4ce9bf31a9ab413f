"""The sentences of refusals about reports, by the stable names of their facts."""

from __future__ import annotations

from collections.abc import Mapping

from pos.application.words import N_

REPORTS: Mapping[str, str] = {
    "day_doubt": N_("{word} can be {early} or {late}. Type it like this: {example}."),
    "no_such_z": N_("There is no Z {z}."),
    "no_such_format": N_("A report cannot be written as {format} here. Choose one of: {known}."),
    "no_such_mark": N_("A report has no such mark: {kind} {name}. There are: {known}."),
    "month_to_come": N_("The month has not begun: its first day is {month}, and today is {today}."),
    "unknown_file_kind": N_("{file}: a table is saved as a file with one of these endings: {known}."),
    "too_many_tables": N_("A CSV holds one table, and here are {tables}. Save them as XLSX or PDF."),
    "too_many_rows": N_("A {kind} file holds at most {most} rows. Save the table as CSV, or look for less."),
    "days_backwards": N_("The last day, {last}, lies before the first, {first}."),
}
