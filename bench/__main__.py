"""All benchmarks, one after the other: `python -m bench`."""

from bench import load, reconcile, runs

load.main()
print()
runs.main()
print()
reconcile.main()
