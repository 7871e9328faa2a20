"""How do an agency's own programs work in the hub, under the same law as its people?"""
