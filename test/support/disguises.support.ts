const hex = (byte: number): string => byte.toString(16).padStart(2, '0');
const percent = (text: string): string => Array.from(Buffer.from(text), (byte) => `%${hex(byte)}`).join('');
const fullwidth = (character: string): string => String.fromCharCode(character.charCodeAt(0) + 0xfee0);
const overlong = (code: number): string => `%${hex(0xc0 | (code >> 6))}%${hex(0x80 | (code & 0x3f))}`;

/** Ways to write one character of ASCII, from `!` to `~`, so that some reader of a path sees it and others do not. */
export const DISGUISES: readonly ((character: string) => string)[] = [
  percent,
  (character) => percent(character).toUpperCase(),
  (character) => percent(percent(character)),
  (character) => percent(character).replace('%', '%25'),
  (character) => percent(character).replace('%', '%2525'),
  (character) => percent(character).replace('%', '%252525'),
  (character) => percent(character).replace(/.$/, percent),
  (character) => `%u00${hex(character.charCodeAt(0))}`,
  (character) => `%25u00${hex(character.charCodeAt(0))}`,
  fullwidth,
  (character) => percent(fullwidth(character)),
  (character) => percent(fullwidth(character)).replaceAll('%', '%25'),
  (character) => percent(character).replace('%', fullwidth),
  (character) => overlong(character.charCodeAt(0)),
];

/** What a path is made of, alone and together. */
const STRUCTURES = [/\//g, /\./g, /[./\\]/g, /[;?#]/g];

/** What readers that know parameters, queries or white space drop. */
const INSERTIONS: readonly ((path: string) => string)[] = [
  (path) => path.replaceAll(/\.\.?(?=\/|$)/g, '$&;x'),
  (path) => path.replaceAll('/', '/;x/'),
  (path) => path.replaceAll(/\.\.\//g, '..;x%2f'),
  (path) => path.replaceAll(/\.\.(?=\/|$)/g, '..%3f'),
  (path) => path.replaceAll(/\.\.(?=\/|$)/g, '..%20'),
  (path) => path.replaceAll('/', '//'),
  (path) => path.replaceAll('//', '/%09/'),
];

/** A text with one part of its structure disguised, in each way. */
export function disguisesOf(text: string): string[] {
  return [
    ...INSERTIONS.map((insert) => insert(text)),
    ...STRUCTURES.flatMap((structure) => DISGUISES.map((disguise) => text.replaceAll(structure, disguise))),
  ];
}
