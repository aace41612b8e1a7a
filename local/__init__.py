"""The private servers of a development machine."""
