package io.patchbay.spi;

import jakarta.json.JsonObject;
import java.util.List;

/** A connector whose emulator has machines of its own, of which nodes are made. */
public interface MachineSource {
  /**
   * The machines, as API v2 shows those of this kind.
   *
   * @throws LabException ({@link ErrorCode#CONFLICT}) if the emulator is not there or cannot be
   *     asked
   */
  List<JsonObject> machines();
}
