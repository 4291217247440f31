/** A step into the policy: a key of a mapping or a place in a list. */
export type PolicyPath = readonly (string | number)[];

/** What is wrong with a policy, and where; line and column start at 1. */
export interface PolicyProblem {
  line: number;
  column: number;
  /** Such as `detectors[0].patterns[1]`; empty for the file as a whole. */
  path: string;
  /** Says what to do, begins with the path. */
  message: string;
}

/** A policy that cannot be used; every problem is in it, the message shows the first. */
export class PolicyError extends Error {
  readonly problems: readonly PolicyProblem[];

  constructor(file: string, problems: readonly PolicyProblem[]) {
    super(
      problems
        .slice(0, 1)
        .map((one) => formatProblem(file, one))
        .join(''),
    );
    this.name = 'PolicyError';
    this.problems = problems;
  }
}

/** Writes a problem as compilers do: `policy.yaml:12:7: …`. */
export function formatProblem(file: string, { line, column, message }: PolicyProblem): string {
  return `${file}:${line}:${column}: ${message}`;
}

export function formatPath(path: PolicyPath): string {
  return path
    .map((step, n) => (typeof step === 'number' ? `[${step}]` : n === 0 ? step : `.${step}`))
    .join('');
}
