package io.patchbay.controller.project;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Things by id, in the order in which they came. Reads see a moment's content and never wait; a
 * write copies, which is cheap for as many things as a project has.
 */
public final class OrderedMap<V> {
  private volatile Map<String, V> content = Map.of();

  public Optional<V> find(String id) {
    return Optional.ofNullable(content.get(id));
  }

  public Collection<V> values() {
    return content.values();
  }

  int size() {
    return content.size();
  }

  public void put(String id, V value) {
    change(map -> map.put(id, value));
  }

  /** Adds a value unless there is one; returns the one that was there. */
  public synchronized Optional<V> putIfAbsent(String id, V value) {
    Optional<V> known = find(id);
    if (known.isEmpty()) {
      put(id, value);
    }
    return known;
  }

  public void remove(String id) {
    change(map -> map.remove(id));
  }

  /** Removes this very value; tells whether it was there. */
  synchronized boolean remove(String id, V value) {
    boolean there = content.get(id) == value;
    if (there) {
      remove(id);
    }
    return there;
  }

  void clear() {
    change(Map::clear);
  }

  private synchronized void change(Consumer<Map<String, V>> edit) {
    Map<String, V> copy = new LinkedHashMap<>(content);
    edit.accept(copy);
    content = Collections.unmodifiableMap(copy);
  }
}
