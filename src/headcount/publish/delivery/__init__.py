"""Where an edition goes: a folder or an object store, each behind one small protocol."""
