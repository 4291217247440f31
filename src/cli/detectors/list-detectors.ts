import type { Detector } from '../../engine/detector.ts';
import { detectors } from '../../engine/detector-list.ts';
import type { Category, Label } from '../../engine/types.ts';
import { type Column, renderTable } from '../render-table.ts';
import { SettingError } from '../setting.ts';

export type ListFormat = 'table' | 'json' | 'jsonl';

export interface ListFilter {
  /** Part of an id, category or source, or a whole anchor or context word; any case. */
  word?: string | undefined;
  category?: string | undefined;
}

/** What the list tells of one detector. */
interface DetectorSummary {
  id: string;
  category: Category;
  weight: number;
  hits: number;
  misses: number;
  floor: Label | null;
  floor_reason: string | null;
  sources: readonly string[];
}

const columns: readonly Column[] = [
  { title: 'id' },
  { title: 'category' },
  { title: 'weight', right: true },
  { title: 'hits', right: true },
  { title: 'misses', right: true },
  { title: 'floor' },
  { title: 'sources' },
];

/** Renders the detectors that pass the filter; throws when the category is none. */
export function listDetectors({ word, category }: ListFilter, format: ListFormat): string {
  const categories = [...new Set(detectors.map((one) => one.category))].sort();
  if (category !== undefined && !categories.some((known) => known === category)) {
    throw new SettingError(
      `--category must be one of ${categories.join(', ')}, not ${JSON.stringify(category)}`,
    );
  }
  const chosen = detectors
    .filter((one) => category === undefined || one.category === category)
    .filter((one) => word === undefined || isAbout(one, word.toLowerCase()))
    .map(summarise);
  if (format === 'json') return `${JSON.stringify(chosen, null, 2)}\n`;
  if (format === 'jsonl') return chosen.map((one) => `${JSON.stringify(one)}\n`).join('');
  const rows = chosen.map(({ id, category, weight, hits, misses, floor, sources }) => [
    ...[id, category, String(weight), String(hits), String(misses), floor ?? ''],
    sources.join('; '),
  ]);
  return renderTable(columns, rows);
}

function summarise({ id, category, weight, hits, misses, floor, sources }: Detector) {
  return {
    ...{ id, category, weight, hits: hits.length, misses: misses.length },
    floor: floor?.label ?? null,
    floor_reason: floor?.reason ?? null,
    sources: sources ?? [],
  } satisfies DetectorSummary;
}

function isAbout(detector: Detector, word: string): boolean {
  const { id, category, sources = [], anchors, context } = detector;
  if ([id, category, ...sources].some((text) => text.toLowerCase().includes(word))) return true;
  const heeded = context.flatMap(({ words }) => Object.values(words).flat());
  return [...(anchors.words ?? []), ...heeded].some((one) => one.toLowerCase() === word);
}
