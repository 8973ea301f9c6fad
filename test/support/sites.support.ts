import type { DocsSite } from 'nestjs-mintlify-personalization';

/** A docs site at a URL, as the library makes it from its options. */
export function docsSite(url: string): DocsSite {
  const { origin, hostname: host, pathname } = new URL(url);
  const basePath = pathname.replace(/\/+$/, '');
  return { url: origin + basePath, origin, host, basePath, mode: 'personalization' };
}

/** Docs on an origin of their own. */
export const ROOT_SITE = docsSite('https://docs.foo.com');
/** Docs below a base path. */
export const BASE_PATH_SITE = docsSite('https://foo.com/docs');
/** Docs on a developer's machine. */
export const LOCAL_SITE = docsSite('http://localhost:3001');
/** Every kind of docs site. */
export const SITES = [ROOT_SITE, BASE_PATH_SITE, LOCAL_SITE];
