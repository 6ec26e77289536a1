"""Messaging channels, mail through them, and the feature store."""

from dss import equal, refused, since


@since("14.3")
def channels_are_listed(dss):
    mail, slack = dss.client.list_messaging_channels()
    equal((mail.id, mail.type, mail.family), ("smtp-main", "smtp", "mail"))
    equal((slack.id, slack.type, slack.family), ("slack-alerts", "slack", "chat"))
    assert "sender" not in slack.get_raw() and "useCurrentUserAsSender" not in slack.get_raw()
    channel = mail.get_as_messaging_channel()
    equal((channel.sender, channel.use_current_user_as_sender), ("dss@example.com", False))
    same = dss.client.get_messaging_channel("smtp-main")
    equal((same.id, same.type, same.family, same.sender, same.use_current_user_as_sender), ("smtp-main", "smtp", "mail", "dss@example.com", False))
    equal([each.id for each in dss.client.list_messaging_channels(channel_type="slack")], ["slack-alerts"])
    equal([each.id for each in dss.client.list_messaging_channels(as_type="objects", channel_family="mail")], ["smtp-main"])
    equal(dss.client.list_messaging_channels(channel_type="slack", channel_family="mail"), [])
    equal([each.id for each in dss.connect_as("maria").list_messaging_channels()], ["smtp-main"])
    equal(dss.connect_as("nobody").list_messaging_channels(), [])


@since("14.3")
def channels_of_all_types_are_created(dss):
    client = dss.client
    builder = client.new_messaging_channel("smtp").with_id("ops").with_permissions(["data_team"], ["lena"])
    builder.with_current_user_as_sender(True)
    builder.with_sender("a@b.c")
    builder.with_authorized_domains(["a", "b"])
    builder.with_host("h")
    builder.with_port(25)
    made = builder.create()
    equal((made.id, made.family, made.sender, made.use_current_user_as_sender), ("ops", "mail", "a@b.c", True))
    equal(made.get_settings().get_raw(), {"useCurrentUserAsSender": True, "sender": "a@b.c", "authorizedDomain": "a,b", "host": "h", "port": 25})
    equal(made.get_permissions(), [{"group": "data_team", "canUse": True}, {"user": "lena", "canUse": True}])
    families = {"aws-ses-mail": "mail", "microsoft-graph-mail": "mail", "msft-teams": "chat", "google-chat": "chat", "twilio": "sms", "shell": "shell"}
    for kind, family in families.items():
        channel = client.create_messaging_channel(kind)
        equal((channel.type, channel.family), (kind, family))
        assert channel.id != ""
        equal(channel.get_permissions(), [])
        equal(client.get_messaging_channel(channel.id).type, kind)
        channel.delete()
    equal([each.id for each in client.list_messaging_channels()], ["smtp-main", "slack-alerts", "ops"])


@since("14.3")
def settings_and_permissions_are_saved_whole(dss):
    channel = dss.client.get_messaging_channel("slack-alerts")
    settings = channel.get_settings()
    equal(settings.get_raw(), {"mode": "WEBHOOK", "webhookUrl": "https://hooks.example.com/services/T0/B0", "useProxy": False})
    settings.get_raw().update({"mode": "API", "whatIsToCome": [1], "useProxy": True})
    settings.save()
    equal(channel.get_settings().get_raw(), settings.get_raw())
    channel.set_permissions([{"group": "data_team", "canUse": True}, {"user": "lena", "canUse": False}])
    equal(channel.get_permissions(), [{"group": "data_team", "canUse": True}, {"user": "lena", "canUse": False}])
    equal(dss.connect_as("maria").get_messaging_channel("slack-alerts").id, "slack-alerts")


@since("14.3")
def mail_is_sent(dss):
    channel = dss.connect_as("maria").get_messaging_channel("smtp-main")
    channel.send("SALES", ["x@y.z"], "Subject", "Body")
    channel.send("CHURN", ["x@y.z"], "S", "B", attachments=[("a.txt", b"hello", "text/plain"), ("b.bin", b"b")], plain_text=True, sender="s@y.z", cc=["c@y.z"], bcc=["d@y.z"])
    plain = {"channelId": "smtp-main", "projectKey": "SALES", "from": "dss@example.com", "to": ["x@y.z"], "cc": None, "bcc": None}
    first, second = dss.state["sentMail"]
    equal(first, {**plain, "asSingleMessage": False, "subject": "Subject", "body": "Body", "plainText": False, "attachments": []})
    equal((second["projectKey"], second["from"], second["cc"], second["bcc"], second["plainText"]), ("CHURN", "s@y.z", ["c@y.z"], ["d@y.z"], True))
    equal([(each["name"], each["size"]) for each in second["attachments"]], [("a.txt", 5), ("b.bin", 1)])
    settings = dss.client.get_messaging_channel("smtp-main").get_settings()
    settings.get_raw()["useCurrentUserAsSender"] = True
    settings.save()
    channel.send("SALES", ["x@y.z"], "Subject", "Body")
    equal(channel.client.get_messaging_channel("smtp-main").use_current_user_as_sender, True)
    settings.get_raw()["sender"] = "other@example.com"
    settings.save()
    equal(dss.client.get_messaging_channel("smtp-main").sender, "other@example.com")
    equal(dss.state["sentMail"][2]["from"], dss.client.get_user("maria").get_settings().get_raw()["email"])


