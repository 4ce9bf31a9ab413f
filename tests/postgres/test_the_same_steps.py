"""The steps of the shop on PostgreSQL, by the tests that they pass in a file. All of them: see CONTRIBUTING.md."""

# ruff: noqa: F401

from __future__ import annotations

from tests.application.catalogue.test_change_several import (
    test_every_field_for_several_is_given_and_removed,
    test_it_is_taken_back_as_one_as_long_as_nothing_of_it_has_moved,
    test_only_what_is_given_changes_each_product_has_its_history_and_its_entry,
    test_the_label_of_goods_that_a_category_brings_into_a_promotion_is_due,
)
from tests.application.catalogue.test_undo_import import (
    test_what_was_sold_parked_or_changed_since_stays_and_is_named_with_the_reason,
)
from tests.application.maintenance.test_forget_visitors import (
    test_goods_of_a_forgotten_visitors_receipt_come_back_and_the_report_is_as_it_was,
    test_two_linked_documents_are_kept_as_long_as_either_is_needed,
)
from tests.application.pricing.test_set_rates import test_of_two_rates_of_one_instant_the_later_entered_holds
from tests.application.purchasing.test_post_receipt import (
    test_a_delivery_is_posted_once_at_its_landed_cost,
    test_a_part_of_an_order_comes_and_the_rest_stays_open_or_is_closed_short,
)
from tests.application.purchasing.test_receive_goods import (
    test_every_scan_is_kept_through_a_crash_and_goes_on_at_another_till,
)
from tests.application.reports.test_read_journal import test_entries_of_one_instant_are_all_found
from tests.application.reports.test_reports_agree import (
    test_what_comes_back_as_it_came_takes_back_what_the_rates_earned,
)
from tests.application.reports.test_voided_sales import (
    test_history_filter_and_visitor_show_that_a_sale_is_voided,
    test_x_z_and_day_name_voided_sales_separately_and_leave_out_their_discounts,
)
from tests.application.returns.test_return_goods import (
    test_a_mixed_payment_goes_back_as_it_came,
    test_before_leaving_the_allowance_is_given_back_and_afterwards_not,
)
from tests.application.returns.test_void_sale import (
    test_a_cashier_needs_the_approval_of_just_this_receipt,
    test_a_sale_is_voided_whole_and_stays_in_the_books_with_its_number,
    test_all_allowance_of_every_visitor_comes_back,
    test_the_same_key_again_gives_the_void_already_recorded,
)
from tests.application.sales.test_coming_back import test_the_window_records_what_was_proposed
from tests.application.sales.test_complete_sale import (
    test_numbers_are_gapless_even_when_sales_between_are_refused,
    test_one_sale_moves_stock_cash_quota_and_journal_together,
    test_the_worked_example_is_recorded_to_the_tiyn,
)
from tests.application.sales.test_exchange import (
    test_goods_of_several_receipts_pay_for_one_sale,
    test_the_same_exchange_again_is_the_same_and_other_content_is_not,
    test_the_very_piece_that_came_back_can_be_sold_again,
)
from tests.application.sales.test_hold_sale import (
    test_a_lapse_gives_back_what_a_till_that_broke_off_has_held,
    test_an_open_payment_holds_the_last_one_and_the_other_till_is_warned_at_the_scan,
)
from tests.application.sales.test_owe_tenders import (
    test_a_sale_that_is_made_after_all_settles_what_it_is_paid_with_and_nothing_else,
)
from tests.application.sales.test_park_sale import test_it_is_resumed_at_another_till_as_it_was
from tests.application.sales.test_rights_at_the_sale import (
    test_an_approval_reaches_as_far_as_the_limit_that_its_giver_has_by_now,
)
from tests.application.shifts.test_close_shift import (
    test_a_shift_left_open_is_closed_by_a_manager_or_by_their_approval_and_both_are_named,
    test_the_next_shift_starts_again_and_the_running_total_goes_on,
)
from tests.application.shifts.test_issue_shift import (
    test_a_manager_prints_the_z_of_another_till_and_its_copies_are_counted_together,
)
from tests.application.staff.test_change_rights import (
    test_a_person_has_the_rights_that_the_shop_gave_their_role_however_they_are_read,
    test_of_two_managers_who_save_at_once_one_is_refused,
)
from tests.application.staff.test_sign_in import test_each_further_five_lock_for_twice_as_long
from tests.application.visitors.test_visits import (
    test_a_visitor_is_shown_with_their_purchases_and_what_is_left_of_each_allowance,
)
