import { detectors } from '../../engine/detector-list.ts';
import { Accuracy } from './accuracy.ts';
import { describeMiss, type Miss, renderMiss } from './describe-miss.ts';
import { Judge } from './judge-case.ts';
import { readCases } from './read-cases.ts';
import { type AccuracyFormat, renderAccuracy, toJson } from './render-accuracy.ts';
import { TypeResolver } from './resolve-types.ts';

export interface EvalOptions {
  format: AccuracyFormat;
  /** Print each case that failed, with its text. */
  misses: boolean;
  /** In place of each suite's own, 0–1. */
  minConfidence?: number;
}

/** Judges the detectors by the cases in `paths` and writes the counts with `write`. */
export async function runEval(
  paths: readonly string[],
  { format, misses, minConfidence, write }: EvalOptions & { write: (text: string) => void },
): Promise<void> {
  const resolver = new TypeResolver(detectors);
  const judge = new Judge({ detectors, resolver, minConfidence: minConfidence ?? null });
  const accuracy = new Accuracy(resolver);
  const kept: Miss[] = [];
  for await (const labelled of readCases(paths)) {
    const verdict = judge.judge(labelled);
    accuracy.add(labelled, verdict);
    if (!misses || verdict.passed) continue;
    const miss = describeMiss(labelled, verdict, judge.findAnything(labelled));
    if (format === 'json') kept.push(miss);
    else write(renderMiss(miss));
  }
  if (format !== 'json') {
    write(renderAccuracy(accuracy.totals(), accuracy.rows(), format));
    return;
  }
  const suites = accuracy.totals().map(toJson);
  const report = { suites, entities: accuracy.rows().map(toJson), ...(misses && { misses: kept }) };
  write(`${JSON.stringify(report, null, 2)}\n`);
}
