/**
 * Formulas that the simulated DSS understands: comparisons of columns with numbers, texts, `true`, `false` and each other, `isBlank(column)`,
 * and what joins them: `&&`, `||`, `!`, parentheses.
 *
 * @module
 * @internal
 */

/** The value of a column in the row at hand. */
export type ColumnValue = (column: string) => string | number | boolean | null;

/** A formula that was read; throws {@linkcode NotAFormula} for a column that is not there. */
export type Formula = (value: ColumnValue) => unknown;

/** A text is no formula, or not one that is understood here. */
export class NotAFormula extends Error {}

const token =
  /\s*(?:(\d+(?:\.\d+)?)|"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|([A-Za-z_]\w*)|(&&|\|\||==|!=|>=|<=|[<>!()]))/y;

interface Token {
  readonly kind: "literal" | "name" | "sign";
  readonly value: string | number | boolean;
}

const tokensOf = (text: string): ReadonlyArray<Token> => {
  const tokens: Array<Token> = [];
  const trimmed = text.trimEnd();
  for (token.lastIndex = 0; token.lastIndex < trimmed.length;) {
    const at = token.lastIndex;
    const match = token.exec(trimmed);
    if (match === null) throw new NotAFormula(`what begins with ${trimmed.slice(at, at + 20)} is not understood`);
    const [, number, double, single, name, sign] = match;
    if (number !== undefined) tokens.push({ kind: "literal", value: Number(number) });
    else if (name === "true" || name === "false") tokens.push({ kind: "literal", value: name === "true" });
    else if (name !== undefined) tokens.push({ kind: "name", value: name });
    else if (sign !== undefined) tokens.push({ kind: "sign", value: sign });
    else tokens.push({ kind: "literal", value: (double ?? single)!.replaceAll(/\\(.)/g, "$1") });
  }
  return tokens;
};

type Comparable = string | number | boolean;

const comparisons: Readonly<Record<string, (one: Comparable, other: Comparable) => boolean>> = {
  "==": (one, other) => one === other,
  "!=": (one, other) => one !== other,
  "<": (one, other) => one < other,
  ">": (one, other) => one > other,
  "<=": (one, other) => one <= other,
  ">=": (one, other) => one >= other,
};

/** Reads a formula. */
export const readFormula = (text: string): Formula => {
  const tokens = tokensOf(text);
  let at = 0;
  const takes = (sign: string): boolean => {
    if (tokens[at]?.kind !== "sign" || tokens[at]?.value !== sign) return false;
    at++;
    return true;
  };
  const expects = (sign: string): void => {
    if (!takes(sign)) throw new NotAFormula(`${sign} is missing`);
  };
  const operand = (): Formula => {
    if (takes("!")) {
      const inner = operand();
      return (value) => inner(value) !== true;
    }
    if (takes("(")) {
      const inner = either();
      expects(")");
      return inner;
    }
    const next = tokens[at++];
    if (next === undefined || next.kind === "sign") throw new NotAFormula("a value is missing");
    if (next.kind === "literal") return () => next.value;
    const name = String(next.value);
    if (!takes("(")) return (value) => value(name);
    const inner = operand();
    expects(")");
    if (name !== "isBlank") throw new NotAFormula(`the function ${name} is not understood`);
    return (value) => inner(value) === null;
  };
  const comparison = (): Formula => {
    const left = operand();
    const sign = Object.keys(comparisons).find(takes);
    if (sign === undefined) return left;
    const right = operand();
    return (value) => {
      const [one, other] = [left(value), right(value)];
      // What is not there is like nothing else.
      return one === null || other === null ? false : comparisons[sign]!(one as Comparable, other as Comparable);
    };
  };
  const both = (): Formula => {
    const left = comparison();
    if (!takes("&&")) return left;
    const right = both();
    return (value) => left(value) === true && right(value) === true;
  };
  const either = (): Formula => {
    const left = both();
    if (!takes("||")) return left;
    const right = either();
    return (value) => left(value) === true || right(value) === true;
  };
  const formula = either();
  if (at < tokens.length) throw new NotAFormula(`${tokens[at]!.value} is not expected`);
  return formula;
};
