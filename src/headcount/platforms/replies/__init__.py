"""What the replies of one platform say, where that takes more than a few lines: pure readers of its pages and errors."""
