import type { Right } from '../api/types';
import type { IconName } from './icons';

export interface MenuItem {
  label: string;
  icon?: IconName;
  keys?: string;
  danger?: boolean;
  disabled?: boolean;
  /** What one must be allowed to do with the project; without it the item is left out. */
  needs?: Right | 'own';
  run: () => unknown;
}

/** Items, and `'-'` for a line between them. */
export type MenuEntry = MenuItem | '-';

/** Those that a user may use, without lines that would have nothing between them. */
export function allowed(entries: MenuEntry[], may: (right: Right | 'own') => boolean): MenuEntry[] {
  const left: MenuEntry[] = [];
  let line = false;
  for (const entry of entries) {
    if (entry === '-') {
      line = left.length > 0;
    } else if (!entry.needs || may(entry.needs)) {
      left.push(...(line ? (['-'] as const) : []), entry);
      line = false;
    }
  }
  return left;
}
