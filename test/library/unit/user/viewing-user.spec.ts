import assert from 'node:assert/strict';
import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import type { MintlifyUser } from 'nestjs-mintlify-personalization';
import {
  limitToViewing,
  MAX_VIEW_AS_SECONDS,
} from '../../../../libs/mintlify-personalization/src/user/viewing-user.js';
import { NOW_MS } from '../../../support/clock.support.js';
import { propertyRuns } from '../../../support/property-runs.support.js';
import { FULL_USER, userValidator } from '../../../support/users.support.js';

const NOW = Math.floor(NOW_MS / 1_000);
const limit = (user: MintlifyUser) => limitToViewing(userValidator().validate(user), NOW);

/**
 * As keys and sessions are: without a character that JSON escapes, so that it can be searched for. It is a name here, too,
 * and a user with these names is invalid.
 */
const credential = fc
  .stringMatching(/^[A-Za-z0-9+/_.-]{8,40}$/)
  .filter((text) => !'[removed]'.includes(text) && !/^(?:__proto__|constructor|prototype)$/.test(text));

describe('a user whom another person views', () => {
  it('has the groups and the content, when the visit ends, and nothing for the playground', () => {
    const { groups, content, apiPlaygroundInputs, expiresAt } = limit(FULL_USER);
    expect({ groups, content, apiPlaygroundInputs, expiresAt }).toEqual({
      groups: FULL_USER.groups,
      content: {
        ...FULL_USER.content,
        viewingAs: { until: new Date((NOW + 900) * 1_000).toISOString().replace('.000Z', 'Z') },
      },
      apiPlaygroundInputs: undefined,
      expiresAt: NOW + MAX_VIEW_AS_SECONDS,
    });
  });

  it('is frozen, and says itself who views, whatever the mapper says', () => {
    const { content } = limit({ content: { viewingAs: { until: 'never' } } });
    expect(content).toEqual({ viewingAs: { until: expect.stringMatching(/^\d{4}-.*Z$/) } });
    expect([Object.isFrozen(content), Object.isFrozen(content?.['viewingAs'])]).toEqual([true, true]);
  });

  it('is shown without the key that examples on the pages have, wherever it stands', () => {
    const key = 'acme_0123456789';
    const { content } = limit({
      content: {
        curl: `curl -H "X-Api-Key: ${key}"`,
        nested: [{ [key]: key, plan: 'pro' }, 42, null, true],
        account: 1_234_567_890,
        bare: 'token-of-grace',
      },
      apiPlaygroundInputs: {
        header: { 'X-Api-Key': key, Authorization: 'Bearer token-of-grace' },
        query: { account: 1_234_567_890, limit: 10 },
        server: { region: 'europe-west' },
      },
    });
    expect(content).toEqual({
      curl: 'curl -H "X-Api-Key: [removed]"',
      nested: [{ '[removed]': '[removed]', plan: 'pro' }, 42, null, true],
      account: '[removed]',
      bare: '[removed]',
      viewingAs: expect.anything(),
    });
  });

  it('never keeps a credential of the playground, wherever the mapper puts it', () => {
    const place = fc.constantFrom('header', 'query', 'cookie');
    fc.assert(
      fc.property(
        fc.array(fc.tuple(place, credential), { minLength: 1, maxLength: 4 }),
        fc.string({ maxLength: 20 }),
        fc.array(fc.constantFrom('text', 'list', 'name'), { minLength: 1, maxLength: 3 }),
        (credentials, around, kinds) => {
          const inputs: Record<string, Record<string, string>> = {};
          const content: Record<string, unknown> = {};
          for (const [index, [name, value]] of credentials.entries()) {
            inputs[name] = { ...inputs[name], [`input${index}`]: value };
            if (kinds.includes('text')) content[`text${index}`] = around.toWellFormed() + value;
            if (kinds.includes('list')) content[`list${index}`] = [[value, 1], { value }];
            if (kinds.includes('name')) content[`name${index}`] = { [value]: true };
          }
          const json = JSON.stringify(limit({ content, apiPlaygroundInputs: inputs }));
          for (const [, value] of credentials) assert(!json.includes(value), json);
          assert(!json.includes('apiPlaygroundInputs'));
        },
      ),
      propertyRuns(300),
    );
  });

  it('is forgotten after 15 minutes at most, and never later than the mapper says', () => {
    fc.assert(
      fc.property(fc.option(fc.integer({ min: 1, max: 1_000_000 }), { nil: undefined }), (seconds) => {
        const expiresAt = seconds === undefined ? undefined : NOW + seconds;
        const limited = limit(expiresAt === undefined ? {} : { expiresAt });
        assert.equal(limited.expiresAt, NOW + Math.min(seconds ?? 3_600, MAX_VIEW_AS_SECONDS));
        assert.equal(
          Date.parse((limited.content as { viewingAs: { until: string } }).viewingAs.until),
          limited.expiresAt * 1_000,
        );
      }),
      propertyRuns(300),
    );
  });
});
