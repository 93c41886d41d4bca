/**
 * @file The probabilistic grammar of the stories as data: generate.ts draws from it, parse.ts reads
 * a story back. Knows nothing of either.
 *
 * A context-free grammar with registers: a pick draws a word and keeps it, a recall says it again.
 * What a story says twice is therefore certain the second time, and what a model must learn to
 * remember. The numbers are weights.
 */
import { apart, either, parts, pick, recall, sentence } from './parts';
import type { Part, Role } from './parts';
import { registers } from './registers';
import type { Register } from './registers';

const thing = recall('thing', 'thing');
const place = pick('place', 'place');

/** tom has a ball. one day, tom finds a red ball. in the garden, tom finds a ball. */
const opening = sentence(
  'opening',
  either(
    [5, pick('giver', 'giver'), 'has a'],
    [2, 'one day ,', pick('giver', 'giver'), 'finds a'],
    [1, 'in the', place, ',', pick('giver', 'giver'), 'finds a'],
  ),
  either(
    [2, pick('thing', 'thing')],
    [
      1,
      pick('describer', 'describer'),
      pick('thing', 'thing', { apart: apart('describer', 'thing', 'describing') }),
    ],
  ),
  '.',
);

const other = (role: Role): Part => pick('other', role, { apart: apart('being', 'other') });

/**
 * the dog runs. the dogs that the girl sees run. the old dog that sees the girls runs in the park.
 */
const scene = sentence(
  'scene',
  'the',
  either([4], [1, pick('look', 'describer')]),
  pick('being', 'subject'),
  either(
    [4],
    [3, 'that the', other('relativeSubject'), pick('deed', 'relativeVerb', { agrees: 'other' })],
    [1, 'that', pick('deed', 'relativeVerb', { agrees: 'being' }), 'the', other('relativeObject')],
  ),
  pick('action', 'verb', { agrees: 'being', apart: apart('being', 'action', 'acting') }),
  either([4], [1, 'in the', place]),
  '.',
);

/** tom gives the ball to anna. Anyone but themselves may be given it, the giver before too. */
function giving(giver: Register, receiver: Register): Part {
  return sentence(
    'giving',
    recall(giver, 'giver'),
    'gives the',
    thing,
    'to',
    pick(receiver, 'receiver', { apart: apart(giver, receiver, 'giving') }),
    '.',
  );
}

/** anna is happy. anna is happy, and tom is sad. */
const feeling = sentence(
  'feeling',
  recall('receiver', 'subject'),
  'is',
  pick('feeling', 'feeling'),
  either(
    [3],
    [
      1,
      ', and',
      recall('giver', 'subject'),
      'is',
      pick('otherFeeling', 'feeling', { apart: apart('feeling', 'otherFeeling') }),
    ],
  ),
  '.',
);

/** who has the ball now? anna has the ball. */
function askHolder(holder: Register): Part[] {
  return [
    sentence('question', 'who has the', thing, 'now ?'),
    sentence('answer', recall(holder, 'answer'), 'has the', thing, '.'),
  ];
}

/** what does anna have now? anna has the ball. */
function askThing(holder: Register): Part[] {
  return [
    sentence('question', 'what does', recall(holder, 'holder'), 'have now ?'),
    sentence('answer', recall(holder, 'holder'), 'has the', recall('thing', 'answer'), '.'),
  ];
}

/** who gives the ball to anna? tom gives the ball to anna. */
function askGiver(giver: Register, holder: Register): Part[] {
  const receiver = recall(holder, 'receiver');
  return [
    sentence('question', 'who gives the', thing, 'to', receiver, '?'),
    sentence('answer', recall(giver, 'answer'), 'gives the', thing, 'to', receiver, '.'),
  ];
}

/** A line with a question about the last giving, and its answer. */
function ending(giver: Register, holder: Register): Part[] {
  return parts(
    '\n',
    either([3, ...askHolder(holder)], [1, ...askThing(holder)], [1, ...askGiver(giver, holder)]),
  );
}

/**
 * A whole story. Every choice shows in the words that follow, so that a text has one derivation.
 */
export const story: readonly Part[] = [
  opening,
  either([1], [1, scene]),
  giving('giver', 'receiver'),
  either(
    [2, ...ending('giver', 'receiver')],
    [1, scene, ...ending('giver', 'receiver')],
    [1, feeling, ...ending('giver', 'receiver')],
    [2, giving('receiver', 'third'), ...ending('receiver', 'third')],
  ),
];

/** Every part of the grammar, the inner ones too. */
export function* allParts(from: readonly Part[] = story): Generator<Part> {
  for (const part of from) {
    yield part;
    if (part.kind === 'sentence') yield* allParts(part.parts);
    if (part.kind === 'either') for (const option of part.options) yield* allParts(option.parts);
  }
}

/** Every word that a story can contain. */
export const vocabulary: ReadonlySet<string> = new Set([
  ...Object.values(registers).flatMap((words) => [...words.byWord.keys()]),
  ...[...allParts()].flatMap((part) =>
    part.kind === 'word' && part.role !== 'mark' ? [part.text] : [],
  ),
]);
