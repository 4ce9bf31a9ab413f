"""Every notice and question of the window, and when each of them ends."""
