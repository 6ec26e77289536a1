/** Connections: our calls for those of the official client. */
import { flow } from "effect";
import { setDetailsReadableBy, setUsableBy } from "../../../mod.ts";
import type { ServiceRecord } from "../../../services/all_services.ts";
import type { Noun } from "../harness/noun.ts";

const list = ({ connections }: ServiceRecord) => connections.list();
const info = ({ connections }: ServiceRecord) => connections.info("pg");
const settings = ({ connections }: ServiceRecord) => connections.settings("pg");

const connections: Noun = {
  areas: [],
  methods: {
    "DSSClient.list_connections": { ours: "Connections.list", calls: [list, list, list] },
    "DSSClient.list_connections_names": {
      ours: "Connections.names",
      calls: [({ connections }) => connections.names("PostgreSQL"), ({ connections }) => connections.names()],
    },
    "DSSClient.create_connection": {
      ours: "Connections.create",
      calls: [
        ({ connections }) => connections.create("pg", "PostgreSQL"),
        ({ connections }) =>
          connections.create("pg", "PostgreSQL", { params: { host: "h" }, allowedGroups: ["g"], description: "d" }),
      ],
    },
    "DSSClient.catalog_index_connections": {
      ours: "Connections.index",
      calls: [
        ({ connections }) => connections.index([]),
        ({ connections }) => connections.index(["pg"], { all: true, mode: "SCAN" }),
      ],
    },
    "DSSConnectionListItem.to_connection": { ours: "Connections.list", calls: [list] },
    "DSSConnection.get_location_info": { ours: "Connections.info", calls: [info] },
    "DSSConnection.get_info": {
      ours: "Connections.info",
      calls: [info, ({ connections }) => connections.info("pg", { contextualProjectKey: "WIRE_PROJ" })],
    },
    "DSSConnection.delete": { ours: "Connections.delete", calls: [({ connections }) => connections.delete("pg")] },
    "DSSConnection.get_settings": { ours: "Connections.settings", calls: [settings] },
    "DSSConnection.get_definition": { ours: "Connections.settings", calls: [settings] },
    "DSSConnection.set_definition": {
      ours: "Connections.saveSettings",
      calls: [({ connections }) => connections.saveSettings("pg", { name: "pg" } as never)],
    },
    "DSSConnection.sync_root_acls": {
      ours: "Connections.startAclSync",
      calls: [({ connections }) => connections.startAclSync("pg", "root")],
    },
    "DSSConnection.sync_datasets_acls": {
      ours: "Connections.startAclSync",
      // The official client asks for the root here too, which is not what it says.
      calls: [({ connections }) => connections.startAclSync("pg", "root")],
    },
    "DSSConnection.test": { ours: "Connections.test", calls: [({ connections }) => connections.test("pg")] },
    "DSSConnectionSettings.save": {
      ours: "Connections.updateSettings",
      calls: [
        ({ connections }) =>
          connections.updateSettings(
            "pg",
            flow(setUsableBy(["g"]), setDetailsReadableBy(["g"]), (settings) => ({
              ...settings,
              allowManagedDatasets: false,
              allowManagedFolders: false,
              allowKnowledgeBanks: false,
              allowWrite: false,
            })),
          ),
        ({ connections }) => connections.updateSettings("pg", flow(setUsableBy("ALL"), setDetailsReadableBy("ALL"))),
      ],
    },
  },
  withoutRequest: {
    "DSSClient.get_connection": "Connections.settings",
    "DSSConnectionListItem.name": "ConnectionSettings.name",
    "DSSConnectionListItem.type": "ConnectionSettings.type",
    "DSSConnectionInfo.get_type": "ConnectionInfo.type",
    "DSSConnectionInfo.get_credential_mode": "ConnectionInfo.credentialsMode",
    "DSSConnectionInfo.get_params": "ConnectionInfo.params",
    "DSSConnectionInfo.get_resolved_params": "ConnectionInfo.resolvedParams",
    "DSSConnectionInfo.get_basic_credential": "ConnectionInfo.resolvedBasicCredential",
    "DSSConnectionInfo.get_aws_credential": "ConnectionInfo.resolvedAWSCredential",
    "DSSConnectionInfo.get_oauth2_credential": "ConnectionInfo.resolvedOAuth2Credential",
    "DSSConnectionSettings.get_raw": "Connections.settings",
    "DSSConnectionSettings.type": "ConnectionSettings.type",
    "DSSConnectionSettings.allow_managed_datasets": "ConnectionSettings.allowManagedDatasets",
    "DSSConnectionSettings.allow_managed_folders": "ConnectionSettings.allowManagedFolders",
    "DSSConnectionSettings.allow_knowledge_banks": "ConnectionSettings.allowKnowledgeBanks",
    "DSSConnectionSettings.allow_write": "ConnectionSettings.allowWrite",
    "DSSConnectionSettings.details_readability": "ConnectionSettings.detailsReadability",
    "DSSConnectionSettings.usable_by": "ConnectionSettings.usableBy",
    "DSSConnectionSettings.usable_by_allowed_groups": "ConnectionSettings.allowedGroups",
    "DSSConnectionSettings.set_usability": "setUsableBy",
    "DSSConnectionDetailsReadability.readable_by": "DetailsReadability.readableBy",
    "DSSConnectionDetailsReadability.allowed_groups": "DetailsReadability.allowedGroups",
    "DSSConnectionDetailsReadability.set_readability": "setDetailsReadableBy",
  },
  samples: {
    "GET /admin/connections/": { pg: { name: "pg", type: "PostgreSQL" } },
  },
};

export default connections;
