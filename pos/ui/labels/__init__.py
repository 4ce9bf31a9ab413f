"""The clerk's page of price labels."""
