package io.patchbay.emulators.ios;

import io.patchbay.runtime.image.ImageKind;
import io.patchbay.spi.LabException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/**
 * Images of IOS for routers: executables in the format of ELF (System V ABI), 32 bits, most
 * significant octet first. Dynamips loads their sections, whatever the segments are, and crashes if
 * the table of the sections is not whole.
 */
public final class IosImage {
  private static final int HEADER = 52;
  private static final int SECTION = 40;

  // Places in the header.
  private static final int SECTIONS_AT = 32;
  private static final int SECTION_COUNT = 48;

  // Places in the table's entry of a section.
  private static final int TYPE = 4;
  private static final int FLAGS = 8;
  private static final int CONTENT_AT = 16;
  private static final int CONTENT_SIZE = 20;

  /** A type: takes memory, and has no content in the file. */
  private static final int NO_CONTENT = 8;

  /** A flag: is in memory when the program runs. */
  private static final int LOADED = 2;

  private static final long MASK = 0xffffffffL;

  private IosImage() {}

  /**
   * Makes sure that Dynamips can load all of an image.
   *
   * @param name as clients know it
   * @throws LabException (CONFLICT) if it cannot; the message says why
   */
  public static void requireLoadable(Path image, String name) {
    if (!ImageKind.DYNAMIPS.isKindOf(image)) {
      throw refused(name, "");
    }
    try (FileChannel file = FileChannel.open(image)) {
      requireLoadable(file, name);
    } catch (IOException unreadable) {
      throw refused(name, ": " + unreadable.getMessage());
    }
  }

  private static void requireLoadable(FileChannel file, String name) throws IOException {
    long length = file.size();
    if (length < HEADER) {
      throw refused(name, ": it ends within its header");
    }
    ByteBuffer header = read(file, 0, HEADER);
    long at = header.getInt(SECTIONS_AT) & MASK;
    int count = Short.toUnsignedInt(header.getShort(SECTION_COUNT));
    if (at + (long) count * SECTION > length) {
      throw refused(name, ": it ends before its table of sections does");
    }
    ByteBuffer table = read(file, at, count * SECTION);
    boolean something = false;
    for (int entry = 0; entry < table.capacity(); entry += SECTION) {
      long size = table.getInt(entry + CONTENT_SIZE) & MASK;
      if ((table.getInt(entry + FLAGS) & LOADED) != 0
          && table.getInt(entry + TYPE) != NO_CONTENT
          && size > 0) {
        something = true;
        if ((table.getInt(entry + CONTENT_AT) & MASK) + size > length) {
          throw refused(name, ": it ends before its sections do");
        }
      }
    }
    if (!something) {
      throw refused(name, ": it has no section to load");
    }
  }

  private static ByteBuffer read(FileChannel file, long at, int size) throws IOException {
    ByteBuffer content = ByteBuffer.allocate(size);
    while (content.hasRemaining()) {
      if (file.read(content, at + content.position()) < 0) {
        throw new IOException("it has become shorter");
      }
    }
    return content;
  }

  private static LabException refused(String name, String why) {
    return LabException.conflict("\"" + name + "\" is not a valid IOS image" + why);
  }
}
