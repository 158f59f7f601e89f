"""What licenses say: expressions, matching, and the knowledge behind them."""
