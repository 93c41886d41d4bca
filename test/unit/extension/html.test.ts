/**
 * @file The page's document: nothing from elsewhere, no inline code, no way out of an attribute.
 */
import { describe, expect, it } from 'vitest';
import { contentSecurityPolicy, createNonce, pageHtml } from '../../../extension/pages/html';

const page = {
  name: 'attention',
  source: 'https://cdn.test',
  dist: 'https://cdn.test/x"><script>/dist',
  nonce: 'abc123',
  title: 'A & B',
} as const;

describe('the document of a page', () => {
  it('allows no inline code, no eval and no remote origin', () => {
    const policy = contentSecurityPolicy(page);
    expect(policy).toContain(`default-src 'none'`);
    expect(policy).not.toMatch(/unsafe-inline|'unsafe-eval'|\*/);
    expect(policy).toContain(`script-src 'nonce-abc123' 'wasm-unsafe-eval'`);
    expect(policy).toContain('connect-src https://cdn.test blob:');
    expect(policy).toContain('worker-src blob:');
  });

  it('names its language and title and escapes what it is given', () => {
    const html = pageHtml(page);
    expect(html).toContain('<html lang="en">');
    expect(html).toContain('<title>A &amp; B</title>');
    expect(html.match(/<script/g)).toHaveLength(1);
    expect(html).toContain('/pages/attention.css"');
    expect(html).not.toMatch(/ style=| on\w+=/);
  });

  it('has another nonce each time', () => {
    expect(createNonce()).toMatch(/^[0-9a-f]{32}$/);
    expect(createNonce()).not.toBe(createNonce());
  });
});
