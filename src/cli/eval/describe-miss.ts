import { suiteName } from './accuracy.ts';
import type { ExpectedSpan, Verdict } from './judge-case.ts';
import type { LabelledCase } from './labelled-case.ts';
import type { CaseFinding } from './scan-case.ts';

/** A case that failed; `text` and the values in it are shown, because cases are test data. */
export interface Miss {
  suite: string;
  id: string;
  entity: string;
  polarity: LabelledCase['polarity'];
  /** What had to be found and was not. */
  missed: { entity: string; start: number; end: number; value: string }[];
  /** What was found and must not be. */
  wrong: DescribedFinding[];
  /** Everything that was found. */
  found: DescribedFinding[];
  /** What any detector would have found, were there no minimum and no other types. */
  unsure: DescribedFinding[];
  path: string | null;
  text: string;
}

interface DescribedFinding extends CaseFinding {
  value: string;
}

/** Describes how a case failed; `anything` is what its text gives without a minimum. */
export function describeMiss(
  labelled: LabelledCase,
  verdict: Verdict,
  anything: readonly CaseFinding[],
): Miss {
  const { id, entity, polarity, text, path = null } = labelled;
  const withValue = <Part extends { start: number; end: number }>(part: Part) => {
    return { ...part, value: text.slice(part.start, part.end) };
  };
  const isFound = (one: CaseFinding): boolean =>
    verdict.findings.some(
      ({ type, start, end }) => type === one.type && start === one.start && end === one.end,
    );
  const missed = verdict.spans.filter(({ found }) => !found);
  return {
    suite: suiteName(labelled),
    id,
    entity,
    polarity,
    missed: missed.map(({ entity, start, end }: ExpectedSpan) => withValue({ entity, start, end })),
    wrong: verdict.wrong.map(withValue),
    found: verdict.findings.map(withValue),
    unsure: anything.filter((one) => !isFound(one)).map(withValue),
    path,
    text,
  };
}

/** Renders a miss for people: one line a fact, values and text quoted as in JSON. */
export function renderMiss(miss: Miss): string {
  const { suite, id, entity, polarity, missed, wrong, found, unsure, path, text } = miss;
  const lines = [`${suite} ${id} ${entity} ${polarity}`];
  for (const { entity: own, start, end, value } of missed) {
    lines.push(`  missed   ${own} ${start}–${end} ${JSON.stringify(value)}`);
  }
  for (const one of wrong) lines.push(`  wrong    ${renderFinding(one)}`);
  for (const one of found) {
    if (!wrong.includes(one)) lines.push(`  instead  ${renderFinding(one)}`);
  }
  for (const one of unsure) lines.push(`  unsure   ${renderFinding(one)}`);
  if (path !== null) lines.push(`  path     ${JSON.stringify(path)}`);
  lines.push(`  text     ${JSON.stringify(text)}`);
  return `${lines.join('\n')}\n\n`;
}

function renderFinding({ type, confidence, start, end, value }: DescribedFinding): string {
  return `${type} ${confidence} ${start}–${end} ${JSON.stringify(value)}`;
}
