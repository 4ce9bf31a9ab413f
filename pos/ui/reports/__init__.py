"""The manager's reports: a day at a glance, the receipts behind a figure, Z reports."""
