package io.patchbay.emulators.qemu;

import io.patchbay.runtime.process.SocketDirectory;
import io.patchbay.spi.LabException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;

/**
 * The Unix sockets of a machine.
 *
 * @param base path without the extension that tells the sockets apart
 */
record QemuSockets(Path base) {
  private static final List<String> EXTENSIONS = List.of("qmp", "con", "aux", "tpm");

  /**
   * @param runDirectory of the server
   * @throws LabException (CONFLICT) if there is no place for them
   */
  static QemuSockets of(Path runDirectory, UUID node) {
    return new QemuSockets(SocketDirectory.base(runDirectory, node));
  }

  /** For control. */
  Path qmp() {
    return of("qmp");
  }

  /** Of the first serial port. */
  Path console() {
    return of("con");
  }

  /** Of the serial port after the console's. */
  Path auxiliary() {
    return of("aux");
  }

  /** Of the TPM's emulator. */
  Path tpm() {
    return of("tpm");
  }

  private Path of(String extension) {
    return base.resolveSibling(base.getFileName() + "." + extension);
  }

  /** Removes what an earlier machine has left; a program does not listen where a file is. */
  void clear() {
    for (String extension : EXTENSIONS) {
      try {
        Files.deleteIfExists(of(extension));
      } catch (IOException e) {
        throw LabException.conflict("A control socket cannot be removed: " + e.getMessage());
      }
    }
  }
}
