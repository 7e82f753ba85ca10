import type { Right } from '../api/types';

/** What the keys of the canvas do, for the keyboard and for the page that lists them. */
export interface Key {
  /** As `event.key` says it, in lower case, with `mod+` for Ctrl or Cmd and `shift+`. */
  keys: string[];
  label: string;
  /** What one must be allowed to do with the project. */
  needs?: Right;
  run: () => unknown;
}

export function nameOf(event: KeyboardEvent): string {
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const shift = event.shiftKey && (event.key.length > 1 || event.ctrlKey || event.metaKey);
  return `${event.ctrlKey || event.metaKey ? 'mod+' : ''}${shift ? 'shift+' : ''}${key}`;
}

/** @returns whether the key was one of these */
export function press(event: KeyboardEvent, keys: Key[]): boolean {
  const pressed = nameOf(event);
  const key = keys.find((one) => one.keys.includes(pressed));
  if (!key) {
    return false;
  }
  event.preventDefault();
  void key.run();
  return true;
}

/** A key as people write it: `Ctrl Z`. */
export function spoken(key: string): string {
  const parts = key === '+' ? [key] : key.split('+');
  return parts.map((part) => NAMES[part] ?? part.toUpperCase()).join(' ');
}

const NAMES: Record<string, string> = {
  mod: 'Ctrl',
  shift: 'Shift',
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
  Delete: 'Delete',
  Backspace: 'Backspace',
  Enter: 'Enter',
  Escape: 'Esc',
};
