package io.patchbay.netstack.capture;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/** Opens pcap files so that records can be added at their end. */
final class PcapFile {
  private static final int WINDOW = 64 * 1024;

  private PcapFile() {}

  /** Makes a file without records; whatever it held is lost. */
  static FileChannel create(Path path, int linkType) throws IOException {
    FileChannel file = open(path);
    try {
      return begin(file, linkType);
    } catch (IOException e) {
      file.close();
      throw e;
    }
  }

  /**
   * Opens a file behind its last whole record and cuts off what follows, as a writer that was
   * killed may leave part of one. A file that is missing, or ends within its header, is made.
   *
   * @throws IOException if it is no file that {@link #create} made for this link type; it stays as
   *     it is then
   */
  static FileChannel reopen(Path path, int linkType) throws IOException {
    FileChannel file = open(path);
    try {
      ByteBuffer found = read(file, 0, PcapFormat.FILE_HEADER);
      int difference = found.mismatch(PcapFormat.fileHeader(linkType));
      if (difference >= 0 && difference < found.remaining()) {
        throw new IOException("it holds something else than a capture of this kind");
      }
      if (found.remaining() < PcapFormat.FILE_HEADER) {
        return begin(file, linkType);
      }
      long end = endOfRecords(file);
      return file.truncate(end).position(end);
    } catch (IOException e) {
      file.close();
      throw e;
    }
  }

  private static FileChannel open(Path path) throws IOException {
    Set<OpenOption> options =
        Set.of(
            StandardOpenOption.CREATE,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            LinkOption.NOFOLLOW_LINKS);
    return FileChannel.open(path, options);
  }

  private static FileChannel begin(FileChannel file, int linkType) throws IOException {
    file.truncate(0).position(0).write(PcapFormat.fileHeader(linkType));
    return file;
  }

  /** Jumps from record to record; of those that are short many are in one read. */
  private static long endOfRecords(FileChannel file) throws IOException {
    long size = file.size();
    long end = PcapFormat.FILE_HEADER;
    while (true) {
      long start = end;
      ByteBuffer window = read(file, start, WINDOW);
      if (window.limit() < PcapFormat.RECORD_HEADER) {
        return end;
      }
      while (end - start + PcapFormat.RECORD_HEADER <= window.limit()) {
        int length = PcapFormat.lengthOf(window, (int) (end - start));
        if (length < 0 || length > size - end) {
          return end;
        }
        end += length;
      }
    }
  }

  private static ByteBuffer read(FileChannel file, long position, int most) throws IOException {
    ByteBuffer read = ByteBuffer.allocate(most).order(ByteOrder.LITTLE_ENDIAN);
    int length = 0;
    while (read.hasRemaining() && length >= 0) {
      length = file.read(read, position + read.position());
    }
    return read.flip();
  }
}
