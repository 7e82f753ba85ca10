package io.patchbay.emulators.qemu;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The disk on which some routers look for their configuration and keep it: one primary partition
 * with an empty FAT16, as Microsoft's "FAT: General Overview of On-Disk Format" has it.
 */
final class ConfigDisk {
  static final String NAME = "config.img";

  private static final int SECTOR = 512;
  private static final int SECTORS = 32 * 1024;
  private static final int PARTITION = 2048;

  /** Where the partition begins, in bytes. */
  static final int PARTITION_OFFSET = PARTITION * SECTOR;

  /** No more bytes of files fit. */
  static final int CAPACITY = (SECTORS - PARTITION) * SECTOR;

  private static final int CLUSTER_SECTORS = 4;
  private static final int FAT_SECTORS = 32;
  private static final int ROOT_ENTRIES = 512;
  private static final byte FAT16_TYPE = 0x0e;
  private static final byte FIXED_DISK = (byte) 0xf8;
  private static final short BOOT_SIGNATURE = (short) 0xaa55;

  private ConfigDisk() {}

  /**
   * @throws IOException if it cannot be written, or is there already
   */
  static void create(Path file) throws IOException {
    try (FileChannel disk =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      write(disk, 0, partitionTable());
      write(disk, PARTITION, bootSector());
      int firstFat = PARTITION + 1;
      write(disk, firstFat, emptyFat());
      write(disk, firstFat + FAT_SECTORS, emptyFat());
      write(disk, SECTORS - 1, sector());
    }
  }

  private static void write(FileChannel disk, int sector, ByteBuffer content) throws IOException {
    content.rewind();
    long position = (long) sector * SECTOR;
    while (content.hasRemaining()) {
      position += disk.write(content, position);
    }
  }

  private static ByteBuffer sector() {
    return ByteBuffer.allocate(SECTOR).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static ByteBuffer partitionTable() {
    int entry = 446;
    return sector()
        .put(entry + 4, FAT16_TYPE)
        .putInt(entry + 8, PARTITION)
        .putInt(entry + 12, SECTORS - PARTITION)
        .putShort(510, BOOT_SIGNATURE);
  }

  private static ByteBuffer bootSector() {
    ByteBuffer boot = sector();
    boot.put(0, new byte[] {(byte) 0xeb, 0x3c, (byte) 0x90});
    boot.put(3, "MSWIN4.1".getBytes(StandardCharsets.US_ASCII));
    boot.putShort(11, (short) SECTOR);
    boot.put(13, (byte) CLUSTER_SECTORS);
    boot.putShort(14, (short) 1);
    boot.put(16, (byte) 2);
    boot.putShort(17, (short) ROOT_ENTRIES);
    boot.putShort(19, (short) (SECTORS - PARTITION));
    boot.put(21, FIXED_DISK);
    boot.putShort(22, (short) FAT_SECTORS);
    // Sectors of a track, heads, and what lies before the partition.
    boot.putShort(24, (short) 63);
    boot.putShort(26, (short) 16);
    boot.putInt(28, PARTITION);
    boot.put(36, (byte) 0x80);
    boot.put(38, (byte) 0x29);
    boot.putInt(39, 0x50544348);
    boot.put(43, "NO NAME    FAT16   ".getBytes(StandardCharsets.US_ASCII));
    boot.putShort(510, BOOT_SIGNATURE);
    return boot;
  }

  /** The first two entries stand for no cluster. */
  private static ByteBuffer emptyFat() {
    return sector().putShort(0, (short) (0xff00 | FIXED_DISK & 0xff)).putShort(2, (short) 0xffff);
  }
}
