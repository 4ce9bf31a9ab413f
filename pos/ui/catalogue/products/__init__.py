"""The list of products and the form of one."""
