import type { IncomingMessage } from 'node:http';
import type { NestExpressApplication } from '@nestjs/platform-express';

/** Lets Acme's API accept JSON. Other routes accept only forms. */
export function useApi(app: NestExpressApplication): void {
  app.useBodyParser('json', { limit: '16kb', type: isJsonOfApi });
}

function isJsonOfApi({ url = '', headers }: IncomingMessage): boolean {
  return url.startsWith('/api/') && /^application\/json\b/i.test(headers['content-type'] ?? '');
}
