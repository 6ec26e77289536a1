/** Who asks: our calls for those of the official client. */
import { Redacted } from "effect";
import { Dss } from "../../../mod.ts";
import type { ServiceRecord } from "../../../services/all_services.ts";
import type { Noun } from "../harness/noun.ts";

const headers = { Cookie: Redacted.make("dss_access_token=x") };

const asBob = ({ auth }: ServiceRecord) => Dss.as(auth.info(), "bob");

const auth: Noun = {
  areas: [],
  methods: {
    "DSSClient.get_auth_info": {
      ours: "Auth.info",
      calls: [({ auth }) => auth.info(), ({ auth }) => auth.info({ withSecrets: true })],
    },
    "DSSClient.get_auth_info_from_browser_headers": {
      ours: "Auth.infoFromBrowserHeaders",
      calls: [
        ({ auth }) => auth.infoFromBrowserHeaders(headers),
        ({ auth }) => auth.infoFromBrowserHeaders(headers, { withSecrets: true }),
      ],
    },
    "DSSClient.get_ticket_from_browser_headers": {
      ours: "Auth.ticketFromBrowserHeaders",
      calls: [({ auth }) => auth.ticketFromBrowserHeaders(headers)],
    },
    "DSSClient.get_ticket": { ours: "Auth.ticket", calls: [({ auth }) => auth.ticket()] },
    "DSSPermissionsCheckRequest.execute_raw": {
      ours: "Auth.checkPermissions",
      calls: [
        ({ auth }) => auth.checkPermissions([{ objectType: "DATASET", objectProjectKey: "WIRE_PROJ", objectId: "x" }]),
      ],
    },
    "DSSUser.get_client_as": { ours: "Dss.as", calls: [asBob, asBob] },
  },
  withoutRequest: {
    "DSSClient.new_permission_check": "Auth.checkPermissions",
    "DSSPermissionsCheckRequest.with_item": "Auth.checkPermissions",
  },
  samples: { "GET /auth/info": { authIdentifier: "bob" }, "POST /auth/ticket": { ticket: "t" } },
};

export default auth;
