"""How the hub is put together and run: settings, addresses, database, deployment."""
