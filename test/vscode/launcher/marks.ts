/** @file Marks on console lines by which the launcher tells a test run's output from VS Code's. */

const prefix = '\u2063test';

/** A line that tests printed. */
export const markLine = (line: string): string => `${prefix}:${line}`;

/** Printed when `run()` has ended well: a killed extension host ends with code 0 too. */
export const finishedMark = `${prefix}!`;

/** What tests printed with `markLine`; undefined for a line of VS Code's. */
export const readMark = (line: string): string | undefined =>
  line.startsWith(`${prefix}:`) ? line.slice(prefix.length + 1) : undefined;
