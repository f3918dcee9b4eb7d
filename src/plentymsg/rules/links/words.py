"""Words that tell a host name from an abbreviation, a file name or a sentence without its space."""

from __future__ import annotations

from plentymsg.rules.wordlist import words

ABBREVIATIONS = words(
    """
    abs abt adr allg approx aprox art atte attn ausg avda avv beil best betr bijv blz boul bspw bzw ca
    cfr cie co cód dcha dept dhr dipl dot dott dpto dr ecc egr eig einschl env enz etc evt evtl ex excl
    exkl fa fam ff geb gem gent gesch gez gg ggf hr incl ing inkl itd itp ivm izq jew kd kfm kl lfd lt
    max mevr min mind misc mlle mme nl no np nr nt ntra núm og pag pkt pos pro prof pág płk qté rd ref
    resp rg réf sig sog spett srta std stk str tav tel tgl tj tzn tzw tél ud uds ul ung usw vd vers
    versch vgl vorm vs wg ww zgn zob zus zzgl zzt zł
    """
)
"""Before a full stop without a space behind it they are no host, unless the top-level domain is plain."""

SENTENCE_STARTS = words(
    """
    ac ai al am as at au be by call de do dot er es et ga help here how il im in is ist it la like ma me
    mit my na ne new ni no now one open pa pm post pro re read sa se si so su to today us vg you za
    """
)
"""Words of our languages that are top-level domains too, and that a sentence could begin with."""

NEVER_BARE = frozenset({"nr", "lg", "vg", "ist", "mit", "st"})
"""Top-level domains that are in practice abbreviations and words: `Art.nr`, `Danke.lg`, `Haupt.st`."""

FILE_EXTENSIONS = frozenset({"zip", "mov", "md", "py", "sh", "ps", "cab", "java", "docs"})
"""Top-level domains that are file extensions first."""

AMBIGUOUS_EXTENSIONS = frozenset(
    {"ai", "rs", "pl", "so", "cc", "in", "am", "ac", "la", "pub", "page", "data"}
)
"""Top-level domains that are a file extension behind a name that only files have."""

FILE_STEMS = words(
    """
    anleitung archiv archive archivo backup banner bild build command config configure data datei daten
    demo design document dokument druckdaten entwurf etikett export factura factuur faktura fattura film
    flyer foto grafik icon illustration image img import index install invoice label layout lib
    lieferschein logo main makefile manual photo plik readme rechnung run scan script setup start test
    vector vektor video
    """
)

NOT_BEFORE_A_SPOKEN_DOT = words(
    """
    a al am an and any at au auf beim cada ce cet das de del della dem den der des die diesem diesen
    dieser dit du each een ein eine einem einen einer el ersten erster ese este every first het il im
    jedem jeden jeder każdy kein keinen la le les letzten letzter lo na następny nasz next no nächsten
    nächster oder of ogni one or questa questo same some ta tego ten that the this to tym un und une uno
    vom w wichtiger wichtigste with z zum
    """
)
"""`der Punkt`, `the dot`: an article or the like before the word means the thing, not a host."""

NOT_BEHIND_A_SPOKEN_DOT = words(
    """
    blase boom bubble companies company crash era firm firma firms startup
    """
)

SOFTWARE = frozenset({"asp", "vb", "ado", "ml", "dot"})
"""`ASP.NET` and its family are products, not hosts."""
