package io.patchbay.controller.picture;

/** Width and height of a picture, in pixels, which are the units of a project's scene. */
public record Size(int width, int height) {
  /** Of a picture in a format that is not known. */
  public static final Size UNKNOWN = new Size(0, 0);
}
