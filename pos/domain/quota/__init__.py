"""The duty-free quota: regimes as values, one evaluator."""
