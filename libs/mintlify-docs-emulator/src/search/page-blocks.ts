import { escapeHeadingIds } from '../mdx/heading-ids.js';
import { cleanId, SlugCounter } from '../mdx/heading-slugs.js';
import { skipBraces, skipTag } from './mdx-scanner.js';
import type { ScannedTag } from './mdx-scanner.js';

/** A part of an MDX file, for the search. */
export type PageBlock =
  | { kind: 'text'; text: string }
  | { kind: 'heading'; title: string; id: string }
  /** Another file, as the import names it. */
  | { kind: 'snippet'; source: string };

/** Elements whose content is no text. */
const NO_TEXT = new Set(['script', 'style', 'svg', 'iframe', 'math', 'Frame.Hint']);
/** Attributes that are shown. */
const SHOWN = new Set([
  'title', 'description', 'label', 'alt', 'caption', 'name', 'path', 'query', 'body', 'header', 'sidebarTitle', 'default',
]); // prettier-ignore
const IMPORT = /\bimport\s+(?<name>\w+)\s+from\s+['"](?<source>[^'"]+\.mdx?)['"]/g;
const FENCE = /[ \t>]*(?<marks>`{3,}|~{3,})(?<info>[^\n]*)/y;
const HEADING = /[ \t]*#{1,6}[ \t]+/y;
const RULE =
  /[ \t]*(?:[-*_][ \t]*){3,}(?=\n|$)|[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-*:?[ \t]*)+(?=\n|$)/y;
const MARKER = /[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)?(?:\[[ xX]\][ \t]+)?/y;
const PLAIN = /[^\\`<{[\]*_&|~!\n]+/y;
const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ', copy: '©', mdash: '—', ndash: '–', hellip: '…',
}; // prettier-ignore

/**
 * Reads the headings and the text of an MDX file. JavaScript is left out, and so is what is for agents alone. It takes a
 * hundredth of the time of the compiler, which a large site needs at the first search; where the two could differ, it reads
 * less.
 *
 * @param source the text of the file without its front matter.
 * @example
 * readBlocks('Hello\n## Setup\nRun `npm ci`.');
 * // text 'Hello', heading 'Setup' with the id 'setup', text 'Run npm ci.'
 */
export function readBlocks(source: string): PageBlock[] {
  return new BlockReader(escapeHeadingIds(source)).read();
}

class BlockReader {
  private readonly blocks: PageBlock[] = [];
  private readonly slugs = new SlugCounter();
  private readonly snippets = new Map<string, string>();
  /** The elements around the place whose content is not read. */
  private skipped: string[] = [];
  private text: string[] = [];
  private at = 0;
  /** Of a heading that is an element: its name, and its `id`. */
  private heading?: { name: string; id?: string };

  constructor(private readonly source: string) {}

  read(): PageBlock[] {
    const { source } = this;
    while (this.at < source.length) {
      this.readLineStart();
      this.readLine();
    }
    this.endText();
    return this.blocks;
  }

  private readLineStart(): void {
    const { source } = this;
    if (source.startsWith('import ', this.at) || source.startsWith('export ', this.at)) this.skipScript();
    const fence = this.match(FENCE);
    if (fence) {
      this.readCode(fence.groups?.marks ?? '', fence.groups?.info ?? '');
      return;
    }
    if (this.match(RULE)) return;
    if (this.match(HEADING)) {
      this.readHeading();
      return;
    }
    this.match(MARKER);
  }

  /** Imports and exports go on until an empty line outside all braces. */
  private skipScript(): void {
    const { source } = this;
    const start = this.at;
    while (this.at < source.length) {
      const character = source[this.at];
      if (character === '{' || character === '(' || character === '[' || character === '`') {
        this.at = skipBraces(source, this.at);
        continue;
      }
      if (character === '\n' && /\n[ \t]*(?:\n|$)/y.test(source.slice(this.at, this.at + 200))) break;
      this.at += 1;
    }
    for (const { groups } of source.slice(start, this.at).matchAll(IMPORT)) {
      this.snippets.set(groups?.name ?? '', groups?.source ?? '');
    }
  }

