import { relative, resolve } from 'node:path';
import type { Label } from '../../../engine/types.ts';
import { version } from '../../../platform/version.ts';
import { textPath, toUri } from '../file-path.ts';
import { type FileFinding, type FileResult, isProblem, pathOf } from '../file-result.ts';
import { isOfFile, showPart } from '../show-place.ts';
import type { ScanSummary } from '../summary.ts';
import type { Reporter } from './reporter.ts';

type Level = 'error' | 'warning' | 'note';

interface Rule {
  id: string;
  name: string;
  shortDescription: { text: string };
  defaultConfiguration: { level: Level };
  properties: { category: string; tags: string[] };
}

/** Problems are listed one by one up to so many. */
const mostNotifications = 1_000;
/** A finding below is one step less serious than its file. */
const sureConfidence = 0.8;

/**
 * SARIF 2.1.0 (OASIS): a result a finding, a rule a type that was found. Places are relative to
 * `%SRCROOT%`, the folder the scan was run in; no absolute path says where that is.
 */
export function sarifReporter(): Reporter {
  const rules = new Map<string, { index: number; rule: Rule }>();
  const notifications: unknown[] = [];
  let separator = '\n';
  const resultOf = (file: FileResult, finding: FileFinding): string => {
    const known = rules.get(finding.type) ?? { index: rules.size, rule: ruleOf(finding) };
    rules.set(finding.type, known);
    const text = `${separator}${JSON.stringify(toSarif(file, finding, known.index))}`;
    separator = ',\n';
    return text;
  };
  return {
    begin: () => `{${head},"runs":[{${runHead},"results":[`,
    file: (file) => {
      if (isProblem(file) && notifications.length < mostNotifications) {
        notifications.push(notificationOf(file));
      }
      return file.findings.map((finding) => resultOf(file, finding)).join('');
    },
    end: (summary) => {
      const driver = {
        name: 'sensitivity',
        version,
        semanticVersion: version,
        rules: [...rules.values()].map(({ rule }) => rule),
      };
      const invocation = {
        executionSuccessful: summary.complete && summary.problems === 0,
        toolExecutionNotifications: [...notifications, ...closingNotes(summary, notifications)],
      };
      const rest = { tool: { driver }, invocations: [invocation], properties: { summary } };
      return `\n],${JSON.stringify(rest).slice(1)}]}\n`;
    },
  };
}

const head = members({
  $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
  version: '2.1.0',
});

const runHead = members({
  columnKind: 'utf16CodeUnits',
  originalUriBaseIds: {
    '%SRCROOT%': { description: { text: 'The folder that the scan was run in.' } },
  },
});

/** An object's members without its braces. */
function members(value: object): string {
  return JSON.stringify(value).slice(1, -1);
}

function ruleOf({ type, category }: FileFinding): Rule {
  const words = type.split('_');
  const title = words.join(' ');
  return {
    id: type,
    name: words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join(''),
    shortDescription: { text: `${title.charAt(0).toUpperCase()}${title.slice(1)} found.` },
    defaultConfiguration: { level: 'warning' },
    properties: { category, tags: ['security', category] },
  };
}

function toSarif(file: FileResult, finding: FileFinding, ruleIndex: number): object {
  const { type, confidence, place, excerpt, fingerprint } = finding;
  const rated = `in a file that is ${file.label}, score ${file.score}`;
  const text = `${type.replaceAll('_', ' ')} ${rated}: ${escapeMessage(excerpt)}`;
  return {
    ruleId: type,
    ruleIndex,
    level: levelOf(file.label, confidence),
    rank: Math.round(confidence * 1_000) / 10,
    message: { text },
    locations: [placeOf(file, place)],
    partialFingerprints: { 'sensitivityValue/v1': fingerprint },
    properties: { confidence, label: file.label, score: file.score },
  };
}

/** Braces and brackets mean placeholders and links in a message (SARIF 2.1.0, 3.11.5, 3.11.6). */
function escapeMessage(text: string): string {
  return text.replace(/[{}]/g, '$&$&').replace(/[[\]\\]/g, '\\$&');
}

function levelOf(label: Label | null, confidence: number): Level {
  const isSure = confidence >= sureConfidence;
  if (label === 'restricted' || label === 'confidential') return isSure ? 'error' : 'warning';
  return label === 'internal' && isSure ? 'warning' : 'note';
}

/** A place inside a document has no region of the file: its part is named instead. */
function placeOf(file: FileResult, place: FileFinding['place']): object {
  const location = locationOf(file);
  if (isOfFile(place)) return { physicalLocation: { ...location, region: regionOf(place) } };
  const name = [showPart(place), `line ${place.line}`].filter(Boolean).join(', ');
  return {
    physicalLocation: location,
    logicalLocations: [{ fullyQualifiedName: name }],
    properties: { place },
  };
}

/** Formats without lines have no line; then the bytes alone tell where. */
function regionOf({ line, column, offset, length }: FileFinding['place']): object {
  const text =
    line >= 1 ? { startLine: line, ...(column >= 1 ? { startColumn: column } : {}) } : {};
  return { ...text, byteOffset: offset, byteLength: length };
}

function locationOf(file: FileResult): object {
  const path = pathOf(file);
  const inside = path.bytes === null ? relative('.', resolve(path.text)) : path.text;
  if (inside.startsWith('/') || inside === '..' || inside.startsWith('../')) {
    const absolute = path.bytes === null ? textPath(resolve(path.text)) : path;
    return { artifactLocation: { uri: `file://${toUri(absolute)}` } };
  }
  const uri = toUri(path.bytes === null ? textPath(inside) : path);
  return { artifactLocation: { uri: uri === '' ? './' : uri, uriBaseId: '%SRCROOT%' } };
}

function notificationOf(file: FileResult): object {
  return {
    level: 'error',
    descriptor: { id: file.status_reason ?? file.status },
    message: { text: `could not be scanned: ${escapeMessage(file.status_reason ?? '')}` },
    locations: [{ physicalLocation: locationOf(file) }],
  };
}

function closingNotes({ complete, problems }: ScanSummary, listed: unknown[]): object[] {
  const notes: object[] = [];
  const more = problems - listed.length;
  if (more > 0) {
    notes.push({ level: 'error', message: { text: `${more} more could not be scanned` } });
  }
  if (!complete) {
    notes.push({
      level: 'error',
      message: { text: 'the scan was ended early; this is incomplete' },
    });
  }
  return notes;
}
