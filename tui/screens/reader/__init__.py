"""Read one episode: what the reader screen does, one module an activity, put together in ``screen``."""
