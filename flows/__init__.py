"""Prefect flows: when and in which order."""
