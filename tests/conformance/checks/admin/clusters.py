"""Clusters, and the jobs and pods of Kubernetes in them."""

from dss import equal, refused

JOBS = ["recipe-done", "recipe-failed", "model-done"]


def _listed(dss, cluster_id):
    found = [cluster for cluster in dss.client.list_clusters() if cluster["id"] == cluster_id]
    return found[0] if found else None


def _report(messages, severity, code, title, message):
    (only,) = messages["messages"]
    equal((only["severity"], only["code"], only["title"], only["message"], only["isFatal"]),
          (severity, code, title, message, False))
    equal((messages["anyMessage"], messages["maxSeverity"], messages["fatal"]), (True, severity, False))
    equal((messages["success"], messages["warning"], messages["error"]),
          tuple(severity == each for each in ("SUCCESS", "WARNING", "ERROR")))


def _names(cluster, kind):
    return [line.split()[0] for line in cluster.run_kubectl(f"get {kind}")["out"].splitlines()]


def the_list_and_the_settings(dss):
    equal(_listed(dss, "eks_prod"), {
        "id": "eks_prod", "name": "EKS production", "type": "pycluster_eks-clusters_create-eks-cluster",
        "architecture": "KUBERNETES", "state": "RUNNING", "owner": "admin",
    })
    equal(_listed(dss, "hadoop_old")["state"], "NONE")
    settings = dss.client.get_cluster("eks_prod").get_settings()
    raw = settings.get_raw()
    equal((raw["id"], raw["name"], raw["type"], raw["architecture"], raw["owner"]), (
        "eks_prod", "EKS production", "pycluster_eks-clusters_create-eks-cluster", "KUBERNETES", "admin"))
    equal((raw["params"], raw["permissions"], raw["usableByAll"]), ({"nodeType": "m5.xlarge", "numNodes": 3}, [], True))
    equal(settings.get_plugin_data(), {"kubeConfigPath": "/data/dss/clusters/eks_prod/config"})
    equal(dss.client.get_cluster("eks_prod").get_definition(), raw)


def settings_are_saved(dss):
    cluster = dss.client.get_cluster("hadoop_old")
    settings = cluster.get_settings()
    settings.get_raw().update(usableByAll=False, owner="tom", name="Older Hadoop", params={"a": 1}, permissions=[{"group": "g"}])
    settings.save()
    equal(cluster.get_definition(), settings.get_raw())
    equal((_listed(dss, "hadoop_old")["owner"], _listed(dss, "hadoop_old")["name"]), ("tom", "Older Hadoop"))
    changed = {**settings.get_raw(), "id": "x", "type": "y", "architecture": "KUBERNETES", "data": {"b": 2}}
    answer = cluster.set_definition(changed)
    equal(answer, {**settings.get_raw(), "data": {"b": 2}})
    equal(cluster.get_definition(), answer)
    for key, value in {"name": 1, "type": 2, "owner": 3, "params": [], "permissions": {}, "usableByAll": "yes"}.items():
        with refused("IllegalArgumentException", key):
            cluster.set_definition({**answer, key: value})
    equal(cluster.get_definition(), answer)


def one_is_created_and_deleted(dss):
    cluster = dss.client.create_cluster("nightly", "pycluster_x", params={"numNodes": 2}, cluster_architecture="KUBERNETES")
    equal(_listed(dss, cluster.cluster_id), {
        "id": cluster.cluster_id, "name": "nightly", "type": "pycluster_x", "architecture": "KUBERNETES", "state": "NONE",
        "owner": "admin",
    })
    equal(cluster.get_definition()["params"], {"numNodes": 2})
    plain = dss.client.create_cluster("plain")
    equal((_listed(dss, plain.cluster_id)["type"], _listed(dss, plain.cluster_id)["architecture"]), ("manual", "HADOOP"))
    # The client drops the messages of a success.
    body = {"name": "raw", "type": "manual", "architecture": "HADOOP", "params": {}}
    answer = dss.client._perform_json("POST", "/admin/clusters/", body=body)
    assert _listed(dss, answer["id"]) is not None
    _report(answer["messages"], "SUCCESS", "INFO_CLUSTER_OPERATION", "Done", "create of raw is done")
    cluster.delete()
    equal(_listed(dss, cluster.cluster_id), None)
    with refused("NotFoundException"):
        cluster.get_definition()


