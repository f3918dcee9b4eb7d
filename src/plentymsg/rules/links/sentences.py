"""Sentences that lack their space, where the next one begins with a word that is a top-level domain too."""

from __future__ import annotations

import re
from typing import NamedTuple

from plentymsg.rules.wordlist import words


class _Language(NamedTuple):
    """What people write around such a full stop, in one language."""

    starts: frozenset[str]
    """Top-level domains that begin a sentence."""
    ends: frozenset[str]
    """Words that end one, and that nobody calls a shop."""
    marks: frozenset[str]
    """Words that tell the language."""

    home: str = ""
    """The country's top-level domain, if it begins a sentence too."""


_LANGUAGES = (
    _Language(  # German
        words("am as da es im in ist ja mit na ne post pro re se so"),
        words(
            """
            abend abgeholt abgelehnt abgeschickt adresse alles angekommen angenommen auch auf aus bekommen
            bescheid beschädigt besser beste bestellt bestellung bestens bezahlt bin bitte blöd da dabei
            daheim danach danke defekt dienstag doch donnerstag dort dringend egal eilig ein eingetroffen
            einverstanden einwandfrei ende enttäuscht erhalten erledigt ewig falsch fehlt fertig freitag
            funktioniert ganz gebraucht gebrochen gefunden gegangen geht gekauft geklappt gekommen geld
            geliefert gelöst gemeldet genau gern gerne gesagt geschickt geschrieben gesehen gestern
            gewartet gewesen geöffnet glücklich gut haben halt herzlich heute hier ihnen ihr immer
            informiert ja jetzt kaputt klappt klar klasse komisch kommt lange leer leid leider mehr mich
            mir mittwoch montag morgen möglich nachmittag nein nicht nichts noch normal nummer nötig offen
            ok okay ordnung paket perfekt prima recht richtig samstag schade schlecht schnell schon schön
            sehr sie sofort sonntag stimmt super toll traurig uns unten verbogen verloren verschickt
            versendet versprochen verspätet verständlich vielleicht voraus ware warten weg wieder
            zerkratzt zu zufrieden zurück zusammen ärgerlich
            """
        ),
        words(
            """
            aber bin das dem den der die ein eine es habe hat ich ihr ist kam kann mein meine mir nicht noch
            schon sehr seit sie sind und wir wird wurde
            """
        ),
    ),
    _Language(  # English
        words(
            """
            am as at be best black blue bio box by call care contact do dot email fast free green help here
            hot how in is it like live love me men my new next no now one open photo pictures play pm re
            read red run save show so store support team to today total us video watch win work you
            """
        ),
        words(
            """
            address again all already answer anymore anyway appreciated arrived back bad big broken
            cancelled cheers closed confirmed correct cracked damaged day delivered delivery dented dirty
            dispatched done either else empty enough ever everything faulty fine friday go good got great
            happy help here him hope instead it know large late later long lost luck me met missed missing
            monday money much need nice not noted now number off ok okay old once one opened ordered out
            paid parcel perfect please problem quick quickly received refund refunded regards replaced
            returned right saturday scratched sent shipped short small smashed soon sorry still sunday
            sure thanks that them then there thing this thursday today together tomorrow tonight too torn
            tuesday unacceptable unhappy up us used useful useless waiting wednesday week weekend well
            wonderful work working works worries wrong yes yesterday yet you
            """
        ),
        words(
            """
            am and are be been but can did for from has have he i is it like my not of our she that the
            they this was we were with you your
            """
        ),
    ),
    _Language(  # French
        words("ai au de es et il je la ma me moi ne plus sa se si va"),
        words(
            """
            abonné abonnés abîmé abîmée acheteur adhérent adresse aidez aimable aller ami amis ancien
            annulé annulée argent arrivé arrivée attendre attente aussi avance bien bientôt bon bonjour
            bonsoir cassé cassée client clients colis commande commandé compris content contente
            cordialement correct demain demande dimanche dommage désolé employé encore endommagé
            endommagée envoyé envoyée expédié expédiée fait fermé fermée fonctionne grand grande hier ici
            inscrit invité jamais jeudi livraison livré lundi là maintenant mal mardi merci mercredi moi
            neuf non nous oui ouvert ouverte pareil parfait pas payé payée perdu perdue petit petite plaît
            plus possible problème remboursé reçu reçue rien réponse salarié salariés samedi satisfait
            satisfaite semaine super toujours tout très urgent utilisateur vendredi vide vite voilà vous
            étudiant étudiants
            """
        ),
        words(
            """
            ai c'est ce cette de des elle est et il j'ai je la le les ma mon nous pas un une vous
            """
        ),
    ),
    _Language(  # Italian
        words("ai al ci da de do il io la ma me ne no sa se si su va"),
        words(
            """
            adesso anche ancora annullato anticipo aperta aperto arrivata arrivato arrivederci aspettando
            aspettare aspetto attesa bene buongiorno capito chiusa chiuso cioè contenta contento
            cordialmente corretto danneggiata danneggiato difettosa difettoso domani domenica dopo fatto
            fretta funziona giorno giovedì grande grazie ieri indirizzo inviato lunedì mai male martedì
            meglio mercoledì mille niente no nulla nuovo oggi ok ordinato ordine pacco pagata pagato
            perduto perfetto persa perso piacere piccola piccolo prego presto problema qui ricevuta
            ricevuto rimborso risposta rotta rotto sabato saluti sbagliata sbagliato sempre settimana
            soddisfatto soldi spedita spedito subito sì tardi tutto urgente va venerdì vuota vuoto
            """
        ),
        words("che e gli ha ho i il in la le lo mi mia mio non sono un una è"),
    ),
    _Language(  # Spanish
        words("al de es la me no se si su va"),
        words(
            """
            abierta abierto además ahora antemano antes aquí atrasado ayer bien bueno cambio cancelado
            caso cerrado claro completo contenta contento correcto dañada dañado defectuoso después
            devolución dinero dirección disculpe domingo día días encargado entregado enviada enviado
            equivocada equivocado espera esperando estropeado favor funciona gracias grande hoy igual
            incompleto jamás jueves llegado llegó luego lunes mal martes mañana mejor miércoles más nada
            no nuevo nunca pagada pagado paquete pedido pequeña pequeño perdida perdido perfecto problema
            pronto recibida recibido recibí reembolso respuesta rota roto saludos satisfecho sea semana
            siempre sábado sí también tarde todo urgente vacía vacío vale viernes
            """
        ),
        words("con el está he la las lo los me mi no pero que quiero se un una y"),
        home="es",
    ),
    _Language(  # Polish
        words("ci co do mu na ni no pa to za"),
        words(
            """
            adres błędne czwartek dalej dni dobrze dostałam dostałem duży działa działają dzień dzisiaj
            dzięki dziękuję dziś gotowe jasne jutro już lepiej mała mały nadal nic nie niedziela niestety
            nowe nowy numer odebrane odpowiedź ok otrzymana otrzymałam otrzymałem otwarte paczka paczki
            pieniądze pilne piątek poniedziałek porządku pozdrawiam problem prosimy proszę przesyłka
            przykro przyszła przyszło pusta puste pusty razem rozumiem sobota super szkoda szybko tak
            teraz też tutaj tydzień uszkodzona uszkodzone uszkodzony wczoraj widzenia wszystko wtorek
            wysłana wysłane zadowolona zadowolony zamknięte zamówienie zamówione zapłaciłam zapłaciłem
            zapłacone zawsze zepsuta zepsute zepsuty zgubiona zgubione środa świetnie źle
            """
        ),
        words("czy i jak jest kiedy mam moja mój na nie się to w z za że"),
    ),
    _Language(  # Dutch
        words("al as de er ga in is me na nu om"),
        words(
            """
            aangekomen adres alles alvast antwoord apart bedankt begrepen beschadigd besteld bestelling
            betaald bezorgd blij daar dag dagen defect dicht dinsdag donderdag duidelijk eens fijn fout
            geannuleerd gebroken gedaan geen gekregen geld geleverd geretourneerd gesloten gestuurd
            gevonden gewacht gezegd gezien gisteren goed graag groot heel helaas hier iets ingepakt jammer
            kapot klaar klacht klein kwijt laat leeg maandag mee meer mij mis mogelijk morgen nee niet
            niets nieuw nodig nog normaal nu ok oké ontvangen ook op open oud pakket perfect prima retour
            snel stuk teleurgesteld terug tevreden top vandaag verkeerd verloren verstuurd verzonden
            vriendelijk vrijdag wachten week weer weg werkt woensdag zaterdag zo zondag
            """
        ),
        words("de een en er heb heeft het ik is mijn niet was we zijn"),
    ),
    _Language(  # Swedish
        words("de men ni no nu om se vi"),
        words(
            """
            adress allt beställt beställning betalat bra då fel fredag fungerar förlorat hej här hjälp idag
            igen igår imorgon inte jaha klart kvar levererat lördag mer mottaget måndag nej nu onsdag order
            paket paketet pengar redan retur sen senare skadad skadat skickat snabbt snart sönder söndag
            tack tisdag tisdagen torsdag trasig trasigt vad vecka vecka väntar återbetalning öppet
            """
        ),
        words("att av det du en ett har inte jag mig min mitt och på som vi vill är"),
        home="se",
    ),
    _Language(  # Czech
        words("be by co do je mu my na ne no pro se si ve za"),
        words(
            """
            adresa balík chybí chyba den děkuji dnes dobrý dobře dorazil hned hotovo ještě konec korun
            moc nefunguje nic objednal objednala objednávka odpověď ok pátek peníze pondělí poškozené pořádku
            prosím problém rozbitá rozbité rozbitý sobota středa špatně taky týden vadná vadné vadný vrácení
            včera velký vše zaplaceno zboží zítra znovu čekám čtvrtek úterý už
            """
        ),
        words("ale a jak je jsem mi mám na ne se si to už v že"),
    ),
)


