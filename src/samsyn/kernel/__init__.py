"""Words that every other package uses: citations, dates with unknown ends, bilingual text, faults.

Imports nothing from the rest of Samsyn.
"""
