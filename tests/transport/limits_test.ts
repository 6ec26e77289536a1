import { describe, expect, it, vi } from "@effect/vitest";
import { Clock, Effect, Fiber, Ref, Schema, Stream } from "effect";
import { TestClock } from "effect/testing";
import { HttpServerResponse } from "effect/http";
import { Dss, type DssError, get, path, post, put } from "../../mod.ts";
import { Gathered } from "../../src/transport/joined.ts";
import { dssServer, json, Received, reset, type ServerOptions, streamed } from "../fixtures/dss_server.ts";
import { during } from "../fixtures/virtual_time.ts";

const target = path`/things/`;
const text = Effect.flatMap(Dss, (dss) => dss.text("X.y", get(target)));
const bytes = Stream.unwrap(Effect.map(Dss, (dss) => dss.stream("X.y", get(target))));
const noRetry = { retry: { times: 0 } };

/** What comes of an effect, and after how many milliseconds. */
const timed = <A, E, R>(effect: Effect.Effect<A, E, R>) =>
  Effect.gen(function* () {
    const ended = yield* Ref.make(0);
    const start = yield* Clock.currentTimeMillis;
    const value = yield* during(
      "1 day",
      Effect.ensuring(effect, Effect.flatMap(Clock.currentTimeMillis, (at) => Ref.set(ended, at - start))),
    );
    return [value, yield* Ref.get(ended)] as const;
  });

describe("the size of a body", () => {
  const large = "x".repeat(1000);

  it.effect("over the limit it is TooLarge, whether its length is said or not", () =>
    Effect.gen(function* () {
      for (let nth = 1; nth <= 2; nth++) {
        expect((yield* Effect.flip(text)).reason).toMatchObject({ _tag: "TooLarge", limit: 999 });
      }
      expect((yield* Received).requests).toHaveLength(2);
    }).pipe(Effect.provide(dssServer(
      (_, nth) => nth === 1 ? json(large) : streamed(Stream.make(large)),
      { maxBodyBytes: 999 },
    ))));

  it.effect("over the limit it is not read further", () =>
    Effect.gen(function* () {
      const pieces = yield* Ref.make(0);
      const endless = Stream.fromEffectRepeat(Effect.as(Ref.update(pieces, (n) => n + 1), large));
      const error = yield* Effect.flip(
        Effect.provide(text, dssServer(() => streamed(endless), { maxBodyBytes: 9999 })),
      );
      expect(error.reason._tag).toBe("TooLarge");
      expect(yield* Ref.get(pieces)).toBeLessThanOrEqual(11);
    }));

  it.effect("of exactly the limit it is read; a stream has no limit", () =>
    Effect.gen(function* () {
      expect((yield* text).length).toBe(1002);
      const chunks = yield* Stream.runCollect(bytes);
      expect(chunks.reduce((sum, chunk) => sum + chunk.length, 0)).toBe(2002);
    }).pipe(Effect.provide(dssServer(
      (_, nth) => json(nth === 1 ? large : large + large),
      { maxBodyBytes: 1002 },
    ))));

  it.effect("of an error it is read up to 1 MiB, and its words are kept short", () =>
    Effect.gen(function* () {
      const long = yield* Effect.flip(text);
      expect(long.reason).toMatchObject({ _tag: "ServerFailure", status: 500 });
      expect(long.message.length).toBeLessThan(600);
      const huge = yield* Effect.flip(text);
      expect(huge.reason).toMatchObject({ _tag: "ServerFailure", status: 500 });
    }).pipe(Effect.provide(dssServer((_, nth) => json({ message: "m".repeat(nth === 1 ? 10_000 : 2_000_000) }, 500)))));
});

describe("deadlines", () => {
  const stalled = dssServer(() => Effect.never, noRetry);
  const stalledBody = dssServer(() => streamed(Stream.concat(Stream.make("x"), Stream.never)), noRetry);
  const after = (effect: Effect.Effect<unknown, DssError, Dss>) => timed(Effect.flip(effect));

  it.effect.each([["header", stalled], ["body", stalledBody]] as const)(
    "an answer whose %s never comes ends after 30 s",
    ([, server]) =>
      Effect.gen(function* () {
        const [{ reason }, took] = yield* after(text);
        expect(reason).toMatchObject({ _tag: "TimedOut", waitingFor: "answer" });
        expect(took).toBe(30_000);
      }).pipe(Effect.provide(server)),
  );

  it.effect("a slow verb has 10 minutes", () =>
    Effect.gen(function* () {
      const dss = yield* Dss;
      const [{ reason }, took] = yield* after(dss.empty("X.y", put(target, { slow: true })));
      expect(reason).toMatchObject({ _tag: "OutcomeUnknown", lost: { _tag: "TimedOut" } });
      expect(took).toBe(600_000);
    }).pipe(Effect.provide(stalled)));

  it.effect("a start on the wire ends by its deadline too", () =>
    Effect.gen(function* () {
      const dss = yield* Dss;
      const [{ reason }, took] = yield* after(dss.empty("X.y", post(target, { starts: true })));
      expect(reason).toMatchObject({ _tag: "OutcomeUnknown", lost: { _tag: "TimedOut" } });
      expect(took).toBe(30_000);
    }).pipe(Effect.provide(stalled)));

  it.effect("both are options", () =>
    Effect.gen(function* () {
      const dss = yield* Dss;
      expect((yield* after(dss.text("X.y", get(target))))[1]).toBe(2_000);
      expect((yield* after(dss.text("X.y", get(target, { slow: true }))))[1]).toBe(60_000);
    }).pipe(Effect.provide(dssServer(() => Effect.never, {
      ...noRetry,
      deadline: "2 seconds",
      slowDeadline: "1 minute",
    }))));

  it.effect("a stream flows for as long as bytes come, and ends when none come for a minute", () =>
    Effect.gen(function* () {
      const slow = Stream.concat(
        Stream.fromEffectRepeat(Effect.as(Effect.sleep("50 seconds"), "x")).pipe(Stream.take(100)),
        Stream.never,
      );
      const seen = yield* Ref.make(0);
      const read = Stream.runForEach(bytes, () => Ref.update(seen, (n) => n + 1));
      const [{ reason }, took] = yield* Effect.provide(after(read), dssServer(() => streamed(slow)));
      expect(reason).toMatchObject({ _tag: "TimedOut", waitingFor: "bytes" });
      expect(yield* Ref.get(seen)).toBe(100);
      expect(took).toBe(100 * 50_000 + 60_000);
    }));
});

