"""How fast is the hub with a million facts of nine agencies, its row policies on?"""
