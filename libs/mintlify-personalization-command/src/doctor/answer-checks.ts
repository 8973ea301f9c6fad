import type { DoctorContext } from './doctor-context.js';
import { pass, fail, skip, type Finding } from './finding.js';
import type { Probe } from './probe.js';

/** A token lives ten seconds: a clock that is off by half of that spoils logins on slow days. */
const MAX_SKEW_SECONDS = 5;

/** The clock of the backend, by the `Date` of its answer, which tells whole seconds. */
export function checkClock({ headers }: Probe, { terminal }: DoctorContext): Finding {
  const date = Date.parse(headers.get('date') ?? '');
  if (Number.isNaN(date)) return skip('clock', 'The answer has no Date.');
  const skewSeconds = Math.abs(date - terminal.now()) / 1_000;
  if (skewSeconds <= MAX_SKEW_SECONDS)
    return pass('clock', "The backend's clock agrees with this machine's.");
  return fail(
    'clock',
    `The backend's clock and this machine's differ by ${Math.round(skewSeconds)} seconds.`,
    'Tokens live ten seconds: set the clock of the backend by NTP. (Or is it the one here that is wrong?)',
  );
}

/** The attributes of the cookies that an answer sets. Names and values stay out of what is said. */
export function* checkCookies({ headers }: Probe, url: URL): Iterable<Finding> {
  const cookies = headers.getSetCookie();
  if (cookies.length === 0) return;
  const lacking = new Set(cookies.flatMap((cookie) => findLacking(cookie, url)));
  yield lacking.size === 0
    ? pass('cookies', 'The cookies that it sets are out of reach of scripts and other sites.')
    : fail(
        'cookies',
        `A cookie that it sets lacks ${[...lacking].join(', ')}.`,
        'Set session cookies with HttpOnly, Secure and SameSite=Lax. The docs need no more, also for the shared session.',
      );
}

function findLacking(cookie: string, url: URL): string[] {
  const [, ...texts] = cookie.split(';');
  const attributes = new Set(texts.map((attribute) => attribute.trim().toLowerCase()));
  const has = (name: string): boolean => attributes.has(name);
  return [
    ...(has('httponly') ? [] : ['HttpOnly']),
    ...(has('secure') || url.protocol === 'http:' ? [] : ['Secure']),
    ...(has('samesite=lax') || has('samesite=strict') ? [] : ['SameSite=Lax']),
  ];
}
