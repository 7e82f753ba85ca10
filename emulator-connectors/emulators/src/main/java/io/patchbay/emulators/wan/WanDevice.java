package io.patchbay.emulators.wan;

import io.patchbay.netstack.link.LinkEnd;
import io.patchbay.spi.DataLinkType;
import jakarta.json.JsonObject;

/**
 * A device of the netstack that switches virtual circuits, with its circuits as API v2 has them.
 */
interface WanDevice {
  /** What captures of its links say that frames begin with. */
  DataLinkType captures();

  /**
   * Has these circuits from now on.
   *
   * @throws io.patchbay.spi.LabException (CONFLICT) if one makes no sense; all is as before then
   */
  void configure(JsonObject mappings);

  void attach(int port, LinkEnd end);

  void detach(int port);
}
