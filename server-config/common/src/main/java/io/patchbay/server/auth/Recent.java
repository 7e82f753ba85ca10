package io.patchbay.server.auth;

import java.util.LinkedHashMap;
import java.util.Map;

/** A map that forgets what was used longest ago when it would hold more than its capacity. */
final class Recent<K, V> extends LinkedHashMap<K, V> {
  private static final long serialVersionUID = 1L;
  private static final float LOAD = 0.75f;

  private final int capacity;

  Recent(int capacity) {
    super(16, LOAD, true);
    this.capacity = capacity;
  }

  @Override
  protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
    return size() > capacity;
  }
}
