/** @file A question to the engine: the newest one counts, and answers that are old are replaced. */
import { signal } from '@preact/signals';
import { expect, it, vi } from 'vitest';
import { PlaygroundError } from '../../../../webview/config/errors';
import { keepAnswered, Question } from '../../../../webview/ui/views/attention/deeper/question';

interface Answer {
  readonly step: number;
}

const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

it('an answer to what is no longer asked is not shown', async () => {
  const answers: ((answer: Answer) => void)[] = [];
  const question = new Question<string, Answer>(
    () =>
      new Promise((resolve) => {
        answers.push(resolve);
      }),
  );
  void question.ask('first');
  void question.ask('second');
  answers[1]?.({ step: 2 });
  answers[0]?.({ step: 1 });
  await settle();
  expect(question.shown.value).toEqual({ asked: 'second', answer: { step: 2 } });
  expect(question.isAsking.value).toBe(false);
});

it('a failure takes the place of the answer, and a new answer that of the failure', async () => {
  const failure = new PlaygroundError({ code: 'x', message: 'No.', remedy: 'Wait.' });
  let fails = true;
  const question = new Question<string, Answer>(() =>
    fails ? Promise.reject(failure) : Promise.resolve({ step: 1 }),
  );
  await question.ask('a');
  expect(question.failure.value).toEqual({ code: 'x', message: 'No.', remedy: 'Wait.' });
  fails = false;
  await question.ask('a');
  expect(question.failure.value).toBeUndefined();
  expect(question.shown.value?.answer).toEqual({ step: 1 });
});

it('what failed is asked anew at a press and of newer weights, and not of the same by itself', async () => {
  const failure = new PlaygroundError({ code: 'x', message: 'No.', remedy: 'Wait.' });
  const standing = signal<number | undefined>(5);
  const wanted = signal<string | undefined>('text');
  const visible = signal(true);
  const ask = vi.fn<() => Promise<Answer>>(() => Promise.reject(failure));
  const question = new Question<string, Answer>(ask);
  keepAnswered(question, { wanted, standing, visible });
  await settle();
  visible.value = false;
  visible.value = true;
  await settle();
  expect(ask).toHaveBeenCalledTimes(1);
  await question.askAgain();
  expect(ask).toHaveBeenCalledTimes(2);
  standing.value = 6;
  await settle();
  expect(ask).toHaveBeenCalledTimes(3);
  ask.mockImplementation(() => Promise.resolve({ step: 6 }));
  await question.askAgain();
  expect(question.shown.value).toEqual({ asked: 'text', answer: { step: 6 } });
  expect(question.failure.value).toBeUndefined();
  // Nothing is wanted any more: there is nothing to be asked again.
  wanted.value = undefined;
  await question.askAgain();
  standing.value = 7;
  await settle();
  expect(ask).toHaveBeenCalledTimes(4);
});

it('is asked anew of newer weights where the model stands, and not while it trains', async () => {
  const standing = signal<number | undefined>(5);
  const wanted = signal<string | undefined>('text');
  const visible = signal(true);
  const ask = vi.fn(() => Promise.resolve({ step: standing.peek() ?? 0 }));
  const question = new Question<string, Answer>(ask);
  keepAnswered(question, { wanted, standing, visible });
  await settle();
  standing.value = undefined;
  await settle();
  expect(ask).toHaveBeenCalledTimes(1);
  standing.value = 9;
  await settle();
  expect(ask).toHaveBeenCalledTimes(2);
  visible.value = false;
  wanted.value = 'other';
  await settle();
  expect(ask).toHaveBeenCalledTimes(2);
  visible.value = true;
  await settle();
  expect(ask).toHaveBeenCalledTimes(3);
  wanted.value = undefined;
  expect(question.shown.value).toBeUndefined();
});
