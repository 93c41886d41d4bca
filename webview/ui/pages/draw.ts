/** @file How a page is put into its document: once its controls have the colours of the theme. */
import { render, type ComponentChild } from 'preact';
import { controlsAreThemed } from '../controls/toolkit';

export function draw(page: ComponentChild, root: Element): void {
  void controlsAreThemed().then(() => {
    render(page, root);
  });
}
