"""Sentences of what the center refuses, and of trouble with it, by the names of their facts."""

from __future__ import annotations

from collections.abc import Mapping

from pos.application.text.translator import N_

CENTER: Mapping[str, str] = {
    "credential_unknown": N_("The center does not know this till. Its pass was revoked or belongs to another center."),
    "too_many_lookups": N_("This till asks the center for too many visitors. It may ask again in {seconds} s."),
    "clock_differs": N_("The clocks of till and center differ by {seconds} s; {most} s is the most. Set the clock."),
    "center_visitor_not_known": N_("The center does not know this visitor. Scan the document again."),
    "rules_differ": N_("Till and center use different versions of the rules “{regime}”. Update the rules of the till."),
    "ledger_moved": N_("The visitor's purchases in the center have changed. The allowance was read again."),
    "stricter_verdict": N_("The center's verdict is stricter than the till's: {verdict}, not {shown}."),
    "key_closed": N_("The reservation {key} is closed."),
    "center_key_reused": N_("The key {key} was used before for something else."),
    "reservation_not_known": N_("The center has no reservation {key}."),
    "center_line_not_known": N_("The center has no line {line} of the sale {sale} of this shop."),
    "center_rate_exists": N_("The customs rate of {currency} for {day} is set already. A rate that is set stays."),
    "center_regime_not_known": N_("The center has no regime file {file}."),
    "center_regime_approved": N_("The regime file {file} is approved already."),
    "center_regime_same_person": N_("{person} proposed this regime file. Another person has to approve it."),
    "center_pass_ended": N_("The pass of the till {till} has ended. Enter the till's new pass."),
    "members_key_half_changed": N_("A change of the members' key broke off. Run: center members-key rotate."),
    "too_many_members_keys": N_("{most} earlier members' keys are still in use. Change the key later."),
    "center_owner_only": N_("Only the owner of the center's database can erase. Use the owner's role in the address."),
    "persons_differ": N_("These documents belong to two persons: {field} differs."),
    "member_exists": N_("The shop “{member}” is a member already."),
    "member_not_known": N_("No member of the center is called “{member}”."),
    "center_till_exists": N_("The shop has a till “{till}” already. Revoke its pass first."),
    "center_till_not_known": N_("The shop has no till “{till}” with a pass."),
}

CENTER_TROUBLES: Mapping[str, str] = {
    "address_taken": N_("The service cannot listen at {where}: another program uses the address, or it is not here."),
    "center_keys_differ": N_("The center's key file does not belong to its database."),
    "center_keys_missing": N_("The center's key file {where} is missing. Restore it, or make a new center."),
    "center_old_primary": N_("The standby has taken the place of the database {where}. Stop that one."),
    "center_not_prepared": N_("The database {where} has no tables of a center. Run: center init."),
    "newer_center": N_("The center's database {where} is from a newer version. Update the program."),
    "service_not_installed": N_("The service of the center is not installed. Install {where}."),
}
