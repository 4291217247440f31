import type { App } from '../../../platform/http/create-app.ts';
import { styleSheet } from '../pages/style-sheet.ts';

export function addStyleSheet(app: App): void {
  app.get('/pages.css', (c) =>
    c.body(styleSheet, 200, {
      'Content-Type': 'text/css; charset=utf-8',
      'Cache-Control': 'public, max-age=3600',
    }),
  );
}
