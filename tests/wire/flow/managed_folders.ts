/** Managed folders and their files: our calls for those of the official client. */
import { Effect, Stream } from "effect";
import { addTimePartitioning, addValuePartitioning, removePartitioning, setPartitioningPattern } from "../../../mod.ts";
import type { Noun } from "../harness/noun.ts";

const [key, id] = ["WIRE_PROJ", "abcd1234"];
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const target = { projectKey: key, folderId: "efgh5678" };

const managedFolders: Noun = {
  areas: ["managedfolder"],
  methods: {
    "DSSProject.list_managed_folders": {
      ours: "ManagedFolders.list",
      calls: [({ managedFolders }) => managedFolders.list(key)],
    },
    "DSSProject.create_managed_folder": {
      ours: "ManagedFolders.create",
      calls: [
        ({ managedFolders }) => managedFolders.create(key, "f"),
        ({ managedFolders }) => managedFolders.create(key, "f", { type: "S3", connection: "s3" }),
      ],
    },
    "DSSManagedFolder.delete": {
      ours: "ManagedFolders.delete",
      calls: [({ managedFolders }) => managedFolders.delete(key, id)],
    },
    "DSSManagedFolder.rename": {
      ours: "ManagedFolders.rename",
      calls: [({ managedFolders }) => managedFolders.rename(key, id, "new")],
    },
    "DSSManagedFolder.get_definition": {
      ours: "ManagedFolders.get",
      calls: [({ managedFolders }) => managedFolders.get(key, id)],
    },
    "DSSManagedFolder.set_definition": {
      ours: "ManagedFolders.save",
      calls: [({ managedFolders }) => managedFolders.save(key, id, { id } as never)],
    },
    "DSSManagedFolder.get_settings": {
      ours: "ManagedFolders.get",
      calls: [({ managedFolders }) => managedFolders.get(key, id)],
    },
    "DSSManagedFolderSettings.save": {
      ours: "ManagedFolders.update",
      calls: [
        ({ managedFolders }) =>
          managedFolders.update(key, id, (folder) =>
            [
              addValuePartitioning("d"),
              addTimePartitioning("t"),
              setPartitioningPattern("p"),
            ].reduce((edited, edit) => edit(edited), removePartitioning(folder))),
      ],
    },
    "DSSManagedFolderSettings.set_connection_and_path": {
      ours: "setFolderConnection",
      calls: ["s3", "ssh"].map((connection) => ({ connections, managedFolders }) =>
        Effect.andThen(managedFolders.get(key, id), connections.info(connection, { contextualProjectKey: key }))
      ),
    },
    "DSSManagedFolder.list_contents": {
      ours: "ManagedFolderFiles.list",
      calls: [({ managedFolderFiles }) => managedFolderFiles.list(key, id)],
    },
    "DSSManagedFolder.get_file": {
      ours: "ManagedFolderFiles.read",
      calls: ["/sub dir/a#1?é.txt", "a.txt"].map((path) => ({ managedFolderFiles }) =>
        Stream.runDrain(managedFolderFiles.read(key, id, path))
      ),
    },
    "DSSManagedFolder.put_file": {
      ours: "ManagedFolderFiles.write",
      calls: [({ managedFolderFiles }) => managedFolderFiles.write(key, id, "sub dir/a.txt", bytes("hello"))],
    },
    "DSSManagedFolder.upload_folder": {
      ours: "ManagedFolderFiles.in",
      calls: [({ managedFolderFiles }) => managedFolderFiles.in(key, id).write("dest/sub/f.txt", bytes("x"))],
    },
    "DSSManagedFolder.delete_file": {
      ours: "ManagedFolderFiles.delete",
      calls: [({ managedFolderFiles }) => managedFolderFiles.delete(key, id, "sub dir/a.txt")],
    },
    "DSSManagedFolder.get_usages": {
      ours: "ManagedFolders.usages",
      calls: [({ managedFolders }) => managedFolders.usages(key, id)],
    },
    "DSSManagedFolder.get_object_discussions": {
      ours: "Discussions.list",
      calls: [
        ({ discussions }) => discussions.list({ projectKey: key, type: "MANAGED_FOLDER", id }),
      ],
    },
    "DSSManagedFolder.copy_to": {
      ours: "ManagedFolders.startCopyTo",
      calls: [
        ({ managedFolders }) => managedFolders.startCopyTo(key, id, target),
        ({ managedFolders }) => managedFolders.startCopyTo(key, id, target, { writeMode: "APPEND" }),
      ],
    },
  },
  comesWith: {
    "DSSManagedFolder.get_zone": "flow",
    "DSSManagedFolder.move_to_zone": "flow",
    "DSSManagedFolder.share_to_zone": "flow",
    "DSSManagedFolder.unshare_from_zone": "flow",
    "DSSManagedFolder.create_dataset_from_files": "dataset",
  },
  withoutRequest: {
    "DSSProject.get_managed_folder": "ManagedFolders.get",
    "DSSManagedFolder.id": "ManagedFolder",
    "DSSManagedFolderSettings.get_raw": "ManagedFolders.get",
    "DSSManagedFolderSettings.get_raw_params": "ManagedFolderParams",
    "DSSManagedFolderSettings.type": "ManagedFolderType",
    "DSSManagedFolderSettings.remove_partitioning": "removePartitioning",
    "DSSManagedFolderSettings.add_discrete_partitioning_dimension": "addValuePartitioning",
    "DSSManagedFolderSettings.add_time_partitioning_dimension": "addTimePartitioning",
    "DSSManagedFolderSettings.set_partitioning_file_pattern": "setPartitioningPattern",
  },
  samples: {
    "GET /projects/{}/managedfolders/": [{ id, name: "f" }],
    "POST /projects/{}/managedfolders/": { id, name: "f" },
    "GET /projects/{}/managedfolders/{}": { id, name: "f" },
    "POST /projects/{}/managedfolders/{}/contents/{}/{}": { path: "/a", size: 1, lastModified: 1 },
    "POST /projects/{}/managedfolders/{}/contents/{}": { path: "/a", size: 1, lastModified: 1 },
  },
};

export default managedFolders;
