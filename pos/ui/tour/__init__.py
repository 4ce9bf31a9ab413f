"""The tour of a demo shop: a first sale, step by step, by whoever has never seen a till."""
