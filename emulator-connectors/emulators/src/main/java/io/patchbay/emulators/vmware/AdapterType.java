package io.patchbay.emulators.vmware;

import io.patchbay.spi.LabException;
import java.util.Locale;

/** Models of network adapters, as API v2 and settings files call them. */
enum AdapterType {
  DEFAULT,
  E1000,
  E1000E,
  FLEXIBLE,
  VLANCE,
  VMXNET,
  VMXNET2,
  VMXNET3;

  /**
   * @throws LabException (INVALID) if there is no such type
   */
  static AdapterType of(String wireName) {
    for (AdapterType type : values()) {
      if (type.wireName().equals(wireName)) {
        return type;
      }
    }
    throw LabException.invalid("VMware has no network adapters of type '" + wireName + "'");
  }

  String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The value of {@code virtualDev}; some guests find no adapter if nothing is said. */
  String device() {
    return this == DEFAULT ? E1000.wireName() : wireName();
  }
}
