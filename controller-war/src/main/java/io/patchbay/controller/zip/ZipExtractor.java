package io.patchbay.controller.zip;

import io.patchbay.spi.LabException;
import io.patchbay.spi.file.SparseOutput;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;
import java.util.zip.CRC32;
import java.util.zip.ZipException;
import org.apache.commons.compress.archivers.zip.UnixStat;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;

/**
 * Unpacks an archive that a stranger may have made: nothing is written outside the directory, and
 * the disk is not filled. What was unpacked before a refusal stays, so the directory should be one
 * that can be thrown away.
 */
public final class ZipExtractor {
  private static final int BUFFER = 1 << 16;
  private static final int LONGEST_LINK = 4096;

  private final Path directory;
  private final ExtractionBudget budget;
  private final LongConsumer progress;

  /**
   * @param directory empty and there
   * @param progress told how many bytes were unpacked each time some were
   */
  public ZipExtractor(Path directory, ExtractionBudget budget, LongConsumer progress) {
    this.directory = directory.toAbsolutePath().normalize();
    this.budget = budget;
    this.progress = progress;
  }

  /**
   * @throws LabException (CONFLICT) if it is no archive, is damaged, or may not be unpacked
   */
  public void extract(Path archive) {
    try {
      ZipDirectory.requireModest(archive);
      try (ZipFile zip = ZipFile.builder().setPath(archive).setIgnoreLocalFileHeader(true).get()) {
        extract(zip);
      }
    } catch (FileAlreadyExistsException twice) {
      throw refused("it names one path twice");
    } catch (IOException | IllegalArgumentException damaged) {
      throw refused("it is no ZIP archive or is damaged (" + damaged.getMessage() + ")");
    }
  }

  private static LabException refused(String why) {
    return LabException.conflict("The archive cannot be unpacked: " + why);
  }

  private void extract(ZipFile zip) throws IOException {
    List<ZipArchiveEntry> entries = Collections.list(zip.getEntries());
    // All names are looked at before anything is written.
    Map<ZipArchiveEntry, Path> targets = new LinkedHashMap<>();
    for (ZipArchiveEntry entry : entries) {
      targets.put(entry, target(entry));
      budget.announce(entry.getSize());
    }
    List<ZipArchiveEntry> links = new ArrayList<>();
    for (Map.Entry<ZipArchiveEntry, Path> one : targets.entrySet()) {
      ZipArchiveEntry entry = one.getKey();
      if (entry.isDirectory()) {
        Files.createDirectories(one.getValue());
      } else if (entry.isUnixSymlink()) {
        links.add(entry);
      } else {
        Files.createDirectories(one.getValue().getParent());
        try (InputStream in = MemberFormats.open(zip, entry);
            OutputStream out = new SparseOutput(one.getValue())) {
          copy(entry, in, out);
        }
      }
    }
    // Links come last, so that no member is ever written through one.
    for (ZipArchiveEntry entry : links) {
      link(zip, entry, targets.get(entry));
    }
  }

  private Path target(ZipArchiveEntry entry) {
    String name = entry.getName();
    int type = entry.getUnixMode() & UnixStat.FILE_TYPE_FLAG;
    if (type != 0
        && type != UnixStat.FILE_FLAG
        && type != UnixStat.DIR_FLAG
        && type != UnixStat.LINK_FLAG) {
      throw refused(name + " is neither a file nor a directory nor a link");
    }
    if (entry.getGeneralPurposeBit().usesEncryption()) {
      throw refused(name + " is encrypted");
    }
    try {
      Path target = directory.resolve(name).normalize();
      boolean upwards = List.of(name.split("[/\\\\]")).contains("..");
      if (!upwards && !name.startsWith("/") && inside(target)) {
        return target;
      }
    } catch (InvalidPathException noPath) {
      // Told below.
    }
    throw refused("the path " + name + " leads out of it");
  }

  private boolean inside(Path path) {
    return path.startsWith(directory) && !path.equals(directory);
  }

  /** The library does not look at the checksums. */
  private void copy(ZipArchiveEntry entry, InputStream in, OutputStream out) throws IOException {
    CRC32 sum = new CRC32();
    byte[] buffer = new byte[BUFFER];
    for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
      budget.spend(length);
      sum.update(buffer, 0, length);
      out.write(buffer, 0, length);
      progress.accept(length);
    }
    if (sum.getValue() != entry.getCrc()) {
      throw new ZipException("the checksum of " + entry.getName() + " is wrong");
    }
  }

  private void link(ZipFile zip, ZipArchiveEntry entry, Path target) throws IOException {
    byte[] text;
    try (InputStream in = MemberFormats.open(zip, entry)) {
      text = in.readNBytes(LONGEST_LINK);
    }
    Path aim = Path.of(new String(text, StandardCharsets.UTF_8));
    Path parent = Files.createDirectories(target.getParent()).toRealPath();
    if (aim.isAbsolute()
        || turnsBack(aim)
        || !parent.resolve(aim).normalize().startsWith(directory.toRealPath())) {
      throw refused("the link " + entry.getName() + " leads out of it");
    }
    Files.createSymbolicLink(target, aim);
  }

  /** Goes up after it went down, perhaps by another link: where that leads cannot be told. */
  private static boolean turnsBack(Path aim) {
    boolean down = false;
    for (Path name : aim) {
      boolean up = name.toString().equals("..");
      if (up && down) {
        return true;
      }
      down |= !up;
    }
    return false;
  }
}
