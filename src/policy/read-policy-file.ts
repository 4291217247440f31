import { readFileSync, statSync } from 'node:fs';
import { dirname, isAbsolute, join, relative } from 'node:path';
import type { Policy } from '../engine/types.ts';
import { maxPolicyBytes, parsePolicy } from './parse-policy.ts';
import { PolicyError } from './policy-problem.ts';

const maxDictionaryBytes = 16_777_216;

/**
 * Reads a policy from a file, with the dictionaries next to it.
 *
 * @throws {PolicyError} with every problem and its place.
 * @throws {Error} when the file cannot be read.
 */
export function readPolicyFile(path: string): Policy {
  const text = readText(path, maxPolicyBytes);
  const parsed = parsePolicy(text, { readWords: (file) => readWords(path, file) });
  if (!parsed.ok) throw new PolicyError(path, parsed.problems);
  return parsed.policy;
}

/** Reads one word a line; empty lines and lines that start with `#` are none. */
function readWords(policyPath: string, file: string): string[] {
  const folder = dirname(policyPath);
  const path = join(folder, file);
  const inside = relative(folder, path);
  if (isAbsolute(file) || inside.startsWith('..')) {
    throw new Error('must be next to the policy or in a folder below it');
  }
  return readText(path, maxDictionaryBytes)
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
}

function readText(path: string, maxBytes: number): string {
  try {
    if (statSync(path).size > maxBytes) throw new Error(`is over ${maxBytes} bytes`);
    return readFileSync(path, 'utf8').replace(/^\ufeff/, '');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : undefined;
    if (code === undefined) throw error;
    throw new Error(`${path} cannot be read (${code})`, { cause: error });
  }
}
