package io.patchbay.server.access;

/**
 * The rule of a request.
 *
 * @param projectId of the path as it came; empty if it has none
 */
public record Match(Rule rule, String projectId) {}
