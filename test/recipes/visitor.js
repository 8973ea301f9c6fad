import { PackageFault } from '../package/processes.js';
import { verifyRedirect } from '../package/apps.js';

export const DOCS_ORIGIN = 'https://docs.foo.com';

/** A browser, as far as a login needs one: it keeps cookies, and follows a redirect only when it is told to. */
export class Visitor {
  #cookies = new Map();
  #origin;

  constructor(origin) {
    this.#origin = origin;
  }

  get hasCookies() {
    return this.#cookies.size > 0;
  }

  /** @param init as for `fetch`; `json` and `form` are bodies */
  async send(path, { json, form, headers, ...init } = {}) {
    const body = json === undefined ? form && new URLSearchParams(form) : JSON.stringify(json);
    const response = await fetch(new URL(path, this.#origin), {
      redirect: 'manual',
      ...(body && { body, method: 'POST' }),
      ...init,
      headers: {
        ...(json !== undefined && { 'content-type': 'application/json' }),
        ...(this.hasCookies && { cookie: [...this.#cookies].map((pair) => pair.join('=')).join('; ') }),
        ...headers,
      },
    });
    for (const cookie of response.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      if (value === '') this.#cookies.delete(name);
      else if (name !== undefined) this.keep(name, value);
    }
    return response;
  }

  /** For a cookie that a script of the app's own page sets. */
  keep(name, value) {
    this.#cookies.set(name, value);
  }
}

/** Fails with what the response says, too. */
export async function expectStatus(response, status, what) {
  if (response.status === status) return;
  const text = await response.text();
  throw new PackageFault(`${what} got ${response.status} in the place of ${status}:\n${text.slice(0, 500)}`);
}

/**
 * A docs login of the JWT handshake: logged out, then by the app's own login page, and back to the page of the docs.
 * @param logIn sends the app's own login; resolves with its response
 */
export async function checkDocsLogin(visitor, key, logIn, path = '/docs-login', loginUrl = '/login') {
  const anonymous = await visitor.send(`${path}?redirect=/quickstart&anchor=step-one`);
  await expectStatus(anonymous, 302, 'A visitor who is not logged in');
  const loginPage = new URL(anonymous.headers.get('location'), 'https://foo.com');
  const returnTo = loginPage.searchParams.get('returnTo') ?? '';
  if (loginPage.pathname !== loginUrl || !returnTo.startsWith(`${path}?`)) {
    throw new PackageFault(`A visitor who is not logged in was sent to ${loginPage.href}.`);
  }
  const response = await logIn(returnTo);
  if (response.status >= 400) await expectStatus(response, 200, 'The login');
  const location = response.headers.get('location');
  if (location !== null && location !== returnTo)
    throw new PackageFault(`The login led to ${location}, not to ${returnTo}.`);
  await followToDocs(visitor, key, returnTo);
}

/** The last step of a login: a visitor with a session is sent to the docs, with a token that a verifier accepts. */
export async function followToDocs(visitor, key, path, headers) {
  const response = await visitor.send(path, { headers });
  await expectStatus(response, 302, 'Ada');
  await verifyRedirect(response.headers.get('location') ?? '', key);
}

/** A user-info answer, as a docs page of another origin asks for it: of a visitor, and of one who is not logged in. */
export async function checkUserInfo(visitor, anonymous, { path = '/docs/user-info', headers } = {}) {
  const origin = { origin: DOCS_ORIGIN };
  const refused = await anonymous.send(path, { headers: origin });
  await expectStatus(refused, 401, 'A docs page whose visitor is not logged in');
  const response = await visitor.send(path, { headers: { ...origin, ...headers } });
  await expectStatus(response, 200, 'The docs page');
  for (const one of [refused, response]) {
    if (one.headers.get('access-control-allow-origin') !== DOCS_ORIGIN)
      throw new PackageFault('The docs page cannot read the user-info answer.');
  }
  const user = await response.json();
  if (user.content?.firstName !== 'Ada' || user.groups?.[0] !== 'admin') {
    throw new PackageFault(`The user-info answer does not say who Ada is: ${JSON.stringify(user)}`);
  }
}

/**
 * Both handshakes, for an app whose session is a cookie: what most recipes check.
 * @param prefix what comes before the paths of both routes
 */
export async function checkCookieSession(origin, key, logIn, prefix = '') {
  const visitor = new Visitor(origin);
  await checkDocsLogin(visitor, key, (returnTo) => logIn(visitor, returnTo), `${prefix}/docs-login`);
  await checkUserInfo(visitor, new Visitor(origin), { path: `${prefix}/docs/user-info` });
}
