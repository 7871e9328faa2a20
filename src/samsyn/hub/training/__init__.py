"""What does an invented workplace look like after four years of work, for demo and benchmarks?

Nobody and nothing here exists: people, firms, addresses and matters are made up from a seed
number. Only the law is real: every outcome, ground and step is asked of the rulebook in use.
"""
