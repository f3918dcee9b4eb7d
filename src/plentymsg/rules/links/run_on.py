"""Words that run on into the next sentence: `die lampe flackert.so geht es`, `behind the door.at the back`.

People may end a sentence in any word, so what stands around it must tell, and it never tells for certain.
"""

from __future__ import annotations

import re

from plentymsg.rules.links.sentences import LANGUAGES, SENTENCE_STARTS, Language
from plentymsg.rules.wordlist import words

_CUES = words(
    """
    address adres adresse an and appelle are at auf av azienda bedrijf bei bekijk besuchen besök besøk
    bezoek bij blog boutique brand butik by called chez chiama company da dal dalla das de del der die
    domain domena empresa en est este et find firma firmy for from företag für heet heißt homepage i in
    into is ist it jest język la laden le les link llama lub magasin marca marchio marka marke marque
    med merk na naar navštivte negozio obchod och oder odwiedź of on onlineshop op or ou our outlet page
    pagina para partner per plataforma platform plattform por portail portal pour przez página på see
    seite shop shops siehe sind site sitio sito sklep sklepie sociedad société son sono store strona
    stronie su sul sur są the through tienda till to try un una und under unter use van varumärke vedi
    via visit visita visitez visiti von voor w web webseite webshop website winkel with y z zijn značka
    zobacz zu à è über
    """
)
"""Words before a host, however the sentence goes on: `auf lampen.so geht`."""
_ARTICLES = words("das dem den der die ein eine einem einer the de la le les il lo una un el het een")
"""Those of them that also stand before the last word of a sentence: `behind the door.at the back`."""
_SITES = words(
    """
    app blog boutique butik homepage negozio obchod onlineshop page pagina página seite shop site sitio sito
    sklep store strona team tienda webseite website winkel
    """
)
"""What follows a host behind an article: `auf der lampen.in Seite`."""
_COPULAS = words("are es est is ist je jest sind son sono è är")
"""Those that only say what a site is called, or else how something is: `il est beau.il fonctionne`."""
_NO_SUBJECTS = words("ai al am as at au be by da de di do im in la me na om pro to za")
"""Beginnings that no verb follows; where one does, it is a host that does something: `lampen.in hat`."""
_VERBS = words(
    """
    bietet hat hatte ist kostet liefert verkauft war wird had has is offers sells ships was a est offre
    propose vend était ha vende è era está tiene ma sprzedaje biedt heeft levert verkoopt har säljer
    má prodává
    """
)
_LEADERS = words(
    """
    auf bei besuche besuchen besucht besök bezoek chez naar navštivte odwiedź sur unter via visit visita
    visitate visite visitez visiti von zu über
    """
)
"""Those of them that hardly stand before the last word of a sentence: `auf weg.de`."""
_GO_ON = _CUES - _COPULAS
"""What goes on behind a host as well: `lampen.so und`, `lampen.help for`."""
_APOSTROPHES = re.compile("['’]")
_NEARBY = 48
"""Characters before and behind that are looked at."""
_QUOTED = "> |\t"
_LONGEST_START = 3
"""Letters: a longer one, as in `lampen.store`, is what a shop chose."""


def runs_on(text: str, start: int, end: int, after: str) -> bool:
    """Whether the word at `start` may end a sentence, by what stands around it on its line.

    `after` is the top-level domain, which ends at `end`.
    """
    if after not in SENTENCE_STARTS or after == "de" or len(after) > _LONGEST_START:
        return False
    said, follow = _words_around(text, start, end)
    if not said or not _APOSTROPHES.sub("", said[-1]).isalpha():  # UPS.at the depot
        return after in _NO_SUBJECTS and follow[:1] != [] and follow[0] in _ARTICLES
    if after in _NO_SUBJECTS and follow and follow[0] in _VERBS:  # lampen.in hat
        return False
    if _is_before_a_host(said, follow):
        return False
    if len(said) == 1:  # `Open lampen.me in your browser` is a command, `Missing screws.do you` is none
        follow = follow[:1]
    languages = _languages_around(said, follow)
    if any(after == each.home for each in languages):  # Nuestra marca lampen.es es conocida
        return False
    return any(after in each.starts for each in languages)


def is_led_up_to(text: str, start: int) -> bool:
    """Whether the words before `start` say that a host follows: `auf`, `Besuchen Sie`."""
    said, _ = _words_around(text, start, start)
    if said[-1:] == ["sie"]:
        return said[-2:-1] != [] and said[-2].endswith("en")
    return said[-1:] != [] and said[-1] in _LEADERS


def is_no_beginning(text: str, start: int, end: int, after: str) -> bool:
    """Whether the words around are of languages that all have no sentence that begins with `after`."""
    languages = _languages_around(*_words_around(text, start, end))
    return bool(languages) and not any(after in each.starts for each in languages)


def _words_around(text: str, start: int, end: int) -> tuple[list[str], list[str]]:
    """Those before `start` and the next three behind `end`, of the line, in small letters."""
    said = text[max(0, start - _NEARBY) : start].rpartition("\n")[2].lstrip(_QUOTED).lower().split()
    follow = text[end : end + _NEARBY].partition("\n")[0].lower().split(None, 3)[:3]
    return said, follow


def _languages_around(said: list[str], follow: list[str]) -> list[Language]:
    """The languages that most of the words tell, of those that tell one."""
    counts = [
        len(each.marks.intersection(said)) + len((each.marks - _GO_ON).intersection(follow))
        for each in LANGUAGES
    ]
    most = max(1, *counts)
    return [each for each, count in zip(LANGUAGES, counts, strict=True) if count == most]


def _is_before_a_host(said: list[str], follow: list[str]) -> bool:
    """Whether the words before lead up to a host: `auf`, `unsere Seite ist`, but not `das Gerät ist`."""
    *earlier, last = said
    before = earlier[-1] if earlier else ""
    if follow[:1] and follow[0] in _SITES:  # ihr lampen.es Team
        return True
    if last in _COPULAS:
        return before in _CUES
    if last == "zu" and before in _COPULAS:  # das Kabel ist zu kurz.so
        return False
    if last == "sie" and before.endswith("en"):  # Suchen Sie
        return True
    if last in _ARTICLES and (len(earlier) > 1 or (earlier and before not in _CUES)):  # behind the door.at
        return False
    return last in _CUES
