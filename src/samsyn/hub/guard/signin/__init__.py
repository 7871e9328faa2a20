"""How does a person prove who they are, and for how long does it hold?"""
