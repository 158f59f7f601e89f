"""How tuned, merged and quantised copies of weights are told from what was trained on its own."""
