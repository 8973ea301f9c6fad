import { expect, it } from '@jest/globals';
import { listDifferences } from '../../../libs/mintlify-personalization-command/src/personas/persona-differences.js';
import type {
  PersonaRecord,
  PersonasDocument,
} from '../../../libs/mintlify-personalization-command/src/personas/persona-document.js';

const PAGES = { listed: ['/a', '/b'], unlisted: ['/c'], denied: ['/d', '/e'] };
const VIEWER: PersonaRecord = {
  tenant: 'acme',
  mode: 'personalization',
  user: {
    groups: ['viewer'],
    content: { plan: 'free', org: { name: 'Acme' } },
    apiPlaygroundInputs: { header: { 'X-Key': '••••' } },
  },
  pages: PAGES,
  texts: { '/a': [{ place: 'user.plan', text: 'free' }] },
  faults: {},
};

function of(changes: Partial<PersonaRecord>): PersonasDocument {
  return { personas: { viewer: { ...VIEWER, ...changes } } };
}

it.each<[string, Partial<PersonaRecord>, string[]]>([
  ['nothing', {}, []],
  [
    'pages',
    { pages: { listed: ['/c', '/d'], unlisted: ['/a', '/e'], denied: ['/b'] } },
    [
      'viewer no longer sees /a in the sidebar, and can open it by its URL.',
      'viewer no longer sees /b, and may not read it.',
      'viewer now sees /c.',
      'viewer now sees /d, and may read it.',
      'viewer may now read /e by its URL.',
    ],
  ],
  [
    'a page',
    { pages: { ...PAGES, unlisted: [], denied: ['/c', '/d', '/e'] } },
    ['viewer may no longer read /c.'],
  ],
  [
    'the folder',
    { pages: { ...PAGES, listed: ['/a', '/new'] } },
    ['The page /b is gone.', 'The page /new is new: viewer sees it.'],
  ],
  [
    'the user',
    {
      user: {
        groups: ['admin'],
        content: { plan: 'pro', seats: 3 },
        apiPlaygroundInputs: { query: { key: '••••' } },
      },
    },
    [
      'viewer is no longer in the group viewer.',
      'viewer is in the group admin now.',
      'viewer no longer has user.org.name.',
      'user.plan of viewer is "pro" now, and was "free".',
      'viewer has user.seats now: 3.',
      'The playground of viewer is no longer filled with header X-Key.',
      'The playground of viewer is now filled with query key.',
    ],
  ],
  [
    'tenant and mode',
    { tenant: 'globex', mode: 'authentication' },
    [
      'viewer is of tenant globex now, and was of tenant acme.',
      'viewer has private docs now, and had public ones.',
    ],
  ],
  [
    'a text',
    { texts: { '/a': [{ place: 'user.plan', text: '' }] } },
    ['On /a, viewer now reads nothing at {user.plan}, and read "free" before.'],
  ],
  ['a page that breaks', { faults: { '/a': 'no plan' } }, ['/a breaks for viewer: no plan']],
])('says in a sentence each what changed: %s', (_, changes, sentences) => {
  expect(listDifferences(of({}), of(changes))).toEqual(sentences);
});

it('says which personas are new, gone, or logged out', () => {
  const both = { personas: { ...of({}).personas, admin: VIEWER } };
  expect(listDifferences(of({}), both)).toEqual(['admin is new.']);
  expect(listDifferences(both, of({}))).toEqual(['admin is gone.']);
  expect(listDifferences(undefined, of({}))).toEqual(['viewer is new.']);
  const user = { groups: [], content: {} };
  expect(listDifferences(of({ user }), of({ user: null }))).toEqual(['viewer is no longer logged in.']);
});
