import type { Generated, GeneratedAlways, Transaction } from 'kysely';
import type { Store } from '../../../platform/database/open-database.ts';

export const fileStatuses = ['pending', 'scanning', 'scored', 'partial', 'failed'] as const;
export type FileStatus = (typeof fileStatuses)[number];

export const labels = ['public', 'internal', 'confidential', 'restricted'] as const;
export type LabelName = (typeof labels)[number];

export interface InstallationRow {
  id: number;
  cursor_key: Uint8Array;
  fingerprint_key: Uint8Array;
}

export interface RevisionRow {
  revision: Generated<number>;
  policy_version: string;
  engine_version: string;
  created_at: string;
  /** JSON of the engine's policy; null of a revision made before policies were kept. */
  policy: string | null;
}

export interface PolicyRow {
  version: number;
  format: 'yaml' | 'json';
  /** As it was sent. */
  source: string;
  /** JSON of the engine's policy. */
  policy: string;
  actor: string;
  created_at: string;
}

export interface OwnerRow {
  owner: Generated<number>;
  subject: string;
  username: string | null;
  used_bytes: Generated<number>;
}

export interface ContentRow {
  /** In the order of the first uploads. */
  seq: Generated<number>;
  sha256: string;
  size: number;
  status: FileStatus;
  status_reason: string | null;
  score: number | null;
  label: LabelName | null;
  /** JSON: shares, counts, floor, encoding and versions of the last scan. */
  report: string | null;
  revision: number;
  attempts: Generated<number>;
  /** When the sweep has to look at it, in milliseconds since 1970; null when it need not. */
  due_at: number | null;
  scanned_at: string | null;
  /** The revision of the scan; `revision` is that of the score. */
  scanned_revision: number | null;
}

interface SmallContentRow {
  seq: Generated<number>;
  sha256: string;
  bytes: Uint8Array<ArrayBuffer>;
}

export interface FindingRow {
  sha256: string;
  ordinal: number;
  type: string;
  body: string;
}

export interface FileRow {
  seq: Generated<number>;
  id: string;
  owner: number;
  name: string;
  name_folded: string;
  version: number;
  current: 0 | 1;
  size: number;
  sha256: string;
  media_type: string;
  status: FileStatus;
  status_reason: string | null;
  score: number | null;
  /** The score as lists sort it; -1 without a score. */
  rank: GeneratedAlways<number>;
  label: LabelName | null;
  created_at: string;
  updated_at: string;
}

/** A stored row, with what the database generates. */
export type StoredFile = Omit<FileRow, 'seq' | 'rank'> & { seq: number; rank: number };

interface FileTypeRow {
  type: string;
  seq: number;
  owner: number;
  rank: number;
}

interface FileCountRow {
  owner: number;
  facet: string;
  value: string;
  files: number;
}

interface OutboxRow {
  seq: Generated<number>;
  key: string;
  task: string;
}

interface EventRow {
  seq: Generated<number>;
  owner: number;
  kind: string;
  body: string;
  at: number;
}

interface IdempotencyKeyRow {
  owner: number;
  key: string;
  fingerprint: string;
  file_ids: string;
  at: number;
}

interface AuditRow {
  seq: Generated<number>;
  at: string;
  actor: string;
  action: string;
  /** Id of a file, or `policy/` and a version. */
  target: string;
  request_id: string;
}

export interface FileSchema {
  installation: InstallationRow;
  revisions: RevisionRow;
  policies: PolicyRow;
  owners: OwnerRow;
  contents: ContentRow;
  small_contents: SmallContentRow;
  findings: FindingRow;
  files: FileRow;
  file_types: FileTypeRow;
  file_counts: FileCountRow;
  outbox: OutboxRow;
  events: EventRow;
  idempotency_keys: IdempotencyKeyRow;
  unlinks: { sha256: string };
  audit: AuditRow;
}

export type FileStore = Store<FileSchema>;
export type Trx = Transaction<FileSchema>;
