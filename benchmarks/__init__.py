"""
What the worker costs, as ratios against bare yardsticks measured in the same run on the same machine.

``python -m benchmarks`` measures and prints; README.md says what each figure means and keeps the last ones.
"""
