"""Where do several processes add up their numbers? Apart, since it is decided before they start."""

TOGETHER = "PROMETHEUS_MULTIPROC_DIR"
"""Names the folder; `samsyn hub serve` sets it, and prometheus-client reads it when imported."""
