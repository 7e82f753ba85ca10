package io.patchbay.controller.journal;

/** What a project's file is made of. */
public enum Part {
  /** Everything outside the topology. */
  SETTINGS("settings", ""),
  COMPUTES("computes", "compute_id"),
  NODES("nodes", "node_id"),
  LINKS("links", "link_id"),
  DRAWINGS("drawings", "drawing_id");

  private final String wireName;
  private final String idField;

  Part(String wireName, String idField) {
    this.wireName = wireName;
    this.idField = idField;
  }

  public String wireName() {
    return wireName;
  }

  /** The field by which things of this part are told apart; empty for the settings. */
  public String idField() {
    return idField;
  }

  static Part of(String wireName) {
    for (Part part : values()) {
      if (part.wireName.equals(wireName)) {
        return part;
      }
    }
    throw new IllegalArgumentException("A project has no " + wireName);
  }
}
