"""The obstacle register: which provision stood in the way of what, how often, and what followed.

The rows are written where the obstacle is met (``samsyn.hub.disclosures.obstacles``); here they are
read, told on, counted for the report to the government, and asked of a proposed law.
"""
