"""Questions in plain English, answered from what dbt knows: `ask` is the one door."""
