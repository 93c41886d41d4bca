/** @file Streamed text, sentence by sentence, for those who listen to it. */

/** Characters after which a text without an end of a sentence is cut at a space. */
const longest = 200;

export class Sentences {
  #rest = '';

  /** The sentences that a piece of text has completed. */
  add(text: string): readonly string[] {
    this.#rest += text;
    const sentences: string[] = [];
    for (let end = endOfSentence(this.#rest); end > 0; end = endOfSentence(this.#rest)) {
      sentences.push(this.#rest.slice(0, end));
      this.#rest = this.#rest.slice(end);
    }
    return clean(sentences);
  }

  /** What is left when nothing more comes. */
  finish(): readonly string[] {
    const rest = this.#rest;
    this.#rest = '';
    return clean([rest]);
  }
}

/** Characters up to the end of the first sentence; 0 while it goes on. */
function endOfSentence(text: string): number {
  // A full stop ends a sentence only where white space follows it: 3.14 goes on.
  const end = /[.!?…][)”"']?\s|\n/.exec(text);
  if (end !== null) return end.index + end[0].length;
  if (text.length <= longest) return 0;
  const space = text.lastIndexOf(' ', longest);
  return space > 0 ? space + 1 : longest;
}

function clean(sentences: readonly string[]): readonly string[] {
  return sentences.map((sentence) => sentence.trim()).filter((sentence) => sentence !== '');
}
