"""What the reader marked: kept, found again, and taken away."""
