import { createPrivateKey } from 'node:crypto';
import { DEFAULTS } from './apps.support.js';
import { DOCS_PRIVATE_KEY } from './docs-arrival.support.js';
import type { Passing, Tampering } from './tampering-proxy.support.js';
import { signToken } from './token-issuer.support.js';
import { OAUTH_PATH, SESSION_PATH } from './user-info.support.js';

export const LOGIN_PATH = '/docs-login';
const OTHER_SITE = 'https://elsewhere.example';

const isLogin = ({ url }: Passing): boolean => url.pathname === LOGIN_PATH;
const isSession = ({ url }: Passing): boolean => url.pathname === SESSION_PATH;
const isOAuth = ({ url }: Passing): boolean => url.pathname === OAUTH_PATH;

/** Changes the `Location` of a login that leads to the docs. */
const changeArrival =
  (change: (location: string, passing: Passing) => string): Tampering =>
  (passing) => {
    const { location } = passing.headers;
    if (isLogin(passing) && String(location).includes('#')) {
      passing.headers.location = change(String(location), passing);
    }
  };

/** Signs the token of a login anew, with other claims. */
const changeClaims = (change: object): Tampering =>
  changeArrival((location) => {
    const [page, fragment = ''] = location.split('#');
    const [, payload = ''] = fragment.split('.');
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as object;
    const token = signToken(
      { alg: 'ES256' },
      { ...claims, ...change },
      createPrivateKey(DOCS_PRIVATE_KEY.export({ format: 'pem', type: 'pkcs8' })),
    );
    return `${page}#jwt=${token}&anchor=step-one`;
  });

const asks = (name: string, value: RegExp): ((passing: Passing) => boolean) => {
  return ({ request }) => value.test(String(request.headers[name] ?? ''));
};

/** A mistake, how a proxy makes it, the check that finds it, and its fix. */
type Mistake = [mistake: string, tamper: Tampering, check: string, fix: RegExp];

