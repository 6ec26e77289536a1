/** Notebooks that run: our calls for those of the official client. */
import { Effect } from "effect";
import type { ServiceRecord } from "../../../services/all_services.ts";
import type { Noun } from "../harness/noun.ts";

const [key, name] = ["WIRE_PROJ", "nb 1"];
const listAll = ({ runningNotebooks }: ServiceRecord) => runningNotebooks.listAll();
const list = ({ runningNotebooks }: ServiceRecord) => runningNotebooks.list(key);
const get = ({ runningNotebooks }: ServiceRecord) => runningNotebooks.get(key, name);
const unload = (sessionId: string) => ({ runningNotebooks }: ServiceRecord) =>
  Effect.andThen(runningNotebooks.listAll(), runningNotebooks.unload(key, name, sessionId));

const runningNotebooks: Noun = {
  areas: ["notebook"],
  methods: {
    "DSSClient.list_running_notebooks": { ours: "RunningNotebooks.listAll", calls: [listAll, listAll, listAll] },
    "DSSProject.list_running_notebooks": { ours: "RunningNotebooks.list", calls: [list, list] },
    "DSSNotebook.unload": { ours: "RunningNotebooks.unload", calls: [unload("sess1"), unload("sess2")] },
    "DSSNotebook.get_state": { ours: "RunningNotebooks.get", calls: [get] },
    "DSSNotebook.get_sessions": { ours: "RunningNotebooks.get", calls: [get] },
    "DSSNotebook.get_object_discussions": {
      ours: "Discussions.list",
      calls: [({ discussions, runningNotebooks }) =>
        Effect.andThen(
          runningNotebooks.listAll(),
          discussions.list({ projectKey: key, type: "JUPYTER_NOTEBOOK", id: name }),
        )],
    },
  },
};

export default runningNotebooks;
