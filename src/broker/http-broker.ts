import type { ServiceClient } from '../platform/http/service-client.ts';
import { BeatClient } from './beat-client.ts';
import type {
  Broker,
  ConsumeOptions,
  Consumer,
  NewTask,
  PublishOutcome,
  QueueStats,
  TaskHandler,
} from './broker.ts';
import { HttpConsumer } from './http-consumer.ts';
import { PublishBatcher } from './publish-batcher.ts';

/** The queue that the beat role keeps in SQLite, spoken to over HTTP. */
export class HttpBroker implements Broker {
  readonly #client: BeatClient;
  readonly #batcher: PublishBatcher;
  readonly #consumers = new Set<HttpConsumer>();

  /** @param url where beat is, without a path, e.g. `http://localhost:9000` */
  constructor(url: string, client: ServiceClient) {
    this.#client = new BeatClient(url, client);
    this.#batcher = new PublishBatcher(this.#client);
  }

  /** @throws {ServiceError} when beat is away; nothing is retried, for the caller knows best. */
  publish(tasks: NewTask[]): Promise<PublishOutcome[]> {
    return this.#batcher.publish(tasks);
  }

  consume(queues: string[], handler: TaskHandler, options: ConsumeOptions): Consumer {
    const consumer = new HttpConsumer(this.#client, queues, handler, options);
    this.#consumers.add(consumer);
    return consumer;
  }

  stats(): Promise<QueueStats[]> {
    return this.#client.stats();
  }

  async check(): Promise<void> {
    await this.#client.stats();
  }

  async close(): Promise<void> {
    await Promise.all([...this.#consumers].map((consumer) => consumer.stop(0)));
  }
}
