"""The center: one ledger of allowances that all shops of a cooperation center share."""
