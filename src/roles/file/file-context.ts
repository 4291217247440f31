import type { Policy } from '../../engine/types.ts';
import type { Cursors } from '../../platform/http/list-page.ts';
import type { Log } from '../../platform/log.ts';
import type { ContentStore } from './content/content-store.ts';
import type { EventHub } from './event-hub.ts';
import type { FileMetrics } from './file-metrics.ts';
import type { PolicyInForce } from './policy-in-force.ts';
import type { Rescorer } from './rescorer.ts';
import type { Revisions } from './revisions.ts';
import type { FileStore } from './store/schema.ts';
import type { Usernames } from './usernames.ts';

export interface FileLimits {
  /** Largest upload in bytes. */
  maxUploadBytes: number;
  /** Bytes one user may hold, all versions; 0 is no limit. */
  quotaBytes: number;
  /** Uploads stop while less than this is free on the disk, in bytes. */
  freeDiskFloorBytes: number;
  /** After this long without an answer, a pending file is queued again. */
  pendingTimeoutSeconds: number;
  /** Uploads received at once; more wait their turn. */
  maxUploadsAtOnce: number;
}

/** What re-scoring works with. */
export type RescoreContext = Pick<
  FileContext,
  | 'store'
  | 'limits'
  | 'policies'
  | 'engineVersion'
  | 'revisions'
  | 'fingerprintKey'
  | 'events'
  | 'wakePublisher'
  | 'metrics'
  | 'log'
>;

/** What the actions of this role work with; made once, in `main.ts`. */
export interface FileContext {
  store: FileStore;
  content: ContentStore;
  limits: FileLimits;
  policies: PolicyInForce;
  /** The policy in force. */
  readonly policy: Policy;
  engineVersion: string;
  /** The number of the policy and engine that answers are measured against. */
  readonly revision: number;
  revisions: Revisions;
  rescorer: Rescorer;
  fingerprintKey: Uint8Array;
  cursors: Cursors;
  events: EventHub;
  usernames: Usernames;
  /** Tells the publisher that the outbox has something. */
  wakePublisher: () => void;
  metrics: FileMetrics;
  log: Log;
}
