"""The payment: tenders, change, the page after it."""
