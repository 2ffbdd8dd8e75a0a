"""Collecting: who is due, in which batches; sources in order until everyone has a reading or a final miss."""
