"""The page of one inquiry: what it shows, the composer, its actions, and copies for the chart."""
