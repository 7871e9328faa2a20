"""How is an agency's own system told that something has happened, and nothing of what?"""
