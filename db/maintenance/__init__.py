"""The journal, its chain, seals over the books, and erasure of visitors."""
