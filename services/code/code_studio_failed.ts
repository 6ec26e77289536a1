/**
 * What goes wrong with code studios although DSS answers a success.
 *
 * @module
 */
import { CodeStudioStatus } from "../../schemas/code/code_studio.ts";
import { InfoMessages } from "../../src/json/info_messages.ts";
import { worstMessage } from "../../src/operation/failure_messages.ts";
import { oneLine } from "../../src/errors/one_line.ts";
import { Token } from "../../src/errors/token.ts";
import * as Schema from "effect/Schema";
import { openEnum } from "../../src/json/open.ts";
import { type ErrorClass, errorClass } from "../../src/errors/error_class.ts";

const CodeStudioFailedBase: ErrorClass<
  CodeStudioFailed,
  "CodeStudioFailed",
  "projectKey" | "codeStudioId" | "expected" | "status" | "token"
> = errorClass("CodeStudioFailed", () => ({
  projectKey: Schema.String,
  codeStudioId: Schema.String,
  expected: openEnum<"RUNNING" | "STOPPED">(),
  status: CodeStudioStatus,
  token: Schema.optionalKey(Token),
}));

/** The task of DSS ended without a failure, but the code studio is not in the state that was asked for. */
export class CodeStudioFailed extends CodeStudioFailedBase {
  /** Key of the project. */
  declare readonly projectKey: string;
  /** Id of the code studio. */
  declare readonly codeStudioId: string;
  /** The state that was asked for. */
  declare readonly expected: "RUNNING" | "STOPPED";
  /** Where it stands. */
  declare readonly status: CodeStudioStatus;
  /** Names the operation. */
  declare readonly token?: Token;
  /** One line. */
  override get message(): string {
    return `Code studio ${this.codeStudioId} of ${this.projectKey} is ${
      oneLine(this.status.state, 100)
    }, expected ${this.expected}: DSS does not say why, see its log`;
  }
}

const ConflictsUnknownBase: ErrorClass<
  ConflictsUnknown,
  "ConflictsUnknown",
  "projectKey" | "codeStudioId" | "zone" | "detail"
> = errorClass("ConflictsUnknown", () => ({
  projectKey: Schema.String,
  codeStudioId: Schema.String,
  zone: Schema.String,
  detail: Schema.String,
}));

/** DSS cannot tell the conflicts of a zone: whether there are any is not known. */
export class ConflictsUnknown extends ConflictsUnknownBase {
  /** Key of the project. */
  declare readonly projectKey: string;
  /** Id of the code studio. */
  declare readonly codeStudioId: string;
  /** Name of the zone. */
  declare readonly zone: string;
  /** What DSS says. */
  declare readonly detail: string;
  /** One line. */
  override get message(): string {
    return `The conflicts of zone ${this.zone} of code studio ${this.codeStudioId} of ${this.projectKey} cannot be told (${
      oneLine(this.detail)
    }): check the name of the zone`;
  }
}

const CodeStudioTemplateCreationFailedBase: ErrorClass<
  CodeStudioTemplateCreationFailed,
  "CodeStudioTemplateCreationFailed",
  "method" | "messages"
> = errorClass("CodeStudioTemplateCreationFailed", () => ({
  method: Schema.String,
  messages: InfoMessages,
}));

/** DSS answered a success, but made no template of code studios. */
export class CodeStudioTemplateCreationFailed extends CodeStudioTemplateCreationFailedBase {
  /** The method that asked for it. */
  declare readonly method: string;
  /** The messages that say why there is none. */
  declare readonly messages: InfoMessages;
  /** One line. */
  override get message(): string {
    const said = oneLine(worstMessage(this.messages) ?? "DSS does not say why");
    return `${this.method}: No template was made (${said})`;
  }
}
