"""The manager's reports: a day at a glance, and the Zs of its shifts."""
