import type { Detector } from '../../engine/detector.ts';
import { type PeerReading, peerReadings, plainReading, type Target } from './peer-readings.ts';

/** What an entity's name stands for among the detectors there are. */
export interface ResolvedTypes {
  /** The types as `peer-readings.ts` names them, for people. */
  named: readonly Target[];
  /** Ids of the detectors that these are; empty when no such type exists. */
  ids: ReadonlySet<string>;
  /** Ids of the detectors whose finding fulfils a positive: `ids`, and what the reading adds. */
  fulfilling: ReadonlySet<string>;
}

/** Gives how the cases of `peer` are read. */
export function readingOf(peer: string): PeerReading {
  return Object.hasOwn(peerReadings, peer) ? (peerReadings[peer] ?? plainReading) : plainReading;
}

/** Resolves names of entities to types of `detectors`; each name is resolved once. */
export class TypeResolver {
  readonly #detectors: readonly Detector[];
  readonly #known = new Map<string, ResolvedTypes>();

  constructor(detectors: readonly Detector[]) {
    this.#detectors = detectors;
  }

  /** Gives the types of an entity of a peer. */
  entity(peer: string, entity: string): ResolvedTypes {
    const key = `${peer}\n${entity}`;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const reading = readingOf(peer);
    const named = targetsOf(reading, entity);
    const ids = this.#idsOf(named);
    const { alsoFulfils } = reading;
    const fulfilling = alsoFulfils.length === 0 ? ids : ids.union(this.#idsOf(alsoFulfils));
    const resolved = { named, ids, fulfilling };
    this.#known.set(key, resolved);
    return resolved;
  }

  /** Whether a peer's reading names this entity, as some spans' own entities are not. */
  names(peer: string, entity: string): boolean {
    return Object.hasOwn(readingOf(peer).entities, entity);
  }

  #idsOf(targets: readonly Target[]): ReadonlySet<string> {
    const wanted = targets.filter((target) => !target.startsWith('!'));
    const unwanted = targets
      .filter((target) => target.startsWith('!'))
      .map((target) => target.slice(1));
    return new Set(
      this.#detectors
        .filter((one) => wanted.some((target) => isTarget(target, one)))
        .filter((one) => !unwanted.some((target) => isTarget(target, one)))
        .map(({ id }) => id),
    );
  }
}

function targetsOf(reading: PeerReading, entity: string): readonly Target[] {
  if (Object.hasOwn(reading.entities, entity)) return reading.entities[entity] ?? [];
  const id = entity.toLowerCase().replace(/[^a-z0-9]+/g, '_');
  return reading.otherwise === 'provider' ? [`${id.split('_')[0]}_*`] : [id];
}

function isTarget(target: Target, { id, category }: Detector): boolean {
  if (target.startsWith('category:')) return target === `category:${category}`;
  if (!target.endsWith('_*')) return id === target;
  return id === target.slice(0, -2) || id.startsWith(target.slice(0, -1));
}
