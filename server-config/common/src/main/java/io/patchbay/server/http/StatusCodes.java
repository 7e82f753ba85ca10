package io.patchbay.server.http;

import io.patchbay.spi.ErrorCode;

/** The one table from the model's error codes to HTTP. */
public final class StatusCodes {
  private StatusCodes() {}

  public static int http(ErrorCode code) {
    return switch (code) {
      case INVALID -> 400;
      case FORBIDDEN -> 403;
      case NOT_FOUND -> 404;
      case TIMEOUT -> 408;
      case CONFLICT -> 409;
    };
  }

  /** The words for a status that the server itself sets, such as for an unknown route. */
  public static String reason(int status) {
    return switch (status) {
      case 400 -> "Bad request";
      case 401 -> "Unauthorized";
      case 403 -> "Forbidden";
      case 404 -> "Not found";
      case 405 -> "Method not allowed";
      case 406 -> "Not acceptable";
      case 413 -> "The body is too large";
      case 415 -> "Unsupported media type";
      case 503 -> "Service unavailable";
      default -> status >= 500 ? "Internal server error" : "Request refused";
    };
  }
}