describe("streams", () => {
  it.effect("an answer that ends early fails, and what came before was handed out", () =>
    Effect.gen(function* () {
      const dss = yield* Dss;
      const seen: Array<number> = [];
      for (const detail of ["4 of 10 bytes", "connection reset by peer"]) {
        const { reason } = yield* Effect.flip(
          Stream.runForEach(dss.stream("X.y", get(target)), ({ length }) => Effect.sync(() => void seen.push(length))),
        );
        expect(reason).toMatchObject({ _tag: "Truncated", detail });
      }
      expect(seen).toEqual([4, 4]);
    }).pipe(Effect.provide(dssServer((_, nth) =>
      nth === 1
        ? streamed(Stream.make("half"), { "content-length": "10" })
        : streamed(Stream.concat(Stream.make("half"), Stream.fromEffect(reset)))
    ))));

  it.effect("a consumer that stops early closes the answer", () =>
    Effect.gen(function* () {
      const closed = yield* Ref.make(false);
      const endless = Stream.ensuring(Stream.forever(Stream.make("x")), Ref.set(closed, true));
      yield* Stream.runDrain(Stream.take(bytes, 3)).pipe(Effect.provide(dssServer(() => streamed(endless))));
      expect(yield* Ref.get(closed)).toBe(true);
    }));
});

describe("concurrency", () => {
  it.effect("at most 8 requests are on the wire; others queue, and are interrupted there", () =>
    Effect.gen(function* () {
      const wire = yield* Ref.make({ now: 0, most: 0 });
      const server = dssServer(() =>
        Effect.acquireUseRelease(
          Ref.update(wire, ({ now, most }) => ({ now: now + 1, most: Math.max(most, now + 1) })),
          () => Effect.as(Effect.sleep("1 second"), json({})),
          () => Ref.update(wire, ({ now, most }) => ({ now: now - 1, most })),
        )
      );
      yield* Effect.gen(function* () {
        const dss = yield* Dss;
        const all = Array.from({ length: 50 }, () => dss.json("X.y", get(target), Schema.Unknown));
        yield* during("7 seconds", Effect.all(all, { concurrency: "unbounded" }));
        expect((yield* Ref.get(wire)).most).toBe(8);
        expect((yield* Received).requests).toHaveLength(50);
        const queue = yield* Effect.forkChild(Effect.all(all, { concurrency: "unbounded" }));
        yield* TestClock.adjust("1500 millis");
        yield* Fiber.interrupt(queue);
        expect((yield* Received).requests).toHaveLength(50 + 16);
        yield* during("7 seconds", Effect.all(all, { concurrency: "unbounded" }));
        expect((yield* Received).requests).toHaveLength(50 + 16 + 50);
      }).pipe(Effect.provide(server));
    }));

  it.effect("the limit is an option, and a pause before a retry does not count", () =>
    Effect.gen(function* () {
      const dss = yield* Dss;
      const both = Effect.all([dss.text("X.y", get(path`/down`)), dss.text("X.y", get(path`/up`))], {
        concurrency: "unbounded",
      });
      yield* Effect.flip(during("1 hour", both));
      const { requests } = yield* Received;
      const [down, again] = requests.filter(({ target }) => target === "/down");
      expect(requests.find(({ target }) => target === "/up")!.at).toBe(down!.at);
      expect(again!.at).toBeGreaterThan(down!.at);
    }).pipe(Effect.provide(dssServer(({ target }) => target === "/down" ? reset : json({}), { concurrency: 1 }))));
});

