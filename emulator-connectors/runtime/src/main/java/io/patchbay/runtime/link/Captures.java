package io.patchbay.runtime.link;

import io.patchbay.netstack.capture.PcapCapture;
import io.patchbay.spi.DataLinkType;
import io.patchbay.spi.LabException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/** The running captures of a compute: each writes to a file of its own. Thread-safe. */
public final class Captures {
  private final Map<Path, PcapCapture> running = new HashMap<>();

  /** How a file is opened for a capture. */
  interface Opening {
    PcapCapture open(Path file, int linkType, Consumer<String> onTrouble) throws IOException;
  }

  /**
   * Begins a capture, or goes on with one.
   *
   * @param onTrouble is told why it has ended by itself
   * @throws LabException (CONFLICT) if another capture writes to this file, or it cannot be written
   */
  synchronized PcapCapture begin(
      Opening opening, Path file, DataLinkType type, Consumer<String> onTrouble) {
    PcapCapture other = running.get(file);
    if (other != null && !other.isOver()) {
      throw LabException.conflict("Another capture writes to " + file.getFileName());
    }
    try {
      Files.createDirectories(file.getParent());
      PcapCapture capture = opening.open(file, type.number(), onTrouble);
      running.put(file, capture);
      return capture;
    } catch (IOException e) {
      throw LabException.conflict(
          "The capture file " + file.getFileName() + " cannot be written: " + reason(e));
    }
  }

  private static String reason(IOException failure) {
    return failure instanceof FileSystemException named && named.getReason() != null
        ? named.getReason()
        : failure.getMessage();
  }

  void end(PcapCapture capture) {
    capture.close();
    synchronized (this) {
      running.remove(capture.path(), capture);
    }
  }
}
