package io.patchbay.controller.zip;

import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;
import java.util.zip.ZipEntry;
import org.apache.commons.compress.archivers.zip.UnixStat;
import org.apache.commons.compress.archivers.zip.Zip64Mode;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.apache.commons.compress.archivers.zip.ZipMethod;

/**
 * Writes an archive to a stream as it goes; becomes ZIP64 where sizes need it. Not for use by
 * several threads.
 */
public final class ZipWriter implements AutoCloseable {
  /** The format cannot say earlier times; a day later leaves room for time zones. */
  private static final Instant EARLIEST = Instant.parse("1980-01-02T00:00:00Z");

  private final ZipArchiveOutputStream zip;
  private final Compression compression;
  private final Path workplace;

  /**
   * @param out closed by {@link #close}
   * @param workplace a directory for temporary files; must be there
   */
  public ZipWriter(OutputStream out, Compression compression, Path workplace) {
    zip = new ZipArchiveOutputStream(new BufferedOutputStream(out, 1 << 16));
    zip.setUseZip64(Zip64Mode.AsNeeded);
    this.compression = compression;
    this.workplace = workplace;
  }

  /** Adds a regular file. */
  public void add(String name, Path file) throws IOException {
    ZipArchiveEntry entry =
        entry(name, Files.size(file), Files.getLastModifiedTime(file).toInstant());
    add(entry, () -> Files.newInputStream(file));
  }

  public void add(String name, byte[] content) throws IOException {
    ZipArchiveEntry entry = entry(name, content.length, Instant.now());
    add(entry, () -> new ByteArrayInputStream(content));
  }

  public void addDirectory(String name) throws IOException {
    ZipArchiveEntry entry = entry(name + "/", 0, Instant.now());
    entry.setMethod(ZipEntry.STORED);
    entry.setCrc(0);
    zip.putArchiveEntry(entry);
    zip.closeArchiveEntry();
  }

  /** Adds a symbolic link. */
  public void addLink(String name, String target) throws IOException {
    byte[] content = target.getBytes(StandardCharsets.UTF_8);
    ZipArchiveEntry entry = entry(name, content.length, Instant.now());
    entry.setUnixMode(UnixStat.LINK_FLAG | UnixStat.DEFAULT_LINK_PERM);
    store(entry, () -> new ByteArrayInputStream(content));
  }

  private interface Source {
    InputStream open() throws IOException;
  }

  private static ZipArchiveEntry entry(String name, long size, Instant time) {
    ZipArchiveEntry entry = new ZipArchiveEntry(name);
    entry.setTime((time.isBefore(EARLIEST) ? EARLIEST : time).toEpochMilli());
    entry.setSize(size);
    return entry;
  }

  private void add(ZipArchiveEntry entry, Source source) throws IOException {
    switch (compression) {
      case NONE -> store(entry, source);
      case DEFLATE -> {
        entry.setMethod(ZipEntry.DEFLATED);
        put(entry, source);
      }
      case BZIP2, LZMA -> addCompressed(entry, source);
    }
  }

  /** A stored member begins with its checksum, so the file is read twice. */
  private void store(ZipArchiveEntry entry, Source source) throws IOException {
    entry.setMethod(ZipEntry.STORED);
    CRC32 sum = new CRC32();
    try (InputStream in = new CheckedInputStream(source.open(), sum)) {
      entry.setSize(in.transferTo(OutputStream.nullOutputStream()));
    }
    entry.setCrc(sum.getValue());
    put(entry, source);
  }

  private void put(ZipArchiveEntry entry, Source source) throws IOException {
    zip.putArchiveEntry(entry);
    try (InputStream in = source.open()) {
      in.transferTo(zip);
    }
    zip.closeArchiveEntry();
  }

  /** The library writes such members only as they are, so they are compressed to a file first. */
  private void addCompressed(ZipArchiveEntry entry, Source source) throws IOException {
    Path compressed = Files.createTempFile(workplace, "member", "");
    try {
      CRC32 sum = new CRC32();
      try (InputStream in = source.open();
          OutputStream out = Files.newOutputStream(compressed);
          OutputStream squeezed =
              compression == Compression.BZIP2
                  ? MemberFormats.bzip2(out)
                  : MemberFormats.lzma(out)) {
        CheckedOutputStream counted = new CheckedOutputStream(squeezed, sum);
        entry.setSize(in.transferTo(counted));
      }
      ZipMethod method = compression == Compression.BZIP2 ? ZipMethod.BZIP2 : ZipMethod.LZMA;
      entry.setMethod(method.getCode());
      entry.setCrc(sum.getValue());
      entry.setCompressedSize(Files.size(compressed));
      try (InputStream in = Files.newInputStream(compressed)) {
        zip.addRawArchiveEntry(entry, in);
      }
    } finally {
      Files.deleteIfExists(compressed);
    }
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }
}
