/**
 * Names of secrets: of fields, headers, parameters and variables, and in texts. All that is known of them stands here.
 *
 * @module
 * @internal
 */
import { fromBase64 } from "./encodings.ts";
import { mask, type Range } from "./mask.ts";

/** A name in words of lower case: `adminAPIKey2` is `admin api key`. */
const wordsOf = (name: string): string =>
  name.replaceAll(/([a-z\d])([A-Z])/g, "$1 $2").replaceAll(/([A-Z])([A-Z][a-z])/g, "$1 $2").toLowerCase()
    .replaceAll(/[^a-z]+/g, " ").trim();

/** Keys that open something; most keys only name it. */
const opening = "api|private|access|secret|ssh|encryption|master|account|shared|signing|storage";

/** Whatever is written before and after them in a name, also without a boundary before. */
const secretWords = new RegExp(
  `(?:password|passwd|pwd|passphrase|secret|token|ticket|cookie|credential|(?:${opening}) ?key|(?:^| )connection ?string)s?(?: |$)|` +
    `(?:^| )(?:authorization|bearer|webhook|jaas config|trigger auth ctx|proxy settings as string)(?: |$)|(?:^| )pass$`,
);

/** What ends a name that tells of a secret, and holds none. */
const about = new RegExp(
  " (?:ids?|names?|types?|kinds?|modes?|endpoints?|ur[il]s?|domains?|hosts?|paths?|locations?|labels?|descriptions?|status|state|methods?|" +
    "polic(?:y|ies)|sources?|headers?|formats?|fields?|columns?|enabled|disabled|required|allowed|algorithm|issuer|audience|" +
    "scopes?|expir(?:y|es|ation)|lifetime|ttl|seconds|minutes|days|at|on|by|date|time|length|size|count|limit|usage|price|ratio|" +
    "refs?|regex|matrix|metadata|managers?|providers?|stores?|versions?|permissions?|capabilities)$",
);

/** The address of a webhook is all that it takes to use it. */
const webhookAddress = /(?:^| )webhook (?:url|uri|address|endpoint)s?$/;

/** Whether a name is that of a secret, in the singular or the plural, with whatever before and behind it. */
export const isSecretName = (name: string): boolean => {
  const words = wordsOf(name);
  return webhookAddress.test(words) || (secretWords.test(words) && !about.test(words));
};

/** Parameters that sign an address, or stand for a login. */
const signing =
  /^(?:x-(?:amz|goog|ms|oss|obs)-(?:signature|credential|security-token)|awsaccesskeyid|googleaccessid|ossaccesskeyid|signature|sig|hmac|code|key|auth|jwt|assertion|saml(?:request|response))$/i;

const decoded = (name: string): string => {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
};

/** Whether a parameter of an address is a secret. */
export const isSecretParameter = (name: string): boolean => signing.test(decoded(name)) || isSecretName(decoded(name));

/** In a text, what a name of a secret has of it for certain. */
const someWords =
  `(?:pass(?:word|wd|phrase)?|pwd|secret|token|ticket|cookie|authorization|credential|(?:${opening})[_ .-]?key|` +
  "connection_?string|bearer|webhook|jaas|triggerAuthCtx|proxySettingsAsString)[\\w.-]{0,40}";

/** A name, what parts it from its value, and the value up to the quote that it begins with. */
const quoted = new RegExp(`(${someWords})([\\\\"']*\\s*[:=]\\s*(\\\\*["']))((?:(?!\\3).)+)`, "gis");

/** The same without quotes; what stands for no value is no secret. */
const bare = new RegExp(
  `(${someWords})([\\\\"']*\\s*[:=]\\s*(?:(?:basic|bearer)\\s+)?)((?!null|none|true|false|undefined)[^\\s"',;&<>\\\\{}()[\\]]+)`,
  "gi",
);

