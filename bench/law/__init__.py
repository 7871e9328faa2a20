"""Every claim of speed that is made for the law engine, measured by ``python -m bench.law``."""
