"""Data entry into the source: orders with their lines, returns, and files."""
