"""`python -m tidemark`."""

from tidemark.cli import main

main()
