"""The command line: thin doors to the packages. ``samsyn --help`` lists them."""
