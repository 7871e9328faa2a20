"""The house rules of CONTRIBUTING.md, as tests."""
