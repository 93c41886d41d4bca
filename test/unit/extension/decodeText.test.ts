/** @file Which files can be trained on, and that a refusal names the file. */
import { describe, expect, it, vi } from 'vitest';
import {
  baseName,
  checkSize,
  decodeText,
  maximumTextBytes,
  textSource,
} from '../../../extension/datasets/decodeText';

vi.mock('vscode', () => import('../support/vscode'));

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const codeOf = (work: () => unknown): unknown => {
  try {
    return work();
  } catch (error) {
    return (error as { code?: string }).code;
  }
};

describe('decoding a file', () => {
  it('reads UTF-8 with and without a byte order mark', () => {
    expect(decodeText(utf8('größe 😀'), 'a.txt')).toBe('größe 😀');
    expect(decodeText(Uint8Array.of(0xef, 0xbb, 0xbf, 0x61), 'a.txt')).toBe('a');
  });

  it('reads UTF-16 in both byte orders by its mark', () => {
    expect(decodeText(Uint8Array.of(0xff, 0xfe, 0x61, 0, 0x3c, 0xd8, 0x89, 0xdf), 'a.txt')).toBe(
      'a🎉',
    );
    expect(decodeText(Uint8Array.of(0xfe, 0xff, 0, 0x61), 'a.txt')).toBe('a');
  });

  it('refuses a binary file by its name', () => {
    const png = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 13);
    expect(() => decodeText(png, 'logo.png')).toThrow(/“logo\.png” is a binary file/);
    const wide = Uint8Array.of(0xff, 0xfe, 0, 0, 0x61, 0, 0, 0);
    expect(codeOf(() => textSource(decodeText(wide, 'utf32.txt'), 'utf32.txt'))).toBe(
      'text-binary',
    );
  });

  it('names the remedy where the zeros may be those of UTF-16 without a mark, and only there', () => {
    const remedyOf = (bytes: Uint8Array): unknown => {
      try {
        return decodeText(bytes, 'a.txt');
      } catch (error) {
        return (error as { remedy?: string }).remedy;
      }
    };
    const russian = Uint8Array.of(0x14, 0x04, 0x30, 0x04, 0x20, 0, 0x0a, 0);
    expect(remedyOf(russian)).toMatch(/^If it is UTF-16 text.*“Reopen with Encoding”/);
    expect(remedyOf(russian.subarray(0, 7))).toBe('Choose a text file.');
    expect(remedyOf(Uint8Array.of(0x89, 0x50, 0, 0, 0, 13))).toBe('Choose a text file.');
  });

  it('refuses bytes in another encoding instead of training on replacement characters', () => {
    const latin1 = Uint8Array.of(0x67, 0x72, 0xf6, 0xdf, 0x65);
    expect(() => decodeText(latin1, 'alt.txt')).toThrow(/“alt\.txt” is not valid UTF-8/);
    const half = Uint8Array.of(0xff, 0xfe, 0x61, 0, 0x62);
    expect(codeOf(() => decodeText(half, 'cut.txt'))).toBe('text-encoding');
  });

  it('refuses an empty text, also one of blanks alone', () => {
    expect(() => textSource('', 'empty.txt')).toThrow(/“empty\.txt” is empty/);
    expect(codeOf(() => textSource(' \n\t', 'blank.txt'))).toBe('text-empty');
    expect(() => textSource(' \n\t', 'blank.txt')).toThrow(/“blank\.txt” has only spaces and line/);
  });

  it('says the limit when a text is too large', () => {
    expect(() => {
      checkSize(maximumTextBytes + 1, 'huge.txt');
    }).toThrow(/“huge\.txt” has 20\.1 MB; the limit is 20 MB/);
    expect(() => {
      checkSize(maximumTextBytes, 'fits.txt');
    }).not.toThrow();
  });
});

describe('the text that is trained on', () => {
  it('is refused where its UTF-8 is too large, however few characters it has', () => {
    const half = maximumTextBytes / 2;
    expect(codeOf(() => textSource('ä'.repeat(half + 1), 'huge.txt'))).toBe('text-too-large');
    expect(textSource('ä'.repeat(half), 'fits.txt').bytes.byteLength).toBe(maximumTextBytes);
  });

  it('is UTF-8 without a mark and keeps every character', () => {
    const { name, bytes } = textSource('line one\r\nzeile zwei ä', 'notes.md');
    expect(name).toBe('notes.md');
    expect(new TextDecoder().decode(bytes)).toBe('line one\r\nzeile zwei ä');
  });

  it('is named by the last part of its path', () => {
    expect(baseName('/home/me/texts/poems.txt')).toBe('poems.txt');
    expect(baseName('Untitled-1')).toBe('Untitled-1');
  });
});
