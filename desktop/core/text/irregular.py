"""English words whose forms no rule joins: child and children, write and wrote.

A line of the table is one word: its base first, then the forms that a stemmer leaves apart. A form after `~` looks
like another, more frequent word (lives: to live), so the others must not ask for its stem; in a text it stands for
its base besides.
Regular forms (writes, writing) follow the base by its stem. Function words (be, have, good) are left out: they stand
everywhere, and nobody looks for them.
"""

from collections.abc import Mapping
from functools import lru_cache

from desktop.core.text.words import stem

_VERBS = """
arise arose arisen|awake awoke awoken|bear bore borne|beat beaten|become became|begin began begun|bend bent
bind bound|bite ~bit bitten|bleed bled|blow blew blown|break broke broken|breed bred|bring brought|build built
burn burnt|buy bought|catch caught|choose chose chosen|cling clung|come came|creep crept|deal dealt|dig dug
draw drew drawn|dream dreamt|drink drank drunk|drive drove driven|eat ate eaten|fall fell fallen|feed fed|feel felt
fight fought|find found|flee fled|fling flung|fly flew flown|forbid forbade forbidden|foresee foresaw foreseen
forget forgot forgotten|forgive forgave forgiven|freeze froze frozen|get got gotten|give gave given|go went gone
grow grew grown|hang hung|hear heard|hide hid hidden|hold held|keep kept|kneel knelt|know knew known|lay laid
lead led|lean leant|leap leapt|learn learnt|leave left|lend lent|lie lain|light lit|lose lost|make made|mean meant
meet met|mislead misled|mistake mistook mistaken|misunderstand misunderstood|outgrow outgrew outgrown
overcome overcame|override overrode overridden|oversee oversaw overseen|overtake overtook overtaken
overthrow overthrew overthrown|partake partook|pay paid|prove proven|rebuild rebuilt|redo redid redone
repay repaid|rethink rethought|rewrite rewrote rewritten|ride rode ridden|ring rang rung|rise ~rose risen|run ran
say said|see ~saw seen|seek sought|sell sold|send sent|sew sewn|shake shook shaken|shine shone|shoot shot
show shown|shrink shrank shrunk|sing sang sung|sink sank sunk|sit sat|sleep slept|slide slid|speak spoke spoken
speed sped|spell spelt|spend spent|spin spun|spring sprang sprung|stand stood|steal stole stolen|stick stuck
sting stung|strike struck stricken|string strung|strive strove striven|swear swore sworn|sweep swept|swell swollen
swim swam swum|swing swung|take took taken|teach taught|tear tore torn|tell told|think thought|throw threw thrown
understand understood|undergo underwent undergone|undertake undertook undertaken|undo undid undone
unwind unwound|uphold upheld|wake woke woken|wear wore worn|weave wove woven|weep wept|win won
withdraw withdrew withdrawn|withhold withheld|withstand withstood|write wrote written
"""
_NOUNS = """
alga algae|alumnus alumni|analysis analyses|antithesis antitheses|appendix appendices|automaton automata
axis axes|bacterium bacteria|calf calves|child children|codex codices|corpus corpora|crisis crises
criterion criteria|curriculum curricula|datum data|diagnosis diagnoses|die dice|elf elves|emphasis emphases
foot feet|formula formulae|fungus fungi|genus genera|goose geese|half halves|hypothesis hypotheses
index indices indexes|knife knives|larva larvae|leaf ~leaves|lemma lemmata|life ~lives|loaf loaves|louse lice
man men|matrix matrices|maximum maxima|memorandum memoranda|minimum minima|mouse mice|nebula nebulae
nucleus nuclei|oasis oases|optimum optima|ox oxen|parenthesis parentheses|person people|phenomenon phenomena
quantum quanta|radius radii|schema schemata|self selves|shelf shelves|spectrum spectra|stimulus stimuli
stratum strata|syllabus syllabi|synopsis synopses|synthesis syntheses|thesis ~theses|thief thieves|tooth teeth
vertex vertices|wife wives|wolf wolves|woman women
"""


def irregular_stems(word: str) -> tuple[str, ...]:
    """Return the stems of the other forms of a folded English word; none for a regular one."""
    return tuple({**_by_form().get(word, {}), **_by_base().get(stem(word), {})})


def base_stems(word: str) -> tuple[str, ...]:
    """Return what a folded English word of a text is to be found by, besides its own stem."""
    return _bases().get(word, ())


@lru_cache(maxsize=1)
def _bases() -> Mapping[str, tuple[str, ...]]:
    return {form[1:]: (stem(group[0]),) for group in _groups() for form in group if form.startswith("~")}


@lru_cache(maxsize=1)
def _groups() -> tuple[tuple[str, ...], ...]:
    lines = (_VERBS + _NOUNS).replace("\n", "|").split("|")
    return tuple(tuple(line.split()) for line in lines if line)


@lru_cache(maxsize=1)
def _by_form() -> Mapping[str, dict[str, None]]:
    found: dict[str, dict[str, None]] = {}
    for group in _groups():
        for form in group:
            found.setdefault(form.lstrip("~"), {}).update(_sought(group))
    return found


@lru_cache(maxsize=1)
def _by_base() -> Mapping[str, dict[str, None]]:
    found: dict[str, dict[str, None]] = {}
    for group in _groups():
        found.setdefault(stem(group[0]), {}).update(_sought(group))
    return found


def _sought(group: tuple[str, ...]) -> dict[str, None]:
    return {stem(form): None for form in group if not form.startswith("~")}
