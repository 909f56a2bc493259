"""Read what was marked: what the notebook screen does, one module an activity, put together in ``screen``."""
