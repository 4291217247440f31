import { everyone } from './store/counts.ts';
import { type FileEvent, listEvents, readLastEvent } from './store/events.ts';
import type { FileStore } from './store/schema.ts';

/** How often another process's commits are looked for while somebody watches. */
const pollMilliseconds = 150;

const batchSize = 1_000;

interface Watcher {
  owner: number;
  send: (event: FileEvent) => void;
}

/**
 * Hands events to those who watch. They come from the database, so that every process of this
 * role tells of what any of them did; nothing is read while nobody watches.
 */
export class EventHub {
  readonly #store: FileStore;
  readonly #watchers = new Set<Watcher>();
  #last = 0;
  #dataVersion = -1;
  #timer: NodeJS.Timeout | undefined;
  #reading: Promise<void> | undefined;
  #again = false;

  constructor(store: FileStore) {
    this.#store = store;
  }

  /** Watches one owner's files, or all (`everyone`); returns what ends it. */
  async watch(owner: number, send: (event: FileEvent) => void): Promise<() => void> {
    const watcher = { owner, send };
    if (this.#watchers.size === 0) {
      const last = await readLastEvent(this.#store);
      // Somebody else may have come meanwhile, whose place this must not move.
      if (this.#watchers.size === 0) this.#last = last;
      this.#timer ??= setInterval(() => this.#poll(), pollMilliseconds);
    }
    this.#watchers.add(watcher);
    return () => {
      this.#watchers.delete(watcher);
      if (this.#watchers.size > 0) return;
      clearInterval(this.#timer);
      this.#timer = undefined;
    };
  }

  /** Events that a watcher who comes back has missed. */
  async *readSince(seq: number, owner: number): AsyncIterable<FileEvent> {
    for (let after = seq; ; ) {
      const events = await listEvents(this.#store, after, { owner, limit: batchSize });
      yield* events;
      const last = events.at(-1);
      if (!last || events.length < batchSize) return;
      after = last.seq;
    }
  }

  /** Called after each commit of this process. */
  wake(): void {
    if (this.#watchers.size === 0) return;
    this.#again = true;
    this.#reading ??= this.#read().finally(() => {
      this.#reading = undefined;
    });
  }

  #poll(): void {
    const version = this.#store.readDataVersion();
    if (version === this.#dataVersion) return;
    this.#dataVersion = version;
    this.wake();
  }

  async #read(): Promise<void> {
    while (this.#again) {
      this.#again = false;
      const options = { owner: everyone, limit: batchSize };
      const events = await listEvents(this.#store, this.#last, options);
      for (const event of events) {
        this.#last = event.seq;
        for (const watcher of this.#watchers) {
          if (watcher.owner === everyone || watcher.owner === event.owner) watcher.send(event);
        }
      }
      if (events.length === batchSize) this.#again = true;
    }
  }
}
