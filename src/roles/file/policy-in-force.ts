import { completePolicy, defaultPolicy } from '../../engine/policy.ts';
import type { Policy } from '../../engine/types.ts';
import { ensureRevision } from './store/installation.ts';
import { findNewestPolicy } from './store/policies.ts';
import type { FileStore, PolicyRow } from './store/schema.ts';

/**
 * The policy that answers are measured against: the newest version in the database, or the
 * engine's own default while there is none. Another process of this role may change it, so it is
 * looked up again where a little old is too old.
 */
export class PolicyInForce {
  readonly #store: FileStore;
  readonly #engineVersion: string;
  policy: Policy = defaultPolicy;
  revision = 0;
  /** The row it comes from; undefined for the default. */
  row: PolicyRow | undefined;

  constructor(store: FileStore, engineVersion: string) {
    this.#store = store;
    this.#engineVersion = engineVersion;
  }

  /** Reads it anew; returns whether it is another one. */
  async refresh(): Promise<boolean> {
    const row = await findNewestPolicy(this.#store.db);
    const isKnown = this.revision > 0 && row?.version === this.row?.version;
    if (isKnown) return false;
    const policy = row === undefined ? defaultPolicy : completePolicy(JSON.parse(row.policy));
    const engineVersion = this.#engineVersion;
    const revision = await ensureRevision(this.#store, { policy, engineVersion });
    Object.assign(this, { row, policy, revision });
    return true;
  }
}
