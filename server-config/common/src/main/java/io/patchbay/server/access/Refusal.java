package io.patchbay.server.access;

/**
 * Why a caller may not.
 *
 * @param status 403, or 404 for what the caller may not know of
 */
public record Refusal(int status, String message) {
  static Refusal forbidden(String message) {
    return new Refusal(403, message);
  }

  /** The same words as for a project that is not there. */
  static Refusal hidden(String projectId) {
    return new Refusal(404, "Project ID " + projectId + " doesn't exist");
  }
}
