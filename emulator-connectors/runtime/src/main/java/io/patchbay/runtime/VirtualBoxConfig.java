package io.patchbay.runtime;

import java.time.Duration;

/**
 * How machines of VirtualBox are run.
 *
 * @param vboxManage the VBoxManage program, a path or a name on the {@code PATH}; empty to look for
 *     it
 * @param shutdownPatience how long a guest may take to shut down
 */
public record VirtualBoxConfig(String vboxManage, Duration shutdownPatience) {}
