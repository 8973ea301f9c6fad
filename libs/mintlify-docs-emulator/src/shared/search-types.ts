/** A part of a text that is shown with its hits marked. */
export interface SearchTextPart {
  text: string;
  /** Whether it is a word that was searched. */
  isHit: boolean;
}

/** A place in the docs that a query finds. */
export interface SearchResult {
  /** The page's path inside the docs, such as `/quickstart`, with the id of the heading: `/quickstart#setup`. */
  path: string;
  /** The title of the page. */
  page: string;
  /** The heading, or the title of the page if it is the page itself. */
  title: SearchTextPart[];
  /** What is around the page in the navigation, from the outside in, such as `['Guides', 'Getting started']`. */
  breadcrumb: string[];
  /** What the page says around the hits. Empty if the hits are in the title alone. */
  excerpt: SearchTextPart[];
  /** Of an API operation: such as `GET`. */
  method?: string;
}

/** The answer of the search endpoint. */
export interface SearchAnswer {
  results: SearchResult[];
}
