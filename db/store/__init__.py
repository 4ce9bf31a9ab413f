"""A shop's store as a whole: opened, copied, restored, moved, and one transaction of it (the unit of work)."""
