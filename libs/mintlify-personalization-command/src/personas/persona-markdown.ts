import {
  accessOf,
  flatten,
  pagePaths,
  type Access,
  type PersonaRecord,
  type PersonasDocument,
} from './persona-document.js';

type Named = readonly [name: string, record: PersonaRecord];

const CELLS: Readonly<Record<Access, string>> = { listed: 'sees it', unlisted: 'by its URL', denied: 'no' };
const COUNTS: Readonly<Record<Access, string>> = {
  listed: 'pages in the sidebar',
  unlisted: 'pages by their URLs',
  denied: 'pages it may not read',
};
const MAX_CELL = 160;

/** Writes `personas.md`: the same document gives the same text. */
export function writeMarkdown({ personas }: PersonasDocument): string {
  const all: Named[] = Object.entries(personas);
  return (
    [
      '# What each persona sees of the docs',
      'Written by "mintlify-personalization personas". Do not edit it: run the command again.',
      '## Who they are',
      whoTable(all),
      '## Pages that differ',
      pageTable(all, differingPages(all), 'Each persona has the same pages.'),
      '## What `user` shows',
      ...textTables(all),
      ...faultList(all),
      '## All pages',
      pageTable(all, pagePaths(all.map(([, record]) => record)), 'There is no page.'),
    ].join('\n\n') + '\n'
  );
}

function whoTable(all: readonly Named[]): string {
  const users = all.map(([, { user }]) => user);
  const content = users.map((user) => flatten(user?.content ?? {}, 'user'));
  const inputs = users.map((user) => flatten(user?.apiPlaygroundInputs ?? {}, 'playground'));
  const rowsOf = (maps: readonly ReadonlyMap<string, string>[]) =>
    [...new Set(maps.flatMap((map) => [...map.keys()]))].toSorted().map((path) =>
      rowOf(
        code(path),
        maps.map((map) => valueCell(map.get(path))),
      ),
    );
  return table([
    ['', ...all.map(([name]) => escape(name))],
    ['tenant', ...all.map(([, { tenant }]) => (tenant === undefined ? '' : escape(tenant)))],
    ['docs', ...all.map(([, { mode }]) => (mode === 'authentication' ? 'private' : 'public'))],
    [
      'groups',
      ...users.map((user) => (user === null ? 'not logged in' : (user.groups ?? []).map(code).join(', '))),
    ],
    ...rowsOf(content),
    ...rowsOf(inputs),
    ...(['listed', 'unlisted', 'denied'] as const).map((access) =>
      rowOf(
        COUNTS[access],
        all.map(([, { pages }]) => String(pages[access].length)),
      ),
    ),
  ]);
}

function valueCell(value: string | undefined): string {
  return value === undefined ? '' : code(value);
}

function differingPages(all: readonly Named[]): string[] {
  const records = all.map(([, record]) => record);
  return pagePaths(records).filter(
    (path) => new Set(records.map((record) => accessOf(record, path))).size > 1,
  );
}

function pageTable(all: readonly Named[], paths: readonly string[], otherwise: string): string {
  if (paths.length === 0) return otherwise;
  return table([
    ['page', ...all.map(([name]) => escape(name))],
    ...paths.map((path) =>
      rowOf(
        code(path),
        all.map(([, record]) => CELLS[accessOf(record, path) ?? 'denied']),
      ),
    ),
  ]);
}

function textTables(all: readonly Named[]): string[] {
  const paths = [...new Set(all.flatMap(([, { texts }]) => Object.keys(texts)))].toSorted();
  if (paths.length === 0) return ['No page reads it.'];
  return paths.flatMap((path) => {
    const places = [
      ...new Set(all.flatMap(([, { texts }]) => (texts[path] ?? []).map(({ place }) => place))),
    ];
    const rows = places.map((place) =>
      rowOf(
        code(`{${place}}`),
        all.map(([, { texts }]) => {
          const found = (texts[path] ?? []).filter((each) => each.place === place);
          return found.map(({ text }) => escape(text)).join('; ');
        }),
      ),
    );
    return [`### ${escape(path)}`, table([['place', ...all.map(([name]) => escape(name))], ...rows])];
  });
}

function faultList(all: readonly Named[]): string[] {
  const lines = all.flatMap(([name, { faults }]) =>
    Object.entries(faults).map(([path, reason]) => `- ${escape(path)}, for ${escape(name)}: ${code(reason)}`),
  );
  return lines.length === 0 ? [] : ['## Pages that break', lines.join('\n')];
}

function rowOf(head: string, cells: readonly string[]): string[] {
  return [head].concat(cells);
}

function table([head = [], ...rows]: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

/** Text that is nothing but text in a cell of Markdown. */
function escape(text: string): string {
  return shorten(text.replaceAll(/\s+/g, ' ').trim())
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll(/[\\|`*_{}[\]~]/g, (character) => `\\${character}`);
}

function code(text: string): string {
  const line = shorten(text.replaceAll(/\s+/g, ' ')).replaceAll('|', '\\|');
  const longest = Math.max(0, ...Array.from(line.matchAll(/`+/g), ([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return longest === 0 ? `${fence}${line}${fence}` : `${fence} ${line} ${fence}`;
}

function shorten(text: string): string {
  return text.length > MAX_CELL ? `${text.slice(0, MAX_CELL - 1)}…` : text;
}
