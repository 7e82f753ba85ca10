package io.patchbay.runtime.console;

import java.util.ArrayList;
import java.util.List;

/** The lines that were typed, the oldest first; only so many are kept. Thread-safe. */
public final class History {
  private static final int CAPACITY = 50;

  private final List<String> lines = new ArrayList<>(0);

  synchronized void add(String line) {
    if (lines.size() == CAPACITY) {
      lines.removeFirst();
    }
    lines.add(line);
  }

  public synchronized List<String> lines() {
    return List.copyOf(lines);
  }

  public synchronized void clear() {
    lines.clear();
  }

  synchronized int size() {
    return lines.size();
  }

  synchronized String get(int index) {
    return lines.get(index);
  }

  /** The youngest line before this one that begins so; -1 if there is none. */
  synchronized int before(int index, String start) {
    for (int i = Math.min(index, lines.size()) - 1; i >= 0; i--) {
      if (lines.get(i).startsWith(start)) {
        return i;
      }
    }
    return -1;
  }

  /** The oldest line after this one that begins so; -1 if there is none. */
  synchronized int after(int index, String start) {
    for (int i = index + 1; i < lines.size(); i++) {
      if (lines.get(i).startsWith(start)) {
        return i;
      }
    }
    return -1;
  }
}
