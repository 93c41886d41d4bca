/** @file What is left to the full run: tests that take long for what they add to quicker ones. */

export const inFull = process.env.TEST_FULL === '1';
