package io.patchbay.controller.drawing;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Iterator;
import java.util.Locale;
import java.util.Optional;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/**
 * @param width in pixels
 * @param height in pixels
 * @param type as in {@code image/png}
 */
record PictureSize(int width, int height, String type) {

  /** Reads the header only; empty for what is no picture. */
  static Optional<PictureSize> of(byte[] content) throws IOException {
    try (ImageInputStream in = ImageIO.createImageInputStream(new ByteArrayInputStream(content))) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
      if (!readers.hasNext()) {
        return Optional.empty();
      }
      ImageReader reader = readers.next();
      try {
        reader.setInput(in);
        return Optional.of(
            new PictureSize(
                reader.getWidth(0),
                reader.getHeight(0),
                reader.getFormatName().toLowerCase(Locale.ROOT)));
      } finally {
        reader.dispose();
      }
    }
  }
}
