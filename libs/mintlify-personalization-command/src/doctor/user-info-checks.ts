import { createUserValidator } from '../user-values.js';
import { checkCookies } from './answer-checks.js';
import type { DoctorContext } from './doctor-context.js';
import { pass, fail, skip, type Finding } from './finding.js';
import { codeOf, NoAnswerError, OTHER_SITE, probe, whenAnswered, type Probe } from './probe.js';
import { InvalidMintlifyUserError } from '../../../mintlify-personalization/src/errors.js';

/** What sets the two user-info routes apart. */
interface Route {
  readonly name: 'shared-session' | 'oauth';
  readonly url: string;
  readonly isCredentialed: boolean;
  readonly visitor: Readonly<Record<string, string>>;
}

/** Asks the user-info routes as pages of the docs, and of other sites, do. */
export async function* checkUserInfo(context: DoctorContext): AsyncIterable<Finding> {
  const { sessionUrl, oauthUrl, visitor, accessToken } = context;
  if (sessionUrl !== undefined) {
    yield* checkRoute(context, {
      name: 'shared-session',
      url: sessionUrl,
      isCredentialed: true,
      visitor,
    });
  }
  if (oauthUrl !== undefined) {
    const authorized: Record<string, string> =
      accessToken === undefined ? {} : { authorization: `Bearer ${accessToken}` };
    yield* checkRoute(context, {
      name: 'oauth',
      url: oauthUrl,
      isCredentialed: false,
      visitor: authorized,
    });
  }
}

async function* checkRoute(context: DoctorContext, route: Route): AsyncIterable<Finding> {
  const { docs, timeoutMs } = context;
  const { name } = route;
  if (docs === undefined) {
    yield skip(name, 'What pages of the docs may do is not known without --docs-url.');
    return;
  }
  const { origin } = docs;
  const url = new URL(route.url);
  const ask = (headers: Record<string, string>, method = 'GET') =>
    probe(url, { method, headers: { accept: 'application/json', ...headers }, timeoutMs });
  let anonymous: Probe;
  try {
    anonymous = await ask({ origin });
  } catch (error) {
    if (!(error instanceof NoAnswerError)) throw error;
    yield fail(
      `${name}-reachable`,
      `${url.origin} does not answer (${error.message}).`,
      'Is the backend running, and is the address right?',
    );
    return;
  }
  yield checkAnonymous(name, anonymous);
  yield* checkCookies(anonymous, url);
  if (url.origin === origin)
    yield skip(`${name}-cors`, 'API and docs share an origin: CORS does not matter.');
  else yield checkCors(route, origin, anonymous, 'An answer');
  if (url.origin !== origin && name === 'oauth') {
    const asking = {
      origin,
      'access-control-request-method': 'GET',
      'access-control-request-headers': 'authorization',
    };
    yield await whenAnswered('oauth-preflight', 'the preflight', async () =>
      checkPreflight(origin, await ask(asking, 'OPTIONS')),
    );
  }
  yield await whenAnswered(`${name}-other-site`, 'a page of another site', async () =>
    checkOtherSite(name, await ask({ ...route.visitor, origin: OTHER_SITE })),
  );
  if (Object.keys(route.visitor).length === 0) {
    yield skip(`${name}-user`, 'To see what the docs receive, give the session of a visitor.');
    return;
  }
  yield await whenAnswered(`${name}-user`, 'a visitor with this session', async () =>
    checkUser(name, await ask({ ...route.visitor, origin }), context),
  );
}

