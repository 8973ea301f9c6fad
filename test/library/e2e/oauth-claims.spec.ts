import { expect, it } from '@jest/globals';
import { ForbiddenException } from '@nestjs/common';
import { OAuthClaims } from 'nestjs-mintlify-personalization';
import { describeOnEveryHost, mapperOf } from '../../support/apps.support.js';
import { keyIssuer } from '../../support/playground-keys.support.js';
import { ADA, type Visitor } from '../../support/sessions.support.js';
import { resolverOf } from '../../support/tenants.support.js';

describeOnEveryHost('the claims for tokens of an OAuth server', ({ boot }) => {
  it('are the groups of the mapper of the tenant, and issue no key', async () => {
    const { Issuer, calls } = keyIssuer(Date.now);
    const { app } = await boot({
      options: {
        tenants: { acme: {} },
        tenantResolver: resolverOf((principal, request) => request ?? (principal as Visitor).id),
        claimMapper: mapperOf(({ roles }, { tenantId }) => ({
          groups: roles.map((role) => `${tenantId}:${role}`),
        })),
      },
      host: { providers: [Issuer] },
    });
    const claims = app.get(OAuthClaims);
    const visitor = { ...ADA, id: 'acme' };
    expect(await claims.for(visitor, { source: 'id_token' })).toEqual({
      groups: ['acme:admin', 'acme:engineering'],
    });
    expect(
      await claims.for(ADA, {
        source: 'access_token',
        groupsClaim: 'https://acme.example/groups',
        groupsDelimiter: ' | ',
        request: 'acme',
      }),
    ).toEqual({ 'https://acme.example/groups': 'acme:admin | acme:engineering' });
    await expect(claims.for(visitor, { source: 'id_token', groupsDelimiter: ':' })).rejects.toMatchObject({
      code: 'invalid_user',
      message: expect.stringContaining('groups[0]: contains groupsDelimiter'),
    });
    expect(calls.issue).not.toHaveBeenCalled();
  });

  it('are none for a visitor whom the mapper refuses, or for no one', async () => {
    const { app } = await boot({
      options: {
        claimMapper: mapperOf(() => {
          throw new ForbiddenException();
        }),
      },
    });
    const claims = app.get(OAuthClaims);
    await expect(claims.for(ADA, { source: 'id_token' })).rejects.toThrow(ForbiddenException);
    await expect(claims.for(undefined, { source: 'id_token' })).rejects.toMatchObject({
      code: 'unauthenticated',
    });
  });
});
