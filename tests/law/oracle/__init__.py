"""A second, slow reading of the law that the engine is compared with."""
