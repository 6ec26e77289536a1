/** Global API keys: our calls for those of the official client. */
import { Effect, Redacted } from "effect";
import type { ServiceRecord } from "../../../services/all_services.ts";
import type { Noun } from "../harness/noun.ts";

const list = ({ globalApiKeys }: ServiceRecord) => globalApiKeys.list();
const read = ({ globalApiKeys }: ServiceRecord) => globalApiKeys.get("gk1");
const readTwice = (services: ServiceRecord) => Effect.andThen(read(services), services.globalApiKeys.definition("gk1"));

const globalApiKeys: Noun = {
  areas: [],
  methods: {
    "DSSClient.list_global_api_keys": { ours: "GlobalApiKeys.list", calls: [list, list] },
    "DSSClient.get_global_api_key": {
      ours: "GlobalApiKeys.getBySecret",
      calls: [({ globalApiKeys }) => globalApiKeys.getBySecret(Redacted.make("secret"))],
    },
    "DSSClient.get_global_api_key_by_id": { ours: "GlobalApiKeys.get", calls: [read] },
    "DSSClient.create_global_api_key": {
      ours: "GlobalApiKeys.create",
      calls: [
        ({ globalApiKeys }) => globalApiKeys.create(),
        ({ globalApiKeys }) => globalApiKeys.create({ label: "L", description: "D", admin: true }),
        ({ globalApiKeys }) => globalApiKeys.create(),
      ],
    },
    "DSSClient.create_global_api_key_with_groups": {
      ours: "GlobalApiKeys.createWithGroups",
      calls: [
        ({ globalApiKeys }) => globalApiKeys.createWithGroups(["g"], { label: "L", description: "D" }),
        ({ globalApiKeys }) => globalApiKeys.createWithGroups([]),
      ],
    },
    "DSSGlobalApiKeyListItem.to_global_api_key": { ours: "GlobalApiKeys.list", calls: [list] },
    "DSSGlobalApiKey.delete": {
      ours: "GlobalApiKeys.delete",
      calls: [(services) => Effect.andThen(read(services), services.globalApiKeys.delete("gk1"))],
    },
    "DSSGlobalApiKey.get_definition": { ours: "GlobalApiKeys.definition", calls: [readTwice, readTwice] },
    "DSSGlobalApiKey.set_definition": {
      ours: "GlobalApiKeys.saveDefinition",
      calls: [
        (services) =>
          Effect.andThen(read(services), services.globalApiKeys.saveDefinition("gk1", { id: "gk1", label: "X" })),
      ],
    },
    "DSSGlobalApiKeyDefinition.save": {
      ours: "GlobalApiKeys.updateDefinition",
      calls: [
        (services) =>
          Effect.andThen(
            read(services),
            services.globalApiKeys.updateDefinition("gk1", (definition) => ({
              ...definition,
              label: "X",
              description: "d",
              dssUserForImpersonation: "u",
              groups: ["g"],
              expiry: 3,
            })),
          ),
      ],
    },
  },
  withoutRequest: {
    "DSSGlobalApiKeyDefinition.id": "GlobalApiKeyDefinition.id",
    "DSSGlobalApiKeyDefinition.label": "GlobalApiKeyDefinition.label",
    "DSSGlobalApiKeyDefinition.description": "GlobalApiKeyDefinition.description",
    "DSSGlobalApiKeyDefinition.user_for_impersonation": "GlobalApiKeyDefinition.dssUserForImpersonation",
    "DSSGlobalApiKeyDefinition.groups": "GlobalApiKeyDefinition.groups",
    "DSSGlobalApiKeyDefinition.created_on": "GlobalApiKeyDefinition.createdOn",
    "DSSGlobalApiKeyDefinition.created_by": "GlobalApiKeyDefinition.createdBy",
    "DSSGlobalApiKeyDefinition.expires_on": "GlobalApiKeyDefinition.expiresOn",
    "DSSGlobalApiKeyDefinition.lifetime": "GlobalApiKeyDefinition.expiry",
    "DSSGlobalApiKeyListItem.id": "GlobalApiKey.id",
    "DSSGlobalApiKeyListItem.user_for_impersonation": "GlobalApiKey.dssUserForImpersonation",
    "DSSGlobalApiKeyListItem.key": "GlobalApiKey.key",
    "DSSGlobalApiKeyListItem.label": "GlobalApiKey.label",
    "DSSGlobalApiKeyListItem.description": "GlobalApiKey.description",
    "DSSGlobalApiKeyListItem.created_on": "GlobalApiKey.createdAt",
    "DSSGlobalApiKeyListItem.created_by": "GlobalApiKey.createdBy",
    "DSSGlobalApiKeyListItem.groups": "GlobalApiKey.groups",
  },
};

export default globalApiKeys;
