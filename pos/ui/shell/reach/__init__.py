"""What has only a key, or stands on another page, within reach: the menu of actions, Ctrl+K, the badges of the rail."""
