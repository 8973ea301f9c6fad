import { describe, expect, it } from '@jest/globals';
import { allowsForm } from '../../../libs/mintlify-personalization-command/src/doctor/login-page-checks.js';

const PAGE = new URL('https://foo.com/login');
const DOCS = new URL('https://docs.foo.com/base');
const LOCAL = new URL('http://localhost:3001');

describe('allowsForm', () => {
  it.each([
    ['no policy', ''],
    ['a policy without form-action', "default-src 'none'"],
    ['the origin of the docs', "form-action 'self' https://docs.foo.com"],
    ['the origin with a path', 'form-action https://docs.foo.com/any'],
    ['the host alone', 'form-action docs.foo.com'],
    ['the host with its port', 'form-action https://docs.foo.com:443'],
    ['the host with any port', 'form-action https://docs.foo.com:*'],
    ['a wildcard for the name', 'form-action https://*.foo.com'],
    ['upper case', 'FORM-ACTION HTTPS://DOCS.FOO.COM'],
    ['the scheme', 'form-action https:'],
    ['everything', 'form-action *'],
    ['http, which https satisfies', 'form-action http://docs.foo.com'],
  ])('takes %s', (_, policy) => {
    expect(allowsForm(policy, PAGE, DOCS)).toBe(true);
  });

  it.each([
    ["helmet's default", "default-src 'self';base-uri 'self';form-action 'self'"],
    ['none', "form-action 'none'"],
    ['nothing', 'form-action'],
    ['another host', 'form-action https://foo.com https://docs.foo.com.evil.com'],
    ['a wildcard below the docs', 'form-action *.docs.foo.com'],
    ['another port', 'form-action https://docs.foo.com:8443'],
    ['another scheme', 'form-action ws://docs.foo.com'],
    ['a second directive of the same name', "form-action 'self'; form-action *"],
  ])('refuses %s', (_, policy) => {
    expect(allowsForm(policy, PAGE, DOCS)).toBe(false);
  });

  it('tells one port of a machine from another', () => {
    const page = new URL('http://localhost:3000/login');
    expect(allowsForm("form-action 'self'", page, LOCAL)).toBe(false);
    expect(allowsForm('form-action http://localhost:3001', page, LOCAL)).toBe(true);
    expect(allowsForm('form-action http://localhost', page, LOCAL)).toBe(false);
    expect(allowsForm("form-action 'self'", LOCAL, LOCAL)).toBe(true);
  });
});
