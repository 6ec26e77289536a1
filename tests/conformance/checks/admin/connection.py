"""What holds for every request: doors, keys, users, refusals."""

from dss import equal, refused, since

JOINED = {"type": "NON_RECURSIVE_FORCED_BUILD", "outputs": [{"type": "DATASET", "id": "orders_joined"}]}


def _initiator(client):
    job = client.get_project("SALES").start_job(JOINED)
    return job.get_status()["initiator"]["login"]


def both_doors_are_open(dss):
    session = dss.client._session
    first, second = (session.get(f"{dss.url}/{door}/projects/SALES/jobs/").json() for door in ("dip/publicapi", "public/api"))
    equal(first, second)
    assert len(first) > 0
    with_slash = dss.connect(api_key=dss.key)
    with_slash.host += "/"
    equal(with_slash.get_project("SALES").list_jobs(), first)


def every_answer_names_the_version(dss):
    response = dss.client._perform_raw("GET", "/futures/")
    equal(response.headers["DSS-Version"], response.headers["DSS-API-Version"])
    assert response.headers["DSS-Version"].split(".")[0].isdigit()


def keys_are_taken_in_every_form(dss):
    equal(_initiator(dss.client), "admin")
    for form in ({"auth": ("", dss.key)}, {"headers": {"Authorization": f"Bearer {dss.key}"}}):
        client = dss.connect(internal_ticket="none")
        client._session.headers.update(form.get("headers", {}))
        client._session.auth = form.get("auth")
        equal(_initiator(client), "admin")


def a_wrong_key_is_refused(dss):
    before = dss.project().list_jobs()
    for key in ("wrong", "", dss.key.upper() + "x"):
        with refused("NotAuthenticatedException", "Unknown API Key"):
            dss.connect(api_key=key).list_futures()
    with refused("NotAuthenticatedException"):
        dss.connect(api_key="wrong").get_project("SALES").start_job(JOINED)
    equal(dss.project().list_jobs(), before)


def a_ticket_is_taken(dss):
    dss.add_ticket("ticket-1", "maria")
    equal(_initiator(dss.connect(internal_ticket="ticket-1")), "maria")
    with refused("NotAuthenticatedException"):
        dss.connect(internal_ticket="ticket-2").list_futures()


def a_key_is_its_users(dss):
    equal(_initiator(dss.connect_as("maria")), "maria")


def an_administrator_acts_for_another_user(dss):
    equal(_initiator(dss.connect(api_key=dss.key, extra_headers={"X-DKU-ProxyUser": "maria"})), "maria")
    dss.connect_as("paul")
    with refused("UnauthorizedException"):
        dss.connect(api_key="key-of-paul", extra_headers={"X-DKU-ProxyUser": "maria"}).list_futures()


@since("14.3")
def a_body_that_is_no_json_is_refused(dss):
    before = dss.project().list_jobs()
    with refused("IllegalArgumentException"):
        dss.client._perform_json("POST", "/projects/SALES/jobs/", raw_body="{", headers={"Content-Type": "application/json"})
    equal(dss.project().list_jobs(), before)


def a_route_that_is_none_is_refused(dss):
    with refused("NotFoundException", "No route"):
        dss.client._perform_json("GET", "/nothing")
    with refused("not allowed"):
        dss.client._perform_json("PUT", "/futures/")
    with refused("No route"):
        dss.client._perform_empty("GET", "/projects/SALES/jobs")
