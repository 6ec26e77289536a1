import { describe, expect, it } from "@effect/vitest";
import { Effect, Redacted } from "effect";
import { HttpServerResponse } from "effect/http";
import { Dss, get, path } from "../../mod.ts";
import { scrubber } from "../../src/errors/scrubber.ts";
import { dssServer, failure, json, page, type Reply } from "../fixtures/dss_server.ts";

describe("a short key is hidden where it stands alone, and in no word", () => {
  const cases: ReadonlyArray<readonly [key: string, text: string, shown: string]> = [
    ["demo", "SALES.demo_orders", "SALES.demo_orders"],
    [
      "demo",
      "demographics of the demos in mydemo, demo2, 3demo, _demo",
      "demographics of the demos in mydemo, demo2, 3demo, _demo",
    ],
    ["demo", "démo, demoé, éd-édemo", "démo, demoé, éd-édemo"],
    ["demo", "DEMO and Demo are projects", "DEMO and Demo are projects"],
    ["demo", "demo", "<redacted>"],
    [
      "demo",
      "key demo, (demo) 'demo' \"demo\" [demo] <demo> =demo; demo.",
      "key <redacted>, (<redacted>) '<redacted>' \"<redacted>\" [<redacted>] <<redacted>> =<redacted>; <redacted>.",
    ],
    ["demo", "a:demo@host demo-x /demo/ ?key=demo&a", "a:<redacted>@host <redacted>-x /<redacted>/ ?key=<redacted>&a"],
    ["demo", "demo\ndemo\tdemo demo", "<redacted>\n<redacted>\t<redacted> <redacted>"],
    ["demo", "key%3Ddemo%26 key%3ddemo", "key%3D<redacted>%26 key%3d<redacted>"],
    ["demo", '{\\"a\\":\\"x\\ndemo\\"} \\u0020demo', '{\\"a\\":\\"x\\n<redacted>\\"} \\u0020<redacted>'],
    ["a", "a banana a", "<redacted> banana <redacted>"],
    ["0123456789abcde", "x0123456789abcde", "x0123456789abcde"],
    ["de.mo", "xde.mo de.mox demo de.mo", "xde.mo de.mox demo <redacted>"],
    ["-demo-", "x-demo-x", "x<redacted>x"],
    ["de+mo/é=", "a=de%2Bmo%2F%C3%A9%3D&b=de%2bmo%2f%c3%a9%3d", "a=<redacted>&b=<redacted>"],
    ["<a&b>", "it is &lt;a&amp;b&gt; here", "it is <redacted> here"],
    ['de"mo\\', 'in JSON "de\\"mo\\\\" it is', 'in JSON "<redacted>" it is'],
  ];
  it.each(cases)("%s in %s", (key, text, shown) => {
    expect(scrubber([key])(text)).toBe(shown);
  });
});

describe("a key of 16 characters and more is hidden everywhere", () => {
  const key = "0123456789abcdef";
  it.each([key, `x${key}`, `${key}x`, `_${key}_`, key.toUpperCase(), `com.dataiku.${key}Exception`])("%s", (text) => {
    const shown = scrubber([key])(text);
    expect(shown).toContain("<redacted>");
    expect(shown.toLowerCase()).not.toContain(key);
  });

  it("beside a short one, which may be a part of it", () => {
    expect(scrubber(["demo", "demo0123456789abcdef", ""])("demo0123456789abcdef demo demos")).toBe(
      "<redacted> <redacted> demos",
    );
  });
});

const reasonOf = (key: string, reply: Reply) =>
  Effect.gen(function* () {
    return (yield* Effect.flip((yield* Dss).text("X.y", get(path`/things/`)))).reason;
  }).pipe(Effect.provide(dssServer(() => reply, { retry: { times: 0 }, credentials: { apiKey: Redacted.make(key) } })));

it.effect("the words of DSS keep the names that a short key is a part of", () =>
  Effect.gen(function* () {
    const reason = yield* reasonOf("demo", failure(404, "x.NotFoundException", "SALES.demo_orders, not by demo"));
    expect(reason).toMatchObject({ detail: "SALES.demo_orders, not by <redacted>" });
    const details = yield* reasonOf("demo", json({ message: "no", list: [{ demo: "demo", demos: "demo_1" }] }, 400));
    expect(details).toMatchObject({ details: { list: [{ "<redacted>": "<redacted>", demos: "demo_1" }] } });
  }));

describe("a page is read before secrets are removed", () => {
  const titled = (title: string): Reply => page(title, 404);
  const body = (html: string): Reply =>
    HttpServerResponse.text(`<html><body>${html}</body></html>`, { status: 404, contentType: "text/html" });
  const key = "a&b<c>d'e\"f0123456";
  const numeric = [...key].map((character) => `&#${character.codePointAt(0)};`).join("");
  const hex = [...key].map((character) => `&#x${character.codePointAt(0)!.toString(16).toUpperCase()};`).join("");
  const pages: ReadonlyArray<readonly [name: string, key: string, reply: Reply, shown: string]> = [
    ["numbers for characters", key, titled(`no ${numeric} here`), "no <redacted> here"],
    ["hexadecimal numbers", key, titled(`no ${hex} here`), "no <redacted> here"],
    ["names for characters", key, titled("no a&amp;b&lt;c&gt;d&apos;e&quot;f0123456 here"), "no <redacted> here"],
    ["no names at all", key, titled(`no ${key} here`), "no <redacted> here"],
    ["numbers, without a title", key, body(`<h1>no</h1> ${numeric} here`), "no <redacted> here"],
    ["a place to break a line", key, body(`no a&amp;b&lt;c&gt;<wbr>d'e"f0<wbr/>123456 here`), "no <redacted> here"],
    ["no names, without a title", key, body(`no ${key} here`), "no <redacted> here"],
    ["a key that is a tag", "title", titled("Not found"), "Not found"],
    ["a key that is another tag", "html", body("<h1>Not</h1> found"), "Not found"],
    ["a key that is a word of the page", "body", body("no body here"), "no <redacted> here"],
    ["entities that are none", "demo", titled("R&D &unknown; &#0; &#x110000;"), "R&D &unknown; \ufffd \ufffd"],
  ];
  it.effect.each(pages)("%s", ([, key, reply, shown]) =>
    Effect.gen(function* () {
      expect(yield* reasonOf(key, reply)).toMatchObject({ _tag: "UnexpectedContent", found: "html", detail: shown });
    }));

  it.effect("of a long one, no part of a secret is shown that was cut", () =>
    Effect.gen(function* () {
      const long = "0123456789abcdefKEY";
      for (let at = 65_500; at <= 65_540; at++) {
        const html = `<html><title>${" ".repeat(at - 13)}${long}`;
        const reason = yield* reasonOf(long, HttpServerResponse.text(html, { status: 404, contentType: "text/html" }));
        expect(JSON.stringify(reason)).not.toMatch(/0123|KEY/);
      }
    }));
});
