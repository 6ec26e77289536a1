/**
 * What is done with files, and why it failed.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import { dirname } from "node:path";
import * as Schema from "effect/Schema";
import { openEnum } from "../json/open.ts";
import { type ErrorClass, errorClass } from "../errors/error_class.ts";

const FileFailedBase: ErrorClass<FileFailed, "FileFailed", "path" | "action" | "code" | "detail"> = errorClass(
  "FileFailed",
  () => ({
    path: Schema.String,
    action: openEnum<"read" | "written">(),
    code: Schema.String,
    detail: Schema.optionalKey(Schema.String),
  }),
);

/** A file could not be read or written. */
export class FileFailed extends FileFailedBase {
  /** The file. */
  declare readonly path: string;
  /** What was done with it. */
  declare readonly action: "read" | "written";
  /** Code of the system, as `ENOSPC`; `CHANGED` of a file that changed while it was read. */
  declare readonly code: string;
  /** What happened, where the code alone does not say it. */
  declare readonly detail?: string;
  /** One line. */
  override get message(): string {
    return `The file ${this.path} could not be ${this.action}: ${this.detail ?? words(this)}`;
  }
}

const words = ({ path, action, code }: FileFailed): string => {
  switch (code) {
    case "ENOENT":
      return `there is no such file, or no folder ${dirname(path)}`;
    case "EACCES":
    case "EPERM":
      return "this is not permitted to the user, or to the program (on Deno see --allow-read and --allow-write)";
    case "NotCapable":
      return action === "read"
        ? "this is not permitted to the program, which takes --allow-read"
        : "this is not permitted to the program, which takes --allow-read and --allow-write of its folder";
    case "EISDIR":
      return "it is a folder, expected the name of a file";
    case "ENOTDIR":
      return "a part of its path is a file, expected a folder";
    case "ENAMETOOLONG":
      return "its name is longer than the system allows";
    case "ERR_INVALID_ARG_VALUE":
      return "its name has a character that no name can have";
    case "ELOOP":
      return "its links lead to one another";
    case "EBUSY":
      return "it is a mount point, or in use, and cannot be replaced: give a path inside of a folder that is mounted";
    case "EROFS":
      return "its file system can only be read";
    case "ENXIO":
      return "it is a socket, or a device that is not there, expected a file or a pipe";
    case "EPIPE":
      return "who reads the pipe went away";
    case "ENOSPC":
      return "the disk is full";
    default:
      return code;
  }
};

/** @internal An error with a code of the system. */
export const systemError = (code: string): Error => Object.assign(new Error(code), { code });

/** @internal The code of an error. */
export const codeOf = (error: unknown): string => {
  const { code, name, message } = error as Error & { readonly code?: string };
  return code ?? (name === "Error" ? message : name);
};

/** @internal Does something with a file. */
export const attempt = <A>(
  path: string,
  action: FileFailed["action"],
  run: () => Promise<A>,
): Effect.Effect<A, FileFailed> =>
  Effect.tryPromise({
    try: run,
    catch: (error) => error instanceof FileFailed ? error : new FileFailed({ path, action, code: codeOf(error) }),
  });
