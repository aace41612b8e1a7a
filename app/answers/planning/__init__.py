"""The rules by which a question becomes a plan, one module for each part of a question."""
