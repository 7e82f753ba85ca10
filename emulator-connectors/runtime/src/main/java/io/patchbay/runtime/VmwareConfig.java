package io.patchbay.runtime;

import java.time.Duration;

/**
 * How machines of VMware's are run.
 *
 * @param vmrun the vmrun program, a path or a name on the {@code PATH}; empty to look for it
 * @param hostType {@code ws}, {@code player}, {@code fusion}, or {@code auto} to find out
 * @param firstVmnet number of the first virtual network that nodes may have
 * @param lastVmnet of the last one, included
 * @param blockHostTraffic whether what the host itself sends to these networks is kept from links
 * @param shutdownPatience how long a guest may take to shut down
 */
public record VmwareConfig(
    String vmrun,
    String hostType,
    int firstVmnet,
    int lastVmnet,
    boolean blockHostTraffic,
    Duration shutdownPatience) {}
