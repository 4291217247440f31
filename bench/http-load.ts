import { Agent, request } from 'node:http';

export interface Answer {
  status: number;
  bytes: number;
}

export interface LoadRequest {
  method: string;
  path: string;
  headers: Record<string, string>;
  body?: Buffer;
}

export interface LoadResult {
  perSecond: number;
  /** Milliseconds. */
  p50: number;
  p99: number;
  failed: number;
  bytesPerAnswer: number;
}

/** Sends requests on as many kept-alive connections as said, each as soon as the last is answered. */
export async function load(
  url: string,
  options: { requests: number; concurrency: number; make: (index: number) => LoadRequest },
): Promise<LoadResult> {
  const { requests, concurrency, make } = options;
  const agent = new Agent({ keepAlive: true, maxSockets: concurrency });
  const durations: number[] = [];
  let next = 0;
  let failed = 0;
  let bytes = 0;
  const run = async (): Promise<void> => {
    while (next < requests) {
      const one = make(next++);
      const start = performance.now();
      const answer = await send(url, agent, one);
      durations.push(performance.now() - start);
      bytes += answer.bytes;
      if (answer.status >= 400) failed += 1;
    }
  };
  const start = performance.now();
  await Promise.all(Array.from({ length: concurrency }, run));
  const seconds = (performance.now() - start) / 1_000;
  agent.destroy();
  return {
    perSecond: requests / seconds,
    ...percentiles(durations),
    failed,
    bytesPerAnswer: bytes / requests,
  };
}

export function percentiles(durations: number[]): { p50: number; p99: number } {
  const sorted = durations.toSorted((a, b) => a - b);
  const at = (share: number): number => sorted[Math.floor((sorted.length - 1) * share)] ?? 0;
  return { p50: at(0.5), p99: at(0.99) };
}

/** One request on a connection of the agent. */
export function send(url: string, agent: Agent, one: LoadRequest): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const { method, path, headers, body } = one;
    const sent = request(`${url}${path}`, { agent, method, headers }, (response) => {
      let bytes = 0;
      response.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, bytes }));
      response.on('error', reject);
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

/** A multipart upload of one file. */
export function uploadOf(token: string, name: string, content: string): LoadRequest {
  const boundary = 'sensitivity-bench';
  const head = `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="${name}"\r\nContent-Type: text/plain\r\n\r\n`;
  const body = Buffer.from(`${head}${content}\r\n--${boundary}--\r\n`);
  return {
    method: 'POST',
    path: '/api/file/upload',
    headers: {
      Authorization: `Bearer ${token}`,
      'Content-Type': `multipart/form-data; boundary=${boundary}`,
      'Content-Length': String(body.length),
    },
    body,
  };
}
