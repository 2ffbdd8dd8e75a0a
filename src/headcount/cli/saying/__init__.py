"""What commands say, in words and as JSON."""
