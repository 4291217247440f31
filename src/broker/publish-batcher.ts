import type { BeatClient } from './beat-client.ts';
import type { NewTask, PublishOutcome } from './broker.ts';
import { maxPublishedTasks, type WireNewTask, type WireOutcome } from './wire.ts';

interface Parcel {
  tasks: WireNewTask[];
  resolve: (outcomes: PublishOutcome[]) => void;
  reject: (error: unknown) => void;
}

/** Puts publishes of the same moment into one request and splits what is too long for one. */
export class PublishBatcher {
  static readonly requestsAtOnce = 2;
  readonly #client: BeatClient;
  #waiting: Parcel[] = [];
  #sending = 0;
  #scheduled = false;

  constructor(client: BeatClient) {
    this.#client = client;
  }

  async publish(tasks: NewTask[]): Promise<PublishOutcome[]> {
    const parcels: Promise<PublishOutcome[]>[] = [];
    for (let start = 0; start < tasks.length; start += maxPublishedTasks) {
      parcels.push(this.#enqueue(tasks.slice(start, start + maxPublishedTasks).map(toWire)));
    }
    return (await Promise.all(parcels)).flat();
  }

  #enqueue(tasks: WireNewTask[]): Promise<PublishOutcome[]> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ tasks, resolve, reject });
      if (this.#scheduled) return;
      this.#scheduled = true;
      setImmediate(() => {
        this.#scheduled = false;
        this.#sendWaiting();
      });
    });
  }

  #sendWaiting(): void {
    while (this.#waiting.length > 0 && this.#sending < PublishBatcher.requestsAtOnce) {
      let count = 0;
      const end = this.#waiting.findIndex(({ tasks }) => {
        count += tasks.length;
        return count > maxPublishedTasks;
      });
      const batch = this.#waiting.splice(0, end < 0 ? this.#waiting.length : end);
      this.#sending += 1;
      void this.#send(batch).finally(() => {
        this.#sending -= 1;
        this.#sendWaiting();
      });
    }
  }

  async #send(batch: Parcel[]): Promise<void> {
    try {
      const outcomes = await this.#client.publish(batch.flatMap(({ tasks }) => tasks));
      let start = 0;
      for (const { tasks, resolve } of batch) {
        resolve(outcomes.slice(start, start + tasks.length).map(fromWire));
        start += tasks.length;
      }
    } catch (error) {
      for (const { reject } of batch) reject(error);
    }
  }
}

function toWire(task: NewTask): WireNewTask {
  return {
    name: task.name,
    queue: task.queue,
    key: task.key,
    args: task.args,
    priority: task.priority,
    delay_seconds: task.delaySeconds,
    max_attempts: task.maxAttempts,
    request_id: task.requestId,
    revive: task.revive,
  };
}

function fromWire({ id, state, reason }: WireOutcome): PublishOutcome {
  return reason === undefined ? { id, state } : { id, state, reason };
}
