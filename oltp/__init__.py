"""The source systems: schemas, triggers, functions and life-like data."""
