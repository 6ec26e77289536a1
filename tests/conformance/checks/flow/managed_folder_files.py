"""Files in managed folders: up, down and away, with all the names that files have."""

import io
import os
import tempfile

from dss import equal, refused

REPORTS = "aB3kQ9xZ"

NAMES = [
    "a b.txt",
    "für #1 100%.txt",
    "a?b=c&d",
    "a+b;c:d@e,f=g$h!i'(j)*",
    "%2e%2e",
    "%2F",
    "...",
    "C:\\temp\\x",
    "日本/👩‍👩‍👧.csv",
    "__proto__",
    " ",
]


def _paths(folder):
    return [item["path"] for item in folder.list_contents()["items"]]


def _reports(dss):
    return dss.project().get_managed_folder(REPORTS)


def files_are_listed_and_read(dss):
    folder = _reports(dss)
    [report, readme] = folder.list_contents()["items"]
    equal((report["path"], report["size"], readme["path"], readme["size"]), ("/2025/march/report.csv", 31, "/readme.txt", 12))
    equal(dss.now - readme["lastModified"], 30 * 86400 * 1000)
    equal(folder.get_file("readme.txt").content, b"Made by hand")
    for path in ("2025/march/report.csv", "/2025/march/report.csv"):
        equal(folder.get_file(path).content, b"country,revenue\nFR,1200\nJP,800\n")
    encoded = dss.client._perform_raw("GET", f"/projects/SALES/managedfolders/{REPORTS}/contents/2025%2Fmarch%2Freport.csv")
    equal(encoded.content[:7], b"country")
    for wrong in ("nothing", "2025", "readme.txt/more"):
        with refused("NotFoundException", wrong):
            folder.get_file(wrong)


def files_are_written(dss):
    folder = _reports(dss)
    content = bytes(range(256)) * 500
    answer = folder.put_file("new/deep/bytes.bin", io.BytesIO(content))
    equal(answer, {"path": "/new/deep/bytes.bin", "size": len(content), "lastModified": dss.now})
    equal(folder.get_file("new/deep/bytes.bin").content, content)
    assert answer in folder.list_contents()["items"]
    dss.advance(60)
    again = folder.put_file("/new/deep/bytes.bin", io.BytesIO(b""))
    equal((again["path"], again["size"], again["lastModified"]), ("/new/deep/bytes.bin", 0, answer["lastModified"] + 60000))
    equal((folder.get_file("new/deep/bytes.bin").content, len(_paths(folder))), (b"", 3))


def each_name_reaches_its_own_file(dss):
    folder = dss.project().create_managed_folder("names")
    for name in NAMES:
        equal(folder.put_file(name, name.encode())["path"], "/" + name)
    equal(sorted(_paths(folder)), sorted("/" + name for name in NAMES))
    for name in NAMES:
        equal(folder.get_file(name).content.decode(), name)
    for name in NAMES:
        folder.delete_file("/" + name)
    equal(_paths(folder), [])


def a_local_folder_is_uploaded(dss):
    folder = dss.project().create_managed_folder("up")
    with tempfile.TemporaryDirectory() as local:
        os.makedirs(os.path.join(local, "sub", "deeper"))
        for path, text in (("a.txt", "a"), ("sub/b #1.txt", "b"), ("sub/deeper/c.txt", "c")):
            with open(os.path.join(local, path), "w") as made:
                made.write(text)
        folder.upload_folder("into", local)
    equal(_paths(folder), ["/into/a.txt", "/into/sub/b #1.txt", "/into/sub/deeper/c.txt"])
    equal(folder.get_file("into/sub/b #1.txt").content, b"b")


def files_are_deleted(dss):
    folder = _reports(dss)
    equal(folder.delete_file("readme.txt"), None)
    equal(_paths(folder), ["/2025/march/report.csv"])
    folder.delete_file("readme.txt")
    folder.delete_file("2025")
    equal(_paths(folder), ["/2025/march/report.csv"])


def what_cannot_be_a_file_is_refused(dss):
    folder = _reports(dss)
    before = folder.list_contents()
    for wrong in ("readme.txt/below", "2025", "2025/march"):
        with refused("IllegalArgumentException", "cannot be a file"):
            folder.put_file(wrong, b"x")
    base = f"/projects/SALES/managedfolders/{REPORTS}/contents/"
    for wrong in ("..%2F..%2Fadmin", "a%2F..", ".%2Fa", "%2F"):
        for verb in ("GET", "DELETE"):
            with refused("REACH_OUT_OF_ROOT"):
                dss.client._perform_raw(verb, base + wrong)
        with refused("REACH_OUT_OF_ROOT"):
            dss.client._perform_json_upload("POST", base + wrong, "x", b"x")
    with refused("multipart"):
        dss.client._perform_json("POST", base + "a.txt", body={"file": "x"})
    nothing = dss.project().get_managed_folder("nothing")
    for call in (
        nothing.list_contents,
        lambda: nothing.get_file("a"),
        lambda: nothing.put_file("a", b"x"),
        lambda: nothing.delete_file("a"),
    ):
        with refused("NotFoundException", "SALES.nothing"):
            call()
    equal(folder.list_contents(), before)
