import { describe, expect, it } from '@jest/globals';
import { pkcs8, sec1, spki } from '../../../support/keys.support.js';
import { violationsOf } from '../../../support/users.support.js';

const a = (length: number): string => 'aB3'.repeat(length).slice(0, length);
const upper = (length: number): string => 'AB3'.repeat(length).slice(0, length);

/** Made here from pieces, so that no scanner takes this file for a leak. */
const CREDENTIALS: [kind: string, text: string][] = [
  ['a PKCS#8 private key', pkcs8()],
  ['a SEC1 private key', sec1()],
  ['an OpenSSH private key', ['-----BEGIN OPENSSH', 'PRIVATE KEY-----'].join(' ')],
  ['an encrypted private key', ['-----BEGIN ENCRYPTED', 'PRIVATE KEY-----'].join(' ')],
  ['an AWS access key', ['AK', 'IA', upper(16)].join('')],
  ['a temporary AWS access key', ['AS', 'IA', upper(16)].join('')],
  ...['p', 'o', 'u', 's', 'r'].map((kind): [string, string] => [
    `a GitHub token (${kind})`,
    ['gh', kind, '_', a(36)].join(''),
  ]),
  ['a fine-grained GitHub token', ['github', 'pat', a(22)].join('_')],
  ['a GitLab token', ['gl', 'pat-', a(20)].join('')],
  ['a Slack token', ['xo', 'xb-', a(10)].join('')],
  ['a Stripe secret key', ['sk', 'live', a(16)].join('_')],
  ['a Stripe restricted key', ['rk', 'live', a(16)].join('_')],
  ['a Google API key', ['AI', 'za', a(35)].join('')],
  ['an npm token', ['np', 'm_', a(36)].join('')],
  ['a SendGrid key', ['S', 'G.', a(22), '.', a(43)].join('')],
  ['a key of an AI service', ['sk', 'ant', a(20)].join('-')],
  ['a key of another AI service', ['sk', 'proj', a(20)].join('-')],
];

describe('A credential in content', () => {
  it.each(CREDENTIALS)('is refused: %s', (_, text) => {
    const places = [
      { a: text },
      { a: { b: [{ c: `before ${text} after` }] } },
      { a: JSON.stringify({ key: text }) },
    ];
    for (const content of places) {
      expect(violationsOf({ content })).toEqual([
        expect.stringMatching(/^content\.a.*: holds what looks like/),
      ]);
    }
  });

  it.each(CREDENTIALS)('is refused as a name, which is not repeated: %s', (_, text) => {
    const violations = violationsOf({ content: { a: { [text]: { b: 1n } } } });
    expect(violations).toEqual([
      expect.stringMatching(/^content\.a: has a property name that holds what looks/),
    ]);
    expect(violations.join()).not.toContain(text.slice(0, 12));
  });

  it.each(CREDENTIALS)('is allowed in the API playground, which is there to hold keys: %s', (_, text) => {
    expect(violationsOf({ apiPlaygroundInputs: { query: { key: text } } })).toEqual([]);
  });

  it.each([
    ['a public key', spki()],
    ['words about keys', 'Put your private key (sk_live_…) into the vault'],
    ['a short piece', ['AK', 'IA', upper(15)].join('')],
    ['a longer word', ['xAK', 'IA', upper(16)].join('')],
    ['a UUID', '0b5ad8a1-29f5-4b3f-8c8b-1c0b6a2c7e6d'],
    ['a test key', ['sk', 'test', a(16)].join('_')],
  ])('is not %s', (_, text) => {
    expect(violationsOf({ content: { text } })).toEqual([]);
  });
});

describe.each(['header', 'cookie'])('A %s of the API playground', (kind) => {
  const withInput = (values: object) => violationsOf({ apiPlaygroundInputs: { [kind]: values } });
  const place = `apiPlaygroundInputs.${kind}`;

  it.each(['\r', '\n', '\0', 'a\r\nSet-Cookie: b=c'])('refuses %j in a value, however deep', (text) => {
    expect(withInput({ A: text })).toEqual([
      `${place}.A: holds CR, LF or NUL, which no HTTP header can carry. Remove it.`,
    ]);
    expect(withInput({ A: [{ b: [`x${text}y`] }] })).toEqual([
      expect.stringContaining(`${place}.A[0].b[0]: holds CR, LF or NUL`),
    ]);
  });

  it.each(['\r', '\n', '\0'])('refuses %j in a name, however deep', (text) => {
    const says = 'has a property name that holds CR, LF or NUL';
    expect(withInput({ [`A${text}`]: 'b' })).toEqual([expect.stringContaining(`${place}: ${says}`)]);
    expect(withInput({ A: { [text]: 'b' } })).toEqual([expect.stringContaining(`${place}.A: ${says}`)]);
  });

  it('takes tabs and letters of any script', () => {
    expect(withInput({ 'X-Näme': 'a\tb 日本' })).toEqual([]);
  });
});

it.each(['query', 'path', 'server'])('The %s of the API playground may hold line breaks', (kind) => {
  expect(violationsOf({ apiPlaygroundInputs: { [kind]: { 'a\r\n': 'b\r\n\0' } } })).toEqual([]);
});

describe('Half of a character', () => {
  it.each<[string, object]>([
    ['groups[1]: holds', { groups: ['a', '\uD83D'] }],
    ['content.a: holds', { content: { a: 'x\uDE00y' } }],
    ['content: has a property name that holds', { content: { '\uD83D': 1 } }],
    ['apiPlaygroundInputs.query.a: holds', { apiPlaygroundInputs: { query: { a: '\uDE00\uD83D' } } }],
    ['apiPlaygroundInputs.server: has a', { apiPlaygroundInputs: { server: { '\uD83D': 'a' } } }],
  ])('is refused: %s', (says, user) => {
    const violations = violationsOf(user);
    expect(violations).toEqual([expect.stringContaining('a lone surrogate, which is half of a character')]);
    expect(violations[0]).toContain(says);
  });

  it('is told of before what else is wrong with a text, and pairs are taken', () => {
    const header = { a: '\uD83D\r\n' };
    expect(violationsOf({ apiPlaygroundInputs: { header } })).toEqual([
      expect.stringContaining('lone surrogate'),
    ]);
    expect(violationsOf({ groups: ['😀'], content: { '😀': '👩‍💻' } })).toEqual([]);
  });
});
