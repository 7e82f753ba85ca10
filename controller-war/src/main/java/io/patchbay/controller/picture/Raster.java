package io.patchbay.controller.picture;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Iterator;
import java.util.Locale;
import java.util.Optional;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/**
 * What the header of a picture made of pixels tells.
 *
 * @param type as in {@code image/png}
 */
public record Raster(Size size, String type) {

  /** Reads the header only; empty for what is no picture, or a broken one. */
  public static Optional<Raster> of(byte[] content) {
    try (ImageInputStream in = ImageIO.createImageInputStream(new ByteArrayInputStream(content))) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
      return readers.hasNext() ? read(readers.next(), in) : Optional.empty();
    } catch (IOException | RuntimeException broken) {
      // Readers throw whatever a broken file leads them to.
      return Optional.empty();
    }
  }

  private static Optional<Raster> read(ImageReader reader, ImageInputStream in) throws IOException {
    try {
      reader.setInput(in, true, true);
      return Optional.of(
          new Raster(
              new Size(reader.getWidth(0), reader.getHeight(0)),
              reader.getFormatName().toLowerCase(Locale.ROOT)));
    } finally {
      reader.dispose();
    }
  }
}
