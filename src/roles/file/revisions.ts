import { completePolicy } from '../../engine/policy.ts';
import { TallyScorer } from '../../engine/score-tallies.ts';
import type { Policy } from '../../engine/types.ts';
import { findRevision } from './store/installation.ts';
import type { FileStore } from './store/schema.ts';

/** A pair of policy and engine that contents are scored under. */
export interface Revision {
  revision: number;
  policyVersion: string;
  engineVersion: string;
  /** Null of a revision made before policies were kept. */
  policy: Policy | null;
  scorer: TallyScorer | null;
}

const maxKept = 32;

/** What each revision stands for; it never changes, so it is read once. */
export class Revisions {
  readonly #known = new Map<number, Revision>();

  /** Undefined when there is no such revision. */
  async find(db: FileStore['db'], revision: number): Promise<Revision | undefined> {
    const known = this.#known.get(revision);
    if (known !== undefined) return known;
    const row = await findRevision(db, revision);
    if (row === undefined) return undefined;
    const policy = row.policy === null ? null : completePolicy(JSON.parse(row.policy));
    const found = {
      revision,
      policyVersion: row.policy_version,
      engineVersion: row.engine_version,
      policy,
      scorer: policy === null ? null : new TallyScorer(policy),
    };
    if (this.#known.size >= maxKept) this.#known.clear();
    this.#known.set(revision, found);
    return found;
  }
}
