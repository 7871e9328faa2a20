"""Figures and oversight: what was done, seen by whom, and was it lawful?"""
