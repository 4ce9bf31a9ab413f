"""Under which conditions a sale is checked: the same value for payment, reservation and record."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from pos.application.settings.settings import Settings
from pos.domain.staff.staff import Approval, Person


@dataclass(frozen=True, slots=True)
class SaleConditions:
    """When, by which settings, by whom and with whose approval a sale is made."""

    at: datetime
    settings: Settings
    person: Person
    approval: Approval | None = None
