/** @file The token between documents, as it is shown and as tiktoken calls it. */
export const endOfTextLabel = '<|endoftext|>';
