package io.patchbay.server.access;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What somebody may do with a project; each has those before it. */
public enum Right {
  VIEW,
  /** Start and stop nodes, use consoles, capture. */
  OPERATE,
  EDIT,
  /** Delete the project and share it with others. */
  OWN;

  /** Such as {@code view}. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<Right> of(String wireName) {
    return Arrays.stream(values()).filter(right -> right.wireName().equals(wireName)).findFirst();
  }

  public boolean includes(Right other) {
    return compareTo(other) >= 0;
  }
}
