"""Firms, workplaces, persons, vehicles and addresses, as each agency knows them."""
