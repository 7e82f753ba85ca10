package io.patchbay.compute.lab;

import io.patchbay.spi.LabException;
import java.util.UUID;
import java.util.regex.Pattern;

/** Ids in paths, which on a compute must be UUIDs. */
public final class Ids {
  // UUID.fromString also takes shortened forms.
  private static final Pattern FORM =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

  private Ids() {}

  /**
   * @param what the id is of, for the message
   * @throws LabException (INVALID) if it is not a UUID
   */
  public static UUID parse(String what, String id) {
    if (!FORM.matcher(id).matches()) {
      throw LabException.invalid(what + " ID " + id + " is not a valid UUID");
    }
    return UUID.fromString(id);
  }
}
