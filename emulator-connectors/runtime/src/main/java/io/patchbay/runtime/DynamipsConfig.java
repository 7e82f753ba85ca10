package io.patchbay.runtime;

/**
 * How routers of Dynamips are run.
 *
 * @param program the Dynamips program, a path or a name on the {@code PATH}
 * @param ghostIos whether routers with the same image share the memory that it takes
 * @param sharedHypervisors whether routers of a project with the same image run in one process
 * @param hypervisorMegabytes memory of the routers in such a process, at most
 */
public record DynamipsConfig(
    String program, boolean ghostIos, boolean sharedHypervisors, int hypervisorMegabytes) {}
