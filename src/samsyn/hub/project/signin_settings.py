"""How do people sign in? The settings of allauth, read into `settings`."""
