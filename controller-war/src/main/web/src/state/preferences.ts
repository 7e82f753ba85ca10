import { Emitter } from './emitter';

/** What this browser remembers of how its user likes things. */
interface Kept {
  theme: 'system' | 'light' | 'dark';
  fontSize: number;
  /** Whether terminals are read by screen readers, which slows them down. */
  reader: boolean;
  labels: boolean;
  /** Whether what passes the links is shown. */
  traffic: boolean;
  /** Of the list of projects. */
  order: 'name' | 'changed';
  recent: string[];
  dock: number;
}

const KEY = 'patchbay';
const DEFAULTS: Kept = { theme: 'system', fontSize: 13, reader: false, labels: true, traffic: true, order: 'name', recent: [], dock: 280 };

function load(): Kept {
  try {
    return { ...DEFAULTS, ...(JSON.parse(localStorage.getItem(KEY) ?? '{}') as Partial<Kept>) };
  } catch {
    return { ...DEFAULTS };
  }
}

export const preferences = {
  changed: new Emitter<void>(),
  kept: load(),

  set(change: Partial<Kept>): void {
    this.kept = { ...this.kept, ...change };
    try {
      localStorage.setItem(KEY, JSON.stringify(this.kept));
    } catch {
      // A browser that keeps nothing still shows everything.
    }
    applyTheme();
    this.changed.emit();
  },
};

export function applyTheme(): void {
  const theme = preferences.kept.theme;
  if (theme === 'system') {
    delete document.documentElement.dataset['theme'];
  } else {
    document.documentElement.dataset['theme'] = theme;
  }
}
