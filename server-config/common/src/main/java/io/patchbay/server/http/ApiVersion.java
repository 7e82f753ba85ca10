package io.patchbay.server.http;

/** The API level: the version of the reference server whose API this is; clients compare it. */
public final class ApiVersion {
  public static final String TEXT = "2.2.60";

  private ApiVersion() {}
}
