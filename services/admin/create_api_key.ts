/**
 * Creating API keys: DSS answers a success also when there is no new key.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import type * as Redacted from "effect/Redacted";
import * as Schema from "effect/Schema";
import { InfoMessages } from "../../src/json/info_messages.ts";
import { decodeValue } from "../../src/transport/answer.ts";
import type { Dss } from "../../src/connection/dss.ts";
import { DssError } from "../../src/errors/dss_error.ts";
import { failureMessages, worstMessage } from "../../src/operation/failure_messages.ts";
import { oneLine } from "../../src/errors/one_line.ts";
import type { DssRequest } from "../../src/transport/request.ts";
import { type ErrorClass, errorClass } from "../../src/errors/error_class.ts";

const ApiKeyCreationFailedBase: ErrorClass<ApiKeyCreationFailed, "ApiKeyCreationFailed", "method" | "id" | "messages"> =
  errorClass("ApiKeyCreationFailed", () => ({
    method: Schema.String,
    id: Schema.optionalKey(Schema.String),
    messages: Schema.optionalKey(InfoMessages),
  }));

/** DSS answered a success, but no API key that can be used. */
export class ApiKeyCreationFailed extends ApiKeyCreationFailedBase {
  /** The method that asked for the key. */
  declare readonly method: string;
  /** Id of a key that was created all the same, but whose secret DSS did not give: nobody can use it. */
  declare readonly id?: string;
  /** The messages that say why there is none. */
  declare readonly messages?: InfoMessages;
  /** One line. */
  override get message(): string {
    if (this.messages !== undefined) {
      return `${this.method}: No API key was created (${
        oneLine(worstMessage(this.messages) ?? "DSS does not say why")
      })`;
    }
    return this.id === undefined
      ? `${this.method}: DSS answered a success without an API key: look whether there is a new one`
      : `${this.method}: DSS created the API key ${this.id} without giving its secret: delete it`;
  }
}

/** An API key that was just created: the one time that its secret is certainly there. */
export type CreatedApiKey<Key> = Key & {
  /** The secret. */
  readonly key: Redacted.Redacted<string>;
};

/** @internal Creates an API key. */
export const createApiKey = <
  Key extends { readonly id: string; readonly key?: Redacted.Redacted<string> | null },
>(
  dss: Dss,
  method: string,
  request: DssRequest,
  schema: Schema.Codec<Key, unknown>,
): Effect.Effect<CreatedApiKey<Key>, DssError | ApiKeyCreationFailed> =>
  Effect.gen(function* () {
    const answer = yield* dss.json(method, request, Schema.Unknown);
    const messages = failureMessages(answer);
    if (messages !== undefined) {
      return yield* Effect.fail(new ApiKeyCreationFailed({ method, messages: dss.withoutSecrets(messages, request) }));
    }
    if (((answer as { readonly id?: unknown } | null)?.id ?? "") === "") {
      return yield* Effect.fail(new ApiKeyCreationFailed({ method }));
    }
    const created = yield* Effect.mapError(
      decodeValue(answer, schema),
      (reason) => new DssError({ method, reason }),
    );
    const { id, key } = created;
    return key === undefined || key === null
      ? yield* Effect.fail(new ApiKeyCreationFailed({ method, id }))
      : { ...created, key };
  });
