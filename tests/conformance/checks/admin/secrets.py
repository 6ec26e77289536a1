"""Secrets and vaults: made, shared, read, changed; what users may do with them; what is shown of them."""

try:
    from dataikuapi import secretsmanager as classes
    from dataikuapi.secretsmanager.secretsmanager import DSSSecretType
except ImportError:
    # An older client has none of it; no check needs them then.
    classes = None

from dss import equal, refused, since

KNOWN = ("ref", "type", "format", "description", "createdBy", "createdOn", "lastUpdatedBy", "lastUpdatedOn", "vaultId", "remoteSecretRef", "remoteSecretVersion")


def _secrets(client):
    return client.get_secrets_manager()


def _vaults(client):
    return client.get_vaults_manager()


@since("15.1")
def secrets_are_listed_as_users_may_use_them(dss):
    local, remote = _secrets(dss.client).list_secrets()
    assert isinstance(local, classes.DSSLocalSecret) and isinstance(remote, classes.DSSVaultSecret)
    equal((local.identifier, local.type, local.description), ("crm-key", DSSSecretType.LOCAL, "Key of the CRM"))
    equal((local.created_by, local.last_updated_by), ("admin", "admin"))
    assert local.created_on < local.last_updated_on
    equal(local.permission_items, [{"user": None, "group": "data_team", "use": True, "read": True, "write": False, "admin": False}])
    equal((remote.identifier, remote.type, remote.description), ("warehouse-password", DSSSecretType.VAULT, None))
    equal((remote.vault_id, remote.remote_secret_identifier, remote.remote_secret_version), ("aws-main", "prod/warehouse", None))
    shown = _secrets(dss.connect_as("maria")).list_secrets()
    equal([each.identifier for each in shown], ["crm-key", "warehouse-password"])
    for each in shown:
        assert "permissionItems" not in dict(each._metadata)
    equal([dict(each._metadata)["format"] for each in shown], ["STRING", "STRING"])
    equal(_secrets(dss.connect_as("lena")).list_secrets(), [])
    again = _secrets(dss.client).get_secret("crm-key").refresh()
    equal({key: again._metadata[key] for key in KNOWN}, {key: local._metadata[key] for key in KNOWN})
    equal(again.permission_items, local.permission_items)
    equal(_secrets(dss.connect_as("maria")).get_secret("crm-key").description, "Key of the CRM")


@since("15.1")
def what_users_may_do_is_said(dss):
    def said(client, identifier):
        secret = _secrets(client).get_secret(identifier)
        return (secret._get_capabilities().type, secret.can_use, secret.can_read, secret.can_write, secret.can_admin)

    maria = dss.connect_as("maria")
    equal(said(maria, "crm-key"), (DSSSecretType.LOCAL, True, True, False, False))
    equal(said(maria, "warehouse-password"), (DSSSecretType.VAULT, True, False, False, False))
    equal(said(dss.client, "crm-key"), (DSSSecretType.LOCAL, True, True, True, True))
    equal(said(dss.client, "warehouse-password"), (DSSSecretType.VAULT, True, True, False, True))


@since("15.1")
def local_secrets_are_made_read_and_changed(dss):
    maria = dss.connect_as("maria")
    made = _secrets(maria).create_local_secret("mail-token", "first", description="Of the mail")
    assert isinstance(made, classes.DSSLocalSecret)
    equal((made.get_value(), made.description, made.created_by, made.can_admin), ("first", "Of the mail", "maria", True))
    equal((made.vault_id if hasattr(made, "vault_id") else None, made.created_on.timestamp() * 1000), (None, dss.now))
    dss.advance(60)
    made.update_value("second")
    equal((made.get_value({"task": "load"}), made.last_updated_on.timestamp() * 1000), ("second", dss.now))
    made.update_value("third", {"why": "rotation"})
    equal(_secrets(dss.client).get_secret("mail-token").get_value(), "third")
    uses = [(each["ref"], each["action"], each["login"], each["context"]) for each in dss.state["secretUses"]]
    equal(uses, [
        ("mail-token", "read", "maria", None),
        ("mail-token", "update-value", "maria", None),
        ("mail-token", "read", "maria", {"task": "load"}),
        ("mail-token", "update-value", "maria", {"why": "rotation"}),
        ("mail-token", "read", "admin", None),
    ])
    shared = [{"user": "lena", "use": True, "admin": True}]
    equal(_secrets(maria).create_local_secret("lenas", "x", permission_items=shared).identifier, "lenas")
    with refused("Secret lenas"):
        _secrets(maria).get_secret("lenas").refresh()
    equal(_secrets(dss.client).get_secret("lenas").permission_items, shared)
    made.delete()
    with refused("NotFoundException", "mail-token"):
        made.get_value()
    equal([each.identifier for each in _secrets(dss.client).list_secrets()], ["crm-key", "warehouse-password", "lenas"])


