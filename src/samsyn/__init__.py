"""Samsyn: the shared workplace of joint centres against work-life crime."""

__version__ = "0.1.0"
