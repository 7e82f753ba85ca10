package io.patchbay.emulators.ios;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The NVRAM of a router as IOS lays it out, all numbers with the most significant octet first: the
 * startup configuration behind a header of 36 octets, and the private one behind a header of 16.
 * Both may be followed by octets that align what comes next to 4, by older releases with 4 more. In
 * the file of an IOU router this is the first half, and from 2 KB before the middle down there are
 * files in sectors of 1 KB.
 */
public final class Nvram {
  private static final int KB = 1024;

  /** Of IOU, in kilobytes. */
  public static final int SMALLEST = 8;

  public static final int LARGEST = 1024;

  private static final int STARTUP_MAGIC = 0xabcd;
  private static final int SECRETS_MAGIC = 0xfedc;
  private static final int FILE_MAGIC = 0xdcba;
  private static final int STARTUP_HEADER = 36;
  private static final int SECRETS_HEADER = 16;
  private static final int FORMAT = 2;
  private static final int CHECKSUM = 4;
  private static final int RELEASE = 6;
  private static final int STARTUP_LENGTH = 16;
  private static final int SECRETS_LENGTH = 12;
  private static final int PLAIN = 1;
  private static final int COMPRESSED = 2;

  /** Where routers see the NVRAM. */
  private static final int ADDRESS = 0x10000000;

  /** 15.4; the release that made it has 15.0 and older align differently. */
  private static final int USUAL_RELEASE = 0x0f04;

  private static final int LAST_OLD_RELEASE = 0x0f00;
  private static final int LARGE_AREA = 64 * KB;
  private static final int RESERVED = 2 * KB;
  private static final int MOST_IN_SECTOR = 992;
  private static final int FILE_KINDS = 8;

  private final ByteBuffer memory;

  private Nvram(byte[] content) {
    memory = ByteBuffer.wrap(content);
  }

  /**
   * The configurations in it.
   *
   * @param content begins with the first header
   * @throws IllegalArgumentException if they are broken
   */
  public static Configs read(byte[] content) {
    return new Nvram(content).configs();
  }

  /**
   * The NVRAM of an IOU router with other configurations; its files stay.
   *
   * @param old content; a new one is made if it has not the size that is wanted
   * @param kilobytes {@link #SMALLEST} to {@link #LARGEST}
   * @throws IllegalArgumentException if the configurations do not fit, or the old content is none
   */
  public static byte[] write(byte[] old, int kilobytes, Configs configs) {
    Nvram nvram = new Nvram(old.length == kilobytes * KB ? old.clone() : new byte[kilobytes * KB]);
    nvram.put(configs);
    return nvram.memory.array();
  }

  private int number(int offset) {
    return offset + 2 <= memory.capacity() ? memory.getShort(offset) & 0xffff : -1;
  }

  private byte[] part(int from, int length) {
    if (length < 0 || length > memory.capacity() - from) {
      throw new IllegalArgumentException("a configuration is cut off");
    }
    return Arrays.copyOfRange(memory.array(), from, from + length);
  }

  private Configs configs() {
    if (memory.capacity() < STARTUP_HEADER || number(0) != STARTUP_MAGIC) {
      return Configs.NONE;
    }
    byte[] startup = part(STARTUP_HEADER, memory.getInt(STARTUP_LENGTH));
    int end = aligned(STARTUP_HEADER + startup.length);
    byte[] plain = number(FORMAT) == COMPRESSED ? Lzw.unpack(startup) : startup;
    if (number(end) != SECRETS_MAGIC && number(end + 4) == SECRETS_MAGIC) {
      end += 4;
    }
    boolean hasSecrets = number(end) == SECRETS_MAGIC && end + SECRETS_HEADER <= memory.capacity();
    return new Configs(
        plain,
        hasSecrets ? part(end + SECRETS_HEADER, memory.getInt(end + SECRETS_LENGTH)) : new byte[0]);
  }

  private static int aligned(int offset) {
    return (offset + 3) & ~3;
  }

  /** Half of the file: the other half is left alone. */
  private int area() {
    return memory.capacity() / 2;
  }

