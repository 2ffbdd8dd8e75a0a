"""How everything is, from the store alone: accounts, platforms, sources, jobs, targets. What status, files, API and watch share."""
