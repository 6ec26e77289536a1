import { Effect } from "effect";
import { ExternalUser } from "../../../mod.ts";
import { document, optional } from "../document.ts";
import { itIsReturned } from "../returned.ts";

itIsReturned("a user of a supplier", {
  document: document({
    login: optional("omar"),
    displayName: optional("Omar Haddad"),
    email: optional("omar@example.com"),
    groups: optional(["readers"]),
    attributes: optional({ uid: ["7"] }),
  }),
  schema: ExternalUser,
  through: {
    "ExternalUsers.fetch": {
      answers: (document) => [{ hasResult: true, result: [document] }],
      call: ({ externalUsers }) => Effect.map(externalUsers.fetch("LDAP"), ([user]) => user!),
    },
  },
});