/** Mistakes that people make in front of this library, or in an endpoint of their own. */
export const MISTAKES: Mistake[] = [
  [
    'the route has a prefix',
    (passing) => isLogin(passing) && void (passing.status = 404),
    'reachable',
    /prefix and version/,
  ],
  [
    "the login page has helmet's default content policy",
    (passing) => {
      if (passing.url.pathname !== '/login') return;
      passing.headers['content-security-policy'] = "default-src 'self'; form-action 'self'; base-uri 'self'";
      passing.body = '<form method="post"><button>Log in</button></form>';
    },
    'form-action',
    /Add https:\/\/docs\.acme\.example to its form-action/,
  ],
  [
    'every visitor is logged in',
    (passing) => {
      if (isLogin(passing))
        passing.headers.location = `${DEFAULTS.docsUrl}/doctor-was-here#jwt=eyJh.eyJn.c2ln&anchor=step-one`;
    },
    'anonymous',
    /handshakes\.jwt\.guards/,
  ],
  [
    'the login page forgets where the visitor came from',
    (passing) => {
      if (String(passing.headers.location).startsWith('/login')) passing.headers.location = '/login';
    },
    'anonymous',
    /returnTo/,
  ],
  [
    'an open redirect',
    changeArrival((location, { url }) => {
      const target = url.searchParams.get('redirect') ?? '';
      return target.startsWith('//') ? `https:${target}#${location.split('#')[1]}` : location;
    }),
    'open-redirect',
    /Do not build the address from the query/,
  ],
  [
    'an open redirect by way of private docs',
    changeArrival((location, { url }) =>
      url.searchParams.get('redirect')?.includes('elsewhere') === true
        ? `${DEFAULTS.docsUrl}/login/jwt-callback?redirect=%2F%2Felsewhere.example#${location.split('#')[1]}`
        : location,
    ),
    'open-redirect',
    /Let this library build it/,
  ],
  [
    'the token is in the query',
    changeArrival((location) => location.replace('#jwt=', '?jwt=')),
    'token-in-query',
    /behind the #/,
  ],
  [
    'the anchor is lost',
    changeArrival((location) => location.replace(/&anchor=.*/, '')),
    'place',
    /parameter anchor/,
  ],
  [
    'the page is lost',
    changeArrival((location) => location.replace('/doctor-was-here', '/')),
    'place',
    /parameter redirect/,
  ],
  [
    'the answer may be cached',
    (passing) => {
      if (isLogin(passing)) passing.headers['cache-control'] = 'public, max-age=300';
    },
    'headers',
    /leave out this route/,
  ],
  [
    "the backend's clock is off",
    (passing) => {
      passing.headers.date = new Date(Date.now() + 60_000).toUTCString();
    },
    'clock',
    /NTP/,
  ],
  [
    'the docs are others',
    changeArrival((location) => location.replace('docs.acme', 'docs.globex')),
    'docs-site',
    /option docsUrl/,
  ],
  [
    'the token lives for an hour',
    changeClaims({ exp: Math.floor(Date.now() / 1_000) + 3_600 }),
    'token',
    /tokenLifetimeSeconds/,
  ],
  [
    'the session ends in milliseconds',
    changeClaims({ expiresAt: Date.now() + 60_000 }),
    'token',
    /claim mapper/,
  ],
  [
    'HEAD makes a token',
    (passing) => passing.request.method === 'HEAD' && void (passing.status = 302),
    'head',
    /refuse it there/,
  ],
  [
    'a prefetch makes a token',
    (passing) => asks('sec-purpose', /prefetch/)(passing) && void (passing.status = 302),
    'prefetch',
    /refuse it there/,
  ],
  [
    'a frame gets a token',
    (passing) => asks('sec-fetch-dest', /iframe/)(passing) && void (passing.status = 302),
    'frame',
    /refuse it there/,
  ],
  [
    'the session cookie is open to scripts',
    (passing) => {
      passing.headers['set-cookie'] = 'session=1; Path=/; SameSite=None';
    },
    'cookies',
    /HttpOnly/,
  ],
  [
    'CORS lets everybody read',
    (passing) => {
      if (isSession(passing)) passing.headers['access-control-allow-origin'] = '*';
    },
    'shared-session-cors',
    /additionalDocsOrigins/,
  ],
  [
    'CORS without credentials',
    (passing) => {
      if (isSession(passing)) delete passing.headers['access-control-allow-credentials'];
    },
    'shared-session-cors',
    /leave out this route/,
  ],
  [
    'CORS without Vary',
    (passing) => {
      if (isSession(passing)) delete passing.headers.vary;
    },
    'shared-session-cors',
    /leave this route alone/,
  ],
  [
    'CORS reflects any origin',
    (passing) => {
      if (isSession(passing) && asks('origin', /elsewhere/)(passing))
        passing.headers['access-control-allow-origin'] = OTHER_SITE;
    },
    'shared-session-other-site',
    /enableCors/,
  ],
  [
    'preflights have to log in',
    (passing) => passing.request.method === 'OPTIONS' && void (passing.status = 401),
    'oauth-preflight',
    /OPTIONS/,
  ],
  [
    'anyone can read the user info',
    (passing) => isSession(passing) && passing.status === 401 && void (passing.status = 200),
    'shared-session-anonymous',
    /sharedSession\.guards/,
  ],
  [
    'user info may be cached',
    (passing) => {
      if (isSession(passing)) passing.headers['cache-control'] = 'max-age=60';
    },
    'shared-session-anonymous',
    /leave out this route/,
  ],
  [
    'an interceptor wraps the user',
    (passing) => {
      if (isSession(passing) && passing.status === 200)
        passing.body = JSON.stringify({ data: JSON.parse(passing.body) });
    },
    'shared-session-user',
    /no interceptor/,
  ],
  [
    'an OAuth refusal does not say why',
    (passing) => {
      if (isOAuth(passing)) delete passing.headers['www-authenticate'];
    },
    'oauth-anonymous',
    /filter takes it off/,
  ],
  [
    'the login fails for everybody',
    (passing) => {
      if (!isLogin(passing)) return;
      passing.status = 500;
      passing.body = 'Internal Server Error';
      delete passing.headers.location;
    },
    'anonymous',
    /log of the backend/,
  ],
  [
    'what is no token is behind the #',
    changeArrival((location) => location.replace(/#.*/, '#step.one')),
    'token',
    /Sign with/,
  ],
  [
    'the place is behind the #, and no token',
    changeArrival((location) => location.replace(/#.*/, '#step-one')),
    'arrival',
    /login page/,
  ],
  [
    'CORS is for another site',
    (passing) => {
      if (isSession(passing)) passing.headers['access-control-allow-origin'] = 'https://other.example';
    },
    'shared-session-cors',
    /as browsers send it/,
  ],
  [
    'CORS allows no one',
    (passing) => {
      if (isOAuth(passing)) delete passing.headers['access-control-allow-origin'];
    },
    'oauth-cors',
    /additionalDocsOrigins/,
  ],
  [
    'the user-info route has a prefix',
    (passing) => {
      if (isSession(passing)) passing.status = 404;
    },
    'shared-session-anonymous',
    /Is the path right/,
  ],
  [
    'user info fails for visitors',
    (passing) => {
      if (isSession(passing) && passing.status === 200) passing.status = 500;
    },
    'shared-session-user',
    /manual explains each code/,
  ],
  [
    'user info is a page',
    (passing) => {
      if (isSession(passing) && passing.status === 200) passing.body = '<html>';
    },
    'shared-session-user',
    /claim mapper/,
  ],
  [
    'the mapper fails',
    (passing) => {
      if (!String(passing.headers.location).includes('#')) return;
      passing.status = 500;
      delete passing.headers.location;
      passing.body = '{"statusCode":500,"code":"claim_mapper_failed"}';
    },
    'arrival',
    /log of the backend/,
  ],
];
