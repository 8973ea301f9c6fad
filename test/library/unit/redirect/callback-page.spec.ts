import { describe, expect, it } from '@jest/globals';
import type { DocsSite } from 'nestjs-mintlify-personalization';
import { resolveRedirectTarget } from '../../../../libs/mintlify-personalization/src/redirect/redirect-target.js';
import { ROOT_SITE } from '../../../support/sites.support.js';

const PRIVATE_SITE: DocsSite = { ...ROOT_SITE, mode: 'authentication' };

describe('the callback page of private docs', () => {
  it.each([
    '/login/jwt-callback',
    '/login/jwt-callback/',
    '/login/jwt-callback/more',
    '/login/jwt-callback?redirect=/a',
    'login/jwt-callback',
    'https://docs.foo.com/login/jwt-callback',
    '/x/../login/jwt-callback',
    '/login/./jwt-callback',
    '/login/%6awt-callback',
    '/login/%256awt-callback',
    '/login%2Fjwt-callback',
    '/login%5cjwt-callback',
    '/login//jwt-callback',
    '/login/%2fjwt-callback',
    '/Login/JWT-Callback',
    '/LOGIN/%4aWT-CALLBACK',
    '/login/jwt-callback;x=1',
    '/login;x=1/jwt-callback',
    '/login/;x/jwt-callback',
    '/login/jwt-callback%3bx=1',
    '/login/jwt-callback%3fredirect=/a',
    '/login/jwt-callback%23a',
    '/login/jwt-callback%20',
    '/login/jwt-%09callback',
    '/login%3bx%2fy/jwt-callback',
    '/login/jwt-ｃallback',
    '/login/jwt-callbac\u212a',
  ])('is no page to go to, however it is written: %s', (redirect) => {
    expect(resolveRedirectTarget(PRIVATE_SITE, { redirect })).toEqual({
      path: '/',
      query: '',
      refused: 'outside_base_path',
    });
  });

  it.each([
    '/login',
    '/login/jwt-callbacks',
    '/login/jwt%20callback',
    '/guides/login/jwt-callback',
    '/a?/login/jwt-callback',
  ])('is not %s', (redirect) => {
    expect(resolveRedirectTarget(PRIVATE_SITE, { redirect }).refused).toBeUndefined();
  });

  it.each(['/x%2f..%2flogin/jwt-callback', '/x/..;/login/jwt-callback', '/login/x%2fy%2f..%2fjwt-callback'])(
    'is not reached by hidden dot segments: %s',
    (redirect) => {
      expect(resolveRedirectTarget(PRIVATE_SITE, { redirect }).refused).toBe('ambiguous_path');
    },
  );

  it('is a page like any other on public docs', () => {
    expect(resolveRedirectTarget(ROOT_SITE, { redirect: '/Login/%6awt-callback' }).path).toBe(
      '/Login/%6awt-callback',
    );
  });
});
