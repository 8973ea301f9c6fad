export declare function readPageBlocks(page: string): { path: string; code: string }[];
export declare function readAdded(text: string, path: string): string;
export declare function readAddedFiles(recipe: string): Map<string, string>;
export declare function countLines(recipe: string): number;
