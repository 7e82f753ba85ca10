package io.patchbay.controller.symbol;

import io.patchbay.spi.LabException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/**
 * A picture as it is in its file. What it is follows from its content, never from its name.
 *
 * @param mediaType of the formats that clients show; {@code application/octet-stream} for whatever
 *     else a file holds, and for SVG that cannot be checked
 * @param size empty if the picture cannot be read
 */
record Picture(byte[] content, String mediaType, Optional<Size> size) {
  private static final String ANYTHING = "application/octet-stream";

  /** The formats by their first bytes, in Latin-1. */
  private static final List<Format> FORMATS =
      List.of(
          new Format("\u0089PNG\r\n\u001a\n", "png", "image/png"),
          new Format("\u00ff\u00d8", "jpeg", "image/jpeg"),
          new Format("GIF87a", "gif", "image/gif"),
          new Format("GIF89a", "gif", "image/gif"));

  private record Format(String magic, String reader, String mediaType) {}

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
        .map(format -> new Picture(content, format.mediaType(), size(content, format.reader())))
        .orElseGet(() -> new Picture(content, ANYTHING, Optional.of(Size.UNKNOWN)));
  }

  private static Picture drawing(byte[] content) {
    Optional<Svg> svg = Svg.read(content);
    return new Picture(
        content, svg.isPresent() ? "image/svg+xml" : ANYTHING, svg.flatMap(Svg::size));
  }

  private static Optional<Size> size(byte[] content, String format) {
    Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName(format);
    if (!readers.hasNext()) {
      return Optional.empty();
    }
    ImageReader reader = readers.next();
    try (ImageInputStream in = ImageIO.createImageInputStream(new ByteArrayInputStream(content))) {
      reader.setInput(in, true, true);
      return Optional.of(new Size(reader.getWidth(0), reader.getHeight(0)));
    } catch (IOException | RuntimeException broken) {
      // Readers throw whatever a broken file leads them to.
      return Optional.empty();
    } finally {
      reader.dispose();
    }
  }

  /**
   * @throws LabException (INVALID) if a browser would run something in it
   */
  void requirePassive() {
    if (mediaType.equals("image/svg+xml") && Svg.read(content).map(Svg::active).orElse(true)) {
      throw LabException.invalid(
          "The picture has active content, such as scripts, and is not accepted");
    }
  }
}
