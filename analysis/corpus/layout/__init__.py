"""What in a text is not prose: headers, credits, furniture of the page; and what kind of text it is."""
