/** The JSX runtime for compiled pages, from the copy of React that renders the docs. */
export { Fragment, jsx, jsxs } from 'react/jsx-runtime';
