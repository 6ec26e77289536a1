/**
 * Failures inside a success: DSS answers 200, and the messages of the answer say that the work failed.
 *
 * @module
 * @internal
 */
import * as Exit from "effect/Exit";
import * as Schema from "effect/Schema";
import { InfoMessages } from "../json/info_messages.ts";

const decodesMessages = Schema.decodeUnknownExit(InfoMessages);

const noMessages: InfoMessages = {
  anyMessage: false,
  success: false,
  warning: false,
  error: false,
  fatal: false,
  messages: [],
};

/** Messages that say that the work failed, in an answer or in its `messages`; the official client too goes by the flags alone. */
export const failureMessages = (answer: unknown): InfoMessages | undefined => {
  const candidates = [answer, (answer as { readonly messages?: unknown } | null | undefined)?.messages];
  for (const candidate of candidates) {
    const { error, fatal } = (candidate ?? {}) as Partial<InfoMessages>;
    if (error !== true && fatal !== true) continue;
    const decoded = decodesMessages({ ...noMessages, ...candidate as Partial<InfoMessages> });
    return Exit.isSuccess(decoded) ? decoded.value : { ...noMessages, error: error === true, fatal: fatal === true };
  }
  return undefined;
};

/** Messages that say one thing: that the work failed. */
export const errorMessages = (message: string): InfoMessages => ({
  ...noMessages,
  anyMessage: true,
  error: true,
  messages: [{ severity: "ERROR", message }],
});

/** What the worst of the messages says. */
export const worstMessage = ({ messages }: InfoMessages): string | undefined => {
  const worst = messages.find(({ severity, isFatal }) => isFatal === true || severity === "ERROR");
  return worst?.message ?? worst?.title ?? worst?.code ?? undefined;
};
