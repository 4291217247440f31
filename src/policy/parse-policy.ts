/**
 * A team's policy: YAML (or JSON, which is YAML) in, a validated `Policy` of the engine out, or
 * every problem with its line and column. What the settings mean is the engine's
 * (`src/engine/policy.ts`); reading files is `read-policy-file.ts`.
 */
import { LineCounter, parseDocument } from 'yaml';
import type { Policy } from '../engine/types.ts';
import { findPlace, listForbidden } from './document-places.ts';
import { formatPath, type PolicyPath, type PolicyProblem } from './policy-problem.ts';
import { type PolicyDocument, PolicySchema } from './policy-schema.ts';
import { describeIssues } from './schema-issues.ts';
import { toPolicy } from './to-policy.ts';

export const maxPolicyBytes = 1_048_576;
const mostProblems = 50;

export type ParsedPolicy =
  | { ok: true; policy: Policy; document: PolicyDocument }
  | { ok: false; problems: PolicyProblem[] };

export interface ParseOptions {
  /** Reads the words of a dictionary's file. @throws {Error} that says why it cannot. */
  readWords?: (file: string) => string[];
}

/** Reads a policy. It never throws: whatever the text is, there is a policy or a problem. */
export function parsePolicy(text: string, options: ParseOptions = {}): ParsedPolicy {
  if (Buffer.byteLength(text) > maxPolicyBytes) {
    return fail([{ path: [], message: `the policy is over ${maxPolicyBytes} bytes` }], () => 0);
  }
  if (text.startsWith('{')) {
    const known = parseJson(text, options);
    if (known !== undefined) return known;
  }
  const counter = new LineCounter();
  const refuse = (found: Located[]): ParsedPolicy => fail(found, ({ at = 0 }) => at, counter);
  let document: ReturnType<typeof parseDocument>;
  let content: unknown;
  try {
    // Keys given twice are found below in linear time; the library compares each with each.
    document = parseDocument(text, {
      lineCounter: counter,
      uniqueKeys: false,
      prettyErrors: false,
      logLevel: 'error',
    });
    const errors = document.errors.map(({ message, pos }) => ({
      path: [],
      message: `this is no YAML: ${message.replace(/\s+/g, ' ')}`,
      at: pos[0],
    }));
    if (errors.length > 0) return refuse(errors);
    const forbidden = listForbidden(document);
    if (forbidden.length > 0) return refuse(forbidden);
    content = withoutEmpty(document.toJS({ maxAliasCount: 0 }));
  } catch (error) {
    const reason = error instanceof RangeError ? 'it is nested too deeply' : 'it cannot be read';
    return refuse([{ path: [], message: `this is no policy: ${reason}` }]);
  }
  const problems: Located[] = [];
  const report = (path: PolicyPath, message: string, key?: string): void => {
    const at = findPlace(document, key === undefined ? path : [...path, key], key !== undefined);
    problems.push({ path: key === undefined ? path : [...path, key], message, at });
  };
  const parsed = PolicySchema.safeParse(content ?? {});
  if (!parsed.success) {
    describeIssues(parsed.error.issues.slice(0, mostProblems), content, report);
    return refuse(problems);
  }
  const policy = toPolicy(parsed.data, { ...options, report });
  return problems.length > 0 ? refuse(problems) : { ok: true, policy, document: parsed.data };
}

/** Reads what is valid JSON and a valid policy, which is quick; anything else needs its places. */
function parseJson(text: string, options: ParseOptions): ParsedPolicy | undefined {
  try {
    const parsed = PolicySchema.safeParse(withoutEmpty(JSON.parse(text)));
    if (!parsed.success) return undefined;
    let isValid = true;
    const report = (): void => {
      isValid = false;
    };
    const policy = toPolicy(parsed.data, { ...options, report });
    return isValid ? { ok: true, policy, document: parsed.data } : undefined;
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof RangeError) return undefined;
    throw error;
  }
}

/** Leaves out settings without a value, as in a list whose entries are all commented out. */
function withoutEmpty(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutEmpty);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([, one]) => one !== null);
  return Object.fromEntries(entries.map(([key, one]) => [key, withoutEmpty(one)]));
}

interface Located {
  path: PolicyPath;
  message: string;
  at?: number;
}

function fail(
  found: readonly Located[],
  placeOf: (one: Located) => number,
  counter?: LineCounter,
): ParsedPolicy {
  const problems = found.slice(0, mostProblems).map((one) => {
    const { line, col } = counter?.linePos(placeOf(one)) ?? { line: 1, col: 1 };
    const path = formatPath(one.path);
    const message = path === '' ? one.message : `${path} ${one.message}`;
    return { line: Math.max(1, line), column: Math.max(1, col), path, message };
  });
  problems.sort((a, b) => a.line - b.line || a.column - b.column);
  return { ok: false, problems };
}
