"""Recipes in the current language: rows of the list, and the facts of the selected one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from pos.application.settings.settings import Settings
from pos.application.text.formatting import (
    date_text,
    instant_text,
    money_text,
    number_text,
    percent_text,
    pieces_text,
)
from pos.application.text.translator import Translator
from pos.application.text.typography import listed, strung
from pos.application.workshop.recipes import RecipeView
from pos.domain.workshop.recipe import PARTS, comes_next, in_force
from pos.ui.look.icons import category_icon
from pos.ui.widgets.tables.line_table import Cell, LineRow
from pos.ui.workshop.fact_list import Fact


def recipe_row(view: RecipeView, today: date, tr: Translator) -> LineRow:
    """A recipe as a row of the list."""
    recipe, language = view.recipe, tr.language
    goods = view.product.name_in(language)
    name = Cell(recipe.name, listed(tr, [recipe.document, "" if goods == recipe.name else goods]), bold=True)
    inputs = listed(
        tr, [f"{number_text(pieces, language)} × {product.name_in(language)}" for product, pieces in view.inputs]
    )
    return LineRow(
        recipe.number,
        category_icon(view.product.category or ""),
        (name, Cell(number_text(recipe.quantity, language), bold=True), Cell(inputs), _state(view, today, tr)),
    )


def _state(view: RecipeView, today: date, tr: Translator) -> Cell:
    recipe = view.recipe
    since = tr("from {day}", day=date_text(recipe.valid_from, tr.language))
    if recipe.is_withdrawn:
        return Cell(tr("withdrawn"), since, token="muted", bold=True, icon="circle-x")
    if recipe.valid_from > today:
        return Cell(tr("to come"), since, token="nearly", bold=True, icon="calendar")
    return Cell(tr("in force"), since, token="within", bold=True, icon="circle-check")


def recipe_facts(view: RecipeView, tr: Translator) -> list[Fact]:
    """What a recipe says: pieces made, usual loss, work, how long it keeps."""
    recipe, language = view.recipe, tr.language
    loss = percent_text(Decimal(recipe.loss) * 100 / PARTS, language, 1) if recipe.loss else tr("none")
    keeps = tr("as its inputs")
    if recipe.shelf_days is not None:
        n = number_text(recipe.shelf_days, language)
        keeps = tr.plural("{n} day", "{n} days", recipe.shelf_days, n=n)
    return [
        Fact(tr("Makes"), listed(tr, [pieces_text(recipe.quantity, tr), view.product.name_in(language)])),
        Fact(tr("Usual loss"), loss),
        Fact(tr("Cost of the work"), money_text(recipe.work, language)),
        Fact(tr("Keeps"), keeps),
    ]


def input_facts(view: RecipeView, tr: Translator) -> list[Fact]:
    """What it is made of."""
    return [
        Fact(product.name_in(tr.language), listed(tr, [pieces_text(pieces, tr), product.code]))
        for product, pieces in view.inputs
    ]


def history_of(
    versions: Sequence[RecipeView], settings: Settings, names: Mapping[str, str], tr: Translator
) -> list[Fact]:
    """Every version, the newest first: from which day, what changed in it, and who wrote it when."""
    facts = []
    for at, view in reversed(list(enumerate(versions))):
        recipe, version = view.recipe, view.version
        head = strung(
            tr,
            (
                tr("Version {n}", n=number_text(recipe.version, tr.language)),
                tr("from {day}", day=date_text(recipe.valid_from, tr.language)),
                tr("withdrawn") if recipe.is_withdrawn else tr("in force") if view.is_current else "",
            ),
        )
        by = strung(
            tr, (instant_text(version.at, settings.zone, tr.language), names.get(version.person, version.person))
        )
        changes = "" if recipe.is_withdrawn else listed(tr, _changes(_before(versions[:at], view), view, tr))
        facts.append(Fact(head, "\n".join(filter(None, (changes, by)))))
    return facts


def _before(earlier: Sequence[RecipeView], view: RecipeView) -> RecipeView:
    """The version that held on the first day of this one before it was written, or the last one; the first has none."""
    held = in_force([one.recipe for one in earlier], view.recipe.valid_from)
    return next((one for one in earlier if one.recipe == held), earlier[-1] if earlier else view)


def coming_facts(versions: Sequence[RecipeView], today: date, tr: Translator) -> list[Fact]:
    """Which version takes over on a later day."""
    coming = comes_next([one.recipe for one in versions], today)
    if coming is None:
        return []
    day = date_text(coming.valid_from, tr.language)
    if coming.is_withdrawn:
        return [Fact(tr("Withdrawn from {day} on", day=day))]
    return [Fact(tr("Comes next"), tr("version {n} from {day}", n=number_text(coming.version, tr.language), day=day))]


def _changes(before: RecipeView, after: RecipeView, tr: Translator) -> list[str]:
    """What is another thing in a version than in the one before."""
    old, new = before.recipe, after.recipe
    said = []
    if old.name != new.name:
        said.append(tr("name"))
    if old.quantity != new.quantity or set(old.inputs) != set(new.inputs):
        said.append(tr("goods"))
    if old.loss != new.loss:
        said.append(tr("usual loss"))
    if old.work != new.work:
        said.append(tr("cost of the work"))
    if old.shelf_days != new.shelf_days:
        said.append(tr("days it keeps"))
    return [tr("changed: {what}", what=listed(tr, said))] if said else []
