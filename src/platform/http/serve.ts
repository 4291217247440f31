import { createServer, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { getRequestListener, type HttpBindings } from '@hono/node-server';

export interface ServeOptions {
  host: string;
  /** 0 takes any free port. */
  port: number;
  /** Connections beyond this are refused at once instead of waiting. */
  maxConnections: number;
  /** How long a client may send nothing in the middle of a body, in milliseconds. */
  idleTimeoutMilliseconds: number;
}

export interface RunningServer {
  url: string;
  port: number;
  /** Stops accepting and waits until the requests under way are answered. */
  stop: () => Promise<void>;
  /** Settles the answers that would otherwise never end (event streams, long polls). */
  onStopping: (callback: () => void) => void;
}

/** What can be served: any Hono application on node's own requests. */
export interface Served {
  fetch: (request: Request, env: HttpBindings) => Response | Promise<Response>;
}

export const httpDefaults = {
  maxHeaderBytes: 16_384,
  headersTimeoutMilliseconds: 15_000,
  keepAliveTimeoutMilliseconds: 75_000,
} as const;

/** Serves an application on `node:http` with limits on headers, idle sockets and connections. */
export async function serve(app: Served, options: ServeOptions): Promise<RunningServer> {
  const listener = getRequestListener((request, env) => app.fetch(request, env as HttpBindings), {
    overrideGlobalObjects: false,
  });
  const server = createServer(
    {
      maxHeaderSize: httpDefaults.maxHeaderBytes,
      headersTimeout: httpDefaults.headersTimeoutMilliseconds,
      keepAliveTimeout: httpDefaults.keepAliveTimeoutMilliseconds,
      // Uploads of any length are welcome; what must not happen is that nothing moves.
      requestTimeout: 0,
      noDelay: true,
    },
    listener,
  );
  server.timeout = options.idleTimeoutMilliseconds;
  server.maxConnections = options.maxConnections;
  server.on('clientError', answerClientError);
  await listen(server, options);
  const { port } = server.address() as AddressInfo;
  const stoppers: (() => void)[] = [];
  return {
    url: `http://${options.host.includes(':') ? `[${options.host}]` : options.host}:${port}`,
    port,
    onStopping: (callback) => stoppers.push(callback),
    stop: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const stopper of stoppers) stopper();
      server.closeIdleConnections();
      const sweep = setInterval(() => server.closeIdleConnections(), 50);
      await closed;
      clearInterval(sweep);
    },
  };
}

function listen(server: Server, options: ServeOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host: options.host, port: options.port, backlog: 4_096 }, () => {
      server.removeListener('error', reject);
      resolve();
    });
  });
}

const clientErrors: Record<string, { line: string; code: string; detail: string }> = {
  HPE_HEADER_OVERFLOW: {
    line: '431 Request Header Fields Too Large',
    code: 'headers_too_large',
    detail: `the request's headers are over ${httpDefaults.maxHeaderBytes} bytes`,
  },
  ERR_HTTP_REQUEST_TIMEOUT: {
    line: '408 Request Timeout',
    code: 'request_timeout',
    detail: 'the request did not arrive in time',
  },
};

function answerClientError(error: Error & { code?: string }, socket: Socket): void {
  if (!socket.writable || error.code === 'ECONNRESET') {
    socket.destroy();
    return;
  }
  const { line, code, detail } = clientErrors[error.code ?? ''] ?? {
    line: '400 Bad Request',
    code: 'invalid_request',
    detail: 'this is no HTTP request',
  };
  const status = Number(line.slice(0, 3));
  const body = JSON.stringify({ type: 'about:blank', title: line.slice(4), status, detail, code });
  socket.end(
    `HTTP/1.1 ${line}\r\nContent-Type: application/problem+json\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
  );
}
