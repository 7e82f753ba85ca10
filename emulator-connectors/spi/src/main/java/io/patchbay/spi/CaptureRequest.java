package io.patchbay.spi;

/**
 * A capture that is asked for.
 *
 * @param fileName of a file in the project's captures directory; what it held is lost
 */
public record CaptureRequest(String fileName, DataLinkType type) {
  private static final int MAX_LENGTH = 255;

  /**
   * @throws LabException ({@link ErrorCode#INVALID}) if the name is not that of a file in a
   *     directory
   */
  public CaptureRequest {
    if (fileName.isBlank()
        || fileName.length() > MAX_LENGTH
        || fileName.equals(".")
        || fileName.equals("..")
        || fileName.chars().anyMatch(c -> c == '/' || c == '\\' || c < ' ')) {
      throw LabException.invalid("The name of a capture must be that of a file, without a path");
    }
  }
}
