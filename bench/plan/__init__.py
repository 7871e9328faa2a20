"""What planning costs and how good its plans are, on public instances with known best results."""
