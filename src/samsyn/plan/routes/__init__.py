"""Which sites does one team visit in a day, in which order, when not all can be or pay?

``instance`` reads public formats, ``gathering`` makes routes that pay, ``searching`` improves them,
``checking`` counts their cost by itself. Pure: seed and clock are handed in; several searches at
once are for ``samsyn.cli``.
"""
