"""Words that tell a host name from an abbreviation, a file name or a sentence without its space."""

from __future__ import annotations

from plentymsg.rules.wordlist import words

ABBREVIATIONS = words(
    """
    abr abs abt adr afz ago al allg approx apr aprox apt art asap atte attn aug ausg av avda avenida avr
    avv bcc bd beil best betr bijv blz bm boul br bspw bst bv bzgl bzw bât c ca cant cap cc cdad cf cfr
    cia cie circ cm co cod cont corp ctra cu cze czw cía cód d dcha dec dept ders dez dg dhr di dic dies
    dim dipl dir dn do dom dot dott dpto dr drs ds dst dwz déc dép dña ebd ecc eg egr ehem eig einschl ej
    ene env enz es est etc ets ev evt evtl ex excl exkl fa fam fdo feb febbr ff fr fraz fri ft fwd févr
    geb gegr gem genn gent geom gesch gez gg ggf gio giu gm gmbh godz govt gr gral gru gén hnos hr hrs ill
    im in inc incl ing inkl insb inż ipv ir itd itp ivm izq jan janv jeu jew jr jue juil jul jun kd kfm kg
    kl km kwi lb lbs lfd lief lip lis llc lt ltd lu lug lun lut m ma mag maj mar max mbt mei mej mer mevr
    mgr mi mie min mind misc mié mjr ml mld mlle mln mm mme mo mon mrt mrz mw mär nb nbr nd niedz nl no
    nov np nr nt ntra num nvt nº núm oct og okt ong ord os ott oz pag paź pcs pkg pkt pl pls plz pn pon
    por pos pow ppłk preg pro prof prov pt pz pza pág płk qq qte qty qté rag rd recd ref resp rg rif réf
    sa sab sam sat sep sept sett sie sig sigg so sob sog spett sq sra sres srta st stck std ste stim stk
    str stycz sté stü sun szt sáb tav tba tbd tel tfno tgl thu thur thurs tj tlf tot tue tues tys tzn tzw
    tél ud uds ug ul ung ur urb usf ust usw uu vd ven verh vers versch vgl vie vol vorm vr vs wed wg wk
    wks wo woe woj wrz wt ww yd yds yr yrs za zam zb zgn zm zo zob zt zus zzgl zzt zł śr
    """
)
"""Before a full stop without a space behind it they are no host, unless the top-level domain is plain."""

ALSO_NAMES = words("art best cap dir dom ing mag mar max pos pro sol sun vol")
"""Those of them that shops are called too, as far as the top-level domain is a country's."""

ABBREVIATIONS_BEFORE_DE = words(
    """
    adm apdo aprox aptdo art as av avd avda ayto bd bij bijv blz bv c ca cant cap cf cie cta ctra cía d
    dept depto dhr dir dl dpto drs dña ed ej env enz esq etc evt ex excl fa fam gal gob gral incl ir jl
    mej mevr mlle mm mme mr mw n nbre nl no nos nº núm núms ong pag pl plaza plza pol prov pza pág qch
    qqch qqn qte qté ref resp rte réf sec soc sr sra srta st ste sté tel tfno tlf tél urb vda vgl vol vs
    wed zgn zog
    """
)
"""French, Spanish and Dutch ones, before `de` and another word: `réf.de commande`, `bijv.de mok`."""

NEVER_BARE = frozenset({"nr", "lg", "vg", "ist", "mit", "st", "schmidt", "schwarz", "weber"})
"""Top-level domains that are in practice abbreviations, words and surnames: `Art.nr`, `anna.weber`."""

UNITS = words(
    """
    a bottles boxes cl cm dagar dagen days db dl dm dni dnů días er ft g gb ghz giorni godzin grad h
    heures hodin horas hours hz inch inches jahre jahren jours kcal kg km ks kw kwh l lb lbs lm lux m
    maanden mah mb meses mesi mg mhz min minuten minutes ml mm mois monate monaten months ore oz paar pack
    packs pairs pc pcs pièces pz qm sec seconds sek semaines semanas settimane st std stk stuks stunden
    stück szt tage tagen tb timmar tygodni týdnů uur v veckor w weeks weken wh wochen x yd yds years zoll
    """
)
"""What stands behind a number and ends a sentence as well as any word."""

FILE_EXTENSIONS = frozenset({"zip", "mov", "md", "py", "sh", "ps", "cab", "java", "docs"})
"""Top-level domains that are file extensions first."""

AMBIGUOUS_EXTENSIONS = frozenset({"ai", "rs", "so", "cc", "in", "am", "ac", "la", "pub", "page", "data"})
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
    a al am an and any at au auf avec beim bez bis cada ce cet con das de del della dem den der des die
    diesem diesen dieser dit dritte dritter du each echo een ein eine einem einen einer einzige einziger
    el erste ersten erster ese este every fiat first ganz gegen gut het il im jedem jeden jeder każdy
    kein keinen la le les letzte letzten letzter lo met mit na następny nasz next no nächsten nächster
    oder of ogni ohne one or polka quantum questa questo same sans schlecht seit senza sin some
    springende springender ta tego ten that the this to tym um un und une uno vom w wichtiger wichtigste
    with without wunde wunden z zonder zum zweite zweiter
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
