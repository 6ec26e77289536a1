/**
 * The least that a call takes which can be interrupted, has a deadline and decodes its answer, in a fiber of Effect: one suspension, one
 * controller, one timer. No retry, no permit, no error is told from another.
 *
 * @module
 */
import { Effect, Schema } from "effect";
import { FutureState } from "../../mod.ts";

const decode = Schema.decodeUnknownEffect(FutureState);

/** Asks for the state of a future. */
export const oneCall = (url: string, headers: Record<string, string>): Effect.Effect<unknown, unknown> =>
  Effect.callback<string, unknown>((resume) => {
    const controller = new AbortController();
    const timer = setTimeout(() => controller.abort(), 30_000);
    fetch(url, { headers, redirect: "manual", signal: controller.signal }).then((answer) => answer.text())
      .then((text) => resume(Effect.succeed(text)), (cause) => resume(Effect.fail(cause)))
      .finally(() => clearTimeout(timer));
    return Effect.sync(() => controller.abort());
  }).pipe(Effect.flatMap((text) => decode(JSON.parse(text))));