describe("JSON that would take long to read", () => {
  const json = Effect.flatMap(Dss, (dss) => dss.json("X.y", get(target), Schema.Unknown));
  const encoded = (body: string): Uint8Array => new TextEncoder().encode(body);
  const answering = (bytes: Uint8Array, options: ServerOptions = {}, length?: number) =>
    dssServer(
      () =>
        HttpServerResponse.stream(Stream.fromIterable([bytes.subarray(0, 1000), bytes.subarray(1000)]), {
          headers: length === undefined ? {} : { "content-length": `${length}` },
        }),
      { ...noRetry, ...options },
    );
  const mega = 1_048_576;
  const deep = (depth: number): string => `${"[".repeat(depth)}${"]".repeat(depth)}`;

  const malformed: ReadonlyArray<readonly [name: string, body: string, tag: string, detail: string]> = [
    ["blanks in a list", `[${" ".repeat(9 * mega)}`, "Truncated", "its JSON is not complete"],
    ["lists that are not closed", "[".repeat(2 * mega), "Truncated", "its JSON is not complete"],
    ["objects that are not closed", '{"a":'.repeat(mega), "Truncated", "its JSON is not complete"],
    ["a text that is not closed", `["${"a".repeat(9 * mega)}`, "Truncated", "its JSON is not complete"],
    ["escapes that do not end", `["${"\\".repeat(9 * mega)}`, "Truncated", "its JSON is not complete"],
    ["lists in lists, all closed", deep(2 * mega), "Undecodable", "it is nested 2097152 deep"],
    [
      "lists in lists behind blanks",
      `${" ".repeat(9 * mega)}${deep(mega + 1)}`,
      "Undecodable",
      "it is nested 1048577 deep",
    ],
    ["blanks only", " ".repeat(9 * mega), "UnexpectedContent", ""],
    ["what is no JSON", `upstream "${"x".repeat(9 * mega)}`, "UnexpectedContent", expect.stringMatching(/^upstream/)],
  ];
  it.live.each(malformed)(
    "is refused without being parsed when it is deep, or read again: %s",
    ([, body, _tag, detail]) =>
      Effect.gen(function* () {
        // How long it takes is measured by the benchmark: here, that nothing is done that takes long.
        const parse = vi.spyOn(JSON, "parse");
        const { reason, message } = yield* Effect.flip(Effect.provide(json, answering(encoded(body))));
        const parsed = parse.mock.calls.filter(([text]) => text.length > mega);
        parse.mockRestore();
        expect(reason).toMatchObject({ _tag, detail });
        expect(message.length).toBeLessThan(500);
        expect(parsed.length).toBeLessThanOrEqual(/[[{]{3}|(\{"a":){3}/.test(body) ? 0 : 1);
      }),
  );

  it.live("is Undecodable where it came as long as it was promised", () =>
    Effect.gen(function* () {
      const body = encoded(`[${" ".repeat(9 * mega)}`);
      const { reason } = yield* Effect.flip(Effect.provide(json, answering(body, {}, body.length)));
      expect(reason).toMatchObject({ _tag: "Undecodable", detail: "it is not complete JSON" });
    }));

  it.live("is read when it is whole, and there is time", () =>
    Effect.gen(function* () {
      const whole = JSON.stringify(
        Array.from({ length: 100_000 }, (_, at) => ({ at, name: `"[{\\é ${at}`.repeat(9) })),
      );
      expect(whole.length).toBeGreaterThan(9 * mega);
      expect(JSON.stringify(yield* Effect.provide(json, answering(encoded(whole))))).toBe(whole);
    }));

  it.effect("is TimedOut when the deadline would pass in the middle of it", () =>
    Effect.gen(function* () {
      const whole = JSON.stringify(Array.from({ length: 2_000_000 }, () => 1234));
      const at = (deadline: number) => Effect.exit(Effect.provide(json, answering(encoded(whole), { deadline })));
      expect(yield* Effect.flip(Effect.provide(json, answering(encoded(whole), { deadline: 100 })))).toMatchObject({
        reason: { _tag: "TimedOut", waitingFor: "answer" },
      });
      expect((yield* at(1000))._tag).toBe("Success");
    }));
});

describe("pieces of an answer", () => {
  it("are gathered into what they were, however they come", () => {
    const bytes = new Uint8Array(3_000_000).map((_, at) => at * 31 + (at >> 8));
    for (const size of [1000, 65_536, 1_048_576, 2_999_999, 3_000_000, 4_000_000]) {
      const gathered = new Gathered(3_000_000);
      for (let at = 0; at < bytes.length; at += size) expect(gathered.add(bytes.subarray(at, at + size))).toBe(true);
      expect(gathered.add(new Uint8Array())).toBe(true);
      expect(gathered.add(new Uint8Array(1))).toBe(false);
      const all = gathered.all();
      expect(all.length).toBe(bytes.length);
      expect(all.every((byte, at) => byte === bytes[at])).toBe(true);
    }
  });

  it("are none when none came, and hold no more than themselves", () => {
    expect(new Gathered(0).all().length).toBe(0);
    const gathered = new Gathered(Number.POSITIVE_INFINITY);
    for (let count = 0; count < 100; count++) gathered.add(new Uint8Array(65_536).subarray(0, 4096));
    expect(gathered.all().buffer.byteLength).toBe(409_600);
  });
});
