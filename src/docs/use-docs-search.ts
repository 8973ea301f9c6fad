import type { IncomingMessage } from 'node:http';
import type { NestExpressApplication } from '@nestjs/platform-express';

const ROUTES = /^\/docs\/(?:search|page|assistant)(?:\?|$)/;

/** Parses the bodies of the search of the docs. Other routes accept only forms. */
export function useDocsSearch(app: NestExpressApplication): void {
  app.useBodyParser('json', { limit: '64kb', type: isJsonOfSearch });
}

function isJsonOfSearch({ url = '', headers }: IncomingMessage): boolean {
  return ROUTES.test(url) && /^application\/json\b/i.test(headers['content-type'] ?? '');
}
