"""How everything is, in numbers that Prometheus reads."""
