"""How days and times are written where a page does not say: as everywhere in the workplace."""
