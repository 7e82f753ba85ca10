package io.patchbay.controller.migration;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;

/** Brings a project file, and the files beside it, to a later revision. */
interface Migration {
  /** The revision that comes out; whatever is older goes in. */
  int revision();

  /**
   * @param directory the project's; files in it may be moved
   * @throws IOException if that fails
   * @throws io.patchbay.spi.LabException (CONFLICT) for content that has no counterpart
   */
  JsonObject apply(JsonObject file, Path directory) throws IOException;
}
