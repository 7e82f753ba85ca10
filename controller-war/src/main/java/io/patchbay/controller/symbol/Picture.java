package io.patchbay.controller.symbol;

import io.patchbay.controller.picture.Raster;
import io.patchbay.controller.picture.Size;
import io.patchbay.controller.picture.SvgCheck;
import io.patchbay.controller.picture.SvgSize;
import io.patchbay.spi.LabException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * A picture as it is in its file. What it is follows from its content, never from its name.
 *
 * @param mediaType of the formats that clients show; {@code application/octet-stream} for whatever
 *     else a file holds, and for SVG that cannot be checked
 * @param size empty if the picture cannot be read
 */
record Picture(byte[] content, String mediaType, Optional<Size> size) {
  private static final String ANYTHING = "application/octet-stream";
  private static final String SVG = "image/svg+xml";

  /** The formats by their first bytes, in Latin-1. */
  private static final List<Format> FORMATS =
      List.of(
          new Format("\u0089PNG\r\n\u001a\n", "image/png"),
          new Format("\u00ff\u00d8", "image/jpeg"),
          new Format("GIF87a", "image/gif"),
          new Format("GIF89a", "image/gif"));

  private record Format(String magic, String mediaType) {}

  static Picture of(byte[] content) {
    String start = new String(content, 0, Math.min(content.length, 1024), StandardCharsets.UTF_8);
    String drawing = start.replaceFirst("^\\ufeff", "").stripLeading();
    if (drawing.startsWith("<?xml") || drawing.startsWith("<svg") || drawing.startsWith("<!")) {
      return drawing(content);
    }
    String magic = new String(content, 0, Math.min(content.length, 8), StandardCharsets.ISO_8859_1);
    return FORMATS.stream()
        .filter(format -> magic.startsWith(format.magic()))
        .findFirst()
        .map(
            format ->
                new Picture(content, format.mediaType(), Raster.of(content).map(Raster::size)))
        .orElseGet(() -> new Picture(content, ANYTHING, Optional.of(Size.UNKNOWN)));
  }

  private static Picture drawing(byte[] content) {
    Optional<SvgSize> svg = SvgSize.read(content);
    return new Picture(content, svg.isPresent() ? SVG : ANYTHING, svg.flatMap(SvgSize::size));
  }

  /**
   * @throws LabException (INVALID) if a browser would run or fetch something in it
   */
  void requirePassive() {
    if (mediaType.equals(SVG)) {
      SvgCheck.require(new String(content, StandardCharsets.UTF_8));
    }
  }
}
