/**
 * What goes wrong with code studios although DSS answers a success.
 *
 * @module
 */
import type { CodeStudioStatus } from "../../schemas/code/code_studio.ts";
import type { InfoMessages } from "../../src/json/info_messages.ts";
import { worstMessage } from "../../src/operation/failure_messages.ts";
import { oneLine } from "../../src/errors/one_line.ts";
import type { Token } from "../../src/errors/token.ts";
import { PlainError } from "../../src/errors/plain_error.ts";

/** The task of DSS ended without a failure, but the code studio is not in the state that was asked for. */
export class CodeStudioFailed extends PlainError<{
  /** Key of the project. */
  readonly projectKey: string;
  /** Id of the code studio. */
  readonly codeStudioId: string;
  /** The state that was asked for. */
  readonly expected: "RUNNING" | "STOPPED";
  /** Where it stands. */
  readonly status: CodeStudioStatus;
  /** Names the operation. */
  readonly token?: Token;
}> {
  /** Tag of this error. */
  readonly _tag = "CodeStudioFailed" as const;
  /** Name of this error, as logs show it. */
  override readonly name = "CodeStudioFailed" as const;
  /** One line. */
  override get message(): string {
    return `Code studio ${this.codeStudioId} of ${this.projectKey} is ${
      oneLine(this.status.state, 100)
    }, expected ${this.expected}: DSS does not say why, see its log`;
  }
}

/** DSS cannot tell the conflicts of a zone: whether there are any is not known. */
export class ConflictsUnknown extends PlainError<{
  /** Key of the project. */
  readonly projectKey: string;
  /** Id of the code studio. */
  readonly codeStudioId: string;
  /** Name of the zone. */
  readonly zone: string;
  /** What DSS says. */
  readonly detail: string;
}> {
  /** Tag of this error. */
  readonly _tag = "ConflictsUnknown" as const;
  /** Name of this error, as logs show it. */
  override readonly name = "ConflictsUnknown" as const;
  /** One line. */
  override get message(): string {
    return `The conflicts of zone ${this.zone} of code studio ${this.codeStudioId} of ${this.projectKey} cannot be told (${
      oneLine(this.detail)
    }): check the name of the zone`;
  }
}

/** DSS answered a success, but made no template of code studios. */
export class CodeStudioTemplateCreationFailed extends PlainError<{
  /** The method that asked for it. */
  readonly method: string;
  /** The messages that say why there is none. */
  readonly messages: InfoMessages;
}> {
  /** Tag of this error. */
  readonly _tag = "CodeStudioTemplateCreationFailed" as const;
  /** Name of this error, as logs show it. */
  override readonly name = "CodeStudioTemplateCreationFailed" as const;
  /** One line. */
  override get message(): string {
    const said = oneLine(worstMessage(this.messages) ?? "DSS does not say why");
    return `${this.method}: No template was made (${said})`;
  }
}
