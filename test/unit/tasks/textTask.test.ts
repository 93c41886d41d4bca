/**
 * @file From documents to the two parts: marks between documents, short files, and clear words
 * where it cannot be.
 */
import { describe, expect, it } from 'vitest';
import { joinDocuments, textTask } from '../../../webview/tasks/textTask';

const endOfText = 9;
const single = (length: number) => joinDocuments([new Int32Array(length)], endOfText);

describe('joinDocuments', () => {
  it('ends each of several documents with the end-of-text token', () => {
    const { ids, documentEnds } = joinDocuments([Int32Array.of(1, 2), Int32Array.of(3)], endOfText);
    expect([...ids]).toEqual([1, 2, 9, 3, 9]);
    expect(documentEnds).toEqual([3, 5]);
  });

  it('leaves a single file as it is', () => {
    expect([...joinDocuments([Int32Array.of(1, 2)], endOfText).ids]).toEqual([1, 2]);
  });
});

describe('textTask', () => {
  it('trains on a file of a few hundred characters and says why it has no validation loss', () => {
    const task = textTask(single(300), 64);
    expect(task.train.length).toBe(270);
    expect(task.noValidation).toMatch(/has 30 tokens, but a context of 64 needs 65/);
  });

  it('counts one token as one', () => {
    expect(textTask(single(5), 1).noValidation).toMatch(/has 1 token, but a context of 1 needs 2/);
  });

  it('has a validation loss as soon as one window fits', () => {
    expect(textTask(single(650), 64).noValidation).toBeUndefined();
    expect(textTask(single(649), 64).noValidation).toBeUndefined();
    expect(textTask(single(640), 64).noValidation).toBeDefined();
  });

  it('refuses a text shorter than a window, with sizes and the largest context that fits', () => {
    expect(() => textTask(single(72), 64)).toThrow(
      expect.objectContaining({
        code: 'text-too-short',
        message: 'The text has 72 tokens, 64 of them for training, but a context of 64 needs 65.',
        remedy: 'Choose a context of at most 63, or a longer text.',
      }),
    );
    expect(textTask(single(72), 63).train.length).toBe(64);
    expect(() => textTask(single(1), 64)).toThrow(
      'The text has 1 token, 0 of it for training, but a context of 64 needs 65.',
    );
    expect(() => textTask(single(0), 64)).toThrow(
      expect.objectContaining({ remedy: 'Choose a longer text.' }),
    );
  });
});
