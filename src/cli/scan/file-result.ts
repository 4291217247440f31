import { promisedMediaType } from '../../documents/name-media-type.ts';
import type { DocumentReport } from '../../documents/scan-document.ts';
import type { Category, Finding, Label, Place, Share } from '../../engine/types.ts';
import type { FilePath } from './file-path.ts';

/** A finding as a report has it: masked, and why is left to the score's shares. */
export interface FileFinding {
  type: string;
  category: Category;
  confidence: number;
  place: Place;
  excerpt: string;
  fingerprint: string;
}

/** What became of a file's bytes. */
export interface ScannedFile {
  media_type: string | null;
  /** As of a document; `skipped` is what was left by rule. */
  status: DocumentReport['status'] | 'skipped';
  status_reason: string | null;
  /** Bytes read. */
  bytes: number;
  /** 0–100, a lower bound when the status is `partial`; null when nothing could be read. */
  score: number | null;
  label: Label | null;
  /** Why the label is higher than the score alone would make it. */
  floor: { label: Label; reason: string } | null;
  shares: Share[];
  findings: FileFinding[];
  /** All that were found; a report has at most 1,000 a type. */
  findings_total: number;
  /** Documents inside the file, and what kept some of them from being read; only when it has some. */
  inner?: DocumentReport['inner'];
}

/** One object of a report: a file and what became of it. */
export interface FileResult extends ScannedFile {
  path: string;
  /** The path's bytes, only when they are no UTF-8. */
  path_base64?: string;
  /** What the path's ending promises, only when the content is something else. */
  promised_media_type?: string;
  /** Which key made the fingerprints, only when there are findings. */
  fingerprint_key_id?: string;
}

export function fromDocument(document: DocumentReport): ScannedFile {
  const { report } = document;
  return {
    media_type: document.mediaType,
    status: document.status,
    status_reason: document.statusReason,
    bytes: document.bytesRead,
    score: report?.score ?? null,
    label: report?.label ?? null,
    floor: report?.floor ?? null,
    shares: report?.shares ?? [],
    findings: report?.findings.map(withoutTrace) ?? [],
    findings_total: report?.findingsTotal ?? 0,
    ...(document.inner.read + document.inner.unread > 0 ? { inner: document.inner } : {}),
  };
}

function withoutTrace(finding: Finding): FileFinding {
  const { type, category, confidence, place, excerpt, fingerprint } = finding;
  return { type, category, confidence, place, excerpt, fingerprint };
}

/** A file of which nothing was read. */
export function unscanned(status: 'failed' | 'skipped', reason: string, bytes = 0): ScannedFile {
  return {
    media_type: null,
    status,
    status_reason: reason,
    bytes,
    score: null,
    label: null,
    floor: null,
    shares: [],
    findings: [],
    findings_total: 0,
  };
}

/** Puts a file's path and what became of it together, in the order that reports have. */
export function toResult(path: FilePath, scanned: ScannedFile, keyId: string): FileResult {
  const shown = path.text === '' ? '.' : path.text;
  const { media_type: mediaType } = scanned;
  const promised = mediaType === null ? undefined : promisedMediaType(shown, mediaType);
  return {
    path: shown,
    ...(path.bytes === null ? {} : { path_base64: Buffer.from(path.bytes).toString('base64') }),
    ...(promised === undefined ? {} : { promised_media_type: promised }),
    ...scanned,
    ...(scanned.findings.length > 0 ? { fingerprint_key_id: keyId } : {}),
  };
}

/** The path of a result, exact also where it is no UTF-8. */
export function pathOf({ path, path_base64: encoded }: FileResult): FilePath {
  return { text: path, bytes: encoded === undefined ? null : Buffer.from(encoded, 'base64') };
}

/** What of a text could not be read is told and no more: all else of it was. */
const textReasons: readonly (string | null)[] = ['binary_data', 'undecodable_bytes'];

/**
 * Whether a file that was to be scanned could not be, or a part of it; formats that cannot be read
 * and what is skipped by rule are no problem.
 */
export function isProblem({ status, status_reason: reason }: FileResult): boolean {
  if (reason?.startsWith('unsupported:') === true) return false;
  return status === 'failed' || (status === 'partial' && !textReasons.includes(reason));
}