@since("15.2")
def mail_goes_to_all_at_once(dss):
    channel = dss.connect_as("maria").get_messaging_channel("smtp-main")
    channel.send("SALES", ["x@y.z", "a@y.z"], "Subject", "Body", send_as_single_message=True)
    channel.send("SALES", ["x@y.z"], "Subject", "Body")
    equal([each["asSingleMessage"] for each in dss.state["sentMail"]], [True, False])


@since("14.3")
def what_cannot_be_is_refused(dss):
    client = dss.client
    before = (dss.state["messagingChannels"], dss.state["sentMail"])
    with refused("AlreadyExistsException", "smtp-main"):
        client.create_messaging_channel("slack", channel_id="smtp-main")
    for kind, options in (
        ("drum", {}),
        ("smtp", {"channel_id": 7}),
        ("smtp", {"channel_configuration": {"port": "x"}}),
        ("smtp", {"channel_configuration": {"useSSL": "yes"}}),
        ("smtp", {"channel_configuration": {"sender": 7}}),
        ("slack", {"channel_configuration": {"webhookUrl": []}}),
        ("slack", {"channel_configuration": [1]}),
        ("slack", {"permissions": {}}),
        ("slack", {"permissions": [{"canUse": True}]}),
        ("slack", {"permissions": [{"group": "g", "user": "u", "canUse": True}]}),
        ("slack", {"permissions": [{"group": "g", "canUse": "yes"}]}),
    ):
        with refused("IllegalArgumentException"):
            client.create_messaging_channel(kind, **options)
    channel = client.get_messaging_channel("smtp-main")
    for permissions in ({}, [1], [{"canUse": True}]):
        with refused("IllegalArgumentException", "permission"):
            channel.set_permissions(permissions)
    for settings in ([], {"port": "x"}, {"useTLS": 1}, {"host": 1}):
        with refused("IllegalArgumentException"):
            client._perform_empty("PUT", "/messaging-channels/smtp-main/settings", body=settings)
    for mail in (
        {"to": []},
        {"to": "x@y.z"},
        {"to": ["nobody"]},
        {"cc": "x@y.z"},
        {"bcc": [7]},
        {"sender": 7},
        {"subject": None},
        {"body": 7},
        {"plain_text": None},
    ):
        with refused("IllegalArgumentException"):
            channel.send(**{"project_key": "SALES", "to": ["x@y.z"], "subject": "S", "body": "B", **mail})
    slack = type(channel)(client, {"id": "slack-alerts", "type": "slack", "family": "mail", "sender": None, "useCurrentUserAsSender": None})
    with refused("IllegalArgumentException", "no channel of mail"):
        slack.send("SALES", ["x@y.z"], "S", "B")
    with refused("NotFoundException", "NOWHERE"):
        channel.send("NOWHERE", ["x@y.z"], "S", "B")
    with refused("IllegalArgumentException", "message"):
        client._perform_raw("POST", "/messaging-channels/smtp-main/actions/send", params={"projectKey": "SALES"}, files={"other": ("a", b"{}")})
    with refused("IllegalArgumentException", "multipart"):
        client._perform_raw("POST", "/messaging-channels/smtp-main/actions/send", params={"projectKey": "SALES"}, body={})
    equal((dss.state["messagingChannels"], dss.state["sentMail"]), before)


@since("14.3")
def channels_that_are_not_there_and_users_who_may_not(dss):
    before = (dss.state["messagingChannels"], dss.state["sentMail"])
    mail = dss.client.get_messaging_channel("smtp-main")

    def calls(client, id):
        channel = type(mail)(client, {"id": id, "type": "smtp", "family": "mail", "sender": None, "useCurrentUserAsSender": None})
        administration = (
            channel.get_settings,
            channel.get_permissions,
            channel.delete,
            lambda: channel.set_permissions([]),
            lambda: client._perform_empty("PUT", f"/messaging-channels/{id}/settings", body={}),
        )
        return administration, (lambda: client.get_messaging_channel(id), lambda: channel.send("SALES", ["x@y.z"], "S", "B"))

    administration, use = calls(dss.client, "none")
    for call in (*administration, *use):
        with refused("NotFoundException", "Messaging channel none"):
            call()
    administration, use = calls(dss.connect_as("nobody"), "smtp-main")
    for call in (*administration, lambda: dss.connect_as("nobody").create_messaging_channel("slack")):
        with refused("UnauthorizedException", "nobody is not an administrator"):
            call()
    for call in use:
        with refused("NotFoundException", "Messaging channel smtp-main"):
            call()
    equal((dss.state["messagingChannels"], dss.state["sentMail"]), before)


def feature_groups_are_listed(dss):
    [group] = dss.client.get_feature_store().list_feature_groups()
    equal((group.id, group.name, group.project_key), ("CHURN.features", "features", "CHURN"))
    dss.project("CHURN").delete()
    equal(dss.client.get_feature_store().list_feature_groups(), [])
