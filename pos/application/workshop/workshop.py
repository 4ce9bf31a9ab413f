"""Groups the use cases of the workshop."""

from __future__ import annotations

from dataclasses import dataclass

from pos.application.pricing.label_queue import ListLabels
from pos.application.settings.context import Context
from pos.application.workshop.batch_steps import PlanBatch, StartBatch
from pos.application.workshop.check_plan import CheckPlan
from pos.application.workshop.end_batch import FinishBatch, GiveUpBatch
from pos.application.workshop.processing_ledger import ProcessingLedger
from pos.application.workshop.read_batches import ReadBatches
from pos.application.workshop.recipes import KeepRecipes
from pos.application.workshop.workshop_report import ReportWorkshop


@dataclass(frozen=True, slots=True)
class Workshop:
    """The use cases from the recipe to the goods on the shelf."""

    recipes: KeepRecipes
    batches: ReadBatches
    check: CheckPlan
    plan: PlanBatch
    start: StartBatch
    finish: FinishBatch
    give_up: GiveUpBatch
    ledger: ProcessingLedger
    report: ReportWorkshop

    @classmethod
    def over(cls, context: Context, list_labels: ListLabels) -> Workshop:
        """The use cases of one till over its store."""
        return cls(
            recipes=KeepRecipes(context),
            batches=ReadBatches(context, list_labels),
            check=CheckPlan(context),
            plan=PlanBatch(context),
            start=StartBatch(context),
            finish=FinishBatch(context),
            give_up=GiveUpBatch(context),
            ledger=ProcessingLedger(context),
            report=ReportWorkshop(context),
        )
