import { type InspectColor, styleText } from 'node:util';
import type { Label, Place } from '../../../engine/types.ts';
import { toTerminalText } from '../file-path.ts';
import { type FileFinding, type FileResult, isProblem } from '../file-result.ts';
import { showBytes, showCount, showCounts } from '../show-numbers.ts';
import { showPart } from '../show-place.ts';
import type { ScanSummary } from '../summary.ts';
import type { Reporter } from './reporter.ts';

export interface TableOptions {
  /** Whether files with nothing to show are shown. */
  showsAll: boolean;
  hasColor: boolean;
}

/** Findings of one type of one file that are shown; the rest is counted. */
const mostOfType = 15;
const mostTypes = 12;
const mostFormats = 6;
const labelWidth = 'confidential'.length;

const colors: Readonly<Record<Label, InspectColor>> = {
  public: 'green',
  internal: 'cyan',
  confidential: 'yellow',
  restricted: 'red',
};

type Paint = (color: InspectColor, text: string) => string;

/** For people: a file's label and score, then where what was found, masked; a summary at the end. */
export function tableReporter({ showsAll, hasColor }: TableOptions): Reporter {
  const paint: Paint = (color, text) => {
    return hasColor && text !== '' ? styleText(color, text, { validateStream: false }) : text;
  };
  let hasLines = false;
  return {
    begin: () => '',
    file: (result) => {
      if (!showsAll && result.findings.length === 0 && !isProblem(result)) return '';
      hasLines = true;
      return `${titleOf(result, paint)}\n${linesOf(result, paint)}`;
    },
    end: (summary) => `${hasLines ? '\n' : ''}${summaryText(summary, paint)}`,
  };
}

function titleOf(result: FileResult, paint: Paint): string {
  const {
    label,
    score,
    status,
    status_reason: reason,
    floor,
    promised_media_type: promised,
  } = result;
  const path = paint('bold', toTerminalText(result.path));
  const why = reason === null ? '' : paint('yellow', `  ${status}: ${reason}`);
  const is = promised === undefined ? '' : paint('yellow', `  is ${result.media_type}`);
  if (label === null) {
    return `${paint('magenta', status.padEnd(labelWidth))}      ${path}${is}${why}`;
  }
  const least = floor?.label === label ? paint('dim', `  ${floor.reason}`) : '';
  const rated = paint(colors[label], label.padEnd(labelWidth));
  return `${rated}  ${String(score).padStart(3)} ${path}${is}${least}${why}`;
}

function linesOf(result: FileResult, paint: Paint): string {
  const shown = shownFindings(result.findings);
  const places = shown.map(({ place }) => showPlace(place));
  const placeWidth = Math.max(0, ...places.map((text) => text.length));
  const typeWidth = Math.max(0, ...shown.map(({ type }) => type.length));
  const lines = shown.map(({ type, confidence, excerpt }, index) => {
    const place = (places[index] ?? '').padStart(placeWidth);
    const sure = paint('dim', confidence.toFixed(2));
    return `    ${place}  ${type.padEnd(typeWidth)}  ${sure}  ${toTerminalText(excerpt)}\n`;
  });
  return [...lines, ...restLines(result, shown, paint)].join('');
}

/** Line and column, or the part of a document: in a cell they say nothing more. */
function showPlace(place: Place): string {
  const part = toTerminalText(showPart(place));
  if (place.line < 1 || place.cell !== undefined) return part;
  return `${part === '' ? '' : `${part}, `}${place.line}:${place.column}`;
}

/** Of each type the ones that are surest, in the order of the file. */
function shownFindings(findings: readonly FileFinding[]): FileFinding[] {
  const byType = Map.groupBy(findings, ({ type }) => type);
  const shown = new Set<FileFinding>();
  for (const ofType of byType.values()) {
    const surest = ofType.toSorted((a, b) => b.confidence - a.confidence);
    for (const finding of surest.slice(0, mostOfType)) shown.add(finding);
  }
  return findings.filter((finding) => shown.has(finding));
}

function restLines(result: FileResult, shown: readonly FileFinding[], paint: Paint): string[] {
  const total = result.findings_total - shown.length;
  if (total <= 0) return [];
  const counts = countTypes(result.findings);
  // A type of which more were found than a report has is counted by its share.
  if (result.findings_total > result.findings.length) {
    for (const { type, count } of result.shares) counts.set(type, count);
  }
  for (const { type } of shown) counts.set(type, (counts.get(type) ?? 0) - 1);
  const rest = Object.fromEntries([...counts].filter(([, count]) => count > 0));
  return [paint('dim', `    and ${showCounts(rest, mostTypes)} more\n`)];
}

function countTypes(findings: readonly FileFinding[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { type } of findings) counts.set(type, (counts.get(type) ?? 0) + 1);
  return counts;
}

/** What was left, and how much has which format that cannot be read. */
function splitReasons(reasons: Readonly<Record<string, number>>): {
  left: Record<string, number>;
  formats: Record<string, number>;
} {
  const prefix = 'unsupported:';
  const isFormat = ([reason]: [string, number]): boolean => reason.startsWith(prefix);
  const entries = Object.entries(reasons);
  const formats = entries
    .filter(isFormat)
    .map(([reason, count]) => [reason.slice(prefix.length), count]);
  return {
    left: Object.fromEntries(entries.filter((entry) => !isFormat(entry))),
    formats: Object.fromEntries(formats),
  };
}

function summaryText(summary: ScanSummary, paint: Paint): string {
  const { files_scanned: files, bytes, seconds, labels, findings } = summary;
  const scanned = `${showCount(files)} ${files === 1 ? 'file' : 'files'}, ${showBytes(bytes)}`;
  const byLabel = (['restricted', 'confidential', 'internal', 'public'] as const)
    .map((label) => {
      const text = `${showCount(labels[label])} ${label}`;
      return labels[label] > 0 ? paint(colors[label], text) : text;
    })
    .join(', ');
  const types = findings > 0 ? `: ${showCounts(summary.types, mostTypes)}` : '';
  const known = summary.in_baseline;
  const split = splitReasons(summary.not_scanned);
  const lines: [string, string][] = [
    ['scanned', `${scanned} in ${seconds.toFixed(1)} s: ${byLabel}`],
    [known === null ? 'found' : 'new', `${showCount(findings)}${types}`],
    ['baseline', known === null ? '' : `${showCount(known)} found that are in it`],
    ['read in part', showCounts(summary.partial, mostTypes)],
    ['not scanned', showCounts(split.left, mostTypes)],
    ['not readable', showCounts(split.formats, mostFormats)],
    ['incomplete', summary.complete ? '' : 'the scan was ended early; this is what it had by then'],
  ];
  return lines
    .filter(([, text]) => text !== '')
    .map(([name, text]) => `${paint('bold', name.padEnd(labelWidth))}  ${text}\n`)
    .join('');
}
