"""Words around a number that say what it is, in our seven languages."""

from __future__ import annotations

from plentymsg.rules.wordlist import words

ANNOUNCING = words(
    """
    anruf anrufe anrufen appel appeler appelez bel bellen call calling cel cell cellulare centralino
    centralita chiama chiamare chiamate chiamateci dial durchwahl dzwonić dzwoń faks fax faxnummer fon
    fono gsm handy handynummer helpline hotline infoline infolinia infolinię joindre kom komórka komórkowy
    llama llamar llame llámenos mob mobiel mobiele mobil mobile mobilfunk mobilfunknummer mobilnummer
    mobiltelefon móvil ph phone portable ruf rufen rufnummer rückruf rückrufnummer servicetelefon sms tel
    telef telefaks telefax telefon telefonem telefonica telefonicznie telefoniczny telefonisch
    telefonische telefonnr telefonnummer telefono telefonu telefoon telefoonnr telefoonnummer telephone
    telf teléfono tlf tél téléphone téléphoner téléphonique viber whatsapp zadzwonić zadzwoń zentrale ☎ ☏
    ✆ 📞 📱
    """
)
"""The number behind is a telephone number, whatever it looks like."""

DENYING = words(
    """
    aktenzeichen amount art article articolo artikel artículo asin auftrag auftrags az batch beleg bestell
    bestelling bestellung betrag bic blz btw charge client cliente code codice colis commande consignment
    cp customer código depot ean envío eori expedition factura facture factuur faktura faktury fattura
    größe gtin gutschein gutschrift hra hrb iban id imei invoice isbn item iva kd klant klanten klienta
    kod konto krs kto kunden kvk liefer lieferschein los lot maat mandatsreferenz model modell modello
    modelo modèle mpn name nif nip order ordine paczki paket pakket parcel part pedido pin plz postcode
    preis prix producto produit produkt produktu przesyłki puk rcs rechnung rechnungs ref reference
    referencia referentie regon rma rozmiar réf référence sendung sendungs serial serie seriennummer shipment
    siren siret size sku sn spedizione steuer suivi série taglia taille talla teile ticket tracking tva
    uid upc ust vat version volg vorgang vorgangs wkn zamówienia zamówienie zamówieniu zending zip
    """
)
"""The number behind is something else."""

OTHER_NUMBERS = ("nummer", "nr", "number", "code", "kennung", "zeichen")
"""Endings of words for a number of something else: `Bestellnummer`, `Kundennr`; those above excepted."""

FILLING = words(
    """
    a al am an at au auf az bei ci customer de dem der di die directement direkt du el es est et for free
    gebührenfrei gern gerne gratis ich id il is ist je jederzeit jest kostenlos la lautet le lub lunedì me
    mi mich mio mir moje mon mu my mój n nasz naszą no nos nostro notre nous nr nuestro num number numer
    numerem numero nummer numéro número oder of on ons op or ou our pod sie sotto sous the to toll tu u
    uns unser unsere unseren unserer unter us using van via votre vous wir your º è
    """
)
"""Between such a word and its number."""

SERVICES = frozenset({"service", "servicio", "servizio"})
"""In front of a word such as `client` these take back what it denies: `service client`."""

UNITS = words(
    """
    chf cm eur euro euros g gb gbp gr kg km kwh kč l lm m mah mb mg ml mm pcs pezzi piezas pièces pln rcs
    st stk stuks stück szt tb usd v w watt zł
    """
)
"""Behind a number: it counts something."""

MONEY = words("chf eur euro gbp pln usd zł € $ £")
"""In front of a number: it is a price."""
