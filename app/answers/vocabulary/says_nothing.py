"""Words that say nothing about the data: how it is shown, for which papers, in what tone.

They are left aside only where a question is not understood with them, and the answer says so. Words that can change
what is asked (other, same, after, lost, left, first, active, mixed …) are not among them, whatever their use elsewhere.
"""

from __future__ import annotations

import re

from app.answers.vocabulary.text import words

VERBS = words("""
    list | display | verify | validate | assert | check | double-check | ensure | demonstrate | illustrate | depict | flag | highlight | mark |
    surface | emit | dump | render | populate | supply | present | prepare | assemble | collate | compile |
    retrieve | query | scan | inspect | examine | explore | investigate | study | assess | evaluate | judge |
    measure | quantify | establish | confirm | clarify | specify | mention | log | itemise | itemize | document |
    outline | describe | send | email | mail | forward | pass | hand | submit | publish | circulate |
    put | pick | choose | select | refer | trigger |
    fire | post | notch | rack | amass | garner | collect | accrue | deserve | matter | care | discuss | debate |
    argue | claim | believe | suspect | feel | hear | read | remember | recall | forget | guess | imagine | hope | worry |
    complain | moan | mumble | brag | boast | celebrate | reward | thank | invite | plan | intend | try | attempt | begin | continue | proceed |
    review | audit | monitor | track | watch | address | focus | zoom | drill | dig | break | lay | set | turn |
    pull | bear | deem | regard | consider | understand | learn | teach | test | require | request |
    demand | desire | prefer | attach | append | paste | type | write | jot | fill | format |
    tag | title | name | call | entitle | caption | tot | tally | crunch | massage | slice |
    dice | bother | annoy | surprise | amaze | shock | impress | interest | fascinate | intrigue | puzzle | confuse
""")
"""Verbs of telling, showing and thinking, in any of their forms."""

NOUNS = words("""
    dashboard | tile | widget | leaderboard | scoreboard | scorecard | gauge | graphic | visual | visualisation |
    visualization | curve | series | grid | matrix | crosstab | pivot | view | workbook | slide | deck |
    header | heading | footer | feed | briefing | document | kpi | indicator | alert | alarm |
    watchlist | checklist | check | test | audit | inspection | exercise | task | request | query | reply | answer | outcome |
    finding | insight | fact | info | catalogue | catalog | assortment | register | archive | story | glimpse |
    glance | idea | sense | feeling | impression | indication | purpose | sake | background | presentation | slideshow |
    ceo | cfo | coo | cmo | cto | auditor | colleague | accountant | accounting | finance | boardroom | headquarters | hq | analyst |
    analytics | statistics | maths | math | arithmetic | mood | theory | hunch | hypothesis | suspicion | rumour | rumor | gossip |
    anecdote | headline | teaser | punchline | drumroll | eyes | mind | heart |
    inbox | attachment | appendix | annex | chapter | section | paragraph | sentence | bullet | footnote | curiosity |
    dispatch | fulfilment | fulfillment | logistics | operations | procurement | merchandising | commerce | trade | retail |
    health | sanity | quality | concentration | hygiene | accuracy | correctness | completeness | consistency | acceptance | requirement |
    specification | spec | criterion | criteria | scenario | epic | sprint | deliverable |
    guy | folk | mate | buddy | friend | pal | chap | gentleman | lady | ladies | crew | fellow | everybody | everyone | somebody |
    someone | thing | stuff | matter | topic | subject | aspect | angle | perspective | viewpoint
""")
"""Nouns of papers, screens, talk and trades; never what is counted or grouped by."""

