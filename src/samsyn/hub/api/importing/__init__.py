"""How do facts come from an agency's own case system: all or nothing, once, to nobody else?"""
