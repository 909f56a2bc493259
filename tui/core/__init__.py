"""What the reader knows about episodes: plain Python, no terminal."""
