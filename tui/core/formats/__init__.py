"""One module a shape of file; ``table`` lists them in the order they are tried."""
