"""All benchmarks, one after the other: `python -m bench`."""

from bench import load, runs

load.main()
print()
runs.main()
