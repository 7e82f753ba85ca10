package io.patchbay.testkit;

import io.patchbay.spi.PortAddress;
import java.util.function.Predicate;

/**
 * A frame, and what comes of it.
 *
 * @param from port that it is sent to
 * @param to port at which something must come out
 * @param comesOut what must come out
 */
public record Passage(PortAddress from, byte[] frame, PortAddress to, Predicate<byte[]> comesOut) {}