@since("15.1")
def secrets_of_vaults_are_made_and_read(dss):
    secrets = _secrets(dss.client)
    made = secrets.create_vault_secret("db", "aws-main", "prod/db", remote_secret_version="7", permission_items=[{"group": "data_team", "read": True}], description="Of the database")
    assert isinstance(made, classes.DSSVaultSecret)
    equal((made.vault_id, made.remote_secret_identifier, made.remote_secret_version), ("aws-main", "prod/db", "7"))
    equal((made.description, made.permission_items[0]), ("Of the database", {"group": "data_team", "read": True}))
    equal(made.permission_items[1], {"user": "admin", "group": None, "use": True, "read": True, "write": True, "admin": True})
    equal(made.get_value(), "value of prod/db at 7")
    equal([each.remote_secret_version for each in secrets.list_secrets() if each.type == DSSSecretType.VAULT], [None, "7"])
    made.remote_secret_version, made.remote_secret_identifier = None, "prod/other"
    made.save()
    equal(_secrets(dss.connect_as("maria")).get_secret("db").get_value(), "value of prod/other")
    equal(secrets.create_vault_secret("db2", "aws-main", "prod/db").get_value(), "value of prod/db")
    with refused("IllegalArgumentException", "in a vault"):
        made.get_as_local_secret().update_value("x")


@since("15.1")
def secrets_are_shared(dss):
    secret = _secrets(dss.client).get_secret("crm-key")
    dss.advance(60)
    secret.share_with_user("lena", can_read=True, can_write=True)
    secret.share_with_group("readers", can_use=False)
    secret.revoke_share_with_group("data_team")
    secret.description = "Shared"
    secret.save()
    equal((secret.description, secret.last_updated_by, secret.last_updated_on.timestamp() * 1000), ("Shared", "admin", dss.now))
    assert secret.created_on < secret.last_updated_on
    equal(secret.permission_items, [
        {"user": "lena", "group": None, "use": True, "read": True, "write": True, "admin": False},
        {"user": None, "group": "readers", "use": False, "read": True, "write": False, "admin": False},
    ])
    lena = _secrets(dss.connect_as("lena")).get_secret("crm-key")
    lena.get_as_local_secret().update_value("another")
    equal((lena.get_value(), lena.last_updated_by), ("another", "lena"))
    equal([each.identifier for each in _secrets(dss.connect_as("maria")).list_secrets()], ["warehouse-password"])
    secret.refresh().revoke_share_with_user("lena")
    secret.save()
    equal(_secrets(dss.connect_as("lena")).list_secrets(), [])


@since("15.1")
def the_administration_is_not_lost_by_mistake(dss):
    maria = _secrets(dss.connect_as("maria"))
    secret = maria.create_local_secret("own", "x")
    secret.share_with_user("lena", is_admin=True)
    secret.revoke_share_with_user("maria")
    with refused("IllegalArgumentException", "maria could not administrate the secret own"):
        secret.save()
    secret.save(confirm_losing_admin_access=True)
    with refused("NotFoundException", "Secret own"):
        maria.get_secret("own").refresh()
    equal(_secrets(dss.connect_as("lena")).get_secret("own").can_admin, True)