function checkAnonymous(name: Route['name'], anonymous: Probe): Finding {
  const { status, headers } = anonymous;
  if (status !== 401) {
    return fail(
      `${name}-anonymous`,
      `An anonymous visitor gets ${status}${codeOf(anonymous)}.`,
      status === 200
        ? 'Guard the route: handshakes.sharedSession.guards or handshakes.oauth.guards.'
        : 'It should be 401: the docs then show the login link. Is the path right, with prefix and version?',
    );
  }
  if (name === 'oauth' && !/^Bearer/i.test(headers.get('www-authenticate') ?? '')) {
    return fail(
      `${name}-anonymous`,
      'A 401 does not say why (WWW-Authenticate).',
      'A proxy or a filter takes it off: leave this route alone there.',
    );
  }
  const cacheControl = headers.get('cache-control') ?? '';
  return /private/.test(cacheControl) && /no-store/.test(cacheControl)
    ? pass(`${name}-anonymous`, 'An anonymous visitor gets 401, and no cache keeps it.')
    : fail(
        `${name}-anonymous`,
        'The answer lacks cache-control: private, no-store.',
        'A middleware, an interceptor or a proxy changes it: leave out this route there.',
      );
}

function checkCors(
  { name, isCredentialed }: Route,
  origin: string,
  { headers }: Probe,
  what: string,
): Finding {
  const check = `${name}-cors`;
  const allowed = headers.get('access-control-allow-origin');
  if (allowed !== origin) {
    return fail(
      check,
      `${what} lets ${allowed === null ? 'no one' : allowed === '*' ? 'everyone (*)' : 'another site'} read it, and not ${origin}.`,
      'Set docsUrl or additionalDocsOrigins to that origin, as browsers send it; and let no middleware answer before.',
    );
  }
  if (isCredentialed && headers.get('access-control-allow-credentials') !== 'true') {
    return fail(
      check,
      `${what} lacks access-control-allow-credentials: true, so browsers hide it.`,
      'A middleware or a proxy sets CORS headers of its own: leave out this route there.',
    );
  }
  if (!/\borigin\b/i.test(headers.get('vary') ?? '')) {
    return fail(
      check,
      `${what} lacks vary: Origin, so a cache may give it to another site.`,
      'A proxy takes it off: leave this route alone there.',
    );
  }
  return pass(check, `Pages of ${origin} may read the answer.`);
}

function checkPreflight(origin: string, preflight: Probe): Finding {
  const { status, headers } = preflight;
  const isAllowed = /(?:^|[\s,])(?:authorization|\*)(?:[\s,]|$)/i.test(
    headers.get('access-control-allow-headers') ?? '',
  );
  if (status >= 200 && status < 300 && headers.get('access-control-allow-origin') === origin && isAllowed) {
    return pass('oauth-preflight', 'The preflight allows the Authorization header.');
  }
  return fail(
    'oauth-preflight',
    `The preflight (OPTIONS, ${status}) does not allow ${origin} to send an Authorization header.`,
    'Let OPTIONS through to the backend, without a login. With a TenantSource, write knowsOrigin().',
  );
}

function checkOtherSite(name: Route['name'], { status, headers }: Probe): Finding {
  const allowed = headers.get('access-control-allow-origin');
  return allowed === OTHER_SITE || allowed === '*' || status === 200
    ? fail(
        `${name}-other-site`,
        'Pages of any site may ask who their visitor is, or at least are answered.',
        'Let the library decide: no app.enableCors({ origin: true }) and no CORS of a proxy for this route.',
      )
    : pass(`${name}-other-site`, 'Pages of other sites cannot read the answer.');
}

function checkUser(name: Route['name'], answer: Probe, { terminal }: DoctorContext): Finding {
  const check = `${name}-user`;
  if (answer.status !== 200) {
    return fail(
      check,
      `A visitor with this session gets ${answer.status}${codeOf(answer)}.`,
      'Is the session still good? Else the log of the backend tells more; the manual explains each code.',
    );
  }
  try {
    createUserValidator(terminal).validate(JSON.parse(answer.body));
    return pass(check, 'The answer is a user that the docs take.');
  } catch (error) {
    const why = error instanceof InvalidMintlifyUserError ? describe(error) : 'it is not JSON';
    return fail(
      check,
      `The answer is no user that the docs take: ${why}.`,
      'Change what the claim mapper returns; and let no interceptor wrap the answer.',
    );
  }
}

function describe({ violations }: InvalidMintlifyUserError): string {
  return violations.map(({ path, message }) => `${path}: ${message}`).join('; ');
}
