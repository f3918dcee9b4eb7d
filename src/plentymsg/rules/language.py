"""Which of our languages a text is written in, by its small words."""

from __future__ import annotations

import re

from plentymsg.rules.wordlist import words

_SMALL_WORDS = {
    "en": words(
        """
        a about and are as at be been but by can dear do for from has have hello hi i if in is it kind not
        of on or order our please re regards so thank thanks that the there this to was we will with would
        you your
        """
    ),
    "de": words(
        """
        aber auch auf aus bei bestellung bitte da dank danke das dass dem den der die ein eine einen
        freundlichen für grüße grüßen haben hallo ich ihnen ihr ihre ihrem ihrer im in ist kann mit nach
        nicht noch oder rechnung sehr sie sind und uns unser unsere vielen von war werden wichtig wie wir
        wird zu zum zur über
        """
    ),
    "fr": words(
        """
        avec avez avons bonjour ce cela cette commande cordialement dans des du elle est et il je la le les
        leur mais merci ne nous n notre ou par pas pour qu que qui sera sont sur un une vos votre vous été à
        """
    ),
    "it": words(
        """
        abbiamo al alla anche buongiorno che ci con cordiali da dal del della di e gentile gli grazie ha i
        il in la le lo ma non nostro o ordine per più saluti se siamo sono suo sua un una vi è
        """
    ),
    "es": words(
        """
        al con de del el en es esta está este estimado gracias ha hemos hola la las le les lo los más muy
        no nos nuestro o para pedido pero por que saludos se si son su sus un una usted y ya
        """
    ),
    "pl": words(
        """
        ale bardzo czy dla do dzień dziękuję dziękujemy dobry i jest lub na nie od oraz pana pani państwa
        po pozdrawiam przez się są ta to w we z za zamówienia zamówienie że
        """
    ),
    "nl": words(
        """
        aan al bedankt bestelling bij dank dat de deze een en geachte groet het hij hebben heeft hallo is
        je kunt maar met naar niet nog of om onze ook op te u uw van voor we wij worden zijn
        """
    ),
}
_WORD = re.compile(r"[^\W\d_]+")
_ENOUGH = 2000
"""Characters that decide: the answer stands above the quoted history."""


def language_of(text: str) -> str:
    """The language whose small words are the most frequent, by its code; English if none are."""
    found = [word.lower() for word in _WORD.findall(text[:_ENOUGH])]
    counts = {code: sum(word in known for word in found) for code, known in _SMALL_WORDS.items()}
    return max(counts, key=lambda code: counts[code])
