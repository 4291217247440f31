import { createServer } from 'node:net';

/** The port when it is free on the loopback interface, else any free one. */
export async function findPort(preferred: number): Promise<number> {
  for (const port of [preferred, 0]) {
    try {
      return await tryPort('127.0.0.1', port);
    } catch {
      // Taken: any other does as well.
    }
  }
  return preferred;
}

/** @throws {Error} when nothing can listen there; its message tells what to do. */
export async function checkPort(host: string, port: number): Promise<void> {
  try {
    await tryPort(host, port);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    const why = code === 'EADDRINUSE' ? 'is taken' : `cannot be listened on (${code})`;
    const message = `port ${port} of ${host} ${why}: choose another with --port`;
    throw new Error(message, { cause: error });
  }
}

function tryPort(host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen({ host, port, exclusive: true }, () => {
      const address = server.address();
      const found = typeof address === 'object' && address ? address.port : port;
      server.close(() => resolve(found));
    });
  });
}
