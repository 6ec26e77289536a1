/**
 * Everything that a failing effect shows to anybody: its error in every form, the spans, and what is logged.
 *
 * @module
 */
import { Cause, Effect, Exit, Formatter, Layer, Logger, References, Tracer } from "effect";
import { inspect } from "node:util";

const everything = (value: unknown): string =>
  inspect(value, { depth: Infinity, showHidden: true, maxStringLength: Infinity, maxArrayLength: Infinity });

/** Runs an effect, and gives its end with one text of all that is shown on the way and of its error. */
export const shownBy = <A, E, R>(
  effect: Effect.Effect<A, E, R>,
): Effect.Effect<readonly [exit: Exit.Exit<A, E>, shown: string], never, R> =>
  Effect.gen(function* () {
    const spans: Array<Tracer.NativeSpan> = [];
    const logged: Array<unknown> = [];
    const tracer = Tracer.make({
      span(options) {
        const span = new Tracer.NativeSpan(options);
        spans.push(span);
        return span;
      },
    });
    const loggers = Logger.layer([
      Logger.map(Logger.formatSimple, (line) => void logged.push(line)),
      Logger.map(Logger.formatLogFmt, (line) => void logged.push(line)),
      Logger.map(Logger.formatJson, (line) => void logged.push(line)),
      Logger.map(Logger.formatStructured, (line) => void logged.push(everything(line))),
      Logger.tracerLogger,
    ]);
    const exit = yield* Effect.exit(effect).pipe(
      Effect.tap((exit) => Exit.isFailure(exit) ? Effect.logError("it failed", exit.cause) : Effect.void),
      Effect.withSpan("whole"),
      Effect.provide(Layer.merge(loggers, Layer.succeed(Tracer.Tracer, tracer))),
      Effect.provideService(References.MinimumLogLevel, "All"),
    );
    const errors = Exit.isFailure(exit)
      ? exit.cause.reasons.flatMap((reason): ReadonlyArray<unknown> =>
        Cause.isFailReason(reason) ? [reason.error] : Cause.isDieReason(reason) ? [reason.defect] : []
      )
      : [];
    const forms = errors.flatMap((error) => [
      everything(error),
      JSON.stringify(error),
      Formatter.format(error),
      Formatter.formatJson(error),
      String(error),
      error instanceof Error ? `${error.message}\n${error.stack}` : "",
    ]);
    const cause = Exit.isFailure(exit) ? [Cause.pretty(exit.cause), String(exit.cause), everything(exit.cause)] : [];
    const traced = spans.map(({ name, attributes, events, status, links }) =>
      // What a span ended with is shown when it is a failure; a value is the caller's to show.
      everything({
        name,
        attributes,
        events,
        links,
        end: status._tag === "Ended" && Exit.isFailure(status.exit) ? status : {},
      })
    );
    return [exit, [...forms, ...cause, ...traced, ...logged].join("\n")] as const;
  });
