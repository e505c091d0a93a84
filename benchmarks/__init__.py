"""Measure the explainer beside the tools one would pick instead: ``python -m benchmarks.run``."""
