"""The steps of the guide: name, purpose, and page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pos.application.settings.first_steps import FirstStep
from pos.application.text.translator import N_
from pos.ui.input.actions import IMPORT, RATES, RECEIVE, SETTINGS, STAFF


@dataclass(frozen=True, slots=True)
class StepView:
    """View model of a step: `screen_id` is its page, `option` the setting to open there, `action_text` the
    text of its button.
    """

    icon: str
    title: str
    sentence: str
    action_text: str
    screen_id: str
    option: str = ""


STEP_VIEWS: Mapping[FirstStep, StepView] = {
    FirstStep.LANGUAGES: StepView(
        "languages",
        N_("Receipt languages"),
        N_("Receipts can use two languages. Choose your customers' languages."),
        N_("Choose the languages"),
        SETTINGS,
        "receipt_languages",
    ),
    FirstStep.RATES: StepView(
        "arrow-right-left",
        N_("Today's exchange rates"),
        N_("The till uses these rates for payment and change in other currencies."),
        N_("Enter rates"),
        RATES,
    ),
    FirstStep.STAFF: StepView(
        "users",
        N_("Staff members"),
        N_("Each person gets a one-time PIN and chooses their own PIN at the first sign-in."),
        N_("Add staff member"),
        STAFF,
    ),
    FirstStep.PRINTER: StepView(
        "printer",
        N_("Receipt printer"),
        N_("Until you choose a printer, receipts are saved as PDF files in the shop folder."),
        N_("Choose a printer"),
        SETTINGS,
        "printer",
    ),
    FirstStep.GOODS: StepView(
        "package",
        N_("Products with codes and prices"),
        N_("Import them from an Excel or CSV file. You see the changes first."),
        N_("Import products"),
        IMPORT,
    ),
    FirstStep.STOCK: StepView(
        "truck",
        N_("Pieces in stock"),
        N_("A scan is refused while no piece is in stock. Receive a delivery, or import a column of quantities."),
        N_("Receive goods"),
        RECEIVE,
    ),
}