@since("15.1")
def vaults_of_all_types_are_made(dss):
    vaults = _vaults(dss.client)
    [main] = vaults.list_vaults()
    equal((main.id, main.type, main.description, main.region_or_endpoint), ("aws-main", "AWS_SECRETS_MANAGER", "Secrets of production", "eu-west-1"))
    equal((main.allowed_remote_secret_identifier_regex, main.cache_settings.max_caching_minutes, main.permission_items), ("prod/.*", 5, []))
    equal((main.created_by, main.last_updated_by, main.created_on), ("admin", "admin", main.last_updated_on))
    equal(main.auth_config.get_raw(), {"type": "KEYPAIR", "accessKey": "AKIA0SIMULATED", "secretKey": "of-the-vault-7f3a90", "sessionToken": None})
    permissions = [{"group": "data_team", "use": True}]
    options = {"permission_items": permissions, "description": "D", "allowed_remote_secret_identifier_regex": "a|b", "cache_settings": classes.DSSVaultCacheSettings(9)}
    common = {"universe_domain": "u", "impersonate_service_account_after_initial_auth": True, "service_account_to_impersonate_after_initial_auth": "s", "perform_wif_token_exchange": True, "wif_pool_provider_incoming_audience": "i", "wif_token_audience": "t", "wif_token_endpoint": "e"}
    aws = (None, classes.AWSEnvironmentAuthConfig(), classes.AWSIAMRoleAuthConfig("arn", "ext", 900, "sts"), classes.AWSKeypairAuthConfig("A", "S", "T"))
    azure = (None, classes.AzureEnvironmentAuthConfig("h"), classes.AzureManagedIdentityAuthConfig("m"), classes.AzureClientSecretAuthConfig("t", "c", "s", "h"), classes.AzureClientCertificateAuthConfig("t", "c", "/p", "pw", "h"))
    google = (None, classes.GCPEnvironmentAuthConfig(**common), classes.GCPKeypairAuthConfig("{}", "a@b.c", **common))
    made = []
    for index, auth in enumerate(aws):
        made.append((auth, vaults.create_aws_secrets_manager_vault(f"aws{index}", "eu", auth_config=auth, **options)))
    for index, auth in enumerate(azure):
        made.append((auth, vaults.create_azure_key_vault_vault(f"azure{index}", "https://v.example.com", auth_config=auth, **options)))
    for index, auth in enumerate(google):
        made.append((auth, vaults.create_gcp_secret_manager_vault(f"gcp{index}", "p", "psc", "https://e.example.com", auth_config=auth, **options)))
    listed = {each.id: each for each in vaults.list_vaults()}
    for auth, vault in made:
        assert vault._to_raw()["createdOn"] == dss.now
        for same in (vaults.get_vault(vault.id), listed[vault.id]):
            equal(same._to_raw(), vault._to_raw())
        equal(vault.auth_config.get_raw()["type"], "ENVIRONMENT" if auth is None else auth.get_raw()["type"])
        if auth is not None:
            equal(vault.auth_config.get_raw(), auth.get_raw())
        equal((vault.permission_items, vault.description, vault.cache_settings.max_caching_minutes), (permissions, "D", 9))
        equal((vault.allowed_remote_secret_identifier_regex, vault.created_by, vault.last_updated_by), ("a|b", "admin", "admin"))
        place = vault.region_or_endpoint or vault.vault_url or (vault.project_id, vault.psc_endpoint_id, vault.endpoint)
        equal(place, {"aws": "eu", "azu": "https://v.example.com", "gcp": ("p", "psc", "https://e.example.com")}[vault.id[:3]])
    equal(vaults.create_aws_secrets_manager_vault("plain", "eu").cache_settings.max_caching_minutes, 5)