  private readCode(marks: string, info: string): void {
    const { source } = this;
    const rest = source.indexOf('\n', this.at);
    if (rest === -1) return;
    const close = new RegExp(`\\n[ \\t>]*${marks[0]}{${marks.length},}[ \\t]*(?=\\n|$)`, 'g');
    close.lastIndex = rest;
    const end = close.exec(source);
    const code = source.slice(rest + 1, end?.index ?? source.length);
    this.at = end ? close.lastIndex : source.length;
    if (!/^\s*mermaid\b/.test(info)) this.add(`\n${code}\n`);
  }

  private readHeading(): void {
    this.endText();
    this.readLine();
    const written = this.takeText().replace(/\s#+\s*$/, '');
    const id = /\s*\{#(?<id>[^{}]+)\}$/.exec(written)?.groups?.id;
    const title = id === undefined ? written : written.replace(/\s*\{#[^{}]+\}$/, '');
    this.addHeading(title, id?.trim().replaceAll(/\s+/g, '-'));
  }

  private addHeading(title: string, id: string | undefined): void {
    const slug = id === undefined ? this.slugs.next(title) : this.slugs.nextId(cleanId(id));
    if (title !== '') this.blocks.push({ kind: 'heading', title, id: slug });
  }

  /** To the end of the line, or of what starts on it and goes on. */
  private readLine(): void {
    const { source } = this;
    while (this.at < source.length) {
      const plain = this.match(PLAIN);
      if (plain) {
        this.add(plain[0]);
        continue;
      }
      const character = source[this.at] ?? '';
      if (character === '\n') {
        this.add('\n');
        this.at += 1;
        return;
      }
      this.readMark(character);
    }
  }

  private readMark(character: string): void {
    const { source } = this;
    switch (character) {
      case '\\':
        this.add(source[this.at + 1] === '\n' ? ' ' : (source[this.at + 1] ?? ''));
        this.at += source[this.at + 1] === '\n' ? 1 : 2;
        break;
      case '`':
        this.readCodeSpan();
        break;
      case '<':
        this.readTag();
        break;
      case '{':
        this.readExpression();
        break;
      case ']':
        // The address of a link is no text.
        this.at = source[this.at + 1] === '(' ? this.linkEnd(this.at + 1) : this.at + 1;
        break;
      case '[':
      case '|':
        this.add(character === '|' ? ' ' : '');
        this.at += 1;
        break;
      case '!':
        this.add(source[this.at + 1] === '[' ? '' : '!');
        this.at += 1;
        break;
      case '&':
        this.readEntity();
        break;
      default:
        this.readEmphasis(character);
    }
  }

  private readCodeSpan(): void {
    const { source } = this;
    const marks = /`+/y;
    marks.lastIndex = this.at;
    const [run = '`'] = marks.exec(source) ?? [];
    const start = this.at + run.length;
    const end = closingRun(source, run, start);
    this.at = end === -1 ? start : end + run.length;
    if (end !== -1) this.add(source.slice(start, end));
  }

  private readEmphasis(character: string): void {
    const { source } = this;
    const inWord = /[\p{L}\p{N}]/u;
    const isInside =
      character !== '*' && inWord.test(source[this.at - 1] ?? '') && inWord.test(source[this.at + 1] ?? '');
    const isAlone = /\s/.test(source[this.at - 1] ?? ' ') && /\s/.test(source[this.at + 1] ?? ' ');
    if (isInside || isAlone) this.add(character);
    this.at += 1;
  }

  private readEntity(): void {
    const entity = /&(?:#(?<code>\d{1,6})|(?<name>[a-z]{2,8}));/y;
    const { code, name } = this.match(entity)?.groups ?? {};
    if (code !== undefined) this.add(Number(code) <= 0x10_ff_ff ? String.fromCodePoint(Number(code)) : ' ');
    else if (name !== undefined) this.add(ENTITIES[name] ?? ' ');
    else {
      this.add('&');
      this.at += 1;
    }
  }

  /** JavaScript may show one thing to one visitor and another to the next. Only a text alone is read. */
  private readExpression(): void {
    const end = skipBraces(this.source, this.at);
    const text = /^\{\s*(?<quote>['"`])(?<text>[^'"`\\$]*)\k<quote>\s*\}$/.exec(
      this.source.slice(this.at, Math.min(end, this.at + 2000)),
    );
    this.add(text?.groups?.text ?? '');
    this.at = end;
  }

  private readTag(): void {
    const { source } = this;
    if (source.startsWith('<!--', this.at)) {
      const end = source.indexOf('-->', this.at);
      this.at = end === -1 ? source.length : end + 3;
      return;
    }
    const tag = skipTag(source, this.at);
    if (!tag) {
      this.add('<');
      this.at += 1;
      return;
    }
    this.at = tag.end;
    if (tag.isClosing) this.leave(tag.name);
    else this.enter(tag);
  }

  private enter({ name, attributes, isSelfClosing }: ScannedTag): void {
    if (this.skipped.length > 0) {
      if (!isSelfClosing && name === this.skipped[0]) this.skipped.push(name);
      return;
    }
    if (NO_TEXT.has(name) || (name === 'Visibility' && attributes.get('for') === 'agents')) {
      if (!isSelfClosing) this.skipped = [name];
      return;
    }
    const file = name === 'Snippet' ? attributes.get('file') : undefined;
    const source =
      file === undefined ? this.snippets.get(name) : `/snippets/${file.replace(/^\/?(?:_?snippets\/)?/, '')}`;
    if (source !== undefined) {
      this.endText();
      this.blocks.push({ kind: 'snippet', source });
    }
    if (/^h[1-6]$/.test(name) && !isSelfClosing) {
      this.endText();
      const id = attributes.get('id');
      this.heading = { name, ...(id !== undefined && { id }) };
    }
    const isInline = /^(?:a|b|i|em|strong|code|span|sub|sup|kbd|u|s|small|mark|Tooltip)$/.test(name);
    if (!isInline) this.add('\n');
    for (const [attribute, value] of attributes) if (SHOWN.has(attribute)) this.add(`${value}\n`);
  }

  private leave(name: string): void {
    if (this.skipped.length > 0) {
      if (name === this.skipped[0]) this.skipped.pop();
      return;
    }
    if (this.heading?.name === name) {
      const { id } = this.heading;
      this.heading = undefined;
      this.addHeading(this.takeText(), id);
    } else if (!/^(?:a|b|i|em|strong|code|span|sub|sup|kbd|u|s|small|mark|Tooltip)$/.test(name))
      this.add('\n');
  }

  private linkEnd(start: number): number {
    const { source } = this;
    let depth = 0;
    for (let at = start; at < source.length && source[at] !== '\n'; at += 1) {
      if (source[at] === '(') depth += 1;
      if (source[at] === ')') depth -= 1;
      if (depth === 0) return at + 1;
    }
    return start;
  }

  private add(text: string): void {
    if (this.skipped.length === 0) this.text.push(text);
  }

  private takeText(): string {
    const text = this.text.join('').replaceAll(/\s+/g, ' ').trim();
    this.text = [];
    return text;
  }

  private endText(): void {
    const text = this.takeText();
    if (text !== '') this.blocks.push({ kind: 'text', text });
  }

  private match(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.source);
    if (found) this.at = pattern.lastIndex;
    return found;
  }
}

/** Where a code span ends: at a run of as many marks, in the same paragraph. */
function closingRun(source: string, run: string, start: number): number {
  const paragraph = source.indexOf('\n\n', start);
  const limit = paragraph === -1 ? source.length : paragraph;
  for (let at = source.indexOf(run, start); at !== -1 && at < limit;) {
    let end = at;
    while (source[end] === '`') end += 1;
    if (end - at === run.length) return at;
    at = source.indexOf(run, end);
  }
  return -1;
}