  private int release() {
    return number(0) == STARTUP_MAGIC ? number(RELEASE) : USUAL_RELEASE;
  }

  /** Where the private configuration begins behind a startup configuration that ends there. */
  private int behind(int end, int release) {
    int begin = aligned(end);
    return begin != end && (release <= LAST_OLD_RELEASE || area() >= LARGE_AREA)
        ? begin + 4
        : begin;
  }

  private void put(Configs configs) {
    boolean fresh = number(0) != STARTUP_MAGIC;
    int release = release();
    int room = firstFile(used());
    // A release that is not known yet may look for the next part in another place, unless nothing
    // has to be aligned.
    byte[] startup = fresh ? padded(configs.startup()) : configs.startup();
    int secretsAt = behind(STARTUP_HEADER + startup.length, release);
    int end = secretsAt + SECRETS_HEADER + configs.secrets().length;
    if (end > room) {
      throw new IllegalArgumentException(
          "they take %d bytes, and its NVRAM has room for %d".formatted(end, room));
    }
    Arrays.fill(memory.array(), 0, room, (byte) 0);
    memory.putShort(0, (short) STARTUP_MAGIC).putShort(FORMAT, (short) PLAIN);
    memory.putShort(RELEASE, (short) release);
    span(8, STARTUP_HEADER, startup.length);
    memory.put(STARTUP_HEADER, startup);
    memory.putShort(secretsAt, (short) SECRETS_MAGIC).putShort(secretsAt + 2, (short) PLAIN);
    span(secretsAt + 4, secretsAt + SECRETS_HEADER, configs.secrets().length);
    memory.put(secretsAt + SECRETS_HEADER, configs.secrets());
    memory.putShort(CHECKSUM, checksum());
  }

  private static byte[] padded(byte[] text) {
    byte[] padded = Arrays.copyOf(text, aligned(text.length));
    Arrays.fill(padded, text.length, padded.length, (byte) '\n');
    return padded;
  }

  /** Begin, end and length of what lies there. */
  private void span(int offset, int begin, int length) {
    memory.putInt(offset, ADDRESS + begin);
    memory.putInt(offset + 4, ADDRESS + begin + length);
    memory.putInt(offset + 8, length);
  }

  /** How far the configurations that are there reach. */
  private int used() {
    if (number(0) != STARTUP_MAGIC) {
      return 0;
    }
    long end = STARTUP_HEADER + Integer.toUnsignedLong(memory.getInt(STARTUP_LENGTH));
    if (end > area()) {
      throw new IllegalArgumentException("its NVRAM holds something unknown");
    }
    int secretsAt = behind((int) end, release());
    if (number(secretsAt) != SECRETS_MAGIC) {
      return secretsAt;
    }
    long last =
        secretsAt
            + SECRETS_HEADER
            + Integer.toUnsignedLong(memory.getInt(secretsAt + SECRETS_LENGTH));
    if (last > area()) {
      throw new IllegalArgumentException("its NVRAM holds something unknown");
    }
    return (int) last;
  }

  /** Where the lowest of the files lies, which is the end of what configurations may take. */
  private int firstFile(int used) {
    int first = area() - RESERVED;
    for (int sector = first - KB; sector >= used && sector >= 0; sector -= KB) {
      if (number(sector) == FILE_MAGIC
          && number(sector + 4) < FILE_KINDS
          && number(sector + 6) <= MOST_IN_SECTOR) {
        first = sector;
      } else if (!isEmpty(sector)) {
        break;
      }
    }
    return first;
  }

  private boolean isEmpty(int sector) {
    for (int i = sector; i < sector + KB; i++) {
      if (memory.get(i) != 0) {
        return false;
      }
    }
    return true;
  }

  /** The one of the Internet's protocols, over the half that is used, its own place being 0. */
  private short checksum() {
    memory.putShort(CHECKSUM, (short) 0);
    int sum = 0;
    for (int i = 0; i < area(); i += 2) {
      sum += number(i);
      sum = (sum & 0xffff) + (sum >>> 16);
    }
    return (short) ~sum;
  }
}
