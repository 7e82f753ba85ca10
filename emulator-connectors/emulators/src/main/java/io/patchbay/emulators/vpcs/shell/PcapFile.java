package io.patchbay.emulators.vpcs.shell;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * Frames in a file in libpcap's format. Written by a virtual thread of its own, since those who
 * have frames must not wait for a disk.
 */
final class PcapFile implements AutoCloseable {
  private static final int MAGIC = 0xa1b2c3d4;
  private static final int CAPACITY = 1000;
  private static final byte[] END = new byte[0];

  private final BlockingQueue<byte[]> queue = new LinkedBlockingQueue<>(CAPACITY);

  private PcapFile() {}

  /** Begins a file that is named by the time. */
  static PcapFile open(Path directory) throws IOException {
    String time =
        DateTimeFormatter.ofPattern("yyyyMMddHHmmss", Locale.ROOT).format(LocalDateTime.now());
    OutputStream out =
        Files.newOutputStream(
            directory.resolve("vpcs1_" + time + ".pcap"),
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.WRITE);
    ByteBuffer header = ByteBuffer.allocate(24);
    header.putInt(MAGIC).putShort((short) 2).putShort((short) 4).putLong(0);
    out.write(header.putInt(0xffff).putInt(1).array());
    PcapFile file = new PcapFile();
    Thread.ofVirtual().name("vpcs-dump").start(() -> file.drain(out));
    return file;
  }

  /** Takes a frame; it is left out if the disk is too slow. */
  void write(byte[] frame) {
    Instant now = Instant.now();
    ByteBuffer entry = ByteBuffer.allocate(16 + frame.length);
    entry.putInt((int) now.getEpochSecond()).putInt(now.getNano() / 1000);
    queue.offer(entry.putInt(frame.length).putInt(frame.length).put(frame).array());
  }

  private void drain(OutputStream out) {
    try (out) {
      for (byte[] next = queue.take(); next != END; next = queue.take()) {
        out.write(next);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      System.getLogger(PcapFile.class.getName())
          .log(System.Logger.Level.WARNING, "frames cannot be written: {0}", e.getMessage());
    }
  }

  @Override
  public void close() {
    while (!queue.offer(END)) {
      queue.clear();
    }
  }
}
