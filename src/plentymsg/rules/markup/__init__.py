"""HTML mail taken apart: text, addresses in attributes and CSS, images, each with its place."""
