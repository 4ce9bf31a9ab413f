"""Price changes of many products."""
