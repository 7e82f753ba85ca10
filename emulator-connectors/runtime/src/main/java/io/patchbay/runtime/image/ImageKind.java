package io.patchbay.runtime.image;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Emulators that run images, as GNS3 sorts them. */
public enum ImageKind {
  QEMU("qemu", "QEMU") {
    @Override
    boolean accepts(byte[] head) {
      return !startsWith(head, ELF);
    }
  },
  DYNAMIPS("dynamips", "IOS") {
    @Override
    boolean accepts(byte[] head) {
      return startsWith(head, ELF_32_BIG_ENDIAN);
    }
  },
  IOU("iou", "IOU") {
    @Override
    boolean accepts(byte[] head) {
      return startsWith(head, ELF_32_LITTLE_ENDIAN) || startsWith(head, ELF_64_LITTLE_ENDIAN);
    }
  };

  /** As many bytes as {@link #accepts} looks at; a shorter file is no image. */
  static final int HEAD = 7;

  // Magic number, class, byte order and version, see elf(5).
  private static final byte[] ELF = {0x7f, 'E', 'L', 'F'};
  private static final byte[] ELF_32_BIG_ENDIAN = {0x7f, 'E', 'L', 'F', 1, 2, 1};
  private static final byte[] ELF_32_LITTLE_ENDIAN = {0x7f, 'E', 'L', 'F', 1, 1, 1};
  private static final byte[] ELF_64_LITTLE_ENDIAN = {0x7f, 'E', 'L', 'F', 2, 1, 1};

  private final String wireName;
  private final String directory;

  ImageKind(String wireName, String directory) {
    this.wireName = wireName;
    this.directory = directory;
  }

  /** As in the API's paths. */
  public static Optional<ImageKind> named(String wireName) {
    return List.of(values()).stream().filter(kind -> kind.wireName.equals(wireName)).findFirst();
  }

  /** Name of the kind's directory among the images. */
  public String directory() {
    return directory;
  }

  /** Whether a file is there that may be an image of this kind, by its first bytes. */
  public boolean isKindOf(Path file) {
    return ImageFiles.isImage(this, file);
  }

  /** Whether a file may be an image of this kind, by its first bytes. */
  abstract boolean accepts(byte[] head);

  private static boolean startsWith(byte[] head, byte[] magic) {
    return Arrays.equals(head, 0, magic.length, magic, 0, magic.length);
  }
}
