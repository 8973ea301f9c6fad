import type { IncomingMessage } from 'node:http';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { Request } from 'express';
import type { BackendConfig } from '../config/backend-config.js';

const API_PATH = '/console/';

/** Lets pages of the console call its API, with the refresh cookie, and no other route of the backend. */
export function useConsole(app: NestExpressApplication, { consoleUrl }: BackendConfig): void {
  const consoleCors = {
    origin: consoleUrl,
    credentials: true,
    methods: ['GET', 'POST', 'DELETE'],
    allowedHeaders: ['Authorization', 'Content-Type'],
  };
  app.enableCors((request: Request, callback) => {
    callback(null, request.path.startsWith(API_PATH) ? consoleCors : { origin: false });
  });
  // Other routes accept only forms.
  app.useBodyParser('json', { limit: '16kb', type: isJsonOfConsole });
}

function isJsonOfConsole({ url = '', headers }: IncomingMessage): boolean {
  return url.startsWith(API_PATH) && /^application\/json\b/i.test(headers['content-type'] ?? '');
}
