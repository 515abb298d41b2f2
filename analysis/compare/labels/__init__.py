"""By which words one thing is named, as a user lists them."""
