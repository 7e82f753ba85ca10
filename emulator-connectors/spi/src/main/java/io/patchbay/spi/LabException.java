package io.patchbay.spi;

import java.util.Map;

/**
 * The one way in which services and connectors refuse a request. The message is shown to the user
 * as it is; a mapper at the edge turns the code into an HTTP or WebSocket status.
 */
public class LabException extends RuntimeException {
  private final ErrorCode code;
  private final transient Map<String, Object> details;

  public LabException(ErrorCode code, String message) {
    this(code, message, Map.of());
  }

  public LabException(ErrorCode code, String message, Throwable cause) {
    super(message, cause);
    this.code = code;
    this.details = Map.of();
  }

  /**
   * @param details further fields of the answer's body, such as {@code image} when a compute lacks
   *     one; values are JSON values or their Java counterparts
   */
  public LabException(ErrorCode code, String message, Map<String, Object> details) {
    super(message);
    this.code = code;
    this.details = Map.copyOf(details);
  }

  public static LabException invalid(String message) {
    return new LabException(ErrorCode.INVALID, message);
  }

  public static LabException forbidden(String message) {
    return new LabException(ErrorCode.FORBIDDEN, message);
  }

  public static LabException notFound(String message) {
    return new LabException(ErrorCode.NOT_FOUND, message);
  }

  public static LabException conflict(String message) {
    return new LabException(ErrorCode.CONFLICT, message);
  }

  public ErrorCode code() {
    return code;
  }

  public Map<String, Object> details() {
    return details;
  }
}
