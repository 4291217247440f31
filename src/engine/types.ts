import type { OwnDetector } from './own-detector.ts';
import type { ScanTallies } from './scan-tallies.ts';

/**
 * What the engine hands out. Everything here can be stored or shown: no type has room for a
 * matched value in the clear.
 */

/** The categories a finding can have. */
export const categories = [
  'financial',
  'identity',
  'contact',
  'health',
  'credential',
  'confidentiality',
  'network',
  'vehicle',
  'custom',
] as const;

export type Category = (typeof categories)[number];

/** From least to most sensitive; see `labelRank` in score.ts for the order as numbers. */
export type Label = 'public' | 'internal' | 'confidential' | 'restricted';

/**
 * Where a finding is. `offset` and `length` are bytes of the file; `line` and `column` start at 1,
 * the column counts UTF-16 code units. With `path`, the names of entries and attachments from the
 * outermost document in, joined by `!/`, they are of the file at that path. With `extracted` they
 * count in the text of a part, which the other fields name: pages and slides from 1, `cell` as in
 * `B7`; for the document's bytes are not its text.
 */
export interface Place {
  offset: number;
  length: number;
  line: number;
  column: number;
  path?: string;
  extracted?: true;
  page?: number;
  slide?: number;
  sheet?: string;
  cell?: string;
  section?: string;
}

/**
 * A word of a detector's list that counted. `distance` is in characters from the value;
 * `effect` is positive for words that support the type and negative for words that speak against.
 */
export interface ContextHit {
  word: string;
  distance: number;
  where: 'before' | 'after';
  effect: number;
}

/** A finding that overlapped a better one. */
export interface LostFinding {
  type: string;
  confidence: number;
  reason: string;
}

/** Why a finding has its confidence: `base` is before context, `confidence` after. */
export interface Trace {
  detector: string;
  pattern: string;
  validator: string | null;
  context: ContextHit[];
  base: number;
  confidence: number;
  notes: string[];
  lost: LostFinding[];
}

/** One sensitive value in a text; `fingerprint` is 128 bits in hex, `excerpt` has it masked. */
export interface Finding {
  type: string;
  category: Category;
  confidence: number;
  place: Place;
  excerpt: string;
  fingerprint: string;
  trace: Trace;
}

/** What one type adds to the score; the `share`s of a report add up to its score. */
export interface Share {
  type: string;
  category: Category;
  weight: number;
  count: number;
  distinct: number;
  risk: number;
  share: number;
}

/** The result of one scan; `bytes` and `lines` are of the scanned text, `score` is 0–100. */
export interface ScanReport {
  score: number;
  label: Label;
  floor: { label: Label; reason: string } | null;
  shares: Share[];
  counts: Record<string, number>;
  /** By type: how many values the policy's allow lists took out of the counts. */
  allowed: Record<string, number>;
  findings: Finding[];
  findingsStored: number;
  findingsTotal: number;
  /** What it takes to score the file again under another policy; see rescore.ts. */
  tallies: ScanTallies;
  policyVersion: string;
  engineVersion: string;
  bytes: number;
  lines: number;
}

/** How one type departs from its detector's defaults. */
export interface TypePolicy {
  weight?: number;
  minConfidence?: number;
  off?: boolean;
}

/**
 * Labels that files get whatever their score. `types` replaces what the detector of a type demands;
 * null demands nothing.
 */
export interface FloorPolicy {
  types: Record<string, Label | null>;
  /** For the identities of so many people or more. */
  manyPeople: { count: number; label: Label } | null;
  /** For health data together with an identity. */
  healthWithIdentity: Label | null;
}

/** What is no finding although it looks like one; no `types` means of every type. */
export interface AllowEntry {
  match: string;
  types: readonly string[];
}

/**
 * Values as they stand in a text, patterns that match a whole value, paths of files with `*`, `**`
 * and `?`, and fingerprints of this installation.
 */
export interface AllowPolicy {
  values: readonly AllowEntry[];
  patterns: readonly AllowEntry[];
  paths: readonly AllowEntry[];
  fingerprints: readonly AllowEntry[];
}

/** What is done with pictures; `ocr`: the text that they show is recognised and read. */
export interface ImagePolicy {
  ocr: boolean;
}

/** How many pictures of a document, and of those inside it, were read for their text or were not. */
export interface PictureCount {
  read: number;
  unread: number;
}

/**
 * What a team can set: confidences and weights are 0–1, minimums in steps of 0.01; `labels` are
 * lowest scores. It is plain data, which can be cloned and kept as JSON.
 */
export interface Policy {
  version: string;
  minConfidence: number;
  types: Record<string, TypePolicy>;
  labels: { internal: number; confidential: number; restricted: number };
  floors: FloorPolicy;
  countTestValues: boolean;
  /** The team's own; see own-detector.ts. */
  detectors: readonly OwnDetector[];
  allow: AllowPolicy;
  images: ImagePolicy;
}
