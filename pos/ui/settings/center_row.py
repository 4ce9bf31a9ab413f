"""The row of the center among the settings: it is no setting, and stands where the others about allowances do."""

from __future__ import annotations

from urllib.parse import urlsplit

from pos.application.membership.join_center import CenterMembership
from pos.application.text.translator import N_, Translator

CENTER_ROW = "center"
"""Its name in the list, which no setting has."""
DOES = N_("One ledger of allowances for all shops of a cooperation center. This till takes part by its pass.")


def center_value(shown: CenterMembership | None, tr: Translator) -> str:
    """What the row says of the membership: the center's computer, or that there is none."""
    if shown is None:
        return ""
    if not shown.is_member:
        return tr("not joined")
    return urlsplit(shown.address).hostname or shown.address
