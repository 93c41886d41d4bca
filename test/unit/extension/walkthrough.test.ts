/**
 * @file The walkthrough: VS Code checks nothing of it, so that a step with a wrong name would have
 * a dead button, no picture, or no end.
 */
import { access, readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';

interface Step {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly media: { readonly image: string; readonly altText: string };
  readonly completionEvents: readonly string[];
}

interface Manifest {
  readonly contributes: {
    readonly commands: readonly { readonly command: string; readonly title: string }[];
    readonly views: Readonly<Record<string, readonly { readonly id: string }[]>>;
    readonly walkthroughs: readonly { readonly steps: readonly Step[] }[];
  };
}

const read = async (file: string): Promise<unknown> => JSON.parse(await readFile(file, 'utf8'));
const { contributes } = (await read('package.json')) as Manifest;
const texts = (await read('package.nls.json')) as Readonly<Record<string, string>>;
const textOf = (key: string): string => texts[key.slice(1, -1)] ?? '';
const steps = contributes.walkthroughs.flatMap((walkthrough) => walkthrough.steps);

it('leads from a model in training to its source, its attention and what it writes', () => {
  expect(steps.map(({ id }) => id)).toEqual(['train', 'source', 'attention', 'generation']);
});

it.each(steps)('step “$id” has a button for a command, called as the command is', (step) => {
  const [, label, name] = /\n\[(.+)\]\(command:(.+)\)$/.exec(textOf(step.description)) ?? [];
  const command = contributes.commands.find((each) => each.command === name);
  expect(label).toBe(textOf(command?.title ?? ''));
  // A step is done once its own button was pressed.
  expect(step.completionEvents).toContain(`onCommand:${name ?? ''}`);
});

it.each(steps)('step “$id” ends with what the product really has', ({ completionEvents }) => {
  const events = [
    ...contributes.commands.map(({ command }) => `onCommand:${command}`),
    ...Object.values(contributes.views).flatMap((views) => views.map(({ id }) => `onView:${id}`)),
  ];
  for (const event of completionEvents) expect(events).toContain(event);
});

it.each(steps)('step “$id” has its texts, and a picture that is described', async (step) => {
  for (const key of [step.title, step.media.altText]) expect(textOf(key)).not.toBe('');
  await access(step.media.image);
});
