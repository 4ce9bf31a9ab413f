"""The steps of the guide: what each is called, what it is for, and the page on which it is done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pos.application.first_steps import FirstStep
from pos.application.words import N_
from pos.ui.actions import IMPORT, RATES, SETTINGS, STAFF


@dataclass(frozen=True, slots=True)
class StepFace:
    """How a step looks: `place` is its page, `option` the setting to open there, `act` the words of its button."""

    icon: str
    title: str
    sentence: str
    act: str
    place: str
    option: str = ""


FACES: Mapping[FirstStep, StepFace] = {
    FirstStep.LANGUAGES: StepFace(
        "languages",
        N_("Languages of the receipt"),
        N_("Two languages stand on every receipt at once: choose those of your customers."),
        N_("Choose the languages"),
        SETTINGS,
        "receipt_languages",
    ),
    FirstStep.RATES: StepFace(
        "arrow-right-left",
        N_("Exchange rates of today"),
        N_("At these rates the till takes tenge, yuan, dollars, euros and roubles and gives change."),
        N_("Record the rates"),
        RATES,
    ),
    FirstStep.STAFF: StepFace(
        "users",
        N_("People who work here"),
        N_("Each gets a one-time PIN and chooses a PIN of their own at the first sign-in."),
        N_("Add somebody"),
        STAFF,
    ),
    FirstStep.PRINTER: StepFace(
        "printer",
        N_("Receipt printer"),
        N_("Until you choose one, receipts are PDF files in the folder of the shop."),
        N_("Choose the printer"),
        SETTINGS,
        "printer",
    ),
    FirstStep.GOODS: StepFace(
        "package",
        N_("Goods with codes and prices"),
        N_("Take them from an Excel or CSV file: nothing is changed before you have seen what will be."),
        N_("Import the goods"),
        IMPORT,
    ),
}
