"""Sentences that lack their space, where the next one begins with a word that is a top-level domain too."""

from __future__ import annotations

from typing import NamedTuple

from plentymsg.rules.wordlist import words


class Language(NamedTuple):
    """What people write around such a full stop, in one language."""

    starts: frozenset[str]
    """Top-level domains that begin a sentence."""
    ends: frozenset[str]
    """Words that end one, and that nobody calls a shop."""
    marks: frozenset[str]
    """Words that tell the language."""

    home: str = ""
    """The country's top-level domain, if it begins a sentence too."""


LANGUAGES = (
    Language(  # German
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
            aber bin das dem den der die diese dieser dieses ein eine es euer eure habe hat ich
            ihr ist kam kann mein meine mir nicht noch schon sehr seit sie sind und unser unsere
            unserem unseren unserer wir wird wurde
            """
        ),
    ),
    Language(  # English
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
            am and are be been but can could did for from has have he her his i is it like my not
            of our she should that the their these they this those was we were with would you your
            """
        ),
    ),
    Language(  # French
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
            ai c'est ce ces cette de des elle elles est et il ils j'ai je la le les ma mes mon nos
            notre nous pas un une vos votre vous
            """
        ),
    ),
    Language(  # Italian
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
        words(
            """
            che e gli ha ho i il in la le lo mi mia mio non nostra nostro questa questo sono un
            una vostra vostro è
            """
        ),
    ),
    Language(  # Spanish
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
        words(
            """
            con el esa ese esta este está he la las lo los me mi no nuestra nuestras nuestro
            nuestros pero que quiero se son un una y
            """
        ),
        home="es",
    ),
    Language(  # Polish
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
        words(
            """
            czy i jak jest kiedy mam moja mój na nasz nasza nasze nie pan pani się to twój w z za
            że
            """
        ),
    ),
    Language(  # Dutch
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
        words(
            """
            de deze dit een en er heb heeft het ik is jullie mijn niet ons onze was we zijn
            """
        ),
    ),
    Language(  # Swedish
        words("de men ni no nu om se vi"),
        words(
            """
            adress allt beställt beställning betalat bra då fel fredag fungerar förlorat hej här hjälp idag
            igen igår imorgon inte jaha klart kvar levererat lördag mer mottaget måndag nej nu onsdag order
            paket paketet pengar redan retur sen senare skadad skadat skickat snabbt snart sönder söndag
            tack tisdag tisdagen torsdag trasig trasigt vad vecka vecka väntar återbetalning öppet
            """
        ),
        words(
            """
            att av det du en ett har inte jag mig min mitt och på som vi vill vår våra vårt är
            """
        ),
        home="se",
    ),
    Language(  # Czech
        words("be by co do je mu my na ne no pro se si ve za"),
        words(
            """
            adresa balík chybí chyba den děkuji dnes dobrý dobře dorazil hned hotovo ještě konec korun
            moc nefunguje nic objednal objednala objednávka odpověď ok pátek peníze pondělí poškozené pořádku
            prosím problém rozbitá rozbité rozbitý sobota středa špatně taky týden vadná vadné vadný vrácení
            včera velký vše zaplaceno zboží zítra znovu čekám čtvrtek úterý už
            """
        ),
        words(
            """
            a ale jak je jsem mi mám na naše našeho ne náš se si to už v že
            """
        ),
    ),
)

_EVERYWHERE = words("bye hallo hello hi ja no nein non nee oh ok okay oui si sí super sì tak top yes")
"""Words that end a sentence in any language."""

SENTENCE_STARTS = frozenset().union(*(each.starts for each in LANGUAGES))
_ENDS = frozenset().union(*(each.ends for each in LANGUAGES), _EVERYWHERE)
_ENDS_BEFORE = {
    start: _EVERYWHERE.union(*(each.ends for each in LANGUAGES if start in each.starts))
    for start in SENTENCE_STARTS
}


def is_an_end(word: str) -> bool:
    """Whether a sentence may end in this word of some language."""
    return word in _ENDS


def meet(before: str, after: str) -> bool:
    """Whether a sentence may end in `before` and the next begin with `after`: `kaputt.es`, `bien.la`."""
    return after in _ENDS_BEFORE and before in _ENDS_BEFORE[after]
