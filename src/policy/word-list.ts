import type { PolicyPath } from './policy-problem.ts';
import { type DetectorDocument, policyLimits } from './policy-schema.ts';
import type { Report } from './schema-issues.ts';

/** Checks that each word can be found as one. */
export function toWords(words: readonly string[], path: PolicyPath, report: Report): string[] {
  return words.flatMap((word, n) => {
    const problem = problemOf(word);
    if (problem === null) return word.trim();
    report([...path, n], problem);
    return [];
  });
}

/** The words of a dictionary, given in the policy or in a file with one word a line. */
export function readDictionary(
  dictionary: DetectorDocument['dictionary'],
  path: PolicyPath,
  { report, readWords }: { report: Report; readWords?: (file: string) => string[] },
): string[] {
  if (dictionary === undefined) return [];
  if (Array.isArray(dictionary)) return toWords(dictionary, path, report);
  const at = [...path, 'file'];
  if (readWords === undefined) {
    report(at, 'is read by the command line only: write the words here as a list');
    return [];
  }
  try {
    const words = readWords(dictionary.file);
    const wrong = words.findIndex((word) => problemOf(word) !== null);
    if (words.length > policyLimits.words) {
      report(at, `has over ${policyLimits.words} words`);
    } else if (wrong >= 0) {
      report(at, `has in its word ${wrong + 1} something that ${problemOf(words[wrong] ?? '')}`);
    }
    return words.slice(0, policyLimits.words);
  } catch (error) {
    report(at, error instanceof Error ? error.message : 'cannot be read');
    return [];
  }
}

function problemOf(word: string): string | null {
  if ([...word].length > policyLimits.wordChars) {
    return `is over ${policyLimits.wordChars} characters`;
  }
  if ((word.match(/[\p{L}\p{N}]/gu) ?? []).length < 2) {
    return 'must have two letters or digits or more, else it is found everywhere';
  }
  return null;
}
