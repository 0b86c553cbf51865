"""Settings, URLs and process entry points. Nothing of the field may enter."""