def what_cannot_be_created_is_refused(dss):
    before = dss.client.list_clusters()
    with refused("AlreadyExistsException"):
        dss.client.create_cluster("Old Hadoop")
    for name, kind, params, architecture in (
        ("", "manual", {}, "HADOOP"), (7, "manual", {}, "HADOOP"), ("x", "", {}, "HADOOP"), ("x", "manual", [], "HADOOP"),
        ("x", "manual", {}, "MAINFRAME"),
    ):
        with refused("IllegalArgumentException"):
            dss.client.create_cluster(name, kind, params=params, cluster_architecture=architecture)
    equal(dss.client.list_clusters(), before)


def one_is_started_and_stopped(dss):
    cluster = dss.client.get_cluster("hadoop_old")
    equal(cluster.get_status().get_raw(), {"state": "NONE"})
    with refused("IllegalArgumentException", "does not run"):
        cluster.stop()
    _report(cluster.start()["messages"], "SUCCESS", "INFO_CLUSTER_OPERATION", "Done", "start of Old Hadoop is done")
    equal((cluster.get_status().get_raw(), _listed(dss, "hadoop_old")["state"]), ({"state": "RUNNING"}, "RUNNING"))
    with refused("IllegalArgumentException", "runs already"):
        cluster.start()
    _report(cluster.stop()["messages"], "SUCCESS", "INFO_CLUSTER_OPERATION", "Done", "stop of Old Hadoop is done")
    equal(cluster.get_status().get_raw(), {"state": "NONE"})


def one_in_use_is_stopped_by_force(dss):
    cluster = dss.client.get_cluster("eks_prod")
    with refused("IllegalArgumentException", "in use"):
        cluster.stop()
    equal(cluster.get_status().get_raw(), {"state": "RUNNING"})
    pods = _names(cluster, "pods")
    cluster.stop(terminate=False, force_stop=True)
    with refused("IllegalArgumentException", "does not run"):
        cluster.run_kubectl("get pods")
    cluster.start()
    equal(_names(cluster, "pods"), pods)
    cluster.stop(force_stop=True)
    cluster.start()
    equal(_names(cluster, "pods"), [])


def a_creation_fails_with_its_messages(dss):
    dss.script("clusters/nightly", "fail", message="Quota exceeded")
    try:
        made = dss.client.create_cluster("nightly")
    except Exception as error:
        assert "Quota exceeded" in str(error), error
    else:
        raise AssertionError(f"It has not failed: {made}")
    assert "nightly" not in [cluster["name"] for cluster in dss.client.list_clusters()]


def messages_tell_a_failure(dss):
    cluster = dss.client.get_cluster("hadoop_old")
    dss.script("clusters/hadoop_old", "fail", message="Quota exceeded", times=1)
    answer = dss.client._perform_json("POST", "/admin/clusters/hadoop_old/actions/start")
    _report(answer["messages"], "ERROR", "ERR_CLUSTER_OPERATION", "start failed", "Quota exceeded")
    equal(cluster.get_status().get_raw(), {"state": "NONE"})
    dss.script("clusters/hadoop_old", "warn", message="A machine is slow", times=2)
    _report(cluster.start()["messages"], "WARNING", "WARN_CLUSTER_OPERATION", "Done with warnings", "A machine is slow")
    _report(cluster.stop()["messages"], "WARNING", "WARN_CLUSTER_OPERATION", "Done with warnings", "A machine is slow")
    cluster.start()
    dss.script("clusters/hadoop_old", "fail", message="Still busy")
    try:
        answer = cluster.stop()
    except Exception as error:
        assert "Still busy" in str(error), error
    else:
        raise AssertionError(f"It has not failed: {answer}")
    equal(cluster.get_status().get_raw(), {"state": "RUNNING"})


