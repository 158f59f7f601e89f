"""What is trained, for those who train it and those who compare it."""

INDEPENDENT = 12
"""Models from seeds of their own; the even ones read code, the odd ones prose."""
TUNING = ((1e-5, 200), (1e-4, 400), (5e-4, 800), (2e-3, 1600))
"""Learning rates and steps of the models that are tuned from the first one, on the other text."""