OTHERS = words("""
    brief | simple | clean | neat | tidy | proper | properly | correct | correctly | accurate | accurately | precisely | fair |
    honest | rough | comprehensive | exhaustive | clear | nice | nicely | handy | useful | interesting |
    interestingly | important | importantly | relevant | corresponding | correspondingly | associated | related | resulting | underlying | actual | real |
    true | calendar | generous | generously | dumb | stupid | naive | trivial | obvious | famous | infamous | notorious | beloved | dear | lovely |
    beautiful | ugly | crazy | mad | insane | wild | weird | strange | odd | curious | curiously | funny | boring | exciting | amazing | awesome |
    great | terrific | fantastic | wonderful | excellent | super | fine | ready | eager | keen | urgent | asap | responsible | accountable | handsome |
    handsomely | whopping | hefty | sizeable | sizable | considerable | notable | noteworthy | remarkable | remarkably | striking | strikingly | worthwhile |
    accordingly | thereby | therein | thereof | thereto | hereby | herein | indeed | essentially | effectively | evidently | allegedly |
    supposedly | reportedly | surely | certainly | definitely | undoubtedly | admittedly | understandably | unfortunately | fortunately |
    luckily | sadly | hopefully | ideally | preferably | carefully | closely | deeply | thoroughly | neatly |
    straight | directly | immediately | promptly | swiftly | plainly | loosely | broadly | overly | awfully | terribly | frightfully | dreadfully |
    jolly | bloody | damn | darn | bleeding | flipping | freaking | blooming | yo | ya | yep | yeah | aha | oh | ah | wow | oops | whoa | gosh | gee |
    thru | wrt | via | cf | viz | vis | alright | righto | howdy | greetings | tbh | imo | imho | afaik | fwiw | ty | tia | ta | lmk |
    plse | gimme | lemme | wanna | gonna | gotta | shoulda | dunno | coulda | innit | y'all | u | ur
""")
"""Adjectives and adverbs of tone, and the noises of a chat."""

TOLD = words(
    "sit | sat | sitting | feature | figure | concern | relate | pertain | correspond | apply | belong | land | add"
)
"""Verbs that say of rows only that they are there, whatever stands ahead of them."""

ASKED_FOR = re.compile(
    r"\b(?:by|per|each|every|which|whose|many|much|of|average|mean|median|total|most|least|fewest|top|no|not|without|never|than|any|"
    r"(?:what|who)(?:\s+(?:is|are|was|were))?|top\s+\w+)\s+(?:(?:the|a|an|our|their|different|distinct|unique)\s+)?$",
    re.I,
)
"""What stands ahead of a noun that is asked for, counted or denied."""

TELLS = re.compile(
    r"(?:^|[,;:.!?(]|\b(?:and|then|please|just|to|i|we|you|me|us|somebody|someone|he|she|it|they|be|can|must|may|shall|when|"
    r"is|are|being|let|let['’]s|kindly|[\w]+ly|boss|report))\s*$",
    re.I,
)
"""What stands ahead of a verb that tells of the asking, not of what was done with orders."""


def _forms(verb: str) -> set[str]:
    stem = verb[:-1] if verb.endswith("e") else verb
    doubled = stem + stem[-1] if re.search(r"[^aeiou][aeiou][bdgklmnpt]$", stem) else stem
    third = (
        f"{verb[:-1]}ies"
        if re.search(r"[^aeiou]y$", verb)
        else f"{verb}es"
        if re.search(r"(?:s|x|z|ch|sh)$", verb)
        else f"{verb}s"
    )
    past = f"{verb[:-1]}ied" if re.search(r"[^aeiou]y$", verb) else f"{doubled}ed"
    return {verb, third, past, f"{stem}ed", f"{stem}ing", f"{doubled}ing"}


IRREGULAR = words("""
    sent | put | chose | chosen | began | begun | felt | heard | forgot | forgotten | thought | understood | learnt | taught | wrote |
    written | laid | lain | broke | broken | bore | borne | dug | set | meant | picked | told | shown | noted | notes | spelt | drew | drawn
""")
_VERBS = frozenset(form for verb in VERBS for form in _forms(verb)) | frozenset(IRREGULAR)
_TOLD = frozenset(form for verb in TOLD for form in _forms(verb))
_NOUNS = frozenset(form for noun in NOUNS for form in (noun, f"{noun}s", f"{noun}es"))
_OTHERS = frozenset(OTHERS)


def is_listed(word: str) -> bool:
    """Whether a word stands in one of these lists, in any of its forms: then it is no other word misspelt."""
    return word in _VERBS or word in _NOUNS or word in _OTHERS or word in _TOLD


def says_nothing(word: str, ahead: str) -> bool:
    """Whether a word says nothing about the data; `ahead` is the text before it."""
    if word in _OTHERS or word in _TOLD:
        return True
    if word in _NOUNS and not ASKED_FOR.search(ahead):
        return True
    return word in _VERBS and TELLS.search(ahead) is not None


def without(question: str, word: str) -> str | None:
    """The question without a word that says nothing about the data; None where the word could say something."""
    found = re.search(rf"(?<!\w){re.escape(word)}(?:['’]s)?(?!\w)", question, re.I)
    if found is None or not says_nothing(word.lower(), question[: found.start()]):
        return None
    left = f"{question[: found.start()].rstrip()} {question[found.end() :].lstrip()}".strip()
    return left or None
