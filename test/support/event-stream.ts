export interface StreamedEvent {
  id: string;
  event: string;
  data: Record<string, unknown>;
  /** When it arrived, by `performance.now()`. */
  at: number;
}

/** An open event stream and what came over it so far. */
export class EventStream {
  readonly events: StreamedEvent[] = [];
  readonly response: Response;
  /** Settles when the stream ends, for whatever reason. */
  readonly ended: Promise<void>;
  readonly #controller: AbortController;

  private constructor(response: Response, controller: AbortController) {
    this.response = response;
    this.#controller = controller;
    this.ended = this.#read();
  }

  /** Opens `/api/file/events` at an address and waits until it watches. */
  static async open(
    url: string,
    token: string,
    headers: Record<string, string> = {},
  ): Promise<EventStream> {
    const controller = new AbortController();
    const response = await fetch(`${url}/api/file/events`, {
      headers: { Authorization: `Bearer ${token}`, ...headers },
      signal: controller.signal,
    });
    if (!response.ok) throw new Error(`the event stream answered ${response.status}`);
    return new EventStream(response, controller);
  }

  find(event: string, fields: Record<string, unknown>): StreamedEvent | undefined {
    return this.events.find(
      (one) =>
        one.event === event &&
        Object.entries(fields).every(([name, value]) => one.data[name] === value),
    );
  }

  async close(): Promise<void> {
    this.#controller.abort();
    await this.ended;
  }

  async #read(): Promise<void> {
    const decoder = new TextDecoder();
    let rest = '';
    try {
      for await (const chunk of this.response.body ?? []) {
        rest += decoder.decode(chunk, { stream: true });
        const blocks = rest.split('\n\n');
        rest = blocks.pop() ?? '';
        for (const block of blocks) this.#take(block);
      }
    } catch {
      // Closed by this side, or the server is gone: what came stays.
    }
  }

  #take(block: string): void {
    const fields = new Map(
      block.split('\n').map((line): [string, string] => {
        const colon = line.indexOf(':');
        return [line.slice(0, colon), line.slice(colon + 1).trim()];
      }),
    );
    const event = fields.get('event');
    if (event === undefined) return;
    const data = JSON.parse(fields.get('data') ?? '{}') as Record<string, unknown>;
    this.events.push({ id: fields.get('id') ?? '', event, data, at: performance.now() });
  }
}
