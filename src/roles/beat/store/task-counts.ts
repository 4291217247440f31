import type { Connection } from '../../../platform/database/open-connection.ts';

/** A task's states, as the table holds them. */
export const taskStates = { ready: 0, scheduled: 1, leased: 2, dead: 3, finished: 4 } as const;
export type TaskState = keyof typeof taskStates;
export const stateNames = Object.keys(taskStates) as TaskState[];

export interface Kind {
  id: number;
  queue: string;
  name: string;
}

export interface KindCounts extends Kind, Record<TaskState, number> {}

/** What became of tasks, counted for metrics and for those who wait for work. */
export interface QueueEvents {
  published: Map<string, number>;
  /** By queue and outcome, as `queue outcome`. */
  settled: Map<string, number>;
  /** Tasks that can be handed out now, by queue. */
  readied: Map<string, number>;
  lapsed: number;
}

export function noEvents(): QueueEvents {
  return { published: new Map(), settled: new Map(), readied: new Map(), lapsed: 0 };
}

/**
 * The kinds of task there are and how many tasks each has in which state. Every change of a
 * task's state goes through `move()`; `flush()` writes the sums before the transaction ends.
 */
export class TaskCounts {
  readonly #find;
  readonly #read;
  readonly #insert;
  readonly #add;
  readonly #byName = new Map<string, Kind>();
  readonly #byId = new Map<number, Kind>();
  readonly #changes = new Map<number, number[]>();
  #events = noEvents();

  constructor(connection: Connection) {
    this.#find = connection.prepare<[string, string], Kind>(
      'SELECT id, queue, name FROM kinds WHERE queue = ? AND name = ?',
    );
    this.#read = connection.prepare<[number], Kind>(
      'SELECT id, queue, name FROM kinds WHERE id = ?',
    );
    this.#insert = connection.prepare<[string, string]>(
      'INSERT INTO kinds (queue, name) VALUES (?, ?)',
    );
    this.#add = connection.prepare<number[]>(
      `UPDATE kinds SET ready = ready + ?, scheduled = scheduled + ?, leased = leased + ?,
         dead = dead + ?, finished = finished + ? WHERE id = ?`,
    );
  }

  /** The kind of these names, made if it is new. Only within a transaction. */
  obtain(queue: string, name: string): Kind {
    const key = `${queue} ${name}`;
    const known = this.#byName.get(key) ?? this.#find.get(queue, name);
    const kind = known ?? {
      id: Number(this.#insert.run(queue, name).lastInsertRowid),
      queue,
      name,
    };
    this.#byName.set(key, kind);
    this.#byId.set(kind.id, kind);
    return kind;
  }

  read(id: number): Kind {
    const kind = this.#byId.get(id) ?? this.#read.get(id);
    if (!kind) throw new Error(`there is no kind ${id}`);
    this.#byId.set(id, kind);
    return kind;
  }

  /** Counts tasks of a kind from one state to another; none stands for not being in the table. */
  move(kind: number, from: TaskState | null, to: TaskState | null, count = 1): void {
    let change = this.#changes.get(kind);
    if (!change) {
      change = [0, 0, 0, 0, 0];
      this.#changes.set(kind, change);
    }
    if (from !== null) change[taskStates[from]] = (change[taskStates[from]] ?? 0) - count;
    if (to !== null) change[taskStates[to]] = (change[taskStates[to]] ?? 0) + count;
    if (to === 'ready') add(this.#events.readied, this.read(kind).queue, count);
  }

  published(queue: string, count: number): void {
    add(this.#events.published, queue, count);
  }

  settled(kind: number, outcome: string, count = 1): void {
    add(this.#events.settled, `${this.read(kind).queue} ${outcome}`, count);
  }

  lapsed(): void {
    this.#events.lapsed += 1;
  }

  flush(): void {
    for (const [kind, change] of this.#changes) {
      if (change.some((count) => count !== 0)) this.#add.run(...change, kind);
    }
    this.#changes.clear();
  }

  /** What happened since the last call; to be asked after a commit. */
  takeEvents(): QueueEvents {
    const events = this.#events;
    this.#events = noEvents();
    return events;
  }

  /** After a rollback: nothing known from memory holds any more. */
  forget(): void {
    this.#byName.clear();
    this.#byId.clear();
    this.#changes.clear();
  }
}

function add(counts: Map<string, number>, key: string, count: number): void {
  counts.set(key, (counts.get(key) ?? 0) + count);
}
