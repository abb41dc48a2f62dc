"""The karabakh lexicon on invented sentences: each label where it belongs, and nothing on look-alikes."""

from __future__ import annotations

import csv
import re
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import corpus_tools as ct

PEOPLE = "people in the vehicle"
VEHICLE = "the vehicle"
ARMENIAN_SIDE = "armed forces on the Armenian side"
AZERBAIJANI_SIDE = "armed men on the Azerbaijani side"
BEFORE = "control before 2020"
CHANGE = "change of control in 2020"
ADVANCE = "advance of 25 March 2023"
SEVEN = (PEOPLE, VEHICLE, ARMENIAN_SIDE, AZERBAIJANI_SIDE, BEFORE, CHANGE, ADVANCE)

FOUND = [
    (
        "Karabakh police officers and Azerbaijani soldiers shot at each other.",
        {(PEOPLE, "police"), (AZERBAIJANI_SIDE, "soldiers")},
    ),
    ("Policemen died in the Karabakh shootout.", {(PEOPLE, "police")}),
    ("Baku spoke of an Armenian armed group in a car.", {(PEOPLE, "armed group")}),
    ("Armenian military units sat in that car, Baku said.", {(PEOPLE, "military units")}),
    ("Baku said the police van carried weapons from Armenia.", {(VEHICLE, "police vehicle")}),
    ("They wanted to stop a vehicle of the Armenian military units.", {(VEHICLE, "military vehicle")}),
    ("Baku wants the Armenian armed forces out of Karabakh.", {(ARMENIAN_SIDE, "armed forces")}),
    ("Azerbaijan will disarm the illegal armed formations.", {(ARMENIAN_SIDE, "illegal armed forces")}),
    ("The Artsakh Defence Army spoke of calm.", {(ARMENIAN_SIDE, "Defence Army")}),
    ("An Azerbaijani sabotage group lay in ambush.", {(AZERBAIJANI_SIDE, "sabotage group")}),
    ("Armenian forces occupied Agdam and other districts in 1993.", {(BEFORE, "occupied")}),
    ("Kalbajar, a district occupied by Armenian troops in 1993, is mountainous.", {(BEFORE, "occupied")}),
    ("The occupied territories of Azerbaijan were on the agenda in 2019.", {(BEFORE, "occupied")}),
    ("The seven districts were controlled by ethnic Armenians.", {(BEFORE, "controlled")}),
    ("The Armenian-controlled districts around Karabakh lay empty.", {(BEFORE, "controlled")}),
    ("Fuzuli was a ruined town held by Armenian forces.", {(BEFORE, "held")}),
    ("Armenian forces liberated the region of Kelbajar in 1993.", {(BEFORE, "liberated")}),
    ("Azerbaijan liberated Jabrayil in October 2020.", {(CHANGE, "liberated")}),
    ("The liberation of Shusha/Shushi by Azerbaijani troops is marked each year.", {(CHANGE, "liberated")}),
    ("Hadrut has been occupied by Azerbaijan, the deputies said.", {(CHANGE, "occupied")}),
    ("Azerbaijani forces captured Zangilan in the autumn of 2020.", {(CHANGE, "captured")}),
    ("Azerbaijan recaptured Fuzuli after four weeks.", {(CHANGE, "recaptured")}),
    ("Azerbaijan seized Hadrut in the third week of the war.", {(CHANGE, "seized")}),
    ("In 2020 Azerbaijan regained control of several districts.", {(CHANGE, "regained control")}),
    ("Azerbaijani troops took control of Zangilan.", {(CHANGE, "took control")}),
    ("Armenia lost Shusha/Shushi in November.", {(CHANGE, "lost")}),
    ("Kalbajar was handed over to Azerbaijan ten days later.", {(CHANGE, "handed over")}),
    ("Agdam was returned to Azerbaijan without a fight.", {(CHANGE, "returned")}),
    ("Azerbaijani troops occupied a hill above the Lachin corridor.", {(ADVANCE, "occupied")}),
    ("Azerbaijani forces advanced along dirt roads.", {(ADVANCE, "advance")}),
    ("Azerbaijani units crossed the line of contact on Saturday.", {(ADVANCE, "crossing")}),
]
LOOK_ALIKES = [  # sentence, and how it differs
    ("Azerbaijani forces occupied Armenian territory near Jermuk in September 2022.", "actor, object, period"),
    ("Azerbaijan occupies about 200 square kilometres of Armenia.", "actor, object"),
    ("Azerbaijan, the victor of 2020, occupies about 200 square kilometres of Armenia.", "object"),
    ("The talks advance, said Karabakh officials.", "sense"),
    ("An advanced economy needs Azerbaijani gas.", "sense"),
    ("The police officers in Minneapolis were dismissed.", "object"),
    ("Police officers in Yerevan, Armenia, shot a man in a car.", "object"),
    ("A police car was ambushed in Ohio.", "object"),
    ("An armed group stopped a vehicle in Mali.", "actor"),
    ("Military units in Texas tried a new vehicle.", "actor"),
    ("Illegal armed groups hide in the forests of Colombia.", "actor"),
    ("Armenian troops seized Agdam, Azerbaijan, in the summer.", "period"),
    ("An Armenian sabotage group fired at a vehicle, Baku said.", "actor"),
    ("Azerbaijani soldiers died in a landslide.", "act"),
    ("Armenian protesters occupied a city square in Yerevan.", "actor, object"),
    ("The region of Armenia occupied by Azerbaijan is wooded.", "actor, object"),
    ("Armenian forces occupied new positions in the region.", "sense"),
    ("Armenian troops occupied the district of Kars in 1919.", "period"),
    ("The Red Army liberated cities in Ukraine and Belarus.", "actor"),
    ("Azerbaijan liberated two prisoners in the autumn of 2020.", "object"),
    ("In April 2016 Azerbaijani forces liberated a village near Jabrayil.", "period"),
    ("Azerbaijan captured twelve soldiers near Hadrut.", "object"),
    ("Armenia lost the war of 2020.", "object"),
    ("Armenia lost its best player before the match of 2020.", "object"),
    ("The bodies were handed over to Azerbaijan in 2020.", "object"),
    ("Refugees returned to Azerbaijan in 2020.", "object"),
    ("Karabakh remained under Armenian control after the war.", "period"),
    ("Talks were held by Armenia and Azerbaijan on the region.", "sense"),
    ("Armenian forces occupied a hill near Lachin.", "actor"),
    ("Azerbaijani forces occupied several heights in August 2022.", "period"),
    ("Azerbaijani forces advanced in October 2020.", "period"),
    ("Armenians crossed the line of contact, Azerbaijan said.", "actor"),
]
LOOK_ALIKES += [  # from a second set of sentences, written after the patterns
    ("Azerbaijani forces seized a strategic height in the Kalbajar district.", "object"),
    ("Azerbaijani troops advanced into Armenia near Sotk.", "object"),
    ("Armenia returned to talks about Kelbajar.", "sense"),
    ("Armenian forces returned fire near Kelbajar.", "sense"),
    ("Azerbaijan took control of the Lachin road in April 2023.", "period"),
    ("Police officers fired tear gas in Tbilisi.", "object"),
]
LIMITS = [  # a date more than three words away does not cancel a hit, and a pronoun is no actor; README.md says so
    ("Azerbaijani forces liberated one village in 2016, four years before 2020.", set()),
    ("Azerbaijani forces occupied a hill near Lachin in August 2022.", set()),
    ("Azerbaijani forces advanced from the south in the last week of the war of 2020.", set()),
    ("Azerbaijan said that it had liberated Agdam.", {(CHANGE, "liberated")}),
]
# Slots of everyday words: other slots may find something else in the same sentence.
NAMED = [  # slot, label, sentence
    ("the shooting", "shooting", "The shooting lasted some minutes, both ministries said."),
    ("the shooting", "shootout", "Three men lost their lives in the shootout."),
    ("the shooting", "clash", "Both capitals blamed each other for the clash that left five men dead."),
    ("the shooting", "ambush", "The ministry in Yerevan called it an ambush."),
    ("the shooting", "skirmish", "Peacekeepers came to the place of the skirmish."),
    ("the shooting", "incident", "The incident near Tegh is being looked into."),
    ("the shooting", "exchange of fire", "The exchange of fire at the bridge began at noon."),
    ("the shooting", "provocation", "Baku called what happened near Tegh a provocation."),
    ("armed forces on the Azerbaijani side", "army", "A unit of the Azerbaijani Army stood on the slope."),
    ("armed forces on the Azerbaijani side", "armed forces", "Azerbaijan's armed forces kept silent on Monday."),
    ("armed forces on the Azerbaijani side", "military", "The Azerbaijani military denied the report."),
    ("armed forces on the Azerbaijani side", "forces", "Azerbaijani forces opened fire on a tractor, a farmer said."),
    ("armed forces on the Azerbaijani side", "troops", "Villagers saw Azerbaijani troops above the dirt road."),
    ("armed forces on the Azerbaijani side", "soldiers", "Two Azerbaijani servicemen were wounded."),
    ("armed forces on the Azerbaijani side", "enemy", "The Defence Army said that the enemy had used mortars."),
    ("the war of 2020", "44-day war", "The bridge was built after the 44-day war."),
    ("the war of 2020", "Patriotic War", "A stamp recalls the Patriotic War and its 44 days."),
    ("the war of 2020", "Second Karabakh War", "He lost a leg in the Second Nagorno-Karabakh War."),
    ("the war of 2020", "six-week war", "The six-week war had left the village in ruins."),
    ("the war of 2020", "2020 war", "Since the 2020 war the road has had one lane only."),
    ("the road", "Lachin corridor", "Trucks queued at the entrance to the Lachin Corridor."),
    ("the road", "Lachin road", "Snow fell on the Lachin road."),
    ("the road", "Berdzor corridor", "The Berdzor (Lachin) corridor is five kilometres wide."),
    ("the road", "road of life", "People here speak of the road of life."),
    ("the road", "Goris road", "The Goris-Stepanakert highway was empty."),
    ("the road", "Khankendi-Lachin road", "A tent stood on the Khankendi-Lachin road."),
    ("the road", "corridor", "No bread had come through the corridor for a week."),
    ("halt of traffic on the road", "blockade", "The blockade went into its third month, Yerevan said."),
    ("halt of traffic on the road", "siege", "The town is besieged, its mayor said."),
    ("halt of traffic on the road", "protest", "The protest on the Khankendi-Lachin road went on."),
    ("halt of traffic on the road", "closure", "The closure of the road hit the hospitals first."),
    ("halt of traffic on the road", "disruption", "Judges spoke of a disruption of movement along the road."),
    ("those on the road", "activists", "Eco-activists pitched tents in the snow."),
    ("those on the road", "protesters", "Peacekeepers stood between the protesters and the trucks."),
    ("those on the road", "NGO representatives", "Representatives of Azerbaijani NGOs asked to see the mines."),
    ("those on the road", "so-called activists", "The so-called eco-activists left on Friday."),
    ("those on the road", "agents", "Those in the tents were government agents, Yerevan said."),
    ("conditions in the region", "humanitarian crisis", "Doctors warned of a humanitarian crisis."),
    ("conditions in the region", "humanitarian catastrophe", "It is a humanitarian catastrophe, the ombudsman said."),
    ("conditions in the region", "shortages", "Pharmacies reported shortages of insulin."),
    ("conditions in the region", "starvation", "A man of forty died of starvation, the hospital said."),
    ("conditions in the region", "hardship", "Families with small children told of hardship."),
    ("conditions in the region", "humanitarian situation", "The Red Cross is worried by the humanitarian situation."),
    ("conditions in the region", "genocide", "There is reason to speak of genocide, the lawyer wrote in August 2023."),
    ("checkpoint", "checkpoint", "Cars waited for hours at the checkpoint on the bridge."),
    ("checkpoint", "border checkpoint", "Baku says it has opened a border checkpoint."),
    ("checkpoint", "illegal checkpoint", "Yerevan wants the illegal checkpoint gone."),
    ("checkpoint", "roadblock", "Concrete slabs made a roadblock on the bridge."),
    ("September operation", "anti-terrorist measures", "Baku announced local anti-terrorist measures at noon."),
    ("September operation", "military operation", "The military operation ended after a day."),
    ("September operation", "offensive", "Shops closed when the offensive began."),
    ("September operation", "assault", "Shelters filled up during the assault."),
    ("September operation", "aggression", "The parliament condemned Azerbaijan's aggression."),
    ("September operation", "invasion", "She had hidden in a cellar during the invasion."),
    ("September operation", "attack", "The attack on Nagorno-Karabakh was brief."),
    ("departure", "exodus", "The exodus took one week."),
    ("departure", "forced displacement", "Yerevan called it forced displacement."),
    ("departure", "ethnic cleansing", "Deputies spoke of ethnic cleansing."),
    ("departure", "departure", "Nobody had asked for their departure, Baku said."),
    ("departure", "flight", "Most families fled in their own cars."),
    ("departure", "relocation", "The relocation was voluntary, an official said."),
    ("departure", "deportation", "An old teacher called it a deportation."),
    ("those who left", "refugees", "Goris took in the first refugees on Sunday."),
    ("those who left", "displaced people", "Hotels opened their doors to the displaced families."),
    ("those who left", "evacuees", "Buses with evacuees reached Goris at night."),
    ("those who left", "departing residents", "Tea was handed to departing residents at the bridge."),
    ("ceasefire document", "trilateral statement", "Baku pointed to the sixth point of the trilateral statement."),
    ("ceasefire document", "ceasefire agreement", "The corridor is part of the ceasefire agreement."),
    ("ceasefire document", "peace deal", "The Russian-brokered peace deal named five kilometres."),
    ("ceasefire document", "capitulation", "For the opposition the paper was an act of capitulation."),
    ("mediators", "mediators", "Mediators from Brussels proposed two roads."),
    ("mediators", "brokers", "Moscow saw itself as the broker."),
    ("mediators", "facilitators", "Washington called itself a facilitator."),
    ("mediators", "outside powers", "There is no need for outside powers, the president said."),
    ("Russian contingent", "peacekeepers", "The peacekeepers let an ambulance pass."),
    ("Russian contingent", "peacekeeping contingent", "The Russian peacekeeping contingent escorted the trucks."),
    ("Russian contingent", "Russian troops", "Russian soldiers stood by at the bridge."),
    ("region", "Karabakh", "Snow fell in Karabakh."),
    ("region", "Nagorno-Karabakh", "Flights to Nagorno-Karabakh never began."),
    ("region", "Artsakh", "Radio stations in Artsakh played songs."),
    ("region", "Karabakh region", "Roads in the Karabakh economic region are being built."),
    ("region", "breakaway region", "The breakaway enclave had its own stamps."),
    ("the main town", "Khankendi", "A bus left Khankendi at dawn."),
    ("the main town", "Stepanakert", "Shops in Stepanakert were empty."),
    ("the main town", "both names", "He was born in Stepanakert (Khankendi)."),
    ("the main town", "both names", "Rain fell in Khankendi/Stepanakert."),
    ("the main town", "both names", "The road to Stepanakert, or Khankendi, was dark."),
    ("towns", "Azerbaijani name", "A school was opened in Lachin."),
    ("towns", "Azerbaijani name", "Workers repaired a mosque in Shusha."),
    ("towns", "Armenian name", "His house in Shushi had a green gate."),
    ("towns", "Armenian name", "The people of Berdzor and Martuni are farmers."),
    ("towns", "Armenian name", "Ivanyan is a village north of Askeran."),
    ("towns", "both names", "They met in Shusha/Shushi."),
    ("towns", "both names", "The village of Aghavno (Zabukh) was moved."),
    ("towns", "both names", "A camp near Agdam, or Akna, was closed."),
    ("casualties", "killed", "Three officers were killed near the dirt road."),
    ("casualties", "died", "Five men died that Sunday."),
    ("casualties", "martyrs", "The ministry honoured its martyrs."),
    ("casualties", "fallen", "A minute of silence was held for the fallen."),
    ("casualties", "victims", "The victims were buried on Tuesday."),
    ("casualties", "murdered", "They were murdered in their car, a brother said."),
    ("casualties", "lost their lives", "Two servicemen lost their lives."),
    ("local authorities", "de facto authorities", "The de facto authorities handed out coupons."),
    ("local authorities", "Artsakh authorities", "Artsakh authorities closed the schools."),
    ("local authorities", "separatists", "Baku blamed the separatists."),
    ("local authorities", "Karabakh authorities", "The Nagorno-Karabakh leadership met at night."),
    ("local authorities", "local authorities", "Local authorities counted the flour."),
    ("local authorities", "so-called regime", "The so-called regime must go, Baku said."),
    ("the Armenian population", "Karabakh Armenians", "Karabakh Armenians were offered passports."),
    ("the Armenian population", "ethnic Armenians", "Some 120,000 ethnic Armenians lived there."),
    ("the Armenian population", "Armenian residents", "The rights of Armenian residents were discussed."),
    ("the Armenian population", "people of Artsakh", "The people of Artsakh want to be heard."),
    ("the Armenian population", "Armenian minority", "Schools for the Armenian minority were promised."),
    ("talks", "talks", "Talks in Yevlakh lasted two hours."),
    ("talks", "negotiations", "Negotiations went on behind closed doors."),
    ("talks", "dialogue", "Brussels called for a dialogue between the two towns."),
    ("talks", "discussions", "The discussions ended without a paper."),
]
NAMED_ELSEWHERE = [  # slot that must stay empty, sentence, and how it differs
    ("the shooting", "The film's shooting began in Gyumri.", "sense"),
    ("the shooting", "A school shooting shook Texas.", "object"),
    ("the shooting", "Clashes between protesters and police shook the capital.", "actor"),
    ("the shooting", "The penalty shootout went to Ganja.", "sense"),
    ("armed forces on the Azerbaijani side", "Azerbaijani military equipment was on show.", "sense"),
    ("armed forces on the Azerbaijani side", "The enemy of good bread is haste.", "sense"),
    ("the war of 2020", "Veterans of the Great Patriotic War laid flowers.", "period"),
    ("the war of 2020", "The war in Tigray began in November 2020.", "object"),
    ("the road", "Baku wants a Zangezur corridor to Nakhchivan.", "object"),
    ("the road", "Leningrad had its road of life over the ice.", "object"),
    ("the road", "The Kapan-Goris road was mended.", "object"),
    ("halt of traffic on the road", "The naval blockade of Gaza goes back to 2007.", "object"),
    ("halt of traffic on the road", "Thousands came to an opposition protest in Yerevan.", "object"),
    ("halt of traffic on the road", "The closure of schools was put off.", "object"),
    ("those on the road", "Human rights activists wrote to the judge.", "actor"),
    ("those on the road", "Police detained demonstrators in Yerevan.", "actor"),
    ("conditions in the region", "Armenians everywhere remember the genocide of 1915.", "period"),
    ("conditions in the region", "A shortage of labour slows the building trade.", "object"),
    ("conditions in the region", "He went on a hunger strike.", "sense"),
    ("checkpoint", "A Russian checkpoint stands in the valley.", "actor"),
    ("checkpoint", "There is one roadblock to peace, the envoy said.", "sense"),
    ("checkpoint", "Trucks wait at the checkpoint of the peacekeepers.", "actor"),
    ("September operation", "Moscow's special military operation entered its second year.", "actor"),
    ("September operation", "Deputies found the remark offensive; offensive language is fined.", "sense"),
    ("September operation", "Soldiers carried assault rifles.", "sense"),
    ("departure", "The departure of the peacekeepers was agreed.", "actor"),
    ("departure", "The flight to Yerevan was cancelled.", "sense"),
    ("departure", "Many fled Ukraine in 2022.", "actor"),
    ("those who left", "Azerbaijani refugees of the 1990s still live in hostels.", "actor, period"),
    ("those who left", "The UN refugee agency opened an office.", "sense"),
    ("ceasefire document", "A ceasefire agreement of 20 September 2023 ended the shelling.", "object"),
    ("ceasefire document", "Both sides may sign a peace deal by the end of the year.", "object"),
    ("mediators", "He works as a customs broker.", "sense"),
    ("mediators", "Brussels tried to broker a meeting.", "sense"),
    ("Russian contingent", "UN peacekeepers serve in Cyprus.", "actor"),
    ("Russian contingent", "Russian troops left Kherson.", "object"),
    ("region", "South Ossetia is a breakaway region of Georgia.", "object"),
    ("region", "A Karabakh horse won the race.", "sense"),
    ("the main town", "The capital of the district is Agdam.", "object"),
    ("the main town", "She took the bus to Stepanavan.", "object"),
    ("towns", "Trucks stood in the Lachin corridor.", "object"),
    ("towns", "Martuni near Lake Sevan has a market.", "object"),
    ("towns", "The analyst Tigran Ivanyan disagreed.", "sense"),
    ("towns", "Fuzuli the poet wrote in three languages.", "sense"),
    ("casualties", "They killed time with cards.", "sense"),
    ("casualties", "The call came in the dead of night.", "sense"),
    ("casualties", "Prices have fallen sharply.", "sense"),
    ("casualties", "His father was killed in 1994.", "period"),
    ("local authorities", "Taliban officials are the de facto authorities in Kabul.", "actor"),
    ("local authorities", "The separatists in Donetsk held a vote.", "actor"),
    ("local authorities", "Local authorities in Goris put up tents.", "actor"),
    ("the Armenian population", "Ethnic Armenians in Georgia held a festival.", "actor"),
    ("the Armenian population", "The Armenian population of Istanbul is small.", "actor"),
    ("talks", "She talks about her garden.", "sense"),
    ("talks", "The film's dialogue is in Russian.", "sense"),
    ("talks", "Talks on Gaza were held in Cairo.", "object"),
]
NAMES = [
    ("Khankendi", "Stepanakert"),
    ("Shusha", "Shushi"),
    ("Lachin corridor", "Lachin road"),
    ("Berdzor", "Lachin"),
    ("Kalbajar", "Karvachar"),
    ("Agdam", "Akna"),
]
# Words that are somebody's name for an act or an actor; our own sentences use them only in quotation marks.
CONTESTED = re.compile(
    r"\b(?:occup|liberat|deoccup|illegal|captur|recaptur|seiz|regain|retook|invad|invasion|aggress|terror|separatis"
    r"|sabot|ambush|conquer|cede|genocid|blockad|besieg|martyr|puppet)\w*",
    re.IGNORECASE,
)
QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"|`[^`]*`")


