/**
 * Names of secrets: of fields, headers, parameters and variables, and in texts. All that is known of them stands here.
 *
 * @module
 * @internal
 */
import { fromBase64 } from "./encodings.ts";
import { mask } from "./scrubber.ts";

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
    "refs?|regex|metadata|managers?|providers?|stores?|versions?|permissions?|capabilities)$",
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

/** A text with each secret in an address told to `replace`: of who asks, in a parameter, before a host. */
export const replaceInAddresses = (text: string, replace: (secret: string) => string): string => {
  const withUsers = !text.includes("@") ? text : text.replaceAll(
    inAddress,
    (whole, scheme: string, user: string, password: string | undefined) => {
      if (password !== undefined) return `${scheme}${user}:${password === "" ? "" : replace(password)}@`;
      return /ssh/i.test(scheme) || user === "" ? whole : `${scheme}${replace(user)}@`;
    },
  ).replaceAll(beforeHost, (_, before: string, password: string) => `${before}${replace(password)}`);
  return !withUsers.includes("=") ? withUsers : withUsers.replaceAll(
    parameter,
    (whole, before: string, name: string, value: string) =>
      isSecretParameter(name) ? `${before}${name}=${replace(value)}` : whole,
  );
};

/** A text with each secret told to `replace` that stands in an address, or under a name. */
export const replaceNamed = (text: string, replace: (secret: string) => string): string => {
  const named = (whole: string, name: string, between: string, ...rest: ReadonlyArray<unknown>): string => {
    const [value, at, all] = rest.slice(-3) as [string, number, string];
    const full = `${beforeIt.exec(all.slice(Math.max(0, at - 40), at))![0]}${name}`;
    return value !== mask && isSecretName(full) ? `${name}${between}${replace(value)}` : whole;
  };
  return replaceInAddresses(text, replace).replaceAll(quoted, named).replaceAll(bare, named);
};

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
  const pair = /basic/i.test(scheme) ? new TextDecoder().decode(fromBase64(key)) : "";
  const parts = [...key.split(/[;=\s]+/), ...pair.split(":")].filter((part) => part.length >= shortestPart);
  return [...new Set([value, key, pair, ...parts])].filter((part) => part !== "");
};
