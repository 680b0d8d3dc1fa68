"""Who links to whom: what a target means, where links stand, and how a target is written so that it leads somewhere."""
