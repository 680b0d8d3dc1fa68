"""How it is shown: from a note's blocks to the HTML of the page, live, and to plain HTML."""
