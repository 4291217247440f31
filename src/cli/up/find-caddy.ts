import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Path of the `caddy` program, when it is installed. */
export function findCaddy(searchPath: string): string | undefined {
  for (const folder of searchPath.split(delimiter)) {
    const path = join(folder, 'caddy');
    try {
      accessSync(path, constants.X_OK);
      return path;
    } catch {
      // Not in this folder: the next may have it.
    }
  }
  return undefined;
}
