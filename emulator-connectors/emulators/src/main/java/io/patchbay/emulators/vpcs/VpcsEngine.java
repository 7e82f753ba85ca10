package io.patchbay.emulators.vpcs;

import java.util.Locale;

/** What virtual PCs run in. */
enum VpcsEngine {
  /** A host inside the compute, which needs no program. */
  EMBEDDED,
  /** The program {@code vpcs}, a process for each PC. */
  PROCESS;

  /**
   * @throws IllegalStateException if there is no such engine
   */
  static VpcsEngine of(String name) {
    try {
      return valueOf(name.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException unknown) {
      throw new IllegalStateException(
          "patchbay.vpcs.engine must be embedded, process or auto, not " + name);
    }
  }
}
