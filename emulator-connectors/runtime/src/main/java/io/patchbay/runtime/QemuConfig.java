package io.patchbay.runtime;

import java.time.Duration;

/**
 * How machines of QEMU's are run.
 *
 * @param acceleration {@code auto}, {@code kvm} or {@code tcg}
 * @param unsafeOptions whether every user may add options that reach files and devices of the
 *     server, not only those of a local one
 * @param shutdownPatience how long a guest may take to shut down
 */
public record QemuConfig(String acceleration, boolean unsafeOptions, Duration shutdownPatience) {}
