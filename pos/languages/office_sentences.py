"""The sentences of refusals about the shop itself: its options and what it keeps."""

from __future__ import annotations

from collections.abc import Mapping

from pos.application.words import N_

OFFICE: Mapping[str, str] = {
    "unknown_setting": N_("There is no setting “{name}”."),
    "setting_fixed": N_(
        "{setting}: the books were written under this setting, and another value would change what they say."
    ),
}
