let isGuarded = false;

/**
 * Writes what a command has to say. When nobody reads on, as in `sensitivity detectors | head`, the
 * program ends quietly.
 */
export function writeOutput(text: string): void {
  if (!isGuarded) {
    isGuarded = true;
    process.stdout.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
      process.exit();
    });
  }
  process.stdout.write(text);
}
