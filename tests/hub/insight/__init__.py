"""Oversight: the log, what stands out, access, disposal, public documents."""
