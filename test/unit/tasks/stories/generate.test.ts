/** @file The stories: right English, the same from one seed, and never a pair that is held out. */
import { describe, expect, it } from 'vitest';
import { randomKey } from '../../../../webview/config/random';
import { textOf } from '../../../../webview/tasks/stories/derivation';
import type { LabelledWord } from '../../../../webview/tasks/stories/derivation';
import { generateStory } from '../../../../webview/tasks/stories/generate';
import { heldOut } from '../../../../webview/tasks/stories/heldOut';
import { registers } from '../../../../webview/tasks/stories/registers';

const alphabet = new Set('abcdefghijklmnopqrstuvwxyz .,?\n');

const many = Array.from(
  { length: 20_000 },
  (_, i) => generateStory(randomKey(2, 'stories', i)).words,
);

/** The sentences of a story, each its words. */
function sentencesOf(words: readonly LabelledWord[]): LabelledWord[][] {
  const sentences: LabelledWord[][] = [[]];
  for (const word of words) {
    sentences.at(-1)?.push(word);
    if (word.text === '.' || word.text === '?') sentences.push([]);
  }
  return sentences.filter((sentence) => sentence.length > 0);
}

/** runs, watches; but not miss, pass. */
const isThirdPerson = (verb: string): boolean => /[^s]s$/.test(verb);

describe('a story', () => {
  it('lets each verb agree with its own subject, whatever stands between', () => {
    let across = 0;
    for (const sentence of many.flatMap(sentencesOf)) {
      const find = (role: string) => sentence.find((word) => word.role === role);
      const [subject, verb] = [find('subject'), find('verb')];
      if (sentence[0]?.sentence !== 'scene' || !subject || !verb) continue;
      expect(isThirdPerson(verb.text)).toBe(subject.number === 'singular');
      const relative = find('relativeVerb');
      const inner = find('relativeSubject');
      const object = find('relativeObject');
      if (relative) {
        const governs = inner ?? subject;
        expect(isThirdPerson(relative.text)).toBe(governs.number === 'singular');
      }
      if ((inner ?? object ?? subject).number !== subject.number) across += 1;
    }
    expect(across).toBeGreaterThan(1000);
  });

  it('answers its question by what happened: the last who was given the thing has it', () => {
    for (const words of many) {
      const text = textOf(words.map((word) => word.text));
      const gifts = [...text.matchAll(/(\w+) gives the (\w+) to (\w+)\./g)];
      const [first] = gifts;
      const given = gifts.filter((gift) => (gift.index || 0) < text.indexOf('\n')).at(-1);
      if (first === undefined || given === undefined) throw new Error(text);
      const [, giver, thing, holder] = given;
      const ending = text.slice(text.indexOf('\n') + 1);
      expect([
        `who has the ${thing} now? ${holder} has the ${thing}.`,
        `what does ${holder} have now? ${holder} has the ${thing}.`,
        `who gives the ${thing} to ${holder}? ${giver} gives the ${thing} to ${holder}.`,
      ]).toContain(ending);
      expect(text).toMatch(
        new RegExp(`^[^.]*${first[1] ?? ''} (has|finds) a (\\w+ )?${thing ?? ''}\\.`),
      );
      expect(giver).not.toBe(holder);
    }
  });

  it('keeps the pairs apart that are held out, though each word is frequent', () => {
    const texts = many.map((words) => textOf(words.map((word) => word.text))).join('\n');
    for (const [giver, receiver] of heldOut.giving) {
      expect(texts).not.toMatch(new RegExp(`\\b${giver} gives the \\w+ to ${receiver}\\b`));
      expect(texts).toMatch(new RegExp(`\\b${giver} gives the \\w+ to (?!${receiver})`));
    }
    for (const [describer, thing] of heldOut.describing) {
      expect(texts).not.toContain(`${describer} ${thing}`);
      expect(texts).toContain(`a ${describer} `);
      expect(texts).toContain(`a ${thing}.`);
    }
    const acts = new Set<string>();
    for (const sentence of many.flatMap(sentencesOf)) {
      const subject = sentence.find((word) => word.register === 'being');
      const action = sentence.find((word) => word.register === 'action');
      if (subject && action) acts.add(`${lemmaOf('being', subject)} ${lemmaOf('action', action)}`);
    }
    for (const [being, action] of heldOut.acting) {
      expect(acts).not.toContain(`${being} ${action}`);
      expect([...acts].some((act) => act.startsWith(`${being} `))).toBe(true);
      expect([...acts].some((act) => act.endsWith(` ${action}`))).toBe(true);
    }
  });

  it('is of 3 to 6 short sentences in lower case', () => {
    for (const words of many) {
      const count = sentencesOf(words).length;
      expect(count >= 3 && count <= 6).toBe(true);
      const text = textOf(words.map((word) => word.text));
      expect(text.length).toBeLessThan(300);
      expect([...new Set(text)].filter((character) => !alphabet.has(character))).toEqual([]);
    }
  });
});

function lemmaOf(register: 'being' | 'action', { text }: LabelledWord): string {
  return registers[register].byWord.get(text)?.entry.lemma ?? '';
}
