package io.patchbay.server.auth;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a user may do on this server, from the least to the most. */
public enum Role {
  /** No user: the controller of this compute, which may ask the compute and nothing else. */
  CONTROLLER,
  /** Known, but may do nothing. */
  NONE,
  /** Sees everything and changes nothing. */
  AUDITOR,
  /** Has projects of one's own and what others share. */
  USER,
  /** Also helps in the projects of one's groups, and cares for templates, images and symbols. */
  INSTRUCTOR,
  /** May do everything. */
  ADMINISTRATOR;

  /** Such as {@code instructor}, as in the configuration and as the servlet API knows it. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** A role that a user can have. */
  public static Optional<Role> of(String wireName) {
    return Arrays.stream(values())
        .filter(role -> role != CONTROLLER && role.wireName().equals(wireName))
        .findFirst();
  }

  public boolean isAtLeast(Role other) {
    return compareTo(other) >= 0;
  }

  /** Those that users can be given, the strongest first. */
  public static List<Role> assignable() {
    return List.of(ADMINISTRATOR, INSTRUCTOR, USER, AUDITOR);
  }
}
