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


_LANGUAGES = (
    _Language(  # German
        words("am as da es im in ist ja mit na ne post pro re se so"),
        words(
            """
            abgeholt abgeschickt alles angekommen auch auf aus bekommen bescheid beschädigt bestellt
            bestellung bezahlt bin bitte da dabei danach danke defekt doch dort egal ein einverstanden
            ende enttäuscht erhalten erledigt falsch fehlt fertig funktioniert ganz gebraucht geht gekauft
            geklappt gekommen geliefert gelöst genau gern gerne geschickt gestern gewartet gut haben halt
            heute hier ihnen ihr immer ja jetzt kaputt klappt klar klasse kommt lange leid leider mehr
            mich mir montag morgen möglich nein nicht nichts noch nötig ok okay paket perfekt prima recht
            richtig schade schlecht schnell schon schön sehr sie sofort stimmt super toll traurig uns
            unten verloren verschickt versendet vielleicht voraus ware warten weg wieder zu zufrieden
            zurück zusammen
            """
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
            again all already anymore appreciated arrived back bad broken cheers correct damaged day
            delivered delivery done either else enough everything faulty fine friday go good got great
            happy help here him hope instead it know late later lost luck me met missing monday much need
            nice not now off ok okay once one ordered out paid parcel perfect please problem received
            refund right saturday sent soon sorry sunday sure thanks that them then there thing this
            thursday today together tomorrow too tuesday up us used waiting wednesday week well work
            working works worries wrong yes yesterday yet you
            """
        ),
    ),
    _Language(  # French
        words("ai au de et il je la ma me ne sa se si va"),
        words(
            """
            abîmé aimable aller arrivé arrivée attendre attente aussi avance bien bon bonjour bonsoir
            cassé cassée colis commande commandé compris cordialement correct demain demande dommage
            désolé encore endommagé envoyé fait fonctionne hier ici jamais livraison livré lundi là
            maintenant mal merci moi non nous oui pareil parfait pas payé perdu plaît plus possible
            problème remboursé reçu rien réponse semaine super toujours tout très urgent vite voilà vous
            """
        ),
    ),
    _Language(  # Italian
        words("ai al da de do il io la ma me ne no sa se si su va"),
        words(
            """
            adesso anche ancora anticipo aperta aperto arrivata arrivato arrivederci aspettare aspetto
            attesa bene buongiorno capito cordialmente corretto danneggiato domani dopo fatto fretta
            funziona grazie ieri inviato lunedì mai male meglio mille niente no nulla nuovo oggi ok
            ordinato ordine pacco pagato perfetto perso piacere prego presto problema qui ricevuto
            rimborso risposta rotta rotto sbagliato sempre settimana spedito subito sì tardi tutto urgente
            va
            """
        ),
    ),
    _Language(  # Spanish
        words("al de es la me no se si su va"),
        words(
            """
            además ahora antemano antes aquí atrasado ayer bien bueno cambio caso claro completo contento
            correcto dañado después devolución disculpe encargado entregado enviado espera esperando
            estropeado favor funciona gracias hoy igual incompleto jamás llegado llegó luego lunes mal
            mañana mejor más nada no nuevo nunca pagado paquete pedido perdido perfecto problema pronto
            recibido recibí reembolso respuesta rota roto saludos semana siempre sí también tarde todo
            urgente vale
            """
        ),
    ),
    _Language(  # Polish
        words("ci co do mu na ni no pa to za"),
        words(
            """
            dalej dobrze dostałam dostałem działa działają dzisiaj dzięki dziękuję dziś gotowe jasne jutro
            już lepiej nadal nic nie niestety odebrane odpowiedź ok paczka paczki pieniądze pilne
            poniedziałek porządku pozdrawiam problem prosimy proszę przesyłka przykro przyszła przyszło
            razem rozumiem super szkoda szybko tak teraz też tutaj tydzień uszkodzona uszkodzone
            uszkodzony wczoraj widzenia wszystko wysłane zamówienie zamówione zapłacone zawsze zepsuta
            zepsute zepsuty zgubione świetnie źle
            """
        ),
    ),
    _Language(  # Dutch
        words("al as de er ga in is me na nu om"),
        words(
            """
            aangekomen alles alvast antwoord apart bedankt begrepen beschadigd besteld bestelling betaald
            blij daar defect duidelijk eens fijn fout gebroken gedaan geen gekregen geleverd gisteren goed
            graag heel helaas hier iets ingepakt jammer kapot klaar kwijt laat maandag mee meer mij mis
            mogelijk morgen nee niet niets nodig nog nu ok oké ontvangen ook op pakket perfect prima
            retour snel stuk teleurgesteld terug tevreden top vandaag verkeerd verloren verstuurd
            vriendelijk wachten week weer weg werkt zo
            """
        ),
    ),
)


SENTENCE_STARTS = frozenset().union(*(each.starts for each in _LANGUAGES))

_ENDS = frozenset().union(*(each.ends for each in _LANGUAGES))


def is_an_end(word: str) -> bool:
    """Whether a sentence may end in this word of some language."""
    return word in _ENDS


def meet(before: str, after: str) -> bool:
    """Whether a sentence may end in `before` and the next begin with `after`: `kaputt.es`, `bien.la`."""
    return any(after in each.starts and before in each.ends for each in _LANGUAGES)
