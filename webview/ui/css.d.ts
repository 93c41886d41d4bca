/**
 * @file Style sheets are imported for their effect: esbuild joins them into the page's one sheet.
 */
declare module '*.css' {}
