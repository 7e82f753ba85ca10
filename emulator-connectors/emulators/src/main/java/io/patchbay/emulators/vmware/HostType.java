package io.patchbay.emulators.vmware;

import java.util.Locale;

/** Products of VMware's that vmrun tells apart. */
enum HostType {
  WS,
  PLAYER,
  FUSION;

  /** Of the option {@code -T}. */
  String option() {
    return name().toLowerCase(Locale.ROOT);
  }
}
