"""Words that tell a host name from an abbreviation, a file name or a sentence without its space."""

from __future__ import annotations

from plentymsg.rules.wordlist import words

ABBREVIATIONS = words(
    """
    abs abt adr afz al allg approx aprox apt art asap atte attn ausg av avda avenida avv bcc bd beil best
    betr bijv blz bm boul br bspw bst bv bzgl bzw bât c ca cant cc cdad cf cfr cia cie circ co cod cont
    ctra cía cód d dcha dept ders dhr dies dipl dir dn dot dott dpto dr drs ds dst dwz dép dña ebd ecc egr
    ehem eig einschl ej env enz es est etc ets ev evt evtl ex excl exkl fa fam fdo ff fraz fwd geb gegr
    gem gent geom gesch gez gg ggf gm godz govt gral gén hnos hr hrs ill im incl ing inkl insb inż ipv ir
    itd itp ivm izq jew jr kd kfm kl lfd lt m max mbt mej mevr mgr min mind misc mjr mld mlle mln mme mw
    nb nbr nl no np nr nt ntra num nvt nº núm og ong ord os pag pcs pkg pkt pl pls plz por pos pow ppłk
    preg pro prof prov pz pza pág płk qte qty qté rag rd recd ref resp rg rif réf sig sigg sog spett sra
    sres srta st stck std ste stim stk str sté stü szt tav tba tbd tel tfno tgl tj tlf tot tys tzn tzw tél
    ud uds ul ung ur urb usf usw vd verh vers versch vgl vorm vs wg wk wks woj ww yr yrs zam zgn zm zob
    zus zzgl zzt zł
    """
)
"""Before a full stop without a space behind it they are no host, unless the top-level domain is plain."""

ABBREVIATIONS_BEFORE_DE = words(
    """
    adm aprox art as av avd avda ayto bd bij bijv blz bv c ca cant cap cf cie cta ctra cía d dept depto
    dhr dir dl dpto drs dña ed ej env enz esq etc evt ex excl fa fam gal gob gral incl ir jl mej mevr mlle
    mm mme mr mw n nbre nl no nos nº núm núms ong pag pl plaza plza prov pza pág qch qqch qqn qte qté ref
    resp rte réf sec soc sr sra srta st ste sté tel tfno tlf tél urb vda vgl vol vs wed zgn zog
    """
)
"""French, Spanish and Dutch ones, before `de` and another word: `réf.de commande`, `bijv.de mok`."""

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
    demo design document dokument druck druckdaten entwurf etikett export factura factuur faktura fattura
    film flyer foto grafik icon illustration image img import index install invoice label layout lib
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
    blase boom bubble companies company crash era facto firm firma firms jure luxe startup
    """
)

SOFTWARE = frozenset({"asp", "vb", "ado", "ml", "dot"})
"""`ASP.NET` and its family are products, not hosts."""
