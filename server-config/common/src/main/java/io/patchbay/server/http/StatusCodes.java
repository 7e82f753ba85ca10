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

  /** The words for a status, such as that of an unknown route. */
  public static String reason(int status) {
    return switch (status) {
      case 101 -> "Switching protocols";
      case 200 -> "OK";
      case 201 -> "Created";
      case 204 -> "Done; no content";
      case 304 -> "Not modified";
      case 400 -> "Bad request";
      case 401 -> "Unauthorized";
      case 403 -> "Forbidden";
      case 404 -> "Not found";
      case 405 -> "Method not allowed";
      case 406 -> "Not acceptable";
      case 408 -> "Not in time";
      case 409 -> "Not possible as things are";
      case 413 -> "The body is too large";
      case 415 -> "Unsupported media type";
      case 503 -> "Service unavailable";
      default -> status >= 500 ? "Internal server error" : "Request refused";
    };
  }
}
