"""What tests share: a real PostgreSQL."""
