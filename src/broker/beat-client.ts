import type { ServiceClient } from '../platform/http/service-client.ts';
import type { QueueStats } from './broker.ts';
import {
  LeaseAnswerSchema,
  LeaseResultsSchema,
  PublishAnswerSchema,
  QueuesAnswerSchema,
  type SettleResult,
  type WireLeasedTask,
  type WireLeaseRequest,
  type WireNewTask,
  type WireOutcome,
  type WireSettlement,
} from './wire.ts';

export interface Leased {
  leaseSeconds: number;
  tasks: WireLeasedTask[];
}

const answerMilliseconds = 15_000;

/** Beat's queue routes as functions. Each throws when beat cannot be reached or refuses. */
export class BeatClient {
  readonly #base: string;
  readonly #client: ServiceClient;

  /** @param url where beat is, without a path, e.g. `http://localhost:9000` */
  constructor(url: string, client: ServiceClient) {
    this.#base = `${url.replace(/\/+$/, '')}/api/beat`;
    this.#client = client;
  }

  async publish(tasks: WireNewTask[]): Promise<WireOutcome[]> {
    const answer = await this.#post('/tasks', { tasks });
    return PublishAnswerSchema.parse(answer).outcomes;
  }

  async lease(request: WireLeaseRequest, signal: AbortSignal): Promise<Leased> {
    const answer = await this.#post('/leases', request, {
      signal,
      timeoutMilliseconds: Math.ceil(request.wait_seconds * 1_000) + answerMilliseconds,
    });
    const { lease_seconds, tasks } = LeaseAnswerSchema.parse(answer);
    return { leaseSeconds: lease_seconds, tasks };
  }

  async renew(leases: string[], timeoutMilliseconds: number): Promise<SettleResult[]> {
    const answer = await this.#post('/leases/renew', { leases }, { timeoutMilliseconds });
    return LeaseResultsSchema.parse(answer).results;
  }

  async settle(settlements: WireSettlement[]): Promise<void> {
    await this.#post('/leases/settle', { settlements });
  }

  /** Ends the session's polls and gives back what it was handed and does not hold. */
  async reconcile(session: string, held: string[], leaving: boolean): Promise<void> {
    const timeoutMilliseconds = leaving ? 2_000 : answerMilliseconds;
    await this.#post('/leases/reconcile', { session, held, leaving }, { timeoutMilliseconds });
  }

  async stats(): Promise<QueueStats[]> {
    const answer = await this.#client.call(`${this.#base}/queues`, {
      method: 'GET',
      timeoutMilliseconds: answerMilliseconds,
    });
    return QueuesAnswerSchema.parse(answer).map(({ oldest_ready_seconds, ...stats }) => ({
      ...stats,
      oldestReadySeconds: oldest_ready_seconds,
    }));
  }

  #post(
    path: string,
    body: unknown,
    options: { signal?: AbortSignal; timeoutMilliseconds?: number } = {},
  ): Promise<unknown> {
    return this.#client.call(`${this.#base}${path}`, {
      body,
      timeoutMilliseconds: answerMilliseconds,
      ...options,
    });
  }
}
