"""One visitor's page between two runs: its state, the commands that change it, its history and its address."""
