"""Sentences that lack their space, where the next one begins with a word that is a top-level domain too."""

from __future__ import annotations

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
            "das dem den der die ein eine habe hat ich ihr ist mein meine nicht noch schon sehr sind und wir"
        ),
    ),
    _Language(  # English
        words(
            """
            am as at be by call do dot help here how in is it like me my new no now one open pm re read so
            to today us you
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
            "am and are been for has have is it my not our she that the they this was we were with you your"
        ),
    ),
    _Language(  # French
        words("ai au de es et il je la ma me ne sa se si va"),
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
        words("ai al da de do il io la ma me ne no sa se si su va"),
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
        words("el está he la las lo los me mi no que se un una y"),
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
        words("i jest mam moja mój na nie się to w z za że"),
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
)


_CUES = words(
    """
    address adres adresse appelle are at auf av bei bij blog boutique by called chez chiama da dal dalla
    das de del der die domain domena en est este et find from heet heißt homepage i in into is ist it jest
    język la laden le les link llama magasin na naar negozio oder of on onlineshop op or our outlet page
    pagina partner per por portal przez página seite shop sind site sito sklep sklepie son sono store
    strona stronie su sul sur są the through tienda to try un una und under unter use van via visit von w
    web webseite website winkel z zijn zu à è über
    """
)
"""Words before a host, however the sentence goes on: `auf lampen.so geht`."""
_NEARBY = 48
_EVERYWHERE = words("bye hallo hello hi oh ok okay super top")
"""Words that end a sentence in any language."""

SENTENCE_STARTS = frozenset().union(*(each.starts for each in _LANGUAGES))
_ENDS = frozenset().union(*(each.ends for each in _LANGUAGES), _EVERYWHERE)
_ENDS_BEFORE = {
    start: _EVERYWHERE.union(*(each.ends for each in _LANGUAGES if start in each.starts))
    for start in SENTENCE_STARTS
}


def is_an_end(word: str) -> bool:
    """Whether a sentence may end in this word of some language."""
    return word in _ENDS


def meet(before: str, after: str) -> bool:
    """Whether a sentence may end in `before` and the next begin with `after`: `kaputt.es`, `bien.la`."""
    return after in _ENDS_BEFORE and before in _ENDS_BEFORE[after]


def runs_on(text: str, start: int, after: str) -> bool:
    """Whether the word at `start` ends a sentence by what is before it: `die lampe flackert.so geht es`.

    People who leave out the space often leave out capitals too, and may end a sentence in any word.
    """
    line = text[max(0, start - _NEARBY) : start].rpartition("\n")[2]
    said = line.split()
    if not said or said[-1] in _CUES or not said[-1].isalpha() or line != line.lower():
        return False
    return after != "de" and any(
        after in each.starts and after != each.home and not each.marks.isdisjoint(said) for each in _LANGUAGES
    )
