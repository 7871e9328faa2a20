"""Pictures of every screen of the hub, made by ``python -m tests.hub.screens``."""
