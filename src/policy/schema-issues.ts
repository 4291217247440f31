import type { z } from 'zod';
import type { PolicyPath } from './policy-problem.ts';
import { suggestName } from './suggest-name.ts';

/** Is told of each problem; with `key` it is about that key of the mapping at `path`. */
export type Report = (path: PolicyPath, message: string, key?: string) => void;

/** Of one mapping so many unknown keys are told. */
const mostKeys = 20;

type Issue = z.core.$ZodIssue;

/** The keys of every mapping of a policy, for suggestions. */
const settings = [
  ...['version', 'min_confidence', 'count_test_values', 'types', 'labels', 'floors', 'detectors'],
  ...['allow', 'weight', 'off', 'internal', 'confidential', 'restricted', 'many_people', 'count'],
  ...['label', 'health_with_identity', 'id', 'description', 'category', 'confidence', 'keywords'],
  ...['dictionary', 'file', 'case_sensitive', 'patterns', 'context', 'validator', 'normalise'],
  ...['regex', 'name', 'values', 'paths', 'fingerprints', 'value', 'pattern', 'path'],
  ...['fingerprint', 'reason', 'images', 'ocr'],
];

/** Turns what the schema refuses into sentences. */
export function describeIssues(issues: readonly Issue[], content: unknown, report: Report): void {
  for (const issue of issues) describeIssue(issue, content, report);
}

function describeIssue(issue: Issue, content: unknown, report: Report): void {
  const path = issue.path as PolicyPath;
  if (issue.code === 'unrecognized_keys') {
    for (const key of issue.keys.slice(0, mostKeys)) {
      report(path, `is not a setting here${didYouMean(key)}`, key);
    }
    return;
  }
  const value = valueAt(content, path);
  if (issue.code === 'invalid_union') {
    const branch = issue.errors.find(([first]) => first?.path.length || isKeys(first));
    if (typeof value === 'object' && value !== null && branch !== undefined) {
      const deeper = branch.map((one) => ({ ...one, path: [...issue.path, ...one.path] }));
      describeIssues(deeper as Issue[], content, report);
      return;
    }
  }
  if (value === undefined && path.length > 0) {
    report(path, `is missing: it ${issue.message}`);
    return;
  }
  report(path, `${issue.message}${insteadOf(value)}`);
}

function isKeys(issue: Issue | undefined): boolean {
  return issue?.code === 'unrecognized_keys';
}

function didYouMean(key: string): string {
  const meant = suggestName(key, settings);
  return meant === undefined ? '' : `; did you mean ${meant}?`;
}

/** What stands there, when it is short and plain. */
function insteadOf(value: unknown): string {
  if (value === null) return ', not empty';
  if (typeof value === 'number' || typeof value === 'boolean') return `, not ${value}`;
  return '';
}

function valueAt(content: unknown, path: PolicyPath): unknown {
  let value = content;
  for (const step of path) {
    if (typeof value !== 'object' || value === null) return undefined;
    if (!Object.hasOwn(value, step)) return undefined;
    value = (value as Record<string | number, unknown>)[step];
  }
  return value;
}
