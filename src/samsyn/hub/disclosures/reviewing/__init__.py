"""Which decisions does the secrecy lawyer look at, before they leave or afterwards?"""
