import type { MintlifyPersonalizationOptions } from 'nestjs-mintlify-personalization';
import request from 'supertest';
import type { Host } from './apps.support.js';

export const APP = 'https://app.acme.example';
export const ADMIN_APP = 'http://localhost:5173';
export const LOGIN_PATH = '/docs-login';

/** A front end at two origins that keeps a bearer token. */
export const SINGLE_PAGE_APP = {
  handshakes: { jwt: { singlePageApp: { origins: [APP, ADMIN_APP] } } },
} satisfies Partial<MintlifyPersonalizationOptions>;

/** What a browser sends with the `fetch` of a page of the app. */
export const fromApp = (origin = APP): Record<string, string> => ({
  Origin: origin,
  'Sec-Fetch-Site': 'cross-site',
  'Sec-Fetch-Mode': 'cors',
  'Sec-Fetch-Dest': 'empty',
});

/** Posts as the app does: an object becomes JSON, a string is sent as it is. */
export const postLogin = (
  host: Pick<Host, 'port'>,
  body: object | string,
  headers: Record<string, string>,
  path = LOGIN_PATH,
): request.Test =>
  request(`http://127.0.0.1:${host.port}`)
    .post(path)
    .set({ 'Content-Type': 'application/json', ...headers })
    .send(typeof body === 'string' ? body : JSON.stringify(body));

/** The preflight of that `fetch`. */
export const preflightLogin = (
  host: Pick<Host, 'port'>,
  origin: string,
  headers: Record<string, string> = {},
): request.Test =>
  request(`http://127.0.0.1:${host.port}`)
    .options(LOGIN_PATH)
    .set({
      Origin: origin,
      'Access-Control-Request-Method': 'POST',
      'Access-Control-Request-Headers': 'authorization,content-type',
      ...headers,
    });

/** The URL in an answer. */
export const urlOf = ({ body }: request.Response): string => (body as { url: string }).url;
