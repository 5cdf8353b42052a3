"""The weekly look at the links of our pages. The worker fetches them: no reader and no editor waits."""
