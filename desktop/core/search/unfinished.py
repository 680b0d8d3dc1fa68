"""Stems that a half-typed word may belong to although it is longer than they are.

Someone typing `learni` has passed the stem `learn`, and someone typing `создат` has passed `созда`: the index knows
the words by these, so the notes must not vanish for a letter. A shorter stem counts when what follows it is the
beginning of an ending.
"""

from functools import lru_cache

SHORTEST = 3  # letters of a stem; shorter ones begin half the language

_ENGLISH = (
    "s es 's ed eds ing ings ingly edly er ers est ly ally ion ions ional ionally ation ations ational ative atively"
    " ator ators ment ments mental ness nesses able ably ability abilities ible ibly ibility al als ally ality ance"
    " ances ant ants ence ences ent ents ently ency ancy ic ics ical ically ism ist ists istic ity ities ive ives"
    " ively ivity ize izes ized izing izer izers ization izations ise ised ising isation ful fully fulness less lessly"
    " ous ously ousness y ies ied ish ship ships eer eers eering"
).split()
_AFTER_E = "ed ing ings er ers ion ions ional ation ations able ably al ally ity ive ively".split()  # makE -> making
_RUSSIAN = (
    "а я о е и ы у ю ь й ой ей ий ый ая яя ое ее ые ие ого его ому ему ым им ом ем ую юю ых их ыми ими ам ям ами ями"
    " ах ях ов ев ёв ью ия ии ию ием иям иями иях ть ти чь ла ло ли л ет ёт ит ешь ишь ете ите ут ют ат ят ал ала ало"
    " али ил ила или ел ела ело ели нул нула нули ует уют уешь уем уете ует ывать ывает ывают ывал ывала ывали ивать"
    " ивает ивают ивал ивала ивали овать овал овала овали ировать ирует ируют ировал ировала ировали уйте айте яйте"
    " ите ущий ущая ущее ущие ущего ущему ущем ущим ущими ущих ущей ущую ющий ющая ющее ющие ющего ющему ющем ющим"
    " ющими ющих ющей ющую ующий ующая ующее ующие ующего ующему ующем ующим ующими ующих ующей ующую ящий ящая ящее"
    " ящие ящего ящем ящих ащий ащая ащее ащие ащего ащих вший вшая вшее вшие вшего вшему вшем вшим вшими вших вшей"
    " вшую ивший ившая ившие ивших ывший авший авшая авшие авших емый емая емое емые емого емых емым имый имая имые"
    " имых уемый уемая уемые уемых анный анная анное анные анного анных анным енный енная енное енные енного енных"
    " енным ного ному ной ном ными ённый нный нная нное нные нных ан ана ано аны ен ена ено ены ость ости остью остей"
    " остям остях ся сь ться тся ется ются ится ятся ался алась алось ались ился илась илось ились уется уются ающий"
    " ающая ающие ающих ающего яющий яющая яющие яющих вшись аясь ившись ейший ейшая ейшие ейших ее ей"
).split()


def _beginnings(endings: list[str]) -> frozenset[str]:
    return frozenset(ending[:size] for ending in endings for size in range(1, len(ending) + 1))


_ENGLISH_BEGINNINGS = _beginnings(_ENGLISH)
_AFTER_E_BEGINNINGS = _beginnings(_AFTER_E)
_RUSSIAN_BEGINNINGS = _beginnings([ending.replace("ё", "е") for ending in _RUSSIAN])


@lru_cache(maxsize=2_000)
def shorter_stems(typed: str) -> tuple[str, ...]:
    """Return the stems, longest first, that the typed letters may have passed; who asks looks which of them exist."""
    english = typed.isascii()
    beginnings = _ENGLISH_BEGINNINGS if english else _RUSSIAN_BEGINNINGS
    found: dict[str, None] = {}
    for size in range(len(typed) - 1, SHORTEST - 1, -1):
        stem, rest = typed[:size], typed[size:]
        if rest in beginnings:
            found[stem] = None
        if not english:
            continue
        if rest in _AFTER_E_BEGINNINGS:
            found[stem + "e"] = None
        if rest[0] == stem[-1] and rest[0].isalpha() and (rest[1:] in beginnings or len(rest) == 1):  # beginning
            found[stem] = None
        if rest.startswith("il") and stem.endswith("ab"):  # scalability has the stem of scalable
            found[stem + "l"] = None
    return tuple(found)
