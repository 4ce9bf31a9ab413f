"""Sentences of refusals about reports, by the stable names of their facts."""

from __future__ import annotations

from collections.abc import Mapping

from pos.application.text.translator import N_

REPORTS: Mapping[str, str] = {
    "day_doubt": N_("{word} can be {early} or {late}. Type it like this: {example}."),
    "no_such_z": N_("There is no Z report {z}."),
    "no_z_in_days": N_("No shift was closed from {first} to {last}. The files for accounting are made of Z reports."),
    "no_z_on_day": N_("No shift was closed on {day}. The files for accounting are made of Z reports."),
    "voucher_differs": N_(
        "The receipts of {z} do not match its Z report. Nothing was exported. Run “border-pos verify”."
    ),
    "no_such_format": N_("The format {format} is not available. Choose one of: {known}."),
    "no_such_mark": N_("The report has no such entry: {kind} {name}. Available: {known}."),
    "month_to_come": N_("The month has not started: it begins on {month}, today is {today}."),
    "unknown_file_kind": N_("{file}: use one of these file extensions: {known}."),
    "too_many_tables": N_("A CSV file holds one table, but there are {tables}. Save as XLSX or PDF."),
    "too_many_rows": N_("A {kind} file holds at most {most} rows. Save as CSV, or narrow the search."),
    "days_backwards": N_("The last day {last} is before the first day {first}."),
}
