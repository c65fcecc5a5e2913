"""Files for organizers: what people said, and what coders have marked in it, for other programs."""