const parameter = /([?&;](?:amp;)?)([\w.%-]{1,60})=([^&\s"<>#\\;]*[^&\s"'<>#\\;])/g;

/** Who asks, in an address; `git` and the like, alone before the `@` of SSH, open nothing. */
const inAddress = /(\b(?!mailto:)[a-z][a-z\d+.-]{0,20}:\/\/)([^\s/?#@:"<>\\]*)(?::([^\s/?#@"<>\\]*))?@/gi;

/** A user and a password without an address around them. */
const beforeHost = /((?:^|[\s"'=(,;<])(?!mailto:)[^\s:@/"'<>(),;=]{1,100}:)([^\s:@/"'<>]{1,200})(?=@[\w[])/g;

const beforeIt = /[\w.-]{0,40}$/;

/** The last of some parts that follow each other, where it is no mask. */
const lastOf = (at: number, parts: ReadonlyArray<string>): ReadonlyArray<Range> => {
  const last = parts.at(-1)!;
  const from = at + parts.slice(0, -1).join("").length;
  return last === "" || last === mask ? [] : [[from, from + last.length]];
};

/** Where users with their passwords stand in the addresses of a text; of a user alone, that is a token, unless it is one of SSH. */
export const passwordsInAddresses = (text: string, alone: boolean = false): ReadonlyArray<Range> =>
  text.includes("://")
    ? [...text.matchAll(inAddress)].flatMap(({ index, 1: scheme = "", 2: user = "", 3: password }) => {
      if (password !== undefined) return lastOf(index, [scheme, user, ":", password]);
      return alone && !/ssh/i.test(scheme) ? lastOf(index, [scheme, user]) : [];
    })
    : [];

/** Where secrets stand in the addresses of a text: those of users, in parameters, before hosts. */
export const secretsInAddresses = (text: string): ReadonlyArray<Range> => {
  const hosts = text.includes("@") ? [...text.matchAll(beforeHost)] : [];
  const parameters = text.includes("=") ? [...text.matchAll(parameter)] : [];
  return [
    ...passwordsInAddresses(text, true),
    ...hosts.flatMap(({ index, 1: user = "", 2: password = "" }) => lastOf(index, [user, password])),
    ...parameters.flatMap(({ index, 1: before = "", 2: name = "", 3: value = "" }) =>
      isSecretParameter(name) ? lastOf(index, [before, name, "=", value]) : []
    ),
  ];
};

/** Where secrets stand in a text under their names, and in addresses. */
export const namedSecrets = (text: string): ReadonlyArray<Range> => [
  ...secretsInAddresses(text),
  ...[quoted, bare].flatMap((pattern) =>
    [...text.matchAll(pattern)].flatMap((match) => {
      const { index, 1: name = "", 2: between = "" } = match;
      const full = `${beforeIt.exec(text.slice(Math.max(0, index - 40), index))![0]}${name}`;
      return isSecretName(full) ? lastOf(index, [name, between, match.at(-1)!]) : [];
    })
  ),
];

/** Headers that say nothing of who asks. */
const openHeaders =
  /^(accept|accept-encoding|content-type|content-length|user-agent|x-dku-proxyuser|traceparent|tracestate|b3|x-b3-.*)$/i;

/** Whether a header of a request may say who asks: all do that are not known to do otherwise. */
export const isSecretHeader = (name: string): boolean => !openHeaders.test(name);

/** So long are the secrets in a header that has many: a shorter part is none, and would be found in any text. */
const shortestPart = 8;

/** The secrets in the value of a header: itself, a key without its scheme, user and password, each cookie. */
export const secretsOfHeader = (value: string): ReadonlyArray<string> => {
  const [, scheme = "", key = ""] = /^(?:(Basic|Bearer) )?(.*)$/is.exec(value)!;
  const bytes = /basic/i.test(scheme) ? fromBase64(key) ?? [] : [];
  const pairs = [String.fromCharCode(...bytes), new TextDecoder().decode(Uint8Array.from(bytes))];
  const users = pairs.flatMap((
    pair,
  ) => [pair, ...pair.split(":"), pair.replace(/^[^:]*:|:$/g, ""), pair.replace(/:$/, "")]);
  const parts = [...key.split(/[;=\s]+/), ...users].filter((part) => part.length >= shortestPart);
  return [...new Set([value, key, ...parts])].filter((part) => part !== "");
};
