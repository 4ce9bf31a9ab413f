"""What makes files of reports here: the machine's table of a day and of a month."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from pos.application.day_told import DayTold, MonthTold
from pos.exports.day_csv import day_csv
from pos.exports.month_csv import month_csv

DAY: Mapping[str, Callable[[DayTold], bytes]] = {"csv": lambda told: day_csv(told.report)}
MONTH: Mapping[str, Callable[[MonthTold], bytes]] = {"csv": lambda told: month_csv(told.report)}
