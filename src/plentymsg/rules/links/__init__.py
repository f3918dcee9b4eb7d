"""What is a link: in text, and in words that disguise one.

`unmask` makes letters plain, `disguises` and `stops` put dots back, `hosts` and `schemes` find what leads
elsewhere, and `lookalikes`, with `sentences`, `words` and `tlds`, tells it from what only looks so.

Why no library finds the candidates. On the corpora of tests/rules, with the disguises already taken off,
linkify-it-py 2.2 misses 143 of 1155 links (`Shop:shop.de`, `»shop.de«`, `Amazon.de-Gutschein`,
`10.0.0.1/x`), turbohtml 1.15 misses 133, urlextract 1.10 misses 150, and each takes some 370 of 2035
harmless lines for links. So a scanner of our own has to look at every full stop anyway, and then a
library adds nothing: none finds a link there that the scanner does not. The only one in Python that is
widely used, linkify-it-py, also takes 8 ms for a mail of 10 KB (1.9 ms if it gets only the words around
full stops and colons) and 4.5 s for 1 MB of `a.`: more than all rules together may. The scanner takes 0.5
ms and 0.1 s. tests/rules/links/test_peers.py holds it against linkify-it-py: what that finds, we find, or
a word list says why not.
"""
