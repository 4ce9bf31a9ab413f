"""The basket, the visitor and the quota."""
