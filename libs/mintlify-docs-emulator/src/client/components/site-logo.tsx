import { docsHref, pageData } from '../page-data.js';

/**
 * The logo of the site, one for each color mode, or a mark and the name.
 *
 * @example
 * <SiteLogo />
 */
export function SiteLogo() {
  const { siteName, looks } = pageData;
  const { logo } = looks;
  return (
    <a className="site-name" href={docsHref(logo?.href ?? '/')}>
      {logo ? (
        <>
          <img className="logo light-only" src={docsHref(logo.light)} alt={siteName} />
          <img className="logo dark-only" src={docsHref(logo.dark)} alt={siteName} />
        </>
      ) : (
        <>
          <span className="site-mark" aria-hidden="true" />
          {siteName}
        </>
      )}
    </a>
  );
}