def found(make_articles: Any, text: str) -> set[tuple[str, str]]:
    articles = make_articles([("a", "A", text)])
    hits = ct.find_hits(ct.tokenize(articles, ct.find_voices(articles)), ct.read_lexicon("karabakh"))
    return set(hits[["slot", "label"]].itertuples(index=False, name=None))


def found_in(make_articles: Any, text: str, slots: tuple[str, ...]) -> set[tuple[str, str]]:
    return {(slot, label) for slot, label in found(make_articles, text) if slot in slots}


def table(folder: Path, name: str) -> list[dict[str, str]]:
    with (folder / "data" / "karabakh" / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def our_own_words(folder: Path) -> dict[str, str]:
    """All sentences of ours, by where they stand: everything but slots, labels and patterns."""
    own = {f"slots.csv, {row['slot']}": row["referent"] for row in table(folder, "slots.csv")}
    for number, row in enumerate(table(folder, "lexicon.csv"), start=2):
        own |= {f"lexicon.csv, line {number}, {c}": row[c] for c in ("attested_in", "note")}
    corpus = folder / "data" / "karabakh"
    for name, column in (("facts.csv", "fact"), ("gazetteer.csv", "note")):
        for number, row in enumerate(table(folder, name), start=2):
            own[f"{name}, line {number}"] = row[column]
    pages = [corpus / "README.md", *sorted((corpus / "newsrooms").glob("*.md")), folder / "README.md"]
    return own | {str(page.relative_to(folder)): page.read_text(encoding="utf-8") for page in pages}


@pytest.mark.parametrize(("text", "expected"), FOUND, ids=[text[:40] for text, _ in FOUND])
def test_a_label_is_found_with_its_actor_and_object(
    make_articles: Any, text: str, expected: set[tuple[str, str]]
) -> None:
    assert found_in(make_articles, text, SEVEN) == expected


@pytest.mark.parametrize("text", [text for text, _ in LOOK_ALIKES], ids=[text[:40] for text, _ in LOOK_ALIKES])
def test_look_alikes_are_left_alone(make_articles: Any, text: str) -> None:
    assert found_in(make_articles, text, SEVEN) == set()


@pytest.fixture(scope="module")
def labels_found(make_articles: Any) -> dict[tuple[str, str], set[str]]:
    """Labels by slot and sentence, for all sentences of the slots added later at once."""
    asked = [(slot, text) for slot, _, text in NAMED] + [(slot, text) for slot, text, _ in NAMED_ELSEWHERE]
    articles = make_articles([(str(i), "A", text) for i, (_, text) in enumerate(asked)])
    hits = ct.find_hits(ct.tokenize(articles, ct.find_voices(articles)), ct.read_lexicon("karabakh"))
    own = hits.groupby(["article_id", "slot"])["label"].agg(set).to_dict()
    return {(slot, text): own.get((str(i), slot), set()) for i, (slot, text) in enumerate(asked)}


@pytest.mark.parametrize(("slot", "label", "text"), NAMED, ids=[text[:40] for _, _, text in NAMED])
def test_an_everyday_name_needs_no_place_or_year(
    labels_found: dict[tuple[str, str], set[str]], slot: str, label: str, text: str
) -> None:
    assert labels_found[slot, text] == {label}


@pytest.mark.parametrize(
    ("slot", "text"), [row[:2] for row in NAMED_ELSEWHERE], ids=[text[:40] for _, text, _ in NAMED_ELSEWHERE]
)
def test_another_sense_or_referent_is_left_alone(
    labels_found: dict[tuple[str, str], set[str]], slot: str, text: str
) -> None:
    assert labels_found[slot, text] == set()


@pytest.mark.parametrize(("text", "right"), LIMITS, ids=[text[:40] for text, _ in LIMITS])
@pytest.mark.xfail(strict=True, reason="known limits of the patterns")
def test_known_limits(make_articles: Any, text: str, right: set[tuple[str, str]]) -> None:
    assert found_in(make_articles, text, SEVEN) == right


def test_the_same_word_goes_to_the_slot_of_its_actor(make_articles: Any) -> None:
    text = "{} liberated Kalbajar, a district in the mountains."
    assert found_in(make_articles, text.format("Armenian forces"), SEVEN) == {(BEFORE, "liberated")}
    assert found_in(make_articles, text.format("Azerbaijani forces"), SEVEN) == {(CHANGE, "liberated")}


def test_the_sentences_are_our_own(shared: Path) -> None:
    def runs(text: str) -> set[tuple[str, ...]]:
        words = re.findall(r"\w+", text.casefold())
        return {tuple(words[i : i + 9]) for i in range(len(words) - 8)}

    theirs = set().union(*(runs(path.read_text("utf-8")) for path in (shared / "articles").glob("0*.txt")))
    ours = [text for text, _ in [*FOUND, *LOOK_ALIKES, *LIMITS]]
    ours += [text for _, _, text in NAMED] + [text for _, text, _ in NAMED_ELSEWHERE]
    assert len(ours) >= 30
    assert [text for text in ours if runs(text) & theirs] == []


def test_every_slot_has_rivals_and_every_sentence_slot_was_tried() -> None:
    labels = ct.read_lexicon("karabakh").groupby("slot")["label"].nunique()
    assert labels[labels < 2].index.tolist() == []
    sentences = [slot for _, expected in FOUND for slot, _ in expected] + [slot for slot, _, _ in NAMED]
    assert set(sentences) == set(labels.index)


def test_the_slots_added_later_were_tried_both_ways() -> None:
    lexicon = ct.read_lexicon("karabakh")
    later = lexicon[~lexicon["slot"].isin(SEVEN)]
    tried = {(slot, label) for slot, label, _ in NAMED}
    assert tried == set(later[["slot", "label"]].itertuples(index=False, name=None))
    for slot in later["slot"].unique():
        assert [s for s, _, _ in NAMED].count(slot) >= 3, slot
        assert [s for s, _, _ in NAMED_ELSEWHERE].count(slot) >= 2, slot


def test_a_longer_name_of_the_region_is_counted_once(make_articles: Any) -> None:
    articles = make_articles([("a", "A", "Nagorno-Karabakh Armenians recall the Second Karabakh War.")])
    hits = ct.find_hits(ct.tokenize(articles, ct.find_voices(articles)), ct.read_lexicon("karabakh"))
    assert hits.loc[hits["slot"] == "region", "label"].tolist() == ["Nagorno-Karabakh", "Karabakh"]


def test_slots_and_lexicon_agree(checkout: Path) -> None:
    slots = [row["slot"] for row in table(checkout, "slots.csv")]
    assert slots == list(pd.unique(ct.read_lexicon("karabakh")["slot"]))
    assert len(set(slots)) == len(slots)


def test_slot_names_are_those_of_the_hand_table(checkout: Path, shared: Path) -> None:
    marked = set(pd.read_csv(shared / "articles" / "hits.csv", keep_default_na=False)["slot"]) - {""}
    assert marked <= {row["slot"] for row in table(checkout, "slots.csv")}


def test_every_label_says_where_it_is_attested(checkout: Path) -> None:
    assert [row for row in table(checkout, "lexicon.csv") if not row["attested_in"].strip()] == []


@pytest.mark.parametrize(("first", "second"), NAMES)
def test_two_names_of_a_place_stand_in_alphabetical_order(checkout: Path, first: str, second: str) -> None:
    assert first < second
    for where, text in our_own_words(checkout).items():
        for wrong in (f"{second}/{first}", f"{second} ({first})", f"{first} ({second})", f"{first} / {second}"):
            assert wrong not in text, where


def test_a_place_with_two_names_is_never_named_by_one(checkout: Path) -> None:
    for where, text in our_own_words(checkout).items():
        for first, second in NAMES[:3]:
            alone = QUOTED.sub("", text).replace(f"{first}/{second}", "")
            assert first not in alone, where
            assert second not in alone, where


def test_our_own_sentences_use_contested_words_only_in_quotation_marks(checkout: Path) -> None:
    for where, text in our_own_words(checkout).items():
        assert CONTESTED.findall(QUOTED.sub("", text)) == [], where
