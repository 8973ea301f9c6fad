import { describe, expect, it } from '@jest/globals';
import { MintlifyPersonalizationError } from 'nestjs-mintlify-personalization';
import {
  checkOrigins,
  isSerializedOrigin,
} from '../../libs/mintlify-personalization/src/options/docs-origins.js';
import { describeOnEveryPlatform, type Host } from '../support/apps.support.js';
import { readUrlCases } from '../support/corpora.support.js';
import { withDecodings } from '../support/decodings.support.js';
import { cookie } from '../support/sessions.support.js';
import { Tally, type Outcome } from '../support/tally.support.js';
import { SESSION_PATH } from '../support/user-info.support.js';
import { asBytes, sendRaw } from '../support/wire.support.js';

/** Every input of the URL test data, as it is and as the standard writes it, and every origin. */
const readCandidates = (): string[] =>
  withDecodings(readUrlCases().flatMap(({ input, href = input, origin = input }) => [input, href, origin]));

/** Whether a text may stand in additionalDocsOrigins. */
function isTaken(origin: string): boolean {
  try {
    return checkOrigins('additionalDocsOrigins', [origin], 'https://preview.foo.com')[0] === origin;
  } catch (error) {
    if (error instanceof MintlifyPersonalizationError) return false;
    throw error;
  }
}

function judgeOption(origin: string): Outcome {
  try {
    if (!isTaken(origin)) return 'refused';
    const isSame = isSerializedOrigin(origin) && new URL(origin).origin === origin;
    return isSame ? 'taken' : { escaped: `is taken, and is the origin ${new URL(origin).origin}` };
  } catch (error) {
    return { escaped: String(error) };
  }
}

describe('additionalDocsOrigins', () => {
  it('takes an origin as a browser sends it, or says what is wrong with it', () => {
    const tally = new Tally();
    for (const origin of readCandidates()) tally.add(origin, judgeOption(origin));
    tally.record('additionalDocsOrigins', 'wpt-url');
    expect(tally.escapes).toEqual([]);
    expect(readCandidates().filter(isTaken)).not.toEqual([]);
  });
});

/** The value of a header field without the white space around it, which is no part of it (RFC 9110, section 5.5). */
const fieldValue = (text: string): string => text.replaceAll(/^[ \t]+|[ \t]+$/g, '');

async function judgeOnWire({ port }: Host, allowed: Set<string>, origin: string): Promise<Outcome> {
  const sent = { ...(await cookie()), origin: asBytes(origin) };
  const { status, headers } = await sendRaw(port, SESSION_PATH, sent);
  const named = headers.get('access-control-allow-origin');
  // No Origin at all is no cross-origin request; a line break makes it another header or no request.
  const isNone = fieldValue(origin.split(/[\r\n]/)[0]!) === '' || /[\r\n]/.test(origin);
  if (named === undefined && (status === 403 || status === 400 || isNone)) return 'refused';
  const isAllowed = allowed.has(fieldValue(origin)) && named === fieldValue(origin) && status === 200;
  return isAllowed ? 'taken' : { escaped: `was answered with ${status}, for ${String(named)}` };
}

describeOnEveryPlatform('user info asked for by a page', ({ boot }) => {
  it('is for an origin that is one of the docs, byte for byte', async () => {
    const allowed = new Set(readCandidates().filter(isTaken));
    const host = await boot({
      options: { additionalDocsOrigins: [...allowed], handshakes: { jwt: false, sharedSession: {} } },
    });
    const tally = new Tally();
    const taken = new Set<string>();
    for (const origin of readCandidates()) {
      const outcome = await judgeOnWire(host, allowed, origin);
      if (outcome === 'taken') taken.add(fieldValue(origin));
      tally.add(origin, outcome);
    }
    tally.record('Origin', 'wpt-url');
    expect(tally.escapes).toEqual([]);
    expect(taken).toEqual(allowed);
  });
});
