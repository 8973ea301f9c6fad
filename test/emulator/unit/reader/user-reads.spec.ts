import { describe, expect, it } from '@jest/globals';
import { readPageSyntax } from 'mintlify-docs-emulator/reader';
import type { UserRead } from 'mintlify-docs-emulator/reader';

/** `org?.plan ✓`: the steps, and a mark if there is a fallback. */
const show = ({ steps, hasFallback }: UserRead): string =>
  steps.map(({ name, isOptional }) => `${isOptional ? '?' : ''}.${name}`).join('') +
  (hasFallback ? ' ✓' : '');

const reads = async (text: string, file = 'page.mdx'): Promise<string[]> => {
  const { userReads, problem } = await readPageSyntax(text, file);
  expect(problem).toBeUndefined();
  return userReads.map(show);
};

describe('The reads of user in a page', () => {
  it.each([
    ['{user.plan}', ['.plan']],
    ['{user.org.plan}', ['.org.plan']],
    ['{user.org?.plan}', ['.org?.plan']],
    ['{user["org"].plan}', ['.org.plan']],
    ["{user.plan ?? 'free'}", ['.plan ✓']],
    ["{user.plan || 'free'}", ['.plan ✓']],
    ['{user.plan && <b>{user.plan}</b>}', ['.plan ✓', '.plan ✓']],
    ['{user.org ? user.org.plan : "none"}', ['.org ✓', '.org?.plan']],
    ['{user.org && user.org.plan}', ['.org ✓', '.org?.plan']],
    ['{!user.org ? "none" : user.org.plan}', ['.org ✓', '.org?.plan']],
    ['{user.org ?? user.org.plan}', ['.org ✓', '.org.plan']],
    ["{user.plan === 'team' ? 'T' : 'F'}", ['.plan ✓']],
    ['{(user.a ?? user.b) ?? 1}', ['.a ✓', '.b ✓']],
    ['{user.a ?? user.b}', ['.a ✓', '.b']],
    ['{user.firstName.toUpperCase()}', ['.firstName.toUpperCase']],
    ['{`Hi ${user.firstName}`}', ['.firstName']],
    ['<Card title={user.firstName} href="/a">text</Card>', ['.firstName']],
    ['<Card {...user.props} />', ['.props ✓']],
    ['| a | b |\n| - | - |\n| x | {user.plan} |', ['.plan']],
    ['export const name = user.firstName;', ['.firstName ✓']],
    [
      'export const Hello = () => { const { firstName, org: { plan } } = user; return null; };',
      ['.firstName ✓', '.org.plan ✓'],
    ],
    ['export const Hello = () => { const { org: { plan } = {} } = user; return null; };', ['.org?.plan ✓']],
    ['export const Hello = () => { const { plan } = user.org; return null; };', ['.org.plan ✓']],
    [
      'export const Hello = () => { if (!user.org) return null; return <b>{user.org.plan}</b>; };',
      ['.org ✓', '.org?.plan'],
    ],
  ])('%s', async (text, expected) => {
    expect(await reads(text)).toEqual(expected);
  });

  it.each([
    ['const { org } = user; return <b>{org.plan}</b>;', ['.org ✓', '.org.plan']],
    ['const org = user.org; return <b>{org?.plan}</b>;', ['.org ✓', '.org?.plan']],
    ['const u = user; return <b>{u.plan}</b>;', ['.plan']],
    [
      'const { org: o } = user; const { plan } = o; return <b>{plan.name}</b>;',
      ['.org ✓', '.org.plan ✓', '.org.plan.name'],
    ],
    ['const { org = {} } = user; return <b>{org.plan}</b>;', ['.org ✓', '.org?.plan']],
    ['const org = user.org ?? {}; return <b>{org.plan}</b>;', ['.org ✓', '.org?.plan']],
    ['const { org } = user; return org && <b>{org.plan}</b>;', ['.org ✓', '.org?.plan']],
    ['const { org } = user; if (!org) return null; return <b>{org.plan}</b>;', ['.org ✓', '.org?.plan']],
    [
      'const { org } = user; if (!user.org) return null; return <b>{org.plan}</b>;',
      ['.org ✓', '.org ✓', '.org?.plan'],
    ],
    ['const { org } = user; return [1].map((org) => org.plan);', ['.org ✓']],
    ['{ const { org } = user; } return <b>{org.plan}</b>;', ['.org ✓']],
    ['let org = user.org; return <b>{org.plan}</b>;', ['.org ✓']],
    ['const { firstName } = user; return <b>{firstName}</b>;', ['.firstName ✓']],
  ])('of a constant that holds a part: %s', async (body, expected) => {
    expect(await reads(`export const Part = () => { ${body} };`)).toEqual(expected);
  });

  it('are found in the page, of a constant that the page exports', async () => {
    expect(await reads('export const org = user.org;\n\n{org.plan}')).toEqual(['.org ✓', '.org.plan']);
  });

  it.each([
    ['of another variable', '{account.user.plan}'],
    ['of a key', '{format({ user: 1 })}'],
    ['of a parameter', 'export const A = ({ user }) => <b>{user.plan}</b>;\n\n{[].map((user) => user.plan)}'],
    ['of an import', "import { user } from '/snippets/user.jsx';\n\n{user.plan}"],
    ['of a constant', 'export const user = { plan: 1 };\n\n{user.plan}'],
    ['in code', '```js\nuser.plan\n```\n\n`{user.plan}`'],
    ['in text', 'Write user.plan here, or \\{user.plan\\}.'],
  ])('are not those %s', async (_, text) => {
    expect(await reads(text)).toEqual([]);
  });

  it.each([
    ['a.jsx', 'export const A = () => <b>{user.plan}</b>;'],
    ['a.tsx', 'export const A = (props: { a: string }) => <b>{user.plan as string}</b>;'],
    ['a.js', 'export const plan = () => user.plan;'],
    ['a.ts', 'export const plan = (): string => user.plan;'],
  ])('are found in %s', async (file, text) => {
    expect(await reads(text, file)).toEqual(['.plan']);
  });

  it('have lines, under front matter and ids of headings', async () => {
    const text = '---\ntitle: A\n---\n\n## Head {#my-id}\n\ntext\n{user.plan}\n\n$$\na_{b}\n$$\n';
    const { userReads } = await readPageSyntax(text, 'a.mdx');
    expect(userReads[0]?.steps[0]?.line).toBe(8);
  });

  it.each([
    ['a.mdx', '\n<Card>\n\n{user.', 3],
    ['a.jsx', '\nconst a = <b>;', 2],
  ])('are not known where %s cannot be parsed, and the line is', async (file, text, line) => {
    const { userReads, problem } = await readPageSyntax(text, file);
    expect(userReads).toEqual([]);
    expect(problem).toMatchObject({ message: expect.any(String), line: expect.any(Number) });
    expect(problem?.line).toBeGreaterThanOrEqual(line - 1);
  });
});
