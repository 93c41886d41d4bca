/**
 * @file The probabilistic grammar of the stories as data: generate.ts draws from it, parse.ts reads a story back,
 * entropy.ts computes what it cannot be compressed below. Knows nothing of any of them.
 *
 * A context-free grammar with registers: a pick draws a word and keeps it, a recall says it again. What a story says
 * twice is therefore certain the second time, and what a model must learn to remember.
 */
import { category } from './category';
import type { Category, Entry } from './category';
import { heldOut } from './heldOut';
import type { HeldOutKind } from './heldOut';
import * as lexicon from './lexicon';

const name = category('name', 'none', lexicon.names);
const thing = category('thing', 'none', lexicon.things);
const being = category('being', 'free', lexicon.beings);
const action = category('action', 'agrees', lexicon.actions);
const deed = category('deed', 'agrees', lexicon.deeds);
const describer = category('describer', 'none', lexicon.describers);
const look = category('look', 'none', lexicon.looks);
const place = category('place', 'none', lexicon.places);
const feeling = category('feeling', 'none', lexicon.feelings);

/** What a story keeps in mind, and from which words each is drawn. */
export const registers = {
  giver: name,
  receiver: name,
  /** To whom the receiver gives the thing on. */
  third: name,
  thing,
  describer,
  look,
  being,
  /** The being inside a relative clause. */
  other: being,
  action,
  deed,
  place,
  feeling,
  otherFeeling: feeling,
} as const satisfies Record<string, Category>;

export type Register = keyof typeof registers;

/** The part a word plays in its sentence. */
export type Role =
  | 'giver'
  | 'receiver'
  | 'holder'
  | 'thing'
  | 'describer'
  | 'subject'
  | 'verb'
  | 'relativeSubject'
  | 'relativeObject'
  | 'relativeVerb'
  | 'place'
  | 'feeling'
  | 'questionWord'
  /** The word that answers the question. */
  | 'answer'
  | 'function'
  | 'mark';

export type SentenceKind = 'opening' | 'scene' | 'giving' | 'feeling' | 'question' | 'answer';

/** Which entries may not follow an entry in another register. */
export type Exclusion = ReadonlyMap<Entry, readonly Entry[]>;

export type Part =
  | { readonly kind: 'word'; readonly text: string; readonly role: Role }
  | PickPart
  | RecallPart
  | { readonly kind: 'either'; readonly options: readonly Option[] }
  | { readonly kind: 'sentence'; readonly sentence: SentenceKind; readonly parts: readonly Part[] };

/** Draws a word, says it and keeps it. */
export interface PickPart {
  readonly kind: 'pick';
  readonly register: Register;
  readonly role: Role;
  /** The register whose word gives a verb its number. */
  readonly agrees?: Register;
  readonly apart?: { readonly from: Register; readonly exclusion: Exclusion };
}

/** Says again what a register keeps. */
export interface RecallPart {
  readonly kind: 'recall';
  readonly register: Register;
  readonly role: Role;
}

export interface Option {
  readonly weight: number;
  readonly parts: readonly Part[];
}

/** Marks stand at the end of a word; a line end stands in the place of a space. */
export const marks: readonly string[] = ['.', ',', '?', '\n'];

function words(text: string): Part[] {
  return text.split(' ').map((word) => ({ kind: 'word', text: word, role: roleOf(word) }));
}

function roleOf(word: string): Role {
  if (marks.includes(word)) return 'mark';
  if (word === 'who' || word === 'what') return 'questionWord';
  return ['has', 'finds', 'gives', 'is', 'does', 'have'].includes(word) ? 'verb' : 'function';
}

function pick(register: Register, role: Role, more: Pick<PickPart, 'agrees' | 'apart'> = {}): Part {
  return { kind: 'pick', register, role, ...more };
}

function recall(register: Register, role: Role): Part {
  return { kind: 'recall', register, role };
}

function either(...options: [weight: number, parts: readonly Part[]][]): Part {
  return { kind: 'either', options: options.map(([weight, parts]) => ({ weight, parts })) };
}

function sentence(kind: SentenceKind, ...parts: (Part | readonly Part[])[]): Part {
  return { kind: 'sentence', sentence: kind, parts: parts.flat() };
}

/** No word with itself, and no pair that is held out. */
function exclusion(from: Category, to: Category, kind?: HeldOutKind): Exclusion {
  const pairs: readonly (readonly [string, string])[] = kind === undefined ? [] : heldOut[kind];
  return new Map(
    from.entries.map((entry) => [
      entry,
      to.entries.filter(
        (other) =>
          other === entry ||
          pairs.some(([first, second]) => first === entry.lemma && second === other.lemma),
      ),
    ]),
  );
}

const giving = exclusion(name, name, 'giving');
const describing = exclusion(describer, thing, 'describing');
const acting = exclusion(being, action, 'acting');
const otherBeing = exclusion(being, being);
const differentFeeling = exclusion(feeling, feeling);

