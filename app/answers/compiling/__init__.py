"""How a plan becomes one SELECT, one module for each step."""
