package io.patchbay.server.access;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a route asks of its callers; in the tables in small letters, with hyphens. */
public enum Need {
  /** Nothing; not even a password. */
  OPEN,
  /** Any role. */
  SIGNED_IN,
  /** To be an auditor or an administrator. */
  AUDIT,
  /** A role that may have projects of its own. */
  USER,
  INSTRUCTOR,
  ADMINISTRATOR,
  /** To be the controller of this compute. */
  CONTROLLER,
  /** The right to view the project of the path, as for the three that follow. */
  VIEW(Right.VIEW),
  OPERATE(Right.OPERATE),
  EDIT(Right.EDIT),
  OWN(Right.OWN),
  /** To view an open project, or to operate a closed one. */
  JOIN(Right.VIEW);

  private final Optional<Right> right;

  Need() {
    right = Optional.empty();
  }

  Need(Right right) {
    this.right = Optional.of(right);
  }

  /** What is needed of the project of the path. */
  public Optional<Right> right() {
    return right;
  }

  /**
   * @throws IllegalArgumentException if there is none of this name
   */
  static Need of(String wireName) {
    return Arrays.stream(values())
        .filter(need -> need.wireName().equals(wireName))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("not a need: " + wireName));
  }

  String wireName() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
