"""Detectors: a file, or everything found so far, to findings.

Each module of this package that defines `DETECTOR` is a detector and is found by its presence. Detectors don't
know each other.
"""
