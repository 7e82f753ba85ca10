package io.patchbay.runtime;

/**
 * How routers of Dynamips are run.
 *
 * @param program the Dynamips program, a path or a name on the {@code PATH}
 * @param ghostIos whether routers with the same image share the memory that it takes
 */
public record DynamipsConfig(String program, boolean ghostIos) {}
