"""What lies in the drawer before the first sale."""
