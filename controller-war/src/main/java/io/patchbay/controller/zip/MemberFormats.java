package io.patchbay.controller.zip;

import java.io.DataInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.zip.ZipException;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.commons.compress.archivers.zip.ZipMethod;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.LZMAInputStream;
import org.tukaani.xz.LZMAOutputStream;

/**
 * Members compressed with bzip2 or LZMA, as the ZIP application note (PKWARE APPNOTE 5.8.8) lays
 * them out: LZMA has a small header of its own.
 */
final class MemberFormats {
  private static final byte[] LZMA_HEADER = {9, 4, 5, 0};

  /** Larger dictionaries would take that much memory; encoders' presets end at this. */
  private static final int LARGEST_DICTIONARY = 1 << 26;

  private MemberFormats() {}

  static OutputStream bzip2(OutputStream out) throws IOException {
    return new BZip2CompressorOutputStream(out);
  }

  /** Without an end marker: the member's size is in the archive. */
  static OutputStream lzma(OutputStream out) throws IOException {
    LZMA2Options options = new LZMA2Options();
    return new LZMAOutputStream(new Headed(out, options), options, false);
  }

  /** Writes the header before the first byte. */
  private static final class Headed extends FilterOutputStream {
    Headed(OutputStream out, LZMA2Options options) throws IOException {
      super(out);
      out.write(LZMA_HEADER);
      out.write((options.getPb() * 5 + options.getLp()) * 9 + options.getLc());
      int dictionary = options.getDictSize();
      for (int shift = 0; shift < 32; shift += 8) {
        out.write(dictionary >>> shift);
      }
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      out.write(bytes, offset, length);
    }
  }

  /** The content of a member, whatever its compression. */
  static InputStream open(ZipFile zip, ZipArchiveEntry entry) throws IOException {
    if (entry.getMethod() != ZipMethod.LZMA.getCode()) {
      return zip.getInputStream(entry);
    }
    InputStream raw = zip.getRawInputStream(entry);
    DataInputStream header = new DataInputStream(raw);
    header.skipNBytes(2);
    int length = header.readUnsignedByte() | header.readUnsignedByte() << 8;
    byte properties = header.readByte();
    int dictionary = Integer.reverseBytes(header.readInt());
    if (length != 5 || dictionary < 0 || dictionary > LARGEST_DICTIONARY) {
      throw new ZipException("unusable LZMA header of " + entry.getName());
    }
    LZMAInputStream lzma = new LZMAInputStream(raw, entry.getSize(), properties, dictionary);
    // Others write an end marker although the size is known.
    lzma.enableRelaxedEndCondition();
    return lzma;
  }
}
