import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { isRecord } from '../shared/type-guards.js';
import { LANGUAGE_ICONS } from './language-icons.js';

/** Which icon a page asks for. */
export interface IconQuery {
  /** Such as `rocket`. */
  name: string;
  /** Where to look first. `language` is the mark of a programming language. Default: `fontawesome`. */
  library?: 'fontawesome' | 'lucide' | 'language';
  /** The style of Font Awesome, such as `solid`. Default: `regular`. */
  style?: string;
}

type SetName = 'fa7-solid' | 'fa7-regular' | 'fa7-brands' | 'lucide';

interface IconSet {
  icons: Record<string, unknown>;
  aliases: Record<string, unknown>;
  width: number;
  height: number;
}

const NAME = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;
const resolvePath = createRequire(import.meta.url).resolve;

/**
 * The icons of Font Awesome Free and Lucide, read at the first use. An icon that its library lacks is looked for in the
 * other one, since many names exist in both, and some only in Font Awesome Pro.
 *
 * @example
 * const svg = await new IconLibrary().find({ name: 'rocket' });
 */
export class IconLibrary {
  private readonly sets = new Map<SetName, Promise<IconSet>>();

  /**
   * Finds an icon.
   *
   * @returns an SVG file, or `undefined` if there is no such icon.
   */
  async find(query: IconQuery): Promise<string | undefined> {
    const name = query.library === 'language' ? (LANGUAGE_ICONS[query.name] ?? query.name) : query.name;
    if (name.length > 100 || !NAME.test(name)) return undefined;
    for (const setName of setsFor(query)) {
      const svg = svgOf(await this.load(setName), name);
      if (svg !== undefined) return svg;
    }
    return undefined;
  }

  /** Tells whether an icon of this name exists, in any library and style. */
  async has(name: string): Promise<boolean> {
    return (await this.find({ name: name.toLowerCase() })) !== undefined || name in LANGUAGE_ICONS;
  }

  private load(name: SetName): Promise<IconSet> {
    const loading = this.sets.get(name) ?? readSet(name);
    this.sets.set(name, loading);
    return loading;
  }
}

function setsFor({ library = 'fontawesome', style = 'regular' }: IconQuery): SetName[] {
  // What needs Font Awesome Pro, such as `light`, is shown in the closest free style.
  const own: SetName[] = style.includes('solid')
    ? ['fa7-solid', 'fa7-regular']
    : ['fa7-regular', 'fa7-solid'];
  if (library === 'lucide') return ['lucide', 'fa7-brands', ...own];
  if (library === 'language' || style === 'brands') return ['fa7-brands', 'lucide', ...own];
  return [...own, 'fa7-brands', 'lucide'];
}

async function readSet(name: SetName): Promise<IconSet> {
  const set: unknown = JSON.parse(await readFile(resolvePath(`@iconify-json/${name}/icons.json`), 'utf8'));
  const { icons, aliases, width, height } = isRecord(set) ? set : {};
  return {
    icons: isRecord(icons) ? icons : {},
    aliases: isRecord(aliases) ? aliases : {},
    width: sizeOf(width) ?? 16,
    height: sizeOf(height) ?? 16,
  };
}

function svgOf(set: IconSet, name: string): string | undefined {
  const alias = Object.hasOwn(set.aliases, name) ? set.aliases[name] : undefined;
  const key = isRecord(alias) && typeof alias.parent === 'string' ? alias.parent : name;
  const icon = Object.hasOwn(set.icons, key) ? set.icons[key] : undefined;
  if (!isRecord(icon) || typeof icon.body !== 'string') return undefined;
  const box = [
    sizeOf(icon.left) ?? 0,
    sizeOf(icon.top) ?? 0,
    sizeOf(icon.width) ?? set.width,
    sizeOf(icon.height) ?? set.height,
  ];
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${box.join(' ')}">${icon.body}</svg>`;
}

function sizeOf(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined;
}
