/** The JSX runtime for compiled pages: React's own, of the one copy that draws the docs. */
export { Fragment, jsx, jsxs } from 'react/jsx-runtime';
