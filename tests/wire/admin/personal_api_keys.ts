/** Personal API keys: our calls for those of the official client. */
import type { ServiceRecord } from "../../../services/all_services.ts";
import type { Noun } from "../harness/noun.ts";

const list = ({ personalApiKeys }: ServiceRecord) => personalApiKeys.list();
const listAll = ({ personalApiKeys }: ServiceRecord) => personalApiKeys.listAll();

const personalApiKeys: Noun = {
  areas: [],
  methods: {
    "DSSClient.list_personal_api_keys": { ours: "PersonalApiKeys.list", calls: [list, list] },
    "DSSClient.list_all_personal_api_keys": { ours: "PersonalApiKeys.listAll", calls: [listAll, listAll] },
    "DSSClient.create_personal_api_key": {
      ours: "PersonalApiKeys.create",
      calls: [
        ({ personalApiKeys }) => personalApiKeys.create(),
        ({ personalApiKeys }) => personalApiKeys.create({ label: "L", description: "D" }),
      ],
    },
    "DSSClient.create_personal_api_key_for_user": {
      ours: "PersonalApiKeys.createFor",
      calls: [
        ({ personalApiKeys }) => personalApiKeys.createFor("bob"),
        ({ personalApiKeys }) => personalApiKeys.createFor("bob", { label: "L", description: "D" }),
      ],
    },
    "DSSPersonalApiKeyListItem.to_personal_api_key": { ours: "PersonalApiKeys.list", calls: [list] },
    "DSSPersonalApiKey.get_definition": {
      ours: "PersonalApiKeys.definition",
      calls: [({ personalApiKeys }) => personalApiKeys.definition("pk1")],
    },
    "DSSPersonalApiKey.set_definition": {
      ours: "PersonalApiKeys.saveDefinition",
      calls: [({ personalApiKeys }) => personalApiKeys.saveDefinition("pk1", { id: "pk1", label: "X" })],
    },
    "DSSPersonalApiKey.delete": {
      ours: "PersonalApiKeys.delete",
      calls: [({ personalApiKeys }) => personalApiKeys.delete("pk1")],
    },
  },
  withoutRequest: {
    "DSSClient.get_personal_api_key": "PersonalApiKeys.get",
    "DSSPersonalApiKeyListItem.id": "PersonalApiKey.id",
    "DSSPersonalApiKeyListItem.user": "PersonalApiKey.user",
    "DSSPersonalApiKeyListItem.key": "PersonalApiKey.key",
    "DSSPersonalApiKeyListItem.label": "PersonalApiKey.label",
    "DSSPersonalApiKeyListItem.description": "PersonalApiKey.description",
    "DSSPersonalApiKeyListItem.created_on": "PersonalApiKey.createdAt",
    "DSSPersonalApiKeyListItem.created_by": "PersonalApiKey.createdBy",
  },
};

export default personalApiKeys;