@since("15.1")
def vaults_are_changed_and_deleted(dss):
    vaults = _vaults(dss.client)
    vault = vaults.get_vault("aws-main")
    dss.advance(60)
    vault.region_or_endpoint, vault.description, vault.auth_config = "us-east-1", "Ours", classes.AWSEnvironmentAuthConfig()
    vault.cache_settings.max_caching_minutes = 0
    vault.permission_items = [{"user": "maria"}]
    vault.allowed_remote_secret_identifier_regex = "prod/w.*"
    vault.save()
    equal((vault.region_or_endpoint, vault.description, vault.auth_config.get_raw()), ("us-east-1", "Ours", {"type": "ENVIRONMENT"}))
    equal((vault.cache_settings.max_caching_minutes, vault.permission_items), (0, [{"user": "maria"}]))
    equal((vault.last_updated_on.timestamp() * 1000, vault.allowed_remote_secret_identifier_regex), (dss.now, "prod/w.*"))
    assert vault.created_on < vault.last_updated_on
    equal(vault.list_referencing_secret_identifiers(), ["warehouse-password"])
    with refused("IllegalArgumentException", "warehouse-password"):
        vault.delete()
    equal(vaults.get_vault("aws-main").type, "AWS_SECRETS_MANAGER")
    _secrets(dss.client).get_secret("warehouse-password").delete()
    equal(vaults.get_vault("aws-main").list_referencing_secret_identifiers(), [])
    vaults.get_vault("aws-main").delete()
    equal(vaults.list_vaults(), [])
    equal(dss.state["vaults"], {})


@since("15.1")
def no_snapshot_shows_a_secret(dss):
    _secrets(dss.client).create_local_secret("one", "c4nary-one").update_value("c4nary-two")
    _vaults(dss.client).create_aws_secrets_manager_vault("v", "eu", auth_config=classes.AWSKeypairAuthConfig("A", "c4nary-three"))
    equal((list(dss.state["secrets"]), list(dss.state["vaults"])), (["crm-key", "warehouse-password", "one"], ["aws-main", "v"]))
    shown = str(dss.state)
    for secret in ("c4nary", "of-the-vault", "of-the-crm"):
        assert secret not in shown, f"{secret} is in the snapshot"


@since("15.1")
def what_cannot_be_is_refused(dss):
    client = dss.client
    before = (dss.state["secrets"], dss.state["vaults"])
    with refused("AlreadyExistsException", "crm-key"):
        _secrets(client).create_local_secret("crm-key", "x")
    with refused("AlreadyExistsException", "aws-main"):
        _vaults(client).create_aws_secrets_manager_vault("aws-main", "eu")
    local = {"type": "LOCAL", "format": "STRING", "ref": "x", "permissionItems": [], "description": None, "secret": "s"}
    remote = {**local, "type": "VAULT", "vaultId": "aws-main", "remoteSecretRef": "prod/x", "remoteSecretVersion": None}
    permission = {"group": "g", "use": True}
    for whole, wrong in (
        (local, {"type": "FILE"}),
        (local, {"format": "BYTES"}),
        (local, {"ref": ""}),
        (local, {"ref": None}),
        (local, {"secret": None}),
        (local, {"description": 7}),
        (local, {"permissionItems": None}),
        (local, {"permissionItems": [1]}),
        (local, {"permissionItems": [{"use": True}]}),
        (local, {"permissionItems": [{**permission, "user": "u"}]}),
        (local, {"permissionItems": [{**permission, "use": "yes"}]}),
        (remote, {"vaultId": "none"}),
        (remote, {"remoteSecretRef": None}),
        (remote, {"remoteSecretRef": "test/x"}),
        (remote, {"remoteSecretVersion": 7}),
    ):
        with refused("IllegalArgumentException"):
            client._perform_empty("POST", "/secrets-manager/secrets", body={**whole, **wrong})
    metadata = {"type": "LOCAL", "format": "STRING", "ref": "crm-key", "permissionItems": [], "description": None}
    for wrong in ({"type": "VAULT"}, {"ref": "other"}, {"format": None}, {"permissionItems": None}, {"description": 7}):
        with refused("IllegalArgumentException"):
            client._perform_empty("PUT", "/secrets-manager/secrets/crm-key/metadata", body={"secretMetadata": {**metadata, **wrong}, "confirmLosingAdminAccess": False})
    for body in ({"secretMetadata": metadata}, {"secretMetadata": 7, "confirmLosingAdminAccess": True}):
        with refused("IllegalArgumentException", "confirmLosingAdminAccess"):
            client._perform_empty("PUT", "/secrets-manager/secrets/crm-key/metadata", body=body)
    for body in (None, {}, {"value": 7}):
        with refused("IllegalArgumentException", "value must be a text"):
            client._perform_empty("POST", "/secrets-manager/secrets/crm-key/actions/update-value", body=body)
    common = {"id": "v", "description": None, "permissionItems": [], "allowedRemoteSecretRefRegex": None, "cacheSettings": {"maxCachingMinutes": 5}, "authConfig": {"type": "ENVIRONMENT"}}
    aws = {**common, "type": "AWS_SECRETS_MANAGER", "regionOrEndpoint": "eu"}
    azure = {**common, "type": "AZURE_KEY_VAULT", "vaultUrl": "u"}
    google = {**common, "type": "GCP_SECRET_MANAGER", "projectId": "p", "pscEndpointId": None, "endpoint": None}
    for whole, wrong in (
        (aws, {"id": ""}),
        (aws, {"type": "HASHICORP"}),
        (aws, {"regionOrEndpoint": None}),
        (aws, {"description": 7}),
        (aws, {"permissionItems": None}),
        (aws, {"permissionItems": [1]}),
        (aws, {"allowedRemoteSecretRefRegex": "("}),
        (aws, {"allowedRemoteSecretRefRegex": 7}),
        (aws, {"cacheSettings": None}),
        (aws, {"cacheSettings": {"maxCachingMinutes": "5"}}),
        (aws, {"authConfig": None}),
        (aws, {"authConfig": {"type": "CLIENT_SECRET"}}),
        (azure, {"vaultUrl": ""}),
        (azure, {"authConfig": {"type": "IAM_ROLE"}}),
        (google, {"projectId": 7}),
        (google, {"pscEndpointId": 7}),
        (google, {"endpoint": 7}),
        (google, {"authConfig": {"type": "IAM_ROLE"}}),
    ):
        with refused("IllegalArgumentException"):
            client._perform_json("POST", "/secrets-manager/vaults", body={**whole, **wrong})
    for wrong in ({"id": "other"}, {"type": "AZURE_KEY_VAULT"}, {"cacheSettings": 7}):
        with refused("IllegalArgumentException"):
            client._perform_empty("PUT", "/secrets-manager/vaults/aws-main", body={**aws, "id": "aws-main", **wrong})
    equal((dss.state["secrets"], dss.state["vaults"]), before)


