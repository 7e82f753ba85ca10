package io.patchbay.server.http;

/** A body that is not read to its end, because of its size or of the time that it takes. */
public final class BodyRefused extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final int status;

  /**
   * @param status of HTTP, whose usual words are the answer
   */
  public BodyRefused(int status) {
    super(StatusCodes.reason(status));
    this.status = status;
  }

  public int status() {
    return status;
  }
}
