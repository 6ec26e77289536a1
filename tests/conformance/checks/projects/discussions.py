"""Discussions on objects."""

from dss import equal, refused

DAY = 86_400_000


def _orders(dss, client=None):
    return (client or dss.client).get_object_discussions("SALES", "DATASET", "orders_raw")


def discussions_are_listed(dss):
    [growth] = _orders(dss).list_discussions()
    equal("replies" in growth.discussion_data, False)
    data = growth.discussion_data
    equal((data["topic"], data["projectKey"], data["objectType"], data["objectId"]), ("Growth", "SALES", "DATASET", "orders_raw"))
    equal((data["lastReplyTime"], data["closedOn"]), (dss.now - 2 * DAY, 0))
    replies = growth.get_replies()
    equal([(each.get_author(), each.get_text()) for each in replies], [
        ("admin", "A new shop was added."),
        ("maria", "The table of orders grew by 40 % over night."),
    ])
    equal([each.get_raw_data()["time"] for each in replies], [dss.now - 2 * DAY, dss.now - 3 * DAY])
    equal([each.get_raw_data()["editedOn"] for each in replies], [0, 0])
    assert replies[0].get_timestamp() > replies[1].get_timestamp()
    assert len({each.get_raw_data()["id"] for each in replies}) == 2
    replies[0].get_edited_timestamp()
    equal(dss.project("SALES").get_object_discussions().list_discussions(), [])
    equal(dss.project("SALES").get_scenario("NIGHTLY_BUILD").get_object_discussions().list_discussions(), [])


def a_discussion_is_begun_and_goes_on(dss):
    maria = dss.connect_as("maria")
    begun = _orders(dss, maria).create_discussion("Bad rows", "See *customer*")
    first = begun.discussion_data["replies"]
    equal([(each["text"], each["author"], each["time"], each["editedOn"]) for each in first], [("See *customer*", "maria", dss.now, 0)])
    data = begun.get_metadata()
    equal((data["topic"], data["projectKey"], data["objectType"], data["objectId"]), ("Bad rows", "SALES", "DATASET", "orders_raw"))
    equal((data["lastReplyTime"], data["closedOn"]), (dss.now, 0))
    dss.advance(60)
    begun.add_reply("Fixed")
    data = begun.discussion_data
    equal((data["id"], data["topic"]), (begun.discussion_id, "Bad rows"))
    equal([(each["time"], each["editedOn"]) for each in data["replies"]], [(dss.now, 0), (dss.now - 60_000, 0)])
    texts = [(each.get_author(), each.get_text()) for each in begun.get_replies()]
    equal(texts, [("maria", "Fixed"), ("maria", "See *customer*")])
    again = _orders(dss).get_discussion(begun.discussion_id)
    equal(again.discussion_data["lastReplyTime"], dss.now)
    equal(again.discussion_data["replies"][0]["time"], dss.now)
    equal(again.discussion_data["replies"][0]["editedOn"], 0)
    equal([each.get_text() for each in again.get_replies()], ["Fixed", "See *customer*"])
    equal([each.discussion_data["topic"] for each in _orders(dss).list_discussions()], ["Growth", "Bad rows"])
    other = dss.project("SALES").get_object_discussions().create_discussion("All", "of it")
    equal(other.discussion_data["objectType"], "PROJECT")
    equal(len(dss.project("SALES").get_object_discussions().list_discussions()), 1)


def a_discussion_is_saved_whole(dss):
    [growth] = _orders(dss).list_discussions()
    metadata = {**growth.get_metadata(), "topic": "Growth, renamed", "closedOn": 7, "whatIsToCome": [1], "id": "other"}
    metadata |= {"projectKey": "P", "objectType": "T", "objectId": "o", "lastReplyTime": 8}
    growth.set_metadata(metadata)
    after = _orders(dss).get_discussion(growth.discussion_id).discussion_data
    equal([after[key] for key in ("projectKey", "objectType", "objectId", "lastReplyTime")], ["P", "T", "o", 8])
    equal((after["topic"], after["closedOn"], after["whatIsToCome"]), ("Growth, renamed", 7, [1]))
    equal(after["id"], growth.discussion_id)
    equal([each["editedOn"] for each in after["replies"]], [0, 0])
    path = f"/projects/SALES/discussions/DATASET/orders_raw/{growth.discussion_id}"
    first, second = after["replies"]
    answer = dss.client._perform_json("PUT", path, body={**after, "replies": [{**first, "text": "Edited"}, second]})
    equal([(each["text"], each["editedOn"]) for each in answer["replies"]], [("Edited", dss.now), (second["text"], 0)])
    equal(_orders(dss).get_discussion(growth.discussion_id).discussion_data, answer)
    equal(dss.client._perform_json("PUT", path, body={"topic": "T"}), {"topic": "T", "id": growth.discussion_id, "replies": []})


def what_cannot_be_is_refused(dss):
    [growth] = _orders(dss).list_discussions()
    data = _orders(dss).get_discussion(growth.discussion_id).discussion_data
    before = dss.state["discussions"]
    with refused("IllegalArgumentException", "topic and a reply"):
        _orders(dss).create_discussion("", "x")
    with refused("IllegalArgumentException", "topic and a reply"):
        _orders(dss).create_discussion("x", "")
    with refused("IllegalArgumentException", "needs a text"):
        growth.add_reply("")
    path = f"/projects/SALES/discussions/DATASET/orders_raw/{growth.discussion_id}"
    reply = data["replies"][0]
    for wrong in (
        {"topic": ""},
        {"topic": 7},
        {"replies": {}},
        {"replies": [{**reply, "author": ""}]},
        {"replies": [{**reply, "text": 7}]},
        {"replies": [{**reply, "time": "now"}]},
    ):
        with refused("IllegalArgumentException"):
            dss.client._perform_json("PUT", path, body={**data, **wrong})
    with refused("NotFoundException", "Discussion none"):
        _orders(dss).get_discussion("none")
    with refused("NotFoundException", "Discussion none"):
        dss.client._perform_json("PUT", path.replace(growth.discussion_id, "none"), body=data)
    with refused("NotFoundException", "Discussion none"):
        dss.client._perform_json("POST", path.replace(growth.discussion_id, "none") + "/replies/", body={"reply": "x"})
    nowhere = dss.client.get_object_discussions("NOWHERE", "DATASET", "x")
    with refused("NotFoundException", "NOWHERE does not exist"):
        nowhere.list_discussions()
    with refused("NotFoundException", "NOWHERE does not exist"):
        nowhere.create_discussion("x", "x")
    equal(dss.state["discussions"], before)