def kubectl_runs(dss):
    cluster = dss.client.get_cluster("eks_prod")
    equal(cluster.run_kubectl("get jobs"), {
        "rv": 0, "err": "", "out": "recipe-done Succeeded\nrecipe-failed Failed\nrecipe-running Running\nmodel-done Succeeded\n",
    })
    answer = cluster.run_kubectl("explode")
    equal((answer["rv"], answer["out"]), (1, ""))
    assert "explode" in answer["err"]
    with refused("IllegalArgumentException"):
        cluster.run_kubectl(["get", "pods"])
    with refused("IllegalArgumentException", "Kubernetes"):
        dss.client.get_cluster("hadoop_old").run_kubectl("get pods")


def finished_jobs_are_deleted(dss):
    cluster = dss.client.get_cluster("eks_prod")
    before = _names(cluster, "jobs")
    equal(cluster.delete_finished_jobs(dry_run=True), {"deleted": ["recipe-done", "model-done"]})
    equal(cluster.delete_finished_jobs(delete_failed=True, dry_run=True), {"deleted": JOBS})
    equal(_names(cluster, "jobs"), before)
    equal(cluster.delete_finished_jobs(namespace="ml"), {"deleted": ["model-done"]})
    equal(cluster.delete_finished_jobs(delete_failed=True, label_filter="app=training"), {"deleted": []})
    equal(cluster.delete_finished_jobs(), {"deleted": ["recipe-done"]})
    equal(_names(cluster, "jobs"), ["recipe-failed", "recipe-running"])


def pods_are_deleted(dss):
    cluster = dss.client.get_cluster("eks_prod")
    before = _names(cluster, "pods")
    finished = ["recipe-done-x1", "recipe-failed-x2", "model-done-x5"]
    equal(cluster.delete_finished_pods(dry_run=True), {"deleted": finished})
    equal(cluster.delete_all_pods(dry_run=True), {"deleted": before})
    equal(_names(cluster, "pods"), before)
    equal(cluster.delete_finished_pods(namespace="ml", dry_run=True), {"deleted": finished[2:]})
    equal(cluster.delete_finished_pods(label_filter="app=training", dry_run=True), {"deleted": finished[2:]})
    equal(cluster.delete_finished_pods(namespace="dss", label_filter="app=recipe"), {"deleted": finished[:2]})
    equal(cluster.delete_finished_pods(label_filter="app=training"), {"deleted": finished[2:]})
    equal(cluster.delete_all_pods(namespace="ml"), {"deleted": []})
    equal(cluster.delete_all_pods(label_filter="app=notebook"), {"deleted": ["notebook-x4"]})
    equal(cluster.delete_all_pods(), {"deleted": ["recipe-running-x3"]})
    equal(_names(cluster, "pods"), [])


def what_does_not_exist_is_refused(dss):
    nobody = dss.client.get_cluster("nobody")
    for look in (
        nobody.get_settings, nobody.get_status, nobody.start, nobody.stop, nobody.delete, lambda: nobody.set_definition({}),
        lambda: nobody.run_kubectl("get pods"), nobody.delete_finished_jobs, nobody.delete_finished_pods,
        nobody.delete_all_pods,
    ):
        with refused("NotFoundException"):
            look()


def all_of_it_is_for_administrators(dss):
    client = dss.connect_as("maria")
    cluster = client.get_cluster("eks_prod")
    for look in (
        client.list_clusters, lambda: client.create_cluster("x"), cluster.get_settings, cluster.get_status, cluster.start,
        lambda: cluster.stop(force_stop=True), cluster.delete, lambda: cluster.set_definition({}),
        lambda: cluster.run_kubectl("get pods"), cluster.delete_finished_jobs, cluster.delete_finished_pods,
        cluster.delete_all_pods,
    ):
        with refused("UnauthorizedException"):
            look()