@since("15.1")
def what_is_not_there_and_users_who_may_not(dss):
    before = (dss.state["secrets"], dss.state["vaults"], dss.state["secretUses"])

    def administration(client, identifier):
        secret = _secrets(client).get_secret(identifier).get_as_local_secret()
        secret._metadata = {"type": "LOCAL", "format": "STRING", "permissionItems": []}
        return secret.save, secret.delete, lambda: secret.update_value("x")

    def reading(client, identifier):
        secret = _secrets(client).get_secret(identifier)
        return secret.get_value, secret._get_metadata, secret._get_capabilities

    for call in (*administration(dss.client, "none"), *reading(dss.client, "none")):
        with refused("NotFoundException", "Secret none"):
            call()
    lena, maria = dss.connect_as("lena"), dss.connect_as("maria")
    for call in (*administration(lena, "crm-key"), *reading(lena, "crm-key")):
        with refused("NotFoundException", "Secret crm-key"):
            call()
    for call in administration(maria, "crm-key"):
        with refused("UnauthorizedException", "maria has no right"):
            call()
    with refused("UnauthorizedException", "maria has no right to read"):
        _secrets(maria).get_secret("warehouse-password").get_value()

    vault = _vaults(dss.client).get_vault("aws-main")

    def work_on(client, id):
        other = type(vault).from_raw(client, {**vault._to_raw(), "id": id})
        return other.save, other.delete, other.list_referencing_secret_identifiers, lambda: _vaults(client).get_vault(id)

    for call in work_on(dss.client, "none"):
        with refused("NotFoundException", "Vault none"):
            call()
    for call in (*work_on(maria, "aws-main"), _vaults(maria).list_vaults, lambda: _vaults(maria).create_aws_secrets_manager_vault("v", "eu")):
        with refused("UnauthorizedException", "maria is not an administrator"):
            call()
    equal((dss.state["secrets"], dss.state["vaults"], dss.state["secretUses"]), before)
