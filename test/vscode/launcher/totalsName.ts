/** @file The file in the workspace in which the suite leaves its totals. Both sides know it. */
export const totalsName = 'test-totals.json';
