import type { Anchors, Detector } from '../../engine/detector.ts';
import { detectors } from '../../engine/detector-list.ts';
import { SettingError } from '../setting.ts';

export type ShowFormat = 'text' | 'json';

/** Renders all that a detector declares; throws when there is none with this id. */
export function showDetector(id: string, format: ShowFormat): string {
  const detector = detectors.find((one) => one.id === id);
  if (detector === undefined) throw new SettingError(unknownDetector(id));
  // Functions have no JSON; the rest is the detector.
  return format === 'json' ? `${JSON.stringify(detector, null, 2)}\n` : renderDetector(detector);
}

function unknownDetector(id: string): string {
  const part = id.toLowerCase().replace(/[^a-z0-9]+/g, '_');
  const near = detectors
    .map((one) => one.id)
    .filter((known) => known.includes(part) || part.includes(known))
    .slice(0, 5);
  const meant = near.length > 0 ? `; did you mean ${near.join(', ')}?` : '';
  return `there is no detector ${JSON.stringify(id)}${meant} (sensitivity detectors lists them)`;
}

function renderDetector(detector: Detector): string {
  const { id, category, weight, specificity, floor, sources = [], heedsExampleWords } = detector;
  const facts: [string, string][] = [
    ['category', category],
    ['weight', String(weight)],
    ['specificity', String(specificity)],
    ['floor', floor === undefined ? 'none' : `${floor.label} (${floor.reason})`],
    ['sources', sources.join('; ') || 'none named'],
    ['example words', heedsExampleWords ? 'lower its confidence' : 'do not count'],
    ...anchorFacts(detector.anchors),
  ];
  const width = Math.max(...facts.map(([name]) => name.length));
  const lines = [id, ...facts.map(([name, value]) => `  ${name.padEnd(width)}  ${value}`)];
  for (const { effect, words } of detector.context) {
    lines.push('', `context words, effect ${effect > 0 ? '+' : ''}${effect}`);
    for (const [language, list] of Object.entries(words)) {
      lines.push(`  ${language}  ${list.join(', ')}`);
    }
  }
  lines.push('', 'hits');
  for (const { text, values } of detector.hits) {
    lines.push(`  ${JSON.stringify(text)}`);
    for (const value of values) lines.push(`    ${JSON.stringify(value)}`);
  }
  lines.push('', 'misses', ...detector.misses.map((text) => `  ${JSON.stringify(text)}`));
  return `${lines.join('\n')}\n`;
}

function anchorFacts({ digitRuns, bytes, words }: Anchors): [string, string][] {
  const facts: [string, string][] = [];
  if (digitRuns !== undefined) {
    facts.push(['anchors', `runs of ${digitRuns.min} to ${digitRuns.max} digits`]);
  }
  if (bytes !== undefined) facts.push(['anchors', `bytes ${[...bytes].join(' ')}`]);
  if (words !== undefined) facts.push(['anchors', `words ${words.join(', ')}`]);
  return facts;
}
