import {
  createServer,
  request as httpRequest,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * `cut`: half of the answer, then the end. `stall`: half of it, then nothing. `lose answer`: it is
 * done and nobody hears of it. A number: that status, and it is not done.
 */
export type Fault = 'cut' | 'stall' | 'lose answer' | number;

/** Chooses what goes wrong with a request; undefined lets it pass. */
export type FaultRule = (path: string) => Fault | undefined;

/** Stands between a role and another and lets go wrong what goes wrong on networks. */
export class FaultyProxy {
  rule: FaultRule = () => undefined;
  /** Paths of the requests so far. */
  readonly paths: string[] = [];
  readonly #target: string;
  readonly #server = createServer((request, response) => this.#answer(request, response));

  private constructor(target: string) {
    this.#target = target;
    this.#server.listen(0, '127.0.0.1');
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  static async start(target: string): Promise<FaultyProxy> {
    const proxy = new FaultyProxy(target);
    await new Promise((resolve) => proxy.#server.once('listening', resolve));
    return proxy;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    const path = request.url ?? '/';
    this.paths.push(path);
    const fault = this.rule(path);
    if (typeof fault === 'number') {
      request.resume();
      response.writeHead(fault, { 'Content-Type': 'application/problem+json' });
      response.end(JSON.stringify({ detail: 'made up by a test' }));
      return;
    }
    const { method, headers } = request;
    const onward = httpRequest(`${this.#target}${path}`, { method, headers }, (answer) => {
      if (fault === 'lose answer') {
        answer.resume();
        answer.once('end', () => response.destroy());
        return;
      }
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      if (fault === undefined) answer.pipe(response);
      else passHalf(answer, response, fault);
    });
    onward.on('error', () => response.destroy());
    request.pipe(onward);
  }
}

function passHalf(answer: IncomingMessage, response: ServerResponse, fault: 'cut' | 'stall'): void {
  const half = Math.floor(Number(answer.headers['content-length']) / 2);
  let passed = 0;
  answer.on('data', (chunk: Buffer) => {
    const piece = chunk.subarray(0, Math.max(0, half - passed));
    passed += piece.length;
    if (piece.length > 0) response.write(piece);
  });
  answer.once('end', () => {
    if (fault === 'cut') setTimeout(() => response.destroy(), 50);
  });
}
