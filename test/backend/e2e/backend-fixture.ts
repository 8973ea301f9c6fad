import type { Server } from 'node:http';
import { afterAll, beforeAll } from '@jest/globals';
import type { NestExpressApplication } from '@nestjs/platform-express';
import request from 'supertest';
import { createApp } from '../../../src/create-app.js';
import { DEMO_RATE_LIMITS } from '../../../src/config/backend-config.js';
import type { BackendConfig } from '../../../src/config/backend-config.js';
import type { Database } from '../../../src/database/database-connection.js';
import { DATABASE } from '../../../src/database/database.module.js';
import { newDocsKeyPair } from '../../../src/tenants/docs-key-pair.js';

/** A backend on an in-memory database. Close `app` afterwards. */
export interface Backend {
  app: NestExpressApplication;
  server: Server;
  config: BackendConfig;
  database: Database;
}

/** The same secret in every test, so that a test can sign sessions itself. */
export const SESSION_SECRET = 'a secret of these tests, long enough for HS256';

/** The timeout of hooks that start a backend, since the embedded Postgres takes seconds to start. */
export const START_TIMEOUT_MS = 60_000;

/** Starts a backend that listens on no port. */
export async function startBackend(overrides: Partial<BackendConfig> = {}): Promise<Backend> {
  const config: BackendConfig = {
    publicUrl: 'http://localhost:3000',
    localUrl: 'http://127.0.0.1:3000',
    sessionDocsUrl: 'http://localhost:3003',
    oauthDocsUrl: 'http://localhost:3004',
    consoleUrl: 'http://localhost:3005',
    consoleDocs: await consoleDocs(),
    docsSites: await docsSites(),
    sessionSecret: SESSION_SECRET,
    tenantKeysSecret: 'another secret of these tests, as long as that',
    hasDemo: true,
    rateLimits: DEMO_RATE_LIMITS,
    logFormat: 'text',
    ...overrides,
  };
  const app = await createApp(config);
  await app.init();
  return { app, server: app.getHttpServer(), config, database: app.get(DATABASE, { strict: false }) };
}

/** A backend for all tests of a `describe`: started before the first, closed after the last. */
export function useBackend(): Backend {
  const backend = {} as Backend;
  beforeAll(async () => {
    Object.assign(backend, await startBackend());
  }, START_TIMEOUT_MS);
  afterAll(async () => {
    await backend.app.close();
  });
  return backend;
}

/** The docs sites as `startBackend` configures them for two emulators. */
export async function docsSites(): Promise<BackendConfig['docsSites']> {
  const [publicKey, privateKey] = await Promise.all([
    newDocsKeyPair('personalization'),
    newDocsKeyPair('authentication'),
  ]);
  return {
    personalization: {
      url: 'http://localhost:3001',
      signingKey: publicKey.privateKey,
      hasTenantKeys: true,
    },
    authentication: { url: 'http://localhost:3002', signingKey: privateKey.privateKey, hasTenantKeys: true },
  };
}

/** The console's docs as `startBackend` configures them. */
export async function consoleDocs(): Promise<BackendConfig['consoleDocs']> {
  const { privateKey } = await newDocsKeyPair('personalization');
  return { url: 'http://localhost:3006', signingKey: privateKey };
}

/** Posts the login form. */
export function postLogin(backend: Backend, form: Record<string, string>): request.Test {
  return request(backend.server).post('/login').type('form').send(form);
}

/** Logs in and returns the session as a `Cookie` header. */
export async function logIn(backend: Backend, email = 'ada@acme.example'): Promise<string> {
  const response = await postLogin(backend, { email, password: 'docs-demo' }).expect(303);
  return setCookie(response).split(';')[0] ?? '';
}

/** The only `Set-Cookie` header of a response. */
export function setCookie(response: request.Response): string {
  const cookies: unknown = response.headers['set-cookie'];
  return Array.isArray(cookies) && cookies.length === 1 ? String(cookies[0]) : '';
}
