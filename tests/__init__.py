"""Tests, laid out as src/samsyn is; structure/ holds the house rules, support/ what tests share."""