_CUES = words(
    """
    address adres adresse an and appelle are at auf av bei bekijk besuchen besök besøk bezoek bij blog
    boutique butik by called chez chiama da dal dalla das de del der die domain domena en est este et find
    for from für heet heißt homepage i in into is ist it jest język la laden le les link llama lub magasin
    med na naar navštivte negozio obchod och oder odwiedź of on onlineshop op or ou our outlet page pagina
    para partner per por portal pour przez página på see seite shop siehe sind site sitio sito sklep
    sklepie son sono store strona stronie su sul sur są the through tienda till to try un una und under
    unter use van vedi via visit visita visitez visiti von voor w web webseite website winkel with y z
    zijn zobacz zu à è über
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
_APOSTROPHES = re.compile("['’]")
_NEARBY = 48
_EVERYWHERE = words("bye hallo hello hi ja no nein non nee oh ok okay oui si sí super sì tak top yes")
"""Words that end a sentence in any language."""

SENTENCE_STARTS = frozenset().union(*(each.starts for each in _LANGUAGES))
_ENDS = frozenset().union(*(each.ends for each in _LANGUAGES), _EVERYWHERE)
_ENDS_BEFORE = {
    start: _EVERYWHERE.union(*(each.ends for each in _LANGUAGES if start in each.starts))
    for start in SENTENCE_STARTS
}
_MARKS_AROUND = {
    start: frozenset[str]().union(
        *(each.marks for each in _LANGUAGES if start in each.starts and start != each.home)
    )
    for start in SENTENCE_STARTS
}
_MARKS_BEHIND = {start: marks - (_CUES - _COPULAS) for start, marks in _MARKS_AROUND.items()}
"""Without what goes on behind a host as well: `lampen.so und`, `lampen.help for`."""


def is_an_end(word: str) -> bool:
    """Whether a sentence may end in this word of some language."""
    return word in _ENDS


def meet(before: str, after: str) -> bool:
    """Whether a sentence may end in `before` and the next begin with `after`: `kaputt.es`, `bien.la`."""
    return after in _ENDS_BEFORE and before in _ENDS_BEFORE[after]


def runs_on(text: str, start: int, end: int, after: str) -> bool:
    """Whether the word at `start` ends a sentence by what stands around it: `die lampe flackert.so geht es`.

    `after` is the top-level domain, which ends at `end`. People may end a sentence in any word.
    """
    if after == "de":
        return False
    said = text[max(0, start - _NEARBY) : start].rpartition("\n")[2].lower().split()
    follow = text[end : end + _NEARBY].partition("\n")[0].lower().split(None, 3)[:3]
    if not said or not _APOSTROPHES.sub("", said[-1]).isalpha():  # UPS.at the depot
        return (
            after in _NO_SUBJECTS
            and bool(follow)
            and follow[0] in _ARTICLES
            and follow[0] in _MARKS_AROUND[after]
        )
    if after in _NO_SUBJECTS and follow and follow[0] in _VERBS:  # lampen.in hat
        return False
    if _is_before_a_host(said, follow):
        return False
    if len(said) == 1:  # `Open lampen.me in your browser` is a command, `Missing screws.do you` is none
        follow = follow[:1]
    return not (_MARKS_AROUND[after].isdisjoint(said) and _MARKS_BEHIND[after].isdisjoint(follow))


def _is_before_a_host(said: list[str], follow: list[str]) -> bool:
    """Whether the words before lead up to a host: `auf`, `unsere Seite ist`, but not `das Gerät ist`."""
    *earlier, last = said
    before = earlier[-1] if earlier else ""
    if last in _COPULAS:
        return before in _CUES
    if last == "zu" and before in _COPULAS:  # das Kabel ist zu kurz.so
        return False
    if last == "sie" and before.endswith("en"):  # Suchen Sie
        return True
    if last in _ARTICLES and (len(earlier) > 1 or (earlier and before not in _CUES)):  # behind the door.at
        return bool(follow) and follow[0] in _SITES
    return last in _CUES
