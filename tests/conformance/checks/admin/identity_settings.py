"""Where users come from: single sign-on, LDAP, Azure AD."""

from dataikuapi.iam.settings import SPNEGOMode, SSOProtocol, SSOSettings, TokenEndpointAuthMethod, UserRemappingRule

from dss import equal, refused, since

ENUMERATED = {
    "protocol": SSOProtocol.SAML,
    "spnego_mode": SPNEGOMode.CUSTOM_LOGIN_CONF,
    "token_endpoint_auth_method": TokenEndpointAuthMethod.CLIENT_SECRET_POST,
}

SWITCHES = (
    "enabled",
    "sso_enabled",
    "use_tls",
    "enable_groups",
    "use_global_proxy",
    "use_pkce",
    "sign_requests",
    "lowercase_identifier",
    "authentication_enabled",
    "auto_import_users",
    "auto_sync_users_at_login_time",
    "auto_provision_users_at_login_time",
    "allow_on_demand_users_provisioning",
    "allow_on_demand_users_sync",
)


def _values(settings):
    """A new value for every setter that takes a plain one."""
    for name in dir(settings):
        field = name.removeprefix("set_")
        if name == field or field in ("saml_sp_params", "openid_params"):
            continue
        if field == "remapping_rules" and isinstance(settings, SSOSettings):
            continue
        if field in SWITCHES:
            yield field, True
        elif field in ENUMERATED:
            yield field, ENUMERATED[field]
        elif field == "remapping_rules":
            yield field, [{"ruleFrom": "(.*)@example.com", "ruleTo": "$1"}]
        elif field == "authorized_groups":
            yield field, ["data_team", "readers"]
        elif field == "group_profiles":
            yield field, [{"key": "data_team", "value": "READER"}]
        else:
            yield field, 7 if field == "groups_limit" else f"a new {field}"


def _change(settings):
    values = dict(_values(settings))
    for field, value in values.items():
        getattr(settings, f"set_{field}")(value)
    return values


def _agree(settings, values):
    for field, value in values.items():
        # Of the switch for lower case there is no getter.
        if hasattr(settings, f"get_{field}"):
            equal(getattr(settings, f"get_{field}")(), value)


@since("14.3")
def single_sign_on_is_saved(dss):
    settings = dss.client.get_sso_settings()
    equal((settings.get_sso_enabled(), settings.get_protocol()), (False, SSOProtocol.OPENID))
    equal(settings.get_openid_params().get_scope(), "openid profile email")
    equal(settings.get_saml_sp_params().get_sign_requests(), False)
    parts = (settings.get_openid_params(), settings.get_saml_sp_params())
    values = [_change(part) for part in (settings, *parts)]
    settings.set_openid_params(parts[0])
    settings.set_saml_sp_params(parts[1])
    settings.set_remapping_rules([UserRemappingRule("(.*)@example.com", "$1")])
    settings.save()
    saved = dss.client.get_sso_settings()
    for part, expected in zip((saved, saved.get_openid_params(), saved.get_saml_sp_params()), values):
        _agree(part, expected)
    rule, = saved.get_remapping_rules()
    equal((rule.rule_from, rule.rule_to), ("(.*)@example.com", "$1"))
    equal(saved.get_openid_params()["lowercaseIdentifier"], True)


def ldap_is_saved(dss):
    settings = dss.client.get_ldap_settings()
    equal((settings.get_enabled(), settings.get_use_tls(), settings.get_group_name_attribute()), (True, True, "cn"))
    equal(settings.get_url(), "ldap://ldap.example.com/dc=example,dc=com")
    values = _change(settings)
    settings.save()
    _agree(dss.client.get_ldap_settings(), values)
    settings.set_enabled(False)
    settings.save()
    equal(dss.client.get_ldap_settings().get_enabled(), False)


def azure_ad_is_saved(dss):
    settings = dss.client.get_azure_ad_settings()
    equal((settings.get_enabled(), settings.get_groups_limit()), (False, 1000))
    equal(settings.get_credential_method(), "OAUTH2_SECRET")
    values = _change(settings)
    settings.save()
    _agree(dss.client.get_azure_ad_settings(), values)


def what_cannot_be_is_refused(dss):
    before = dss.state["instance"]["identity"]
    for name in ("sso-settings", "ldap-settings", "azure-ad-settings"):
        for wrong in ({}, {"enabled": "yes"}, [True]):
            with refused("IllegalArgumentException"):
                dss.client._perform_empty("PUT", f"/admin/iam/{name}", body=wrong)
    for section in ("openIDParams", "samlSPParams"):
        with refused("IllegalArgumentException", section):
            dss.client._perform_empty("PUT", "/admin/iam/sso-settings", body={"enabled": True, section: []})
    equal(dss.state["instance"]["identity"], before)


def only_administrators_see_and_save_them(dss):
    client = dss.connect_as("maria")
    before = dss.state["instance"]["identity"]
    for name in ("sso", "ldap", "azure_ad"):
        settings = getattr(dss.client, f"get_{name}_settings")()
        settings.client = client
        for call in (getattr(client, f"get_{name}_settings"), settings.save):
            with refused("UnauthorizedException", "maria is not an administrator"):
                call()
    equal(dss.state["instance"]["identity"], before)
