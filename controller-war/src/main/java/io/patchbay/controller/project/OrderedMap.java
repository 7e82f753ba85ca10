package io.patchbay.controller.project;

import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * Things by id, in the order in which they came. Reads never wait; one that goes through all sees
 * whatever is there all the while, and perhaps what comes or goes meanwhile. A change takes as long
 * with a thousand things as with one.
 */
public final class OrderedMap<V> {
  private final Map<String, Place<V>> places = new ConcurrentHashMap<>();
  private final ConcurrentSkipListMap<Long, V> ordered = new ConcurrentSkipListMap<>();
  private long next;

  private record Place<V>(long position, V value) {}

  public Optional<V> find(String id) {
    return Optional.ofNullable(places.get(id)).map(Place::value);
  }

  public Collection<V> values() {
    return Collections.unmodifiableCollection(ordered.values());
  }

  int size() {
    return places.size();
  }

  /** Adds a value, or replaces the one with this id, which keeps its position. */
  public synchronized void put(String id, V value) {
    Place<V> old = places.get(id);
    Place<V> place = new Place<>(old == null ? next++ : old.position(), value);
    places.put(id, place);
    ordered.put(place.position(), value);
  }

  /** Adds a value unless there is one; returns the one that was there. */
  public synchronized Optional<V> putIfAbsent(String id, V value) {
    Optional<V> known = find(id);
    if (known.isEmpty()) {
      put(id, value);
    }
    return known;
  }

  public synchronized void remove(String id) {
    Place<V> old = places.remove(id);
    if (old != null) {
      ordered.remove(old.position());
    }
  }

  /** Removes this very value; tells whether it was there. */
  synchronized boolean remove(String id, V value) {
    boolean there = find(id).filter(known -> known == value).isPresent();
    if (there) {
      remove(id);
    }
    return there;
  }

  synchronized void clear() {
    places.clear();
    ordered.clear();
  }
}
