/** @file A report of a fault names no folder of the user's. */
import { describe, expect, it } from 'vitest';
import { withoutPaths } from '../../../extension/withoutPaths';

describe('a text for a report', () => {
  it.each([
    [
      "ENOTDIR: not a directory, stat '/home/ann/my project/runs'",
      "ENOTDIR: not a directory, stat 'runs'",
    ],
    ["open '/home/ann/.transformer/runs/1-2/data.txt'.", "open 'data.txt'."],
    ['EBUSY: C:\\Users\\Ann Smith\\novel.txt is locked', 'EBUSY: novel.txt is locked'],
    ['at c:/Users/ann/novel.txt', 'at novel.txt'],
    ['\\\\server\\share\\ann\\novel.txt', 'novel.txt'],
    ['Unable to read file:///home/ann/novel.txt', 'Unable to read novel.txt'],
    ['(vscode-remote://ssh-remote%2Bann@host/home/ann/a.js:10:5)', '(a.js:10:5)'],
    ['vscode-userdata:/home/ann/x.json', 'x.json'],
    [
      'at run (/home/ann/dist/extension.js:1:2)\n at b (/srv/c.js:3:4)',
      'at run (extension.js:1:2)\n at b (c.js:3:4)',
    ],
    ['from /home/ann/my project/a.txt', 'from a.txt'],
  ])('keeps only the last part of a path: %s', (text, cut) => {
    expect(withoutPaths(text)).toBe(cut);
  });

  it.each([
    'Loss 2.3 and/or 120 tokens/s at step 3/60',
    'See https://github.com/ann/x/issues',
    'GPU: Vulkan / SwiftShader',
    'ratio: 1/2; webgpu:2',
  ])('is otherwise left as it is: %s', (text) => {
    expect(withoutPaths(text)).toBe(text);
  });
});
