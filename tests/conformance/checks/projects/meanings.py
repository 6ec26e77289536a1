"""Meanings: what columns can be said to hold."""

from dss import equal, refused


def meanings_are_listed(dss):
    [country] = dss.client.list_meanings()
    equal((country["id"], country["label"], country["type"]), ("country", "Country", "VALUES_MAPPING"))
    equal((country["description"], country["detectable"]), ("Countries by their codes", True))
    equal(country["mappings"][1], {"from": "JP", "to": {"value": "Japan", "color": "#ffaa00"}})
    equal((country["entries"], country["pattern"], country["normalizationMode"]), (None, None, "EXACT"))
    equal(dss.client.get_meaning("country").get_definition(), country)
    equal(dss.connect_as("lena").list_meanings(), [country])
    equal(dss.connect_as("lena").get_meaning("country").get_definition(), country)


def meanings_of_all_kinds_are_created(dss):
    create = dss.client.create_meaning
    bare = create("note", "Note", "DECLARATIVE").get_definition()
    equal((bare["type"], bare["detectable"], bare["entries"]), ("DECLARATIVE", False, None))
    values = create("size", "Size", "VALUES_LIST", description="Sizes", values=["S", {"value": "M", "color": "#fff"}], normalizationMode="LOWERCASE")
    definition = values.get_definition()
    equal(definition["entries"], [{"value": "S"}, {"value": "M", "color": "#fff"}])
    equal((definition["description"], definition["normalizationMode"]), ("Sizes", "LOWERCASE"))
    mapping = create("yes", "Yes", "VALUES_MAPPING", mappings=[{"from": "1", "to": "yes"}]).get_definition()
    equal(mapping["mappings"], [{"from": "1", "to": {"value": "yes"}}])
    pattern = create("code", "Code", "PATTERN", pattern="[A-Z]+", normalizationMode="NORMALIZED", detectable=True).get_definition()
    equal((pattern["pattern"], pattern["detectable"]), ("[A-Z]+", True))
    equal([each["id"] for each in dss.client.list_meanings()], ["country", "note", "size", "yes", "code"])


def a_meaning_is_saved_whole(dss):
    meaning = dss.client.get_meaning("country")
    after = {
        "id": "country",
        "label": "Land",
        "type": "VALUES_LIST",
        "description": None,
        "entries": [{"value": "FR"}],
        "mappings": None,
        "pattern": "x",
        "normalizationMode": "NORMALIZED",
        "detectable": False,
        "whatIsToCome": {"a": [1]},
    }
    equal(meaning.set_definition(after), after)
    equal(meaning.get_definition(), after)
    meaning.set_definition({**after, "id": "other"})
    equal(meaning.get_definition(), after)


def what_cannot_be_is_refused(dss):
    before = dss.state["meanings"]
    with refused("AlreadyExistsException", "country"):
        dss.client.create_meaning("country", "Again", "DECLARATIVE")
    for id, label, kind in (("", "M", "DECLARATIVE"), ("m", "", "DECLARATIVE"), ("m", "M", "MOON")):
        with refused("IllegalArgumentException"):
            dss.client.create_meaning(id, label, kind)
    meaning = dss.client.get_meaning("country")
    definition = meaning.get_definition()
    for wrong in (
        {"description": 7},
        {"pattern": []},
        {"detectable": "yes"},
        {"entries": {}},
        {"entries": [{"value": 1}]},
        {"mappings": [{"from": 1, "to": {"value": "a"}}]},
        {"mappings": [{"from": "1", "to": "a"}]},
        {"normalizationMode": "LOUD"},
        {"label": None},
        {"type": None},
    ):
        with refused("IllegalArgumentException"):
            meaning.set_definition({**definition, **wrong})
    nobody = dss.client.get_meaning("nobody")
    for call in (nobody.get_definition, lambda: nobody.set_definition(definition)):
        with refused("NotFoundException", "nobody"):
            call()
    lena = dss.connect_as("lena")
    with refused("UnauthorizedException", "lena is not an administrator"):
        lena.create_meaning("m", "M", "DECLARATIVE")
    with refused("UnauthorizedException", "lena is not an administrator"):
        lena.get_meaning("country").set_definition(definition)
    equal(dss.state["meanings"], before)
