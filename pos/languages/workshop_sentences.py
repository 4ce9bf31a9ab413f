"""Sentences of refusals in the shop's own workshop, by the names of their facts."""

from __future__ import annotations

from collections.abc import Mapping

from pos.application.text.translator import N_

WORKSHOP: Mapping[str, str] = {
    "no_such_recipe": N_("There is no recipe {recipe}. Check the number."),
    "recipe_not_yet": N_("Recipe {recipe} is in force from {valid_from}. Choose that day or a later one."),
    "never_in_force": N_(
        "Recipe {recipe} changes on {since} already: a change from {valid_from} would never hold. Choose {since} "
        "or a later day."
    ),
    "recipe_withdrawn": N_("Recipe {recipe} is withdrawn from {since}. Nothing is made by it any more."),
    "made_of_itself": N_("{code} cannot be an input of itself. Remove it from the inputs."),
    "no_such_batch": N_("There is no batch {batch}. Check the number."),
    "batch_not_yet": N_(
        "Batch {batch} can be started from {valid_from} on: its version of recipe {recipe} is in force from that day."
    ),
    "batch_started": N_("Batch {batch} was started by {person} at {at}. Its goods are taken."),
    "batch_not_started": N_("Batch {batch} is not started. Start it first."),
    "batch_not_finished": N_("Batch {batch} is not finished. It has no output yet."),
    "batch_finished": N_("Batch {batch} was finished by {person} at {at}."),
    "batch_given_up": N_("Batch {batch} was cancelled by {person} at {at}."),
    "not_enough_input": N_(
        "Batch {batch}: {code} needs {wanted}, only {there} are free and not expired. Further goods short: {more}."
    ),
    "output_gone": N_("Batch {batch} made {made}, of which only {there} are left. It cannot be cancelled any more."),
    "lot_taken": N_("{code} has a lot {lot} already. Enter another one."),
    "more_than_taken": N_("Batch {batch}: {wanted} of {code} entered, only {taken} are in it."),
}

WORKSHOP_FIELDS: Mapping[str, str] = {
    "batch": N_("Batch"),
    "inputs": N_("Inputs"),
    "loss": N_("Usual loss"),
    "made": N_("Pieces made"),
    "planned": N_("Pieces planned"),
    "recipe": N_("Recipe"),
    "shelf_days": N_("Days it keeps"),
    "valid_from": N_("In force from"),
    "work": N_("Cost of the work"),
}
