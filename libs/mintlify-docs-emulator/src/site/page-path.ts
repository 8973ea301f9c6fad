/**
 * The path of a page inside the docs, from its name in docs.json.
 *
 * @example
 * pagePath('guides/start.mdx'); // '/guides/start'
 */
export function pagePath(name: string): string {
  const path = name
    .replaceAll('\\', '/')
    .replace(/^(?:\.?\/)+/, '')
    .replace(/\/+$/, '')
    .replace(/\.mdx?$/, '');
  return `/${path}`;
}

/**
 * The title of a page without one, made from the last part of its path.
 *
 * @example
 * titleFromPath('/guides/first-steps'); // 'First steps'
 */
export function titleFromPath(path: string): string {
  const text = (path.split('/').at(-1) ?? '').replaceAll(/[-_]+/g, ' ').trim();
  return text === '' ? 'Home' : text.charAt(0).toUpperCase() + text.slice(1);
}
