import type { App } from '../../../platform/http/create-app.ts';

/** A browser at the root of the installation is shown to the API's documentation. */
export function redirectToDocs(app: App): void {
  app.get('/', (c, next) => {
    const isRoot = new URL(c.req.url).pathname === '/';
    const isBrowser = c.req.header('accept')?.includes('text/html') ?? false;
    return isRoot && isBrowser ? Promise.resolve(c.redirect('/api/file/docs')) : next();
  });
}
