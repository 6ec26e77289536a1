/** Data collections: our calls for those of the official client. */
import { Effect } from "effect";
import { administratorAccess, contributorAccess, readerAccess } from "../../../mod.ts";
import type { ServiceRecord } from "../../../services/all_services.ts";
import type { Noun } from "../harness/noun.ts";

const [id, project] = ["dc1", "WIRE_PROJ"];
const list = ({ dataCollections }: ServiceRecord) => dataCollections.list();
const objects = ({ dataCollections }: ServiceRecord) => dataCollections.objects(id);
const [group, user] = [{ group: "g" }, { user: "u" }];
const permissions = [group, user].flatMap((member) => [
  administratorAccess(member),
  contributorAccess(member),
  readerAccess(member),
]);

const dataCollections: Noun = {
  areas: ["datacollection"],
  methods: {
    "DSSClient.list_data_collections": { ours: "DataCollections.list", calls: [list, list, list] },
    "DSSClient.create_data_collection": {
      ours: "DataCollections.create",
      calls: [
        ({ dataCollections }) => dataCollections.create("DC"),
        ({ dataCollections }) =>
          dataCollections.create("DC", {
            id,
            tags: ["t"],
            description: "d",
            color: "#fff",
            permissions: [{ group: "g", read: true }],
          }),
      ],
    },
    "DSSDataCollection.get_settings": {
      ours: "DataCollections.settings",
      calls: [({ dataCollections }) => dataCollections.settings(id)],
    },
    "DSSDataCollection.list_objects": { ours: "DataCollections.objects", calls: [objects, objects] },
    "DSSDataCollection.add_object": {
      ours: "DataCollections.addObject",
      calls: [
        ({ dataCollections }) => dataCollections.addDataset(id, project, "x"),
        ({ dataCollections }) => dataCollections.addObject(id, { type: "DATASET", projectKey: "P", id: "y" }),
        ({ dataCollections }) =>
          Effect.andThen(dataCollections.objects(id), dataCollections.addDataset(id, project, "x")),
      ],
    },
    "DSSDataCollection.delete": {
      ours: "DataCollections.delete",
      calls: [({ dataCollections }) => dataCollections.delete(id)],
    },
    "DSSDataCollectionItem.remove": {
      ours: "DataCollections.removeDataset",
      calls: [
        ({ dataCollections }) =>
          Effect.andThen(dataCollections.objects(id), dataCollections.removeDataset(id, project, "x")),
      ],
    },
    "DSSDataCollectionSettings.save": {
      ours: "DataCollections.updateSettings",
      calls: [({ dataCollections }) =>
        dataCollections.updateSettings(id, (found) => ({
          ...found,
          displayName: "n",
          color: "c",
          description: "d",
          tags: [],
          permissions,
        }))],
    },
  },
  withoutRequest: {
    "DSSClient.get_data_collection": "DataCollections.settings",
    "DSSDataCollectionListItem.get_raw": "DataCollections.list",
    "DSSDataCollectionListItem.id": "DataCollection",
    "DSSDataCollectionListItem.display_name": "DataCollection",
    "DSSDataCollectionListItem.description": "DataCollection",
    "DSSDataCollectionListItem.color": "DataCollection",
    "DSSDataCollectionListItem.tags": "DataCollection",
    "DSSDataCollectionListItem.item_count": "DataCollection",
    "DSSDataCollectionListItem.last_modified_on": "DataCollection.modifiedAt",
    "DSSDataCollectionListItem.to_data_collection": "DataCollections.settings",
    "DSSDataCollectionItem.get_raw": "DataCollectionObject",
    "DSSDataCollectionItem.get_as_dataset": "DataCollectionObject",
    "DSSDataCollectionSettings.get_raw": "DataCollections.settings",
    "DSSDataCollectionSettings.id": "DataCollection",
    "DSSDataCollectionSettings.display_name": "DataCollection",
    "DSSDataCollectionSettings.color": "DataCollection",
    "DSSDataCollectionSettings.description": "DataCollection",
    "DSSDataCollectionSettings.tags": "DataCollection",
    "DSSDataCollectionSettings.permissions": "DataCollection",
    "DSSDataCollectionPermissionItem.admin_group": "administratorAccess",
    "DSSDataCollectionPermissionItem.contributor_group": "contributorAccess",
    "DSSDataCollectionPermissionItem.reader_group": "readerAccess",
    "DSSDataCollectionPermissionItem.admin_user": "administratorAccess",
    "DSSDataCollectionPermissionItem.contributor_user": "contributorAccess",
    "DSSDataCollectionPermissionItem.reader_user": "readerAccess",
  },
};

export default dataCollections;
