package io.patchbay.controller.migration;

/**
 * A font as Qt describes it: family, point size, pixel size, style hint, weight, italic and more,
 * separated by commas.
 */
record OldFont(String family, String size, boolean bold, boolean italic) {
  private static final String USUAL = "TypeWriter,10,-1,5,75,0,0,0,0,0";
  private static final String BOLD = "75";

  /**
   * @param text null for the usual font
   */
  static OldFont of(String text) {
    String[] parts = (text == null ? USUAL : text).split(",");
    if (parts.length < 6) {
      throw new IllegalArgumentException("font " + text);
    }
    return new OldFont(parts[0], parts[1], parts[4].equals(BOLD), parts[5].equals("1"));
  }

  /** As CSS, as labels have it. */
  String style(String color) {
    return "font-family: "
        + family
        + ";font-size: "
        + size
        + ";"
        + (bold ? "font-weight: bold;" : "")
        + (italic ? "font-style: italic;" : "")
        + "fill: "
        + Old.fill(color)
        + ";fill-opacity: "
        + Old.opacity(color)
        + ";";
  }
}
