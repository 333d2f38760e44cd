"""What the page of layers shows, as data: from its address to all that stands on it."""
