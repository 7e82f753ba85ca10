package io.patchbay.controller.zip;

import io.patchbay.spi.LabException;
import java.util.Locale;

/** How the members of an archive are compressed. */
public enum Compression {
  NONE,
  DEFLATE,
  BZIP2,
  LZMA;

  /**
   * @param name as in the query of an export: {@code zip} or {@code deflate}, {@code none}, {@code
   *     bzip2}, {@code lzma}, in any case
   * @throws LabException (INVALID) for anything else
   */
  public static Compression of(String name) {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "zip", "deflate" -> DEFLATE;
      case "none" -> NONE;
      case "bzip2" -> BZIP2;
      case "lzma" -> LZMA;
      default ->
          throw LabException.invalid(
              "Unknown compression " + name + "; use zip, none, bzip2 or lzma");
    };
  }
}