const end = words('.');

/** tom has a ball. one day, tom finds a red ball. in the garden, tom finds a ball. */
const opening = sentence(
  'opening',
  either(
    [5, [pick('giver', 'giver'), ...words('has a')]],
    [2, [...words('one day ,'), pick('giver', 'giver'), ...words('finds a')]],
    [
      1,
      [
        ...words('in the'),
        pick('place', 'place'),
        ...words(','),
        pick('giver', 'giver'),
        ...words('finds a'),
      ],
    ],
  ),
  either(
    [2, [pick('thing', 'thing')]],
    [
      1,
      [
        pick('describer', 'describer'),
        pick('thing', 'thing', { apart: { from: 'describer', exclusion: describing } }),
      ],
    ],
  ),
  end,
);

const act = pick('action', 'verb', {
  agrees: 'being',
  apart: { from: 'being', exclusion: acting },
});
const other = (role: Role): Part =>
  pick('other', role, { apart: { from: 'being', exclusion: otherBeing } });

/** the dog runs. the dogs that the girl sees run. the old dog that sees the girls runs in the park. */
const scene = sentence(
  'scene',
  words('the'),
  either([4, []], [1, [pick('look', 'describer')]]),
  pick('being', 'subject'),
  either(
    [4, []],
    [
      3,
      [
        ...words('that the'),
        other('relativeSubject'),
        pick('deed', 'relativeVerb', { agrees: 'other' }),
      ],
    ],
    [
      1,
      [
        ...words('that'),
        pick('deed', 'relativeVerb', { agrees: 'being' }),
        ...words('the'),
        other('relativeObject'),
      ],
    ],
  ),
  act,
  either([4, []], [1, [...words('in the'), pick('place', 'place')]]),
  end,
);

/** tom gives the ball to anna. */
const give = sentence(
  'giving',
  recall('giver', 'giver'),
  words('gives the'),
  recall('thing', 'thing'),
  words('to'),
  pick('receiver', 'receiver', { apart: { from: 'giver', exclusion: giving } }),
  end,
);

/** anna gives the ball to ben, or back to tom. */
const giveOn = sentence(
  'giving',
  recall('receiver', 'giver'),
  words('gives the'),
  recall('thing', 'thing'),
  words('to'),
  pick('third', 'receiver', { apart: { from: 'receiver', exclusion: giving } }),
  end,
);

/** anna is happy. anna is happy, and tom is sad. */
const feel = sentence(
  'feeling',
  recall('receiver', 'subject'),
  words('is'),
  pick('feeling', 'feeling'),
  either(
    [3, []],
    [
      1,
      [
        ...words(', and'),
        recall('giver', 'subject'),
        ...words('is'),
        pick('otherFeeling', 'feeling', {
          apart: { from: 'feeling', exclusion: differentFeeling },
        }),
      ],
    ],
  ),
  end,
);

/** A line with a question about the last giving, and its answer. */
function ending(giver: Register, holder: Register): Part[] {
  return [
    ...words('\n'),
    either(
      [
        3,
        [
          sentence('question', words('who has the'), recall('thing', 'thing'), words('now ?')),
          sentence(
            'answer',
            recall(holder, 'answer'),
            words('has the'),
            recall('thing', 'thing'),
            end,
          ),
        ],
      ],
      [
        1,
        [
          sentence('question', words('what does'), recall(holder, 'holder'), words('have now ?')),
          sentence(
            'answer',
            recall(holder, 'holder'),
            words('has the'),
            recall('thing', 'answer'),
            end,
          ),
        ],
      ],
      [
        1,
        [
          sentence(
            'question',
            words('who gives the'),
            recall('thing', 'thing'),
            words('to'),
            recall(holder, 'receiver'),
            words('?'),
          ),
          sentence(
            'answer',
            recall(giver, 'answer'),
            words('gives the'),
            recall('thing', 'thing'),
            words('to'),
            recall(holder, 'receiver'),
            end,
          ),
        ],
      ],
    ),
  ];
}

/** A whole story. Every choice shows in the words that follow, so that a text has one derivation. */
export const story: readonly Part[] = [
  opening,
  either([1, []], [1, [scene]]),
  give,
  either(
    [2, ending('giver', 'receiver')],
    [1, [scene, ...ending('giver', 'receiver')]],
    [1, [feel, ...ending('giver', 'receiver')]],
    [2, [giveOn, ...ending('receiver', 'third')]],
  ),
];

/** Every part of the grammar, the inner ones too. */
export function* allParts(parts: readonly Part[] = story): Generator<Part> {
  for (const part of parts) {
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

/** Every character that a story can contain. */
export const storyAlphabet = 'abcdefghijklmnopqrstuvwxyz .,?\n';
